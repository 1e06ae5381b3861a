// SPDX-License-Identifier: Apache-2.0

/// An attribute of every node or every edge of a document: a name and typed values, some missing.
public struct AttributeColumn: Hashable, Sendable {
  /// The name of the attribute, as in the file.
  public var name: String
  /// The values in the order of the document.
  public var values: AttributeValues

  /// Creates a column.
  public init(name: String, values: AttributeValues) {
    self.name = name
    self.values = values
  }
}

/// The values of a column, all of one type; nil where a value is missing.
public enum AttributeValues: Hashable, Sendable {
  /// Text, and whatever must stay as it was written: identifiers, telephone numbers, dates.
  case text([String?])
  /// Whole numbers.
  case integer([Int64?])
  /// Numbers.
  case real([Double?])
  /// Truth values.
  case boolean([Bool?])

  /// The number of values, missing ones included.
  public var count: Int {
    switch self {
    case .text(let values): values.count
    case .integer(let values): values.count
    case .real(let values): values.count
    case .boolean(let values): values.count
    }
  }

  /// The name of the type, as GraphML has it.
  public var typeName: String {
    switch self {
    case .text: "string"
    case .integer: "long"
    case .real: "double"
    case .boolean: "boolean"
    }
  }

  /// The value at a position as text; nil when it is missing.
  ///
  /// Numbers are written with the fewest digits that read back as the same number.
  public func text(at position: Int) -> String? {
    switch self {
    case .text(let values): values[position]
    case .integer(let values): values[position].map { String($0) }
    case .real(let values): values[position].map { $0.description }
    case .boolean(let values): values[position].map { $0 ? "true" : "false" }
    }
  }

  /// The value at a position as a number; nil when it is missing or not a number.
  public func number(at position: Int) -> Double? {
    switch self {
    case .text, .boolean: nil
    case .integer(let values): values[position].map { Double($0) }
    case .real(let values): values[position]
    }
  }

  /// Whether the values are numbers.
  public var isNumeric: Bool {
    switch self {
    case .text, .boolean: false
    case .integer, .real: true
    }
  }

  /// The values at the given positions, in that order; a negative position gives a missing value.
  public func picking(_ positions: [Int32]) -> AttributeValues {
    func pick<Value>(_ values: [Value?]) -> [Value?] {
      positions.map { $0 < 0 ? nil : values[Int($0)] }
    }
    return switch self {
    case .text(let values): .text(pick(values))
    case .integer(let values): .integer(pick(values))
    case .real(let values): .real(pick(values))
    case .boolean(let values): .boolean(pick(values))
    }
  }
}
