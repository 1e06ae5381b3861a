// SPDX-License-Identifier: Apache-2.0

/// Events of an extract that are not held one by one, but gathered by their ends: how many, when the
/// first and the last, and what a number of theirs comes to.
///
/// Each has the two participants of its schema's arc and nothing but its own report.
public struct EventAggregates: Sendable {
  /// What the events of several groups have in common.
  public struct Kind: Hashable, Sendable {
    /// The schema.
    public var schema: String
    /// The currency of the amounts, where these are added up.
    public var currency: String?
    /// Who reports the events; without the place in the source.
    public var evidence: Evidence
  }

  /// The events of one kind from one entity to another in one window of time.
  public struct Group: Sendable {
    /// The position among the extract's entities of the one in the first role of the arc.
    public let origin: Int
    /// The position of the one in the second role.
    public let target: Int
    /// The position among the kinds.
    public let kind: Int
    /// The number of events.
    public let count: Int
    /// The start of the window, in days since 1970-01-01; nil without windows, and for events without
    /// a start.
    public let window: Int?
    /// When the first begins, in milliseconds since 1970; nil where no start is known, or times were
    /// not gathered.
    public let first: Int64?
    /// When the last begins, in milliseconds since 1970; nil as for the first.
    public let last: Int64?
    /// What the gathered number of the events comes to; nil where none was gathered.
    public let numbers: Numbers?
  }

  /// What the numbers of several events come to.
  public struct Numbers: Sendable {
    /// How many events have the number.
    public private(set) var count = 0
    /// The least; infinite where there is none.
    public private(set) var least = Double.infinity
    /// The greatest; infinite and negative where there is none.
    public private(set) var greatest = -Double.infinity
    /// The sum.
    public var sum: Double { total.value }
    private(set) var total = CompensatedSum()

    @inline(__always)
    mutating func add(_ value: Double) {
      count += 1
      total.add(value)
      least = min(least, value)
      greatest = max(greatest, value)
    }
  }

  /// The kinds.
  public internal(set) var kinds: [Kind] = []
  // The groups in columns, in the order in which the first event of each was recorded; those that
  // nobody asked for are empty. A case can have as many groups as events.
  var ends: [Ends] = []
  var windows: [Int32] = []
  var times: [Times] = []
  var numbers: [Numbers] = []
  // By position of the group: what is no number although it stands in the place of one.
  var unreadable: [Int: String] = [:]

  struct Ends: Sendable, Equatable {
    var origin: Int32
    var target: Int32
    var kind: Int32
    var count: UInt32 = 0
  }

  struct Times: Sendable {
    var earliest = Int64.max
    var latest = Int64.min
  }

  /// The number of groups.
  public var groupCount: Int { ends.count }

  /// The number of events in all groups.
  public var eventCount: Int { ends.reduce(0) { $0 + Int($1.count) } }

  /// A group by its position.
  public subscript(position: Int) -> Group {
    let own = ends[position]
    let window = windows.isEmpty ? .min : windows[position]
    let times = times.isEmpty ? Times() : times[position]
    return Group(
      origin: Int(own.origin), target: Int(own.target), kind: Int(own.kind), count: Int(own.count),
      window: window == .min ? nil : Int(window),
      first: times.earliest == .max ? nil : times.earliest,
      last: times.latest == .min ? nil : times.latest,
      numbers: numbers.isEmpty ? nil : numbers[position])
  }

  /// Creates aggregates of nothing.
  public init() {}

  /// Keeps the groups for which `ends` gives the positions of their entities.
  mutating func keep(_ place: (Ends) -> (origin: Int32, target: Int32)?) {
    var kept = 0
    let unreadable = unreadable
    self.unreadable = [:]
    for index in ends.indices {
      guard let (origin, target) = place(ends[index]) else { continue }
      var own = ends[index]
      (own.origin, own.target) = (origin, target)
      ends[kept] = own
      if !windows.isEmpty { windows[kept] = windows[index] }
      if !times.isEmpty { times[kept] = times[index] }
      if !numbers.isEmpty { numbers[kept] = numbers[index] }
      if let what = unreadable[index] { self.unreadable[kept] = what }
      kept += 1
    }
    let lost = ends.count - kept
    ends.removeLast(lost)
    if !windows.isEmpty { windows.removeLast(lost) }
    if !times.isEmpty { times.removeLast(lost) }
    if !numbers.isEmpty { numbers.removeLast(lost) }
  }

  /// The number of events of each kind.
  var countsOfKinds: [Int] {
    var counts = [Int](repeating: 0, count: kinds.count)
    for own in ends { counts[Int(own.kind)] += Int(own.count) }
    return counts
  }
}

/// A calendar unit, in UTC, by which events are counted apart.
public enum TimeWindow: String, Codable, Hashable, Sendable, CaseIterable {
  case day, week, month, year

  /// The first day of the window that holds an instant, in days since 1970-01-01.
  ///
  /// - Parameter milliseconds: the instant, in milliseconds since 1970.
  /// - Returns: the day.
  public func start(of milliseconds: Int64) -> Int {
    let day = CivilDate.day(of: milliseconds)
    switch self {
    case .day: return Int(day)
    case .week:
      // 1970-01-05 was a Monday.
      let sinceMonday = (day - 4) % 7
      return Int(day - (sinceMonday < 0 ? sinceMonday + 7 : sinceMonday))
    case .month:
      let date = CivilDate.date(days: day)
      return Int(CivilDate.days(year: date.year, month: date.month, day: 1))
    case .year:
      return Int(CivilDate.days(year: CivilDate.date(days: day).year, month: 1, day: 1))
    }
  }

  /// The window as it is written: `2024`, `2024-06`, or the date of its first day.
  ///
  /// - Parameter day: its first day, in days since 1970-01-01.
  /// - Returns: the text.
  public func text(of day: Int) -> String {
    let date = CivilDate.date(days: Int64(day))
    func padded(_ number: Int, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    let parts = [padded(date.year, 4), padded(date.month, 2), padded(date.day, 2)]
    return parts.prefix(self == .year ? 1 : self == .month ? 2 : 3).joined(separator: "-")
  }
}
