// SPDX-License-Identifier: Apache-2.0

/// Gathers events into groups one after the other, as far as they count in a view.
///
/// It takes the rows of a store as they stand; memory follows the number of groups, not of events.
///
/// ```swift
/// var events = EventAggregator(view, contents, quantity: "duration")
/// let kind = events.kind(schema: "Call", currency: nil, evidence: evidence)
/// events.add(kind: kind, origin: 4, target: 9, start: instant, hasEnd: true, value: 60)
/// let extract = try view.filter(contents, gathered: &events) { row in positions[row] }
/// ```
public struct EventAggregator: Sendable {
  /// The property whose numbers are gathered; nil for none.
  public let quantity: String?
  private let view: CaseView
  private let ontology: Ontology
  private let window: TimeWindow?
  private let keepsTimes: Bool
  private var filter: EvidenceFilter
  private var kindAt: [EventAggregates.Kind: Int] = [:]
  private var reasons: [LeftOut.Reason?] = []
  private var isLayer: [Bool] = []
  // Open addressing: the position of a group, or -1, and some bits by which most others are told apart
  // without looking at them.
  private struct Slot {
    var tag: UInt32 = 0
    var group: Int32 = -1
  }
  private var slots = [Slot](repeating: Slot(), count: 1 << 12)
  private(set) var aggregates = EventAggregates()
  private(set) var leftOut = [Int](repeating: 0, count: LeftOut.Reason.allCases.count)
  private(set) var undatedUsed = 0
  // Windows of one unit follow one another: that of the event before is often that of the next.
  private var lastWindow: (day: Int64, start: Int32) = (.min, 0)

  /// Creates an aggregator without events.
  ///
  /// - Parameters:
  ///   - view: which events count.
  ///   - contents: the case: its ontology and grading schemes are used.
  ///   - quantity: the property whose numbers are gathered; nil or `count` for none.
  ///   - window: the calendar unit by which events are kept apart; nil for none.
  ///   - keepsTimes: whether the first and the last event of each group are kept.
  public init(
    _ view: CaseView, _ contents: CaseContents, quantity: String? = nil,
    window: TimeWindow? = nil, keepsTimes: Bool = false
  ) {
    self.keepsTimes = keepsTimes
    self.view = view
    self.quantity = quantity == "count" ? nil : quantity
    self.window = window
    ontology = contents.ontology
    filter = EvidenceFilter(view, contents.grading)
  }

  /// The number of a kind of event; the same for the same schema, currency and evidence.
  ///
  /// Evidence without a locator and dates of its own: the time of an event is that of the event.
  public mutating func kind(schema: String, currency: String?, evidence: Evidence) -> Int {
    let kind = EventAggregates.Kind(schema: schema, currency: currency, evidence: evidence)
    if let known = kindAt[kind] { return known }
    let number = aggregates.kinds.count
    kindAt[kind] = number
    aggregates.kinds.append(kind)
    reasons.append(filter.reasonApartFromTime(evidence))
    isLayer.append(
      view.layers.isEmpty
        || view.layers.contains { ontology[schema]?.isA($0) ?? (schema == $0) })
    return number
  }

  /// Adds an event.
  ///
  /// - Parameters:
  ///   - kind: a number that `kind` gave.
  ///   - origin: the number by which the store knows the entity in the first role.
  ///   - target: that of the one in the second role.
  ///   - start: the first instant of its time, in milliseconds since 1970; nil when it is open.
  ///   - hasEnd: whether its time has an end.
  ///   - value: the number that is gathered; nil where the event has none.
  /// - Returns: the position of the group that took it up; nil when the event does not count.
  /// - Complexity: O(1) on average.
  @discardableResult
  public mutating func add(
    kind: Int, origin: Int32, target: Int32, start: Int64?, hasEnd: Bool, value: Double?
  ) -> Int? {
    guard let reason = reason(kind, start, hasEnd) else {
      let group = group(
        origin: origin, target: target, kind: Int32(truncatingIfNeeded: kind),
        windowDay: windowDay(start))
      aggregates.ends[group].count += 1
      if keepsTimes, let start {
        aggregates.times[group].earliest = min(aggregates.times[group].earliest, start)
        aggregates.times[group].latest = max(aggregates.times[group].latest, start)
      }
      if let value, quantity != nil { aggregates.numbers[group].add(value) }
      return group
    }
    leftOut[Self.index(reason)] += 1
    return nil
  }

