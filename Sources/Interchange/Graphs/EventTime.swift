// SPDX-License-Identifier: Apache-2.0

internal import CaseModel

/// The time of an event in one word, ordered as `PartialDate` orders: the first instant that it can
/// mean, then the precision.
///
/// The lowest three bits say how the text is written, so that it need not be kept; the few texts
/// that are written otherwise have `isOdd` and are kept beside.
struct EventTime: Hashable {
  /// No time.
  static let none = EventTime(word: -1)

  private(set) var word: Int64

  private init(word: Int64) { self.word = word }

  // Dates begin in year 1; an offset moves them by at most 15 hours.
  private static let shift: Int64 = 62_135_596_800_000 + 15 * 3_600_000
  private static let zone: Int64 = 1
  private static let letter: Int64 = 2
  private static let odd: Int64 = 4

  /// How precise a time is; the raw value grows with the span.
  enum Precision: Int64 {
    case millisecond, hundredth, tenth, second, minute, hour, day, month, year

    init(span: Int64) {
      self =
        switch span {
        case ...1: .millisecond
        case ...10: .hundredth
        case ...100: .tenth
        case ...1_000: .second
        case ...60_000: .minute
        case ...3_600_000: .hour
        case ...86_400_000: .day
        case ...2_678_400_000: .month
        default: .year
        }
    }

    /// The length of a text without a zone; 0 where texts differ.
    var length: Int {
      switch self {
      case .second: 19
      case .minute: 16
      case .day: 10
      case .month: 7
      case .year: 4
      case .millisecond, .hundredth, .tenth, .hour: 0
      }
    }
  }

  /// The time whose text is `2024-03-04`, `2024-03-04T10:20` or `2024-03-04T10:20:30`, with a blank
  /// for the `T` or with a `Z` at the end.
  @inline(__always)
  init(_ earliest: Int64, _ precision: Precision, hasLetter: Bool, hasZone: Bool) {
    word =
      (earliest &+ Self.shift) << 7 | precision.rawValue << 3
      | (hasLetter ? Self.letter : 0) | (hasZone ? Self.zone : 0)
  }

  /// The time of a date, and its text where that is written in a way of its own.
  init(_ date: PartialDate, _ texts: inout EventTimeTexts) {
    let precision = Precision(span: date.latest - date.earliest)
    let bytes = Array(date.text.utf8)
    self.init(
      date.earliest, precision, hasLetter: bytes.count > 10 && bytes[10] == UInt8(ascii: "T"),
      hasZone: bytes.last == UInt8(ascii: "Z"))
    if precision.length == 0 || texts.text(of: self) != date.text { word |= Self.odd }
  }

  var isNone: Bool { word < 0 }
  /// Whether the text is kept beside.
  var isOdd: Bool { word & Self.odd != 0 }
  /// What is compared first; of equal orders the texts decide.
  var order: Int64 { word >> 3 }

  fileprivate var earliest: Int64 { word >> 7 &- Self.shift }
  fileprivate var precision: Precision { Precision(rawValue: word >> 3 & 15) ?? .second }
  fileprivate var hasLetter: Bool { word & Self.letter != 0 }
  fileprivate var hasZone: Bool { word & Self.zone != 0 }
}

/// Writes the texts of times; the days written last are remembered.
struct EventTimeTexts {
  private static let places = 4_096
  private static let perDay: Int64 = 86_400_000
  private var days = [Int64](repeating: .min, count: EventTimeTexts.places)
  private var heads = [SIMD16<UInt8>](repeating: .zero, count: EventTimeTexts.places)

  /// The text of a time that is not odd.
  mutating func text(of time: EventTime) -> String {
    let earliest = time.earliest
    var day = earliest / Self.perDay
    if day * Self.perDay > earliest { day -= 1 }
    let place = Int(day & Int64(Self.places - 1))
    if days[place] != day {
      var head = SIMD16<UInt8>.zero
      // Years outside 0001 to 9999 arise from offsets alone, and such times are odd.
      let text = PartialDate(milliseconds: day * Self.perDay)?.text ?? ""
      for (index, byte) in text.utf8.prefix(10).enumerated() { head[index] = byte }
      (days[place], heads[place]) = (day, head)
    }
    let head = heads[place]
    let second = Int((earliest - day * Self.perDay) / 1_000)
    let length = time.precision.length
    // Safe: 20 bytes are reserved, and at most 19 and the zone are written, each before it counts.
    return unsafe String(unsafeUninitializedCapacity: 20) { text in
      for index in 0..<min(length, 10) { unsafe text[index] = head[index] }
      guard length > 10 else { return length }
      unsafe text[10] = time.hasLetter ? UInt8(ascii: "T") : 32
      let parts = (second / 3_600, second / 60 % 60, second % 60)
      unsafe (text[11], text[12]) = Self.digits(parts.0)
      unsafe text[13] = UInt8(ascii: ":")
      unsafe (text[14], text[15]) = Self.digits(parts.1)
      if length == 19 {
        unsafe text[16] = UInt8(ascii: ":")
        unsafe (text[17], text[18]) = Self.digits(parts.2)
      }
      guard time.hasZone else { return length }
      unsafe text[length] = UInt8(ascii: "Z")
      return length + 1
    }
  }

  private static func digits(_ number: Int) -> (UInt8, UInt8) {
    (UInt8(truncatingIfNeeded: 48 + number / 10), UInt8(truncatingIfNeeded: 48 + number % 10))
  }
}
