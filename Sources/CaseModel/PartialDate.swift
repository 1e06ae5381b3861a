// SPDX-License-Identifier: Apache-2.0

/// A point in time as precisely as a source states it: a year, a month, a day, a minute.
///
/// ```swift
/// PartialDate("2019-03")?.latest == PartialDate("2019-04")?.earliest  // true
/// ```
///
/// The text is kept as it was; the bounds are derived from it. Accepted are the forms of ISO 8601
/// from `2019` to `2019-03-04T10:20:30.125+02:00`, with a space in place of the `T`, and offsets as
/// `Z`, `+02`, `+0200` and `+02:00`. A time without an offset counts as UTC. Years run from 0001 to
/// 9999; a day that the month does not have, an hour 24 or a second 60 is no date.
public struct PartialDate: Hashable, Sendable {
  /// The date as it was written.
  public let text: String
  /// The first instant that the text can mean, in milliseconds since 1970-01-01T00:00Z.
  public let earliest: Int64
  /// The first instant after those that the text can mean, in the same unit.
  public let latest: Int64

  /// Reads a date; nil when the text has none of the accepted forms.
  public init?(_ text: String) {
    var reader = DigitReader(text.utf8)
    guard let bounds = reader.readBounds() else { return nil }
    self.text = text
    (earliest, latest) = bounds
  }

  /// The instant of so many milliseconds since 1970-01-01T00:00Z, to the second, in UTC.
  ///
  /// Nil outside the years 0001 to 9999.
  public init?(milliseconds: Int64) {
    guard let text = PartialDate.text(ofSecondAt: milliseconds) else { return nil }
    self.text = text
    let remainder = milliseconds % 1000
    earliest = milliseconds - (remainder < 0 ? remainder + 1000 : remainder)
    latest = earliest + 1000
  }

  /// The canonical text of the second that contains an instant, such as `2019-03-04T10:20:30Z`.
  static func text(ofSecondAt milliseconds: Int64) -> String? {
    // The years 0001 to 9999.
    guard (-62_135_596_800_000..<253_402_300_800_000).contains(milliseconds) else { return nil }
    let days = CivilDate.day(of: milliseconds)
    let ofDay = milliseconds - days * CivilDate.millisecondsPerDay
    let date = CivilDate.date(days: days)
    let second = Int(ofDay / 1000)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(20)
    func append(_ value: Int, _ width: Int, _ after: UInt8) {
      var divisor = 1
      for _ in 1..<width { divisor *= 10 }
      while divisor > 0 {
        bytes.append(UInt8(48 + value / divisor % 10))
        divisor /= 10
      }
      bytes.append(after)
    }
    append(date.year, 4, UInt8(ascii: "-"))
    append(date.month, 2, UInt8(ascii: "-"))
    append(date.day, 2, UInt8(ascii: "T"))
    append(second / 3600, 2, UInt8(ascii: ":"))
    append(second / 60 % 60, 2, UInt8(ascii: ":"))
    append(second % 60, 2, UInt8(ascii: "Z"))
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension PartialDate: Comparable {
  /// Orders by the first possible instant, then by precision (the less precise later), then text.
  public static func < (a: PartialDate, b: PartialDate) -> Bool {
    if a.earliest != b.earliest { return a.earliest < b.earliest }
    if a.latest != b.latest { return a.latest < b.latest }
    return a.text.utf8.lexicographicallyPrecedes(b.text.utf8)
  }
}

extension PartialDate: CustomStringConvertible {
  public var description: String { text }
}

extension PartialDate: Codable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let date = PartialDate(text) else {
      throw DecodingError.dataCorruptedError(
        in: container,
        debugDescription: "'\(text)' is no date; expected 2019, 2019-03, 2019-03-04 or a time")
    }
    self = date
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}

/// Reads the accepted forms of a date byte by byte.
private struct DigitReader {
  private let bytes: [UInt8]
  private var position = 0

  init(_ utf8: String.UTF8View) { bytes = Array(utf8.prefix(64)) }

  mutating func readBounds() -> (Int64, Int64)? {
    guard let year = number(4), year >= 1 else { return nil }
    if isAtEnd { return days(year, 1, 1, to: year + 1, 1, 1) }
    guard take("-"), let month = number(2), (1...12).contains(month) else { return nil }
    if isAtEnd {
      return month == 12
        ? days(year, 12, 1, to: year + 1, 1, 1) : days(year, month, 1, to: year, month + 1, 1)
    }
    guard take("-"), let day = number(2), day >= 1,
      day <= CivilDate.dayCount(year: year, month: month)
    else { return nil }
    let start =
      CivilDate.days(year: year, month: month, day: day) * CivilDate.millisecondsPerDay
    if isAtEnd { return (start, start + CivilDate.millisecondsPerDay) }
    guard take("T") || take(" "), let time = readTime(), let offset = readOffset() else {
      return nil
    }
    return (start + time.start - offset, start + time.start + time.span - offset)
  }

  private mutating func readTime() -> (start: Int64, span: Int64)? {
    guard let hour = number(2), hour < 24 else { return nil }
    var start = Int64(hour) * 3_600_000
    guard take(":") else { return (start, 3_600_000) }
    guard let minute = number(2), minute < 60 else { return nil }
    start += Int64(minute) * 60_000
    guard take(":") else { return (start, 60_000) }
    guard let second = number(2), second < 60 else { return nil }
    start += Int64(second) * 1000
    guard take(".") || take(",") else { return (start, 1000) }
    // Digits beyond the millisecond are kept in the text only.
    var span: Int64 = 1000
    var count = 0
    while let digit = number(1) {
      if span > 1 {
        span /= 10
        start += Int64(digit) * span
      }
      count += 1
    }
    return count == 0 ? nil : (start, span)
  }

  // Milliseconds that local time is ahead of UTC.
  private mutating func readOffset() -> Int64? {
    if isAtEnd || (take("Z") && isAtEnd) { return 0 }
    let sign: Int64 = take("-") ? -1 : 1
    guard sign == -1 || take("+"), let hours = number(2), hours <= 14 else { return nil }
    if isAtEnd { return sign * Int64(hours) * 3_600_000 }
    _ = take(":")
    guard let minutes = number(2), minutes < 60, isAtEnd else { return nil }
    return sign * (Int64(hours) * 3_600_000 + Int64(minutes) * 60_000)
  }

  private func days(
    _ year: Int, _ month: Int, _ day: Int, to nextYear: Int, _ nextMonth: Int, _ nextDay: Int
  ) -> (Int64, Int64) {
    (
      CivilDate.days(year: year, month: month, day: day) * CivilDate.millisecondsPerDay,
      CivilDate.days(year: nextYear, month: nextMonth, day: nextDay) * CivilDate.millisecondsPerDay
    )
  }

  private var isAtEnd: Bool { position == bytes.count }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard position < bytes.count, UInt32(bytes[position]) == character.value else { return false }
    position += 1
    return true
  }

  private mutating func number(_ width: Int) -> Int? {
    guard position + width <= bytes.count else { return nil }
    var value = 0
    for byte in bytes[position..<position + width] {
      guard byte >= 48, byte <= 57 else { return nil }
      value = value * 10 + Int(byte - 48)
    }
    position += width
    return value
  }
}
