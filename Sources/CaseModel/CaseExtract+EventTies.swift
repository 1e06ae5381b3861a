// SPDX-License-Identifier: Apache-2.0

/// The events of one schema from one entity to another, in one window of time and one currency.
public struct EventTie: Sendable {
  /// What tells ties apart.
  public struct Key: Hashable, Sendable {
    /// The position among the extract's entities of the one in the first role of the schema's arc.
    public var origin: Int32
    /// The position of the one in the second role.
    public var target: Int32
    /// The schema, by its position among the names that came with the ties.
    public var schema: Int32
    /// The currency of the amounts, by its position likewise; -1 where none are added up.
    public var currency: Int32
    /// The start of the window, in days since 1970-01-01; `Int32.min` for none.
    var windowDay: Int32

    /// The start of the window, in days since 1970-01-01; nil for none.
    public var window: Int? { windowDay == .min ? nil : Int(windowDay) }
  }

  /// What tells it apart.
  public var key: Key
  /// The number of events.
  public fileprivate(set) var count = 0
  /// How many of them have the number that is added up.
  public fileprivate(set) var valueCount = 0
  /// The sum of the numbers.
  public var sum: Double { total.value }
  /// When the first begins, in milliseconds since 1970; nil where none states a start.
  public fileprivate(set) var first: Int64?
  /// When the last begins.
  public fileprivate(set) var last: Int64?
  fileprivate var total = CompensatedSum()

  fileprivate mutating func noteTimes(_ first: Int64?, _ last: Int64?) {
    if let first { self.first = min(self.first ?? first, first) }
    if let last { self.last = max(self.last ?? last, last) }
  }
}

extension CaseExtract {
  /// The ties that the events of the extract make, with how many there are, what a number of theirs
  /// comes to, and when the first and the last took place.
  ///
  /// An event goes from each entity in the first role of its schema's arc to each in the second. Without
  /// an arc, or where one of the two roles is empty, it ties every two of its participants.
  ///
  /// - Parameters:
  ///   - quantity: the property that is added up; nil for none.
  ///   - window: the calendar unit by which events are kept apart; nil for none.
  /// - Returns: the ties in no particular order, and the names to which their keys refer.
  /// - Throws: `CaseModelError.graph` naming an event with a text in the place of the number.
  /// - Complexity: O(e) in the number of groups and of other events.
  public func eventTies(
    _ quantity: String?, by window: TimeWindow?
  ) throws(CaseModelError) -> (ties: [EventTie], schemata: [String], currencies: [String]) {
    if let position = aggregates.unreadable.keys.min(), let what = aggregates.unreadable[position] {
      throw .graph(what)
    }
    var schemata = NumberedNames()
    var currencies = NumberedNames()
    let labels = aggregates.kinds.map { kind in
      (
        schema: schemata.number(of: kind.schema),
        currency: kind.currency.map { currencies.number(of: $0) } ?? -1
      )
    }
    // Kinds that differ in their evidence alone make one tie.
    let isMerging =
      !events.isEmpty || Set(labels.map { [$0.schema, $0.currency] }).count < labels.count
    var ties: [EventTie] = []
    var position: [EventTie.Key: Int] = [:]
    func index(_ key: EventTie.Key) -> Int {
      if isMerging, let known = position[key] { return known }
      if isMerging { position[key] = ties.count }
      ties.append(EventTie(key: key))
      return ties.count - 1
    }
    ties.reserveCapacity(aggregates.groupCount)
    for number in 0..<aggregates.groupCount {
      let group = aggregates[number]
      let label = labels[group.kind]
      let index = index(
        EventTie.Key(
          origin: Int32(group.origin), target: Int32(group.target), schema: label.schema,
          currency: label.currency, windowDay: group.window.map { Int32($0) } ?? .min))
      ties[index].count += group.count
      ties[index].noteTimes(group.first, group.last)
      if let numbers = group.numbers {
        ties[index].valueCount += numbers.count
        ties[index].total.add(numbers.total)
      }
    }
    for event in events {
      let value = try value(of: quantity, in: event)
      let start = event.time?.start?.earliest
      var currency: Int32 = -1
      if quantity == "amount", value != nil, let text = text(of: "currency", in: event) {
        currency = currencies.number(of: text)
      }
      let windowDay = start.flatMap { start in
        window.map { Int32(clamping: $0.start(of: start)) }
      }
      for (origin, target) in pairs(of: event) {
        let index = index(
          EventTie.Key(
            origin: origin, target: target, schema: schemata.number(of: event.schema),
            currency: currency, windowDay: windowDay ?? .min))
        ties[index].count += 1
        ties[index].noteTimes(start, start)
        if let value {
          ties[index].valueCount += 1
          ties[index].total.add(value)
        }
      }
    }
    return (ties, schemata.names, currencies.names)
  }

  private func pairs(of event: Event) -> [(Int32, Int32)] {
    let nodes = event.participants.compactMap { end in
      position(of: end.entity).map { (role: end.role, node: Int32($0)) }
    }
    var pairs: [(Int32, Int32)] = []
    if let arc = ontology[event.schema]?.arc {
      for source in nodes where source.role == arc.source {
        for target in nodes where target.role == arc.target {
          pairs.append((source.node, target.node))
        }
      }
    }
    guard pairs.isEmpty else { return pairs }
    for (index, first) in nodes.enumerated() {
      for second in nodes[(index + 1)...] {
        pairs.append((min(first.node, second.node), max(first.node, second.node)))
      }
    }
    return pairs
  }

  private func value(of quantity: String?, in event: Event) throws(CaseModelError) -> Double? {
    guard let quantity, let text = text(of: quantity, in: event) else { return nil }
    guard let number = DecimalNumber.value(of: text) else {
      throw .graph("'\(text)', the \(quantity) of '\(event.id)', is no number that can be a weight")
    }
    return number
  }

  private func text(of property: String, in event: Event) -> String? {
    event.properties.first { $0.property == property }?.value
      ?? bestValue(of: property, about: .event(event.id))
  }
}

/// Names by number, in the order of their first use.
private struct NumberedNames {
  private(set) var names: [String] = []

  mutating func number(of name: String) -> Int32 {
    if let known = names.firstIndex(of: name) { return Int32(known) }
    names.append(name)
    return Int32(names.count - 1)
  }
}
