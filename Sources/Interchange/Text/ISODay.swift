// SPDX-License-Identifier: Apache-2.0

/// A day of the calendar, written as in ISO 8601: `2024-06-30`.
struct ISODay: Hashable {
  let year: Int
  let month: Int
  let day: Int

  /// The day that a text is; nil for any other text, and for days that there are none of.
  init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 10, bytes[4] == 45, bytes[7] == 45,
      let year = Self.number(bytes[0..<4]), let month = Self.number(bytes[5..<7]),
      let day = Self.number(bytes[8..<10]), (1...12).contains(month)
    else { return nil }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard (1...days[month - 1]).contains(day) else { return nil }
    (self.year, self.month, self.day) = (year, month, day)
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    digits.allSatisfy { (48...57).contains($0) }
      ? digits.reduce(0) { $0 * 10 + Int($1 - 48) } : nil
  }
}

extension AttributeValues {
  /// Whether the values are text, and all that are there are days.
  var areDays: Bool {
    guard case .text(let values) = self else { return false }
    return values.contains { $0 != nil }
      && values.allSatisfy { $0.map { ISODay($0) != nil } ?? true }
  }
}