  /// The number that a text states; nil when it states none that can be gathered.
  public static func number(of text: String) -> Double? { DecimalNumber.value(of: text) }

  /// Notes that a group has an event with a text where a number should stand.
  ///
  /// - Parameters:
  ///   - text: the text.
  ///   - event: the id of the event.
  ///   - group: the position of its group.
  public mutating func noteUnreadable(_ text: String, of event: String, in group: Int) {
    if aggregates.unreadable[group] == nil {
      aggregates.unreadable[group] =
        "'\(text)', the \(quantity ?? "number") of '\(event)', is no number that can be a weight"
    }
  }

  /// Hands the groups over and keeps none.
  mutating func takeAggregates() -> EventAggregates {
    defer {
      aggregates = EventAggregates()
      slots = []
    }
    return aggregates
  }

  private mutating func reason(_ kind: Int, _ start: Int64?, _ hasEnd: Bool) -> LeftOut.Reason? {
    if let reason = reasons[kind] { return reason }
    if let asOf = view.asOf {
      if start == nil, !hasEnd {
        if view.undated == .leftOut { return .undated }
        undatedUsed += 1
      } else if (start ?? .min) >= asOf.latest {
        return .otherTime
      }
    }
    return isLayer[kind] ? nil : .schema
  }

  private mutating func windowDay(_ start: Int64?) -> Int32 {
    guard let window, let start else { return .min }
    let day = CivilDate.day(of: start)
    if day != lastWindow.day { lastWindow = (day, Int32(clamping: window.start(of: start))) }
    return lastWindow.start
  }

  private mutating func group(
    origin: Int32, target: Int32, kind: Int32, windowDay: Int32
  ) -> Int {
    if 2 * aggregates.ends.count >= slots.count { grow() }
    let mixed = Self.mixed(origin, target, kind, windowDay)
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: mixed) & mask
    let tag = UInt32(truncatingIfNeeded: mixed >> 32)
    while true {
      let found = slots[slot]
      if found.group < 0 { break }
      let group = Int(found.group)
      if found.tag == tag {
        let ends = aggregates.ends[group]
        if ends.origin == origin, ends.target == target, ends.kind == kind,
          window == nil || aggregates.windows[group] == windowDay
        {
          return group
        }
      }
      slot = (slot + 1) & mask
    }
    let group = aggregates.ends.count
    slots[slot] = Slot(tag: tag, group: Int32(truncatingIfNeeded: group))
    aggregates.ends.append(.init(origin: origin, target: target, kind: kind))
    if window != nil { aggregates.windows.append(windowDay) }
    if keepsTimes { aggregates.times.append(.init()) }
    if quantity != nil { aggregates.numbers.append(.init()) }
    return group
  }

  private mutating func grow() {
    slots = [Slot](repeating: Slot(), count: max(1 << 12, 4 * slots.count))
    let mask = slots.count - 1
    for group in aggregates.ends.indices {
      let ends = aggregates.ends[group]
      let mixed = Self.mixed(
        ends.origin, ends.target, ends.kind, window == nil ? .min : aggregates.windows[group])
      var slot = Int(truncatingIfNeeded: mixed) & mask
      while slots[slot].group >= 0 { slot = (slot + 1) & mask }
      slots[slot] = Slot(
        tag: UInt32(truncatingIfNeeded: mixed >> 32), group: Int32(truncatingIfNeeded: group))
    }
  }

  @inline(__always)
  private static func mixed(
    _ origin: Int32, _ target: Int32, _ kind: Int32, _ windowDay: Int32
  ) -> UInt64 {
    let ends = UInt64(UInt32(bitPattern: origin)) << 32 | UInt64(UInt32(bitPattern: target))
    let rest = UInt64(UInt32(bitPattern: kind)) << 32 | UInt64(UInt32(bitPattern: windowDay))
    let first = (ends ^ ends >> 31) &* 0x9E37_79B9_7F4A_7C15 ^ rest &* 0xBF58_476D_1CE4_E5B9
    let second = (first ^ first >> 29) &* 0x94D0_49BB_1331_11EB
    return second ^ second >> 32
  }

  private static func index(_ reason: LeftOut.Reason) -> Int {
    LeftOut.Reason.allCases.firstIndex(of: reason) ?? 0
  }
}
