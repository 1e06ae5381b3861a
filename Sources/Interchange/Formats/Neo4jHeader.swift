// SPDX-License-Identifier: Apache-2.0

/// The header of a file for Neo4j's import: what each column is, with its type.
struct Neo4jHeader {
  /// What a column holds.
  enum Role {
    /// The identifier of a node, within a space of identifiers.
    case id(space: String)
    case start(space: String)
    case end(space: String)
    /// The labels of a node.
    case labels
    /// The type of a relationship.
    case type
    /// Something that is not to be read.
    case ignored
    case property(name: String, type: ValueType, isArray: Bool)
  }

  /// The types of properties, as far as they differ for us.
  enum ValueType { case text, integer, real, boolean, date }

  private static let types: [String: ValueType] = [
    "string": .text, "char": .text, "point": .text, "time": .text, "localtime": .text,
    "datetime": .text, "localdatetime": .text, "duration": .text, "int": .integer,
    "integer": .integer, "long": .integer, "short": .integer, "byte": .integer, "float": .real,
    "double": .real, "boolean": .boolean, "date": .date,
  ]

  let roles: [Role]

  /// Whether the rows are nodes; otherwise they are relationships.
  var isOfNodes: Bool { roles.contains { if case .id = $0 { true } else { false } } }

  /// Whether some names of columns are those of a file for Neo4j.
  static func isHeader(_ names: [String]) -> Bool {
    let marks = names.compactMap { mark(of: $0) }
    return marks.contains("ID") || marks.contains("START_ID") && marks.contains("END_ID")
  }

  // What stands behind the colon, without a space of identifiers and options.
  private static func mark(of name: String) -> String? {
    guard let colon = name.lastIndex(of: ":", outside: "{") else { return nil }
    return String(name[name.index(after: colon)...].prefix { $0 != "(" && $0 != "{" })
  }

  init(_ row: Row) throws(InterchangeError) {
    var problems = ProblemList()
    var roles: [Role] = []
    var counts: [String: Int] = [:]
    for field in 0..<row.count {
      let text = row.text(field)
      guard let colon = text.lastIndex(of: ":", outside: "{") else {
        roles.append(.property(name: text, type: .text, isArray: false))
        continue
      }
      let name = String(text[..<colon])
      var rest = String(text[text.index(after: colon)...])
      // Options such as {label:Person} say nothing about the graph.
      if let brace = rest.firstIndex(of: "{") { rest = String(rest[..<brace]) }
      var space = ""
      if let bracket = rest.firstIndex(of: "("), rest.last == ")" {
        space = String(rest[rest.index(after: bracket)...].dropLast())
        rest = String(rest[..<bracket])
      }
      switch rest {
      case "ID": roles.append(.id(space: space))
      case "START_ID": roles.append(.start(space: space))
      case "END_ID": roles.append(.end(space: space))
      case "LABEL": roles.append(.labels)
      case "TYPE": roles.append(.type)
      case "IGNORE": roles.append(.ignored)
      default:
        let isArray = rest.hasSuffix("[]")
        let word = isArray ? String(rest.dropLast(2)) : rest
        guard let type = Self.types[word.lowercased()], !name.isEmpty else {
          problems.add(
            row.problem(
              at: field, what: "the column “\(text)”",
              expected: "NAME:TYPE with one of string, int, long, float, double, boolean, date, "
                + "or :ID, :LABEL, :START_ID, :END_ID, :TYPE, :IGNORE"))
          continue
        }
        roles.append(.property(name: name, type: type, isArray: isArray))
      }
      if !["LABEL", "IGNORE"].contains(rest) { counts[rest, default: 0] += 1 }
    }
    for mark in ["ID", "START_ID", "END_ID", "TYPE"] where counts[mark, default: 0] > 1 {
      problems.add(
        row.problem(at: 0, what: "\(counts[mark] ?? 0) columns :\(mark)", expected: "one"))
    }
    let isOfNodes = counts["ID"] != nil
    let isOfTies = counts["START_ID"] != nil && counts["END_ID"] != nil
    if isOfNodes == isOfTies {
      problems.add(
        row.problem(
          at: 0,
          what: isOfNodes ? "a node and a relationship in one row" : "neither nodes nor ties",
          expected: "either :ID, or :START_ID and :END_ID",
          advice: "put nodes and relationships into files of their own"))
    }
    try problems.throwIfErrors()
    self.roles = roles
  }
}

extension String {
  /// The last place of a character before the first of another.
  fileprivate func lastIndex(of character: Character, outside limit: Character) -> Index? {
    self[..<(firstIndex(of: limit) ?? endIndex)].lastIndex(of: character)
  }
}
