// SPDX-License-Identifier: Apache-2.0

public import Interchange

/// Writing results.
public enum Output {
  /// Writes bytes to a file, whole or not at all.
  ///
  /// - Throws: `ClewError.cannotCreate` with the reason.
  public static func write(_ bytes: [UInt8], to path: String) throws(ClewError) {
    do { try WholeFile.write(bytes, to: path) } catch { throw ClewError(error) }
  }
}
