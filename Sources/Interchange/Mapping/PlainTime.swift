// SPDX-License-Identifier: Apache-2.0

internal import CaseModel

/// Reads times of one fixed form byte by byte.
///
/// Without a declared form these are `2024-03-04`, `2024-03-04T10:20` and `2024-03-04T10:20:30`, with
/// a blank for the `T` or with a `Z`; with one, those whose units have two digits each.
struct PlainTime {
  /// A time that was read.
  struct Found {
    var start: Int64
    var end: Int64
    fileprivate var year = 0
    fileprivate var month = 0
    fileprivate var day = 0
    fileprivate var second = 0
    fileprivate var parts = 0
  }

  private let form: [DateForm.FixedField]?
  private let length: Int
  private let zone: [UInt8]
  private let shift: Int64

  /// A form that no time has.
  init() {
    form = []
    length = -1
    zone = []
    shift = 0
  }

  /// The reader for a form; nil when its times are not of one length or their offset changes.
  init?(_ dates: DateForm?, _ zone: MappingZone?) {
    let offset = zone?.fixedOffset
    if zone != nil, offset == nil { return nil }
    if let dates {
      guard let fixed = dates.fixedFields else { return nil }
      form = fixed.fields
      length = fixed.length
    } else {
      form = nil
      length = 0
    }
    self.zone = offset.map { Array($0.text.utf8) } ?? []
    guard
      let middle = PartialDate("2000-01-01T00:00" + String(decoding: self.zone, as: UTF8.self)),
      let plain = PartialDate("2000-01-01T00:00")
    else { return nil }
    shift = middle.earliest - plain.earliest
  }

  /// The time of a text; nil when it is not of the form.
  func read(_ text: UnsafeBufferPointer<UInt8>) -> Found? {
    guard let form else { return unsafe readISO(text) }
    guard text.count == length else { return nil }
    var units = InlineArray<6, Int>(repeating: 0)
    var parts = 0
    for field in form {
      switch field {
      case .literal(let byte, let at): if unsafe text[at] != byte { return nil }
      case .unit(let unit, let at, let width):
        var value = 0
        for index in at..<at + width {
          let digit = unsafe text[index] &- 48
          guard digit < 10 else { return nil }
          value = value * 10 + Int(digit)
        }
        units[unit] = value
        parts = max(parts, unit + 1)
      }
    }
    return found(units, parts: parts, shift: parts > 3 ? shift : 0)
  }

  private func readISO(_ text: UnsafeBufferPointer<UInt8>) -> Found? {
    let hasZ = unsafe text.count > 10 && text[text.count - 1] == UInt8(ascii: "Z")
    let length = hasZ ? text.count - 1 : text.count
    guard length == 10 || length == 16 || length == 19 else { return nil }
    var units = InlineArray<6, Int>(repeating: 0)
    var parts = 0
    var at = 0
    while at < length {
      let width = parts == 0 ? 4 : 2
      var value = 0
      for index in at..<at + width {
        let digit = unsafe text[index] &- 48
        guard digit < 10 else { return nil }
        value = value * 10 + Int(digit)
      }
      units[parts] = value
      parts += 1
      at += width
      if at == length { break }
      let mark = unsafe text[at]
      switch parts {
      case 1, 2: guard mark == UInt8(ascii: "-") else { return nil }
      case 3: guard mark == UInt8(ascii: "T") || mark == 32 else { return nil }
      default: guard mark == UInt8(ascii: ":") else { return nil }
      }
      at += 1
    }
    return found(units, parts: parts, shift: hasZ || parts <= 3 ? 0 : shift)
  }

  private func found(_ units: InlineArray<6, Int>, parts: Int, shift: Int64) -> Found? {
    let (year, month, day) = (units[0], parts > 1 ? units[1] : 1, parts > 2 ? units[2] : 1)
    guard parts == 3 || parts == 5 || parts == 6, year >= 1, (1...12).contains(month), day >= 1,
      day <= Self.dayCount(year, month), units[3] < 24, units[4] < 60, units[5] < 60
    else { return nil }
    let second = units[3] * 3_600 + units[4] * 60 + units[5]
    let start = (Self.days(year, month, day) * 86_400 + Int64(second)) * 1_000 + shift
    let span: Int64 = parts == 3 ? 86_400_000 : parts == 5 ? 60_000 : 1_000
    return Found(
      start: start, end: start + span, year: year, month: month, day: day, second: second,
      parts: parts)
  }

  /// Adds the text of a time to a block: as it stands, or in the form of ISO 8601, with the offset.
  func write(_ found: Found, _ text: UnsafeBufferPointer<UInt8>, _ block: inout EventBlock) {
    if form == nil {
      let hasOwnZone = unsafe text.count <= 10 || text[text.count - 1] == UInt8(ascii: "Z")
      if hasOwnZone || zone.isEmpty {
        unsafe block.append(text)
      } else {
        block.append { bytes in
          unsafe bytes.append(contentsOf: text)
          bytes += zone
        }
      }
      return
    }
    block.append { bytes in
      func append(_ value: Int, _ after: UInt8?) {
        bytes.append(UInt8(truncatingIfNeeded: 48 + value / 10))
        bytes.append(UInt8(truncatingIfNeeded: 48 + value % 10))
        if let after { bytes.append(after) }
      }
      append(found.year / 100, nil)
      append(found.year % 100, UInt8(ascii: "-"))
      append(found.month, UInt8(ascii: "-"))
      append(found.day, found.parts > 3 ? UInt8(ascii: "T") : nil)
      guard found.parts > 3 else { return }
      append(found.second / 3_600, UInt8(ascii: ":"))
      append(found.second / 60 % 60, found.parts > 5 ? UInt8(ascii: ":") : nil)
      if found.parts > 5 { append(found.second % 60, nil) }
      bytes += zone
    }
  }

  private static func dayCount(_ year: Int, _ month: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  // Days since 1970-01-01 in the Gregorian calendar, counted in years that begin in March.
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int64 {
    let shifted = month > 2 ? year : year - 1
    let ofYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return Int64(365 * shifted + shifted / 4 - shifted / 100 + shifted / 400 + ofYear - 719_468)
  }
}
