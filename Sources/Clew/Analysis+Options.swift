// SPDX-License-Identifier: Apache-2.0

internal import FoundationEssentials
public import GraphAlgorithms

extension Analysis {
  /// The analysis with every option as JSON text, its keys in alphabetical order.
  public var optionsJSON: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Options are plain numbers, flags and words: encoding them cannot fail.
    guard let data = try? encoder.encode(self) else {
      preconditionFailure("the options of \(Self.name) cannot be encoded")
    }
    return String(decoding: data, as: UTF8.self)
  }
}
