// SPDX-License-Identifier: Apache-2.0

/// The attributes of nodes or edges, looked up by row and name.
struct AttributeRows {
  private let columns: [String: AttributeColumn]

  init(_ columns: [AttributeColumn]) {
    self.columns = Dictionary(columns.map { ($0.name, $0) }) { first, _ in first }
  }

  /// The text of a value; nil where it is missing or there is no such attribute.
  subscript(row: Int, name: String) -> String? { columns[name]?.values.text(at: row) }

  /// The column of a name; nil where there is none.
  subscript(name: String) -> AttributeColumn? { columns[name] }

  /// The values of an attribute where it has one, as text.
  func values(of name: String) -> [String] {
    guard let values = columns[name]?.values else { return [] }
    return (0..<values.count).compactMap { values.text(at: $0) }
  }
}
