// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// A declared key of a GraphML document with the values it has at nodes and edges.
struct GraphMLKey {
  enum Kind: String {
    case boolean, int, long, float, double, string
  }

  let name: String
  let domain: String
  let kind: Kind
  private var nodes = Values()
  private var edges = Values()
  private var fallback: Value?

  private enum Value {
    case text(String)
    case integer(Int64)
    case real(Double)
    case boolean(Bool)
  }

  private struct Values {
    var indices: [Int32] = []
    var values: [Value] = []
  }

  init(name: String, domain: String, kind: Kind) {
    self.name = name
    self.domain = domain
    self.kind = kind
  }

  func isFor(_ owner: String) -> Bool { domain == owner || domain == "all" }

  mutating func setDefault(_ text: String) -> (what: String, expected: String)? {
    switch parse(text) {
    case .success(let value):
      fallback = value
      return nil
    case .failure(let bad): return bad.message
    }
  }

  mutating func set(
    _ text: String, isNode: Bool, at index: Int
  ) -> (what: String, expected: String)? {
    switch parse(text) {
    case .failure(let bad): return bad.message
    case .success(let value):
      var values = isNode ? nodes : edges
      if isNode { nodes = Values() } else { edges = Values() }
      defer { if isNode { nodes = values } else { edges = values } }
      if values.indices.last == Int32(index) {
        return ("the key “\(name)” has two values here", "one")
      }
      if let value {
        values.indices.append(Int32(index))
        values.values.append(value)
      }
      return nil
    }
  }

  private struct BadValue: Error {
    let message: (what: String, expected: String)
  }

  // Empty text is a missing number or truth value, but a text of its own.
  private func parse(_ text: String) -> Result<Value?, BadValue> {
    if kind == .string { return .success(.text(text)) }
    if let plain = plain(text) { return .success(plain) }
    let trimmed = text.utf8.drop { $0 <= 32 }
    let bytes = Array(trimmed)[..<(trimmed.count - trimmed.reversed().prefix { $0 <= 32 }.count)]
    if bytes.isEmpty { return .success(nil) }
    let word = String(decoding: bytes, as: UTF8.self)
    func bad(_ expected: String) -> Result<Value?, BadValue> {
      .failure(BadValue(message: ("“\(word)” in “\(name)”", expected)))
    }
    switch kind {
    case .string: return .success(.text(text))
    case .boolean:
      if word == "1" { return .success(.boolean(true)) }
      if word == "0" { return .success(.boolean(false)) }
      guard let truth = ColumnBuilder.truth(ByteCell(bytes)) else { return bad("true or false") }
      return .success(.boolean(truth))
    case .int, .long:
      guard let integer = Int64(word), kind == .long || Int32(exactly: integer) != nil else {
        return bad("a whole number of \(kind == .int ? 32 : 64) bits")
      }
      return .success(.integer(integer))
    case .float, .double:
      switch word.lowercased() {
      case "nan": return .success(.real(.nan))
      case "inf", "+inf", "infinity": return .success(.real(.infinity))
      case "-inf", "-infinity": return .success(.real(-.infinity))
      default:
        let isPlain = bytes.allSatisfy {
          ($0 >= 48 && $0 <= 57) || [43, 45, 46, 69, 101].contains($0)
        }
        guard isPlain, let number = Double(word), number.isFinite,
          number != 0
            || !bytes.prefix(while: { $0 | 32 != 101 }).contains(where: { (49...57).contains($0) })
        else { return bad("a number that a double holds") }
        return .success(.real(number))
      }
    }
  }

  // A number as nearly all are written: few digits, perhaps a sign and a point; nil for others.
  private func plain(_ text: String) -> Value? {
    var digits: Int64 = 0
    var count = 0
    var decimals = -1
    var isNegative = false
    for byte in text.utf8 {
      switch byte {
      case 48...57:
        digits = 10 * digits + Int64(byte - 48)
        count += 1
        if decimals >= 0 { decimals += 1 }
        // Up to 2^53 both the digits and the power of ten are exact, and so is their quotient.
        if count > 15 { return nil }
      case 45 where count == 0 && decimals < 0 && !isNegative: isNegative = true
      case 46 where decimals < 0 && count > 0: decimals = 0
      default: return nil
      }
    }
    guard count > 0, decimals != 0, digits > 0 || !isNegative else { return nil }
    switch kind {
    case .long, .int:
      guard decimals < 0, kind == .long || Int32(exactly: digits) != nil else { return nil }
      return .integer(isNegative ? -digits : digits)
    case .float, .double:
      let value = Double(digits) / Self.powersOfTen[max(0, decimals)]
      return .real(isNegative ? -value : value)
    case .string, .boolean: return nil
    }
  }

