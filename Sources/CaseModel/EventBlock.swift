// SPDX-License-Identifier: Apache-2.0

/// Many events of one schema that a table states row by row, in columns: what assertions would say
/// one by one, at a fraction of the cost.
///
/// Each event has the two participants of its schema's arc, a time or none, and a value or none for
/// each property; it has no id of its own, and its row grades nothing. All text is ASCII.
public struct EventBlock: Sendable {
  /// The name of the schema.
  public let schema: String
  /// The name of the source.
  public let source: String
  /// The name of the file.
  public let file: String
  /// The properties, as the schema names them, and the columns they stand in.
  public let properties: [(name: String, column: String)]

  /// The number of events.
  public private(set) var count = 0
  /// The lines on which they stand.
  public private(set) var lines: [Int] = []
  /// The participants as numbers that the producer gives to ids; see `entities`.
  public private(set) var origins: [Int32] = []
  /// The other participants.
  public private(set) var targets: [Int32] = []
  /// The first instants of the times, in milliseconds since 1970.
  public private(set) var starts: [Int64] = []
  /// The first instants after the times.
  public private(set) var ends: [Int64] = []
  /// The text of the times and the values of the properties, event by event.
  public private(set) var text: [UInt8] = []
  /// Where each of these texts ends: the time and then each property.
  public private(set) var textEnds: [Int] = []
  /// The ids of the entities by number, all that were numbered so far.
  public var entities: [String] = []

  /// Creates an empty block.
  public init(
    schema: String, source: String, file: String, properties: [(name: String, column: String)]
  ) {
    self.schema = schema
    self.source = source
    self.file = file
    self.properties = properties
  }

  /// Whether the block holds nothing.
  public var isEmpty: Bool { count == 0 }

  /// Adds an event; its texts follow by `append`.
  public mutating func appendEvent(
    line: Int, origin: Int32, target: Int32, start: Int64, end: Int64
  ) {
    count += 1
    lines.append(line)
    origins.append(origin)
    targets.append(target)
    starts.append(start)
    ends.append(end)
  }

  /// Adds a text of the event that was added last: its time, then each of its properties.
  public mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    unsafe text.append(contentsOf: bytes)
    textEnds.append(text.count)
  }

  /// Adds a text of the event that was added last, as a closure writes it.
  public mutating func append(_ write: (inout [UInt8]) -> Void) {
    write(&text)
    textEnds.append(text.count)
  }

  /// Empties the block; the numbers of entities stay.
  public mutating func removeAll() {
    count = 0
    lines.removeAll(keepingCapacity: true)
    origins.removeAll(keepingCapacity: true)
    targets.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    text.removeAll(keepingCapacity: true)
    textEnds.removeAll(keepingCapacity: true)
  }

  /// The range of a text in `text`: 0 is the time, then the properties in their order.
  @inline(__always)
  public func range(_ event: Int, _ field: Int) -> Range<Int> {
    let index = event * (properties.count + 1) + field
    return (index == 0 ? 0 : textEnds[index - 1])..<textEnds[index]
  }

  /// The event as an assertion, which says the same.
  public func assertion(_ event: Int, arc: (source: String, target: String)) -> Assertion {
    func string(_ field: Int) -> String {
      String(decoding: text[range(event, field)], as: UTF8.self)
    }
    return Assertion(
      subject: .event(
        id: "\(schema):\(file):\(lines[event])", schema: schema,
        time: PartialDate(string(0)).map { Interval($0) },
        participants: [
          End(role: arc.source, entity: entities[Int(origins[event])]),
          End(role: arc.target, entity: entities[Int(targets[event])]),
        ]),
      properties: properties.indices.compactMap { index in
        let value = string(index + 1)
        return value.isEmpty
          ? nil
          : PropertyValue(properties[index].name, value, column: properties[index].column)
      },
      source: source, locator: Locator(file: file, line: lines[event]))
  }
}
