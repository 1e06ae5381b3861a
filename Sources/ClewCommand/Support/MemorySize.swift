// SPDX-License-Identifier: Apache-2.0

internal import Foundation

/// An amount of memory.
struct MemorySize {
  /// The number of bytes.
  let bytes: Int

  /// The size that a text such as `500M` states; nil for any other text.
  ///
  /// K, M, G and T stand for powers of 1,000.
  init?(_ text: String) {
    let units: [Character: Int] = [
      "K": 1_000, "M": 1_000_000, "G": 1_000_000_000, "T": 1_000_000_000_000,
    ]
    let unit = text.last.flatMap { units[Character($0.uppercased())] }
    let digits = unit == nil ? text[...] : text.dropLast()
    guard !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isNumber }),
      let number = Int(digits)
    else { return nil }
    let (bytes, overflows) = number.multipliedReportingOverflow(by: unit ?? 1)
    guard !overflows, bytes > 0 else { return nil }
    self.bytes = bytes
  }

  /// Nine tenths of the memory that the system has to give; nil where it does not say.
  static var usual: Int? {
    guard let text = try? String(contentsOfFile: "/proc/meminfo", encoding: .utf8),
      let line = text.split(separator: "\n").first(where: { $0.hasPrefix("MemAvailable:") }),
      let kibibytes = line.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
    else { return nil }
    return kibibytes * 1_024 / 10 * 9
  }
}