  private static let powersOfTen: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
  ]

  /// The key as a column; nil when nothing of that sort has a value.
  func column(isNode: Bool, count: Int) -> AttributeColumn? {
    let values = isNode ? nodes : edges
    if values.values.isEmpty, fallback == nil { return nil }
    func spread<Element>(_ pick: (Value) -> Element?) -> [Element?] {
      var column = [Element?](repeating: fallback.flatMap(pick), count: count)
      for (index, value) in zip(values.indices, values.values) { column[Int(index)] = pick(value) }
      return column
    }
    let typed: AttributeValues =
      switch kind {
      case .string:
        .text(spread { if case .text(let text) = $0 { text } else { nil } })
      case .int, .long:
        .integer(spread { if case .integer(let integer) = $0 { integer } else { nil } })
      case .float, .double:
        .real(spread { if case .real(let real) = $0 { real } else { nil } })
      case .boolean:
        .boolean(spread { if case .boolean(let truth) = $0 { truth } else { nil } })
      }
    return AttributeColumn(name: name, values: typed)
  }
}

extension GraphDocument {
  /// Takes back what the writer says twice so that other tools understand it: identifiers as `uid`
  /// and the direction of each edge as `direction`.
  ///
  /// - Parameters:
  ///   - hasIdentifiers: whether the key of the column `uid` is the writer's.
  ///   - hasDirections: whether the key of the column `direction` is the writer's.
  mutating func restoreWrittenColumns(hasIdentifiers: Bool, hasDirections: Bool) {
    if hasIdentifiers, let place = nodeColumns.firstIndex(where: { $0.name == "uid" }),
      case .text(let values) = nodeColumns[place].values
    {
      let ids = zip(values, nodeIDs).map { $0 ?? $1 }
      if Set(ids).count == nodeCount, !ids.contains("") {
        nodeIDs = ids
        nodeColumns.remove(at: place)
      }
    }
    if hasDirections, let place = edgeColumns.firstIndex(where: { $0.name == "direction" }),
      case .text(let values) = edgeColumns[place].values,
      values.allSatisfy({ $0 == "directed" || $0 == "undirected" })
    {
      let directed = values.map { $0 == "directed" }
      edgeColumns.remove(at: place)
      if Set(directed).count > 1 {
        mixedDirections = directed
        direction = .directed
      } else if let all = directed.first {
        mixedDirections = nil
        direction = all ? .directed : .undirected
      }
    }
  }

  /// Takes the column `Type` of Gephi's tables of edges for what it says: which edges are directed.
  mutating func restoreGephiColumns() {
    guard let place = edgeColumns.firstIndex(where: { $0.name == "Type" }),
      case .text(let values) = edgeColumns[place].values, !values.isEmpty
    else { return }
    let words = values.map { $0?.lowercased() }
    guard words.allSatisfy({ $0 == "directed" || $0 == "undirected" }) else { return }
    edgeColumns.remove(at: place)
    for (index, column) in edgeColumns.enumerated() {
      let name = column.name.lowercased()
      if ["Id", "Label", "Weight"].contains(column.name),
        !edgeColumns.contains(where: { $0.name == name })
      {
        edgeColumns[index].name = name
      }
    }
    let directed = words.map { $0 == "directed" }
    mixedDirections = Set(directed).count > 1 ? directed : nil
    direction = directed.contains(true) ? .directed : .undirected
    notices.removeAll { $0.text.hasPrefix("the ties are directed, as the columns") }
    notices.append(
      .note("which ties are directed is taken from the column Type, as Gephi writes it"))
  }

  /// Finds the labels: a column `label`, or `name` where the identifiers are mere numbers.
  mutating func adoptLabels() {
    if let place = nodeColumns.firstIndex(where: { $0.name == "label" }),
      case .text(let labels) = nodeColumns[place].values
    {
      nodeLabels = labels
      nodeColumns.remove(at: place)
      return
    }
    let isNumbered = nodeIDs.allSatisfy { id in
      let digits = id.utf8.first == UInt8(ascii: "n") ? id.utf8.dropFirst() : id.utf8[...]
      return !digits.isEmpty && digits.allSatisfy { $0 >= 48 && $0 <= 57 }
    }
    if isNumbered, let column = nodeColumns.first(where: { $0.name == "name" }),
      case .text(let labels) = column.values
    {
      nodeLabels = labels
      notices.append(.note("the nodes are labelled by name"))
    }
  }
}
