// SPDX-License-Identifier: Apache-2.0

/// Rows and columns of results, before they take the form of text, CSV or JSON.
public struct Table: Sendable, Hashable {
  /// The key by which a machine asks for the table, such as `members`.
  public var key: String
  /// The heading for people.
  public var title: String
  /// The columns.
  public var columns: [Column]
  /// The rows; each has one cell per column.
  public var rows: [[Cell]]

  /// Creates a table.
  public init(key: String, title: String, columns: [Column], rows: [[Cell]] = []) {
    self.key = key
    self.title = title
    self.columns = columns
    self.rows = rows
  }

  /// A column: its stable key and its heading.
  public struct Column: Sendable, Hashable {
    /// The field name in CSV and JSON; it stays the same from version to version.
    public var key: String
    /// The heading for people.
    public var title: String

    /// Creates a column.
    public init(_ key: String, _ title: String) {
      self.key = key
      self.title = title
    }
  }

  /// A value in a table.
  public enum Cell: Sendable, Hashable {
    case text(String)
    case integer(Int)
    case real(Double)
    case flag(Bool)
    /// No value: the measure is undefined there, or nothing is known.
    case missing

    /// The text where there is one, otherwise a missing value.
    public init(_ text: String?) { self = text.map(Cell.text) ?? .missing }

    /// The number where there is one, otherwise a missing value.
    public init(_ number: Double?) { self = number.map(Cell.real) ?? .missing }

    var isNumber: Bool {
      switch self {
      case .integer, .real: true
      case .text, .flag, .missing: false
      }
    }
  }

  /// The table with its first `count` rows.
  public func top(_ count: Int) -> Table {
    Table(key: key, title: title, columns: columns, rows: Array(rows.prefix(count)))
  }
}

/// The forms in which results are written.
public enum TableFormat: String, CaseIterable, Sendable {
  /// Aligned columns for people.
  case table
  /// Comma-separated values with a header (RFC 4180).
  case csv
  /// Tab-separated values with a header.
  case tsv
  /// One JSON object with input, view, analysis, convention and results.
  case json
  /// One JSON object a row.
  case ndjson
  /// GitHub-flavoured Markdown.
  case markdown
  /// A workbook with a sheet a table; bytes and no text.
  case xlsx

  /// The format that a file name asks for by its suffix; nil when it names none.
  public init?(fileName: String) {
    guard let dot = fileName.lastIndex(of: ".") else { return nil }
    switch fileName[fileName.index(after: dot)...].lowercased() {
    case "txt": self = .table
    case "csv": self = .csv
    case "tsv", "tab": self = .tsv
    case "json": self = .json
    case "ndjson", "jsonl": self = .ndjson
    case "md", "markdown": self = .markdown
    case "xlsx": self = .xlsx
    default: return nil
    }
  }
}
