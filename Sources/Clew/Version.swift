// SPDX-License-Identifier: Apache-2.0

/// The version of Clew, as it stands in every result.
public let clewVersion = "0.1.0"
