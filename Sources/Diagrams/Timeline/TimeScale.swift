// SPDX-License-Identifier: Apache-2.0

/// The axis of a timeline: milliseconds since 1970 to places, with ticks at round times in UTC.
struct TimeScale: Hashable, Sendable {
  static let day = 86_400_000.0
  let first: Double
  let last: Double
  let minX: Double
  let maxX: Double

  /// Where a time stands.
  func x(_ time: Double) -> Double {
    minX + (min(max(time, first), last) - first) / (last - first) * (maxX - minX)
  }

  /// A tick and its words; those without words are small.
  struct Tick: Hashable, Sendable {
    var x: Double
    var text: String?
    /// Whether a larger unit begins.
    var isMajor: Bool
  }

  /// The steps between ticks that can be had: months, or days, or hours.
  private enum Step: Hashable { case months(Int), days(Int), hours(Int) }

  private static let steps: [(Step, days: Double)] = [
    (.hours(1), 1.0 / 24), (.hours(3), 0.125), (.hours(6), 0.25), (.days(1), 1), (.days(7), 7),
    (.months(1), 30.4), (.months(3), 91), (.months(6), 182), (.months(12), 365), (.months(24), 730),
    (.months(60), 1826), (.months(120), 3652), (.months(600), 18262),
  ]

  /// The ticks, no two closer than the room that their words take.
  func ticks(room: Double) -> [Tick] {
    let perDay = (maxX - minX) / max((last - first) / Self.day, 1e-6)
    let step = Self.steps.first { $0.days * perDay >= room }?.0 ?? .months(600)
    var ticks: [Tick] = []
    let start = Civil(day: Int((first / Self.day).rounded(.down)))
    func add(_ time: Double, _ text: String, _ isMajor: Bool) {
      if time >= first, time <= last {
        ticks.append(Tick(x: x(time), text: text, isMajor: isMajor))
      }
    }
    switch step {
    case .months(let count):
      var month = (start.year * 12 + start.month - 1) / count * count
      while ticks.count < 400 {
        let civil = Civil(year: month / 12, month: month % 12 + 1, day: 1)
        let time = Double(civil.dayNumber) * Self.day
        if time > last { break }
        let isYear = civil.month == 1
        let quarter = count == 3 || count == 6
        let month2 = Self.two(civil.month)
        add(
          time,
          isYear || count >= 12
            ? String(civil.year)
            : quarter ? "\(civil.year)-\(month2)" : Self.months[civil.month - 1],
          isYear)
        month += count
      }
    case .days(let count):
      // Weeks begin on Mondays; 1970-01-01 was a Thursday.
      var day = start.dayNumber
      if count == 7 { day -= ((day + 3) % 7 + 7) % 7 }
      while ticks.count < 400, Double(day) * Self.day <= last {
        let civil = Civil(day: day)
        add(
          Double(day) * Self.day, "\(Self.two(civil.day)) \(Self.months[civil.month - 1])",
          civil.day <= count && civil.month == 1)
        day += count
      }
    case .hours(let count):
      var hour = Int(first / 3_600_000) / count * count
      while ticks.count < 400, Double(hour) * 3_600_000 <= last {
        let civil = Civil(day: Int((Double(hour) / 24).rounded(.down)))
        let ofDay = ((hour % 24) + 24) % 24
        add(
          Double(hour) * 3_600_000,
          ofDay == 0
            ? "\(Self.two(civil.day)) \(Self.months[civil.month - 1])" : "\(Self.two(ofDay)):00",
          ofDay == 0)
        hour += count
      }
    }
    return ticks
  }

  static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }

  /// A time as a date, such as 2024-06-30.
  static func date(_ time: Double) -> String {
    let civil = Civil(day: Int((time / day).rounded(.down)))
    return "\(civil.year)-\(two(civil.month))-\(two(civil.day))"
  }
}

/// A day of the Gregorian calendar.
struct Civil: Hashable, Sendable {
  var year: Int
  var month: Int
  var day: Int

  init(year: Int, month: Int, day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// Days since 1970-01-01; years count from March, so that the leap day is the last.
  var dayNumber: Int {
    let y = month <= 2 ? year - 1 : year
    let cycle = (y >= 0 ? y : y - 399) / 400
    let ofCycle = y - cycle * 400
    let ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return cycle * 146_097 + ofCycle * 365 + ofCycle / 4 - ofCycle / 100 + ofYear - 719_468
  }

  /// The day of so many days since 1970-01-01.
  init(day number: Int) {
    // A guess from the mean year is at most one year off.
    var year = 1970 + Int((Double(number) / 365.2425).rounded(.down))
    while Civil(year: year + 1, month: 1, day: 1).dayNumber <= number { year += 1 }
    while Civil(year: year, month: 1, day: 1).dayNumber > number { year -= 1 }
    var month = 12
    while month > 1, Civil(year: year, month: month, day: 1).dayNumber > number { month -= 1 }
    self.init(
      year: year, month: month,
      day: number - Civil(year: year, month: month, day: 1).dayNumber + 1)
  }
}
