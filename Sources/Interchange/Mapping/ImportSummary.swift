// SPDX-License-Identifier: Apache-2.0

/// What an import read, stored and refused, file by file.
///
/// For every file `rowsRead` is the sum of `rowsStored`, `rowsRefused` and `rowsPassedOver`.
public struct ImportSummary: Hashable, Sendable, Codable {
  /// What became of the rows of one file.
  public struct File: Hashable, Sendable, Codable {
    /// The file's name, without its folder.
    public var name: String
    /// The rows of data: neither header, comment nor blank line.
    public var rowsRead = 0
    /// The rows whose statements came in.
    public var rowsStored = 0
    /// The rows that were refused.
    public var rowsRefused = 0
    /// The rows to which no rule of the mapping applies.
    public var rowsPassedOver = 0
    /// What was detected: encoding, dialect, number of columns.
    public var detections: [String] = []
  }

  /// The files in the order of the mapping.
  public var files: [File] = []
  /// The assertions that speak of entities.
  public var entityAssertions = 0
  /// The assertions that speak of relationships.
  public var relationshipAssertions = 0
  /// The assertions that speak of events.
  public var eventAssertions = 0
  /// What was odd but acceptable, in words.
  public var warnings: [String] = []

  /// Creates the summary of an import that read nothing yet.
  public init() {}

  /// All rows read.
  public var rowsRead: Int { files.reduce(0) { $0 + $1.rowsRead } }
  /// All rows stored.
  public var rowsStored: Int { files.reduce(0) { $0 + $1.rowsStored } }
  /// All rows refused.
  public var rowsRefused: Int { files.reduce(0) { $0 + $1.rowsRefused } }
  /// All rows that no rule applies to.
  public var rowsPassedOver: Int { files.reduce(0) { $0 + $1.rowsPassedOver } }
}

extension ImportSummary: CustomStringConvertible {
  /// One line for each file and one for the whole.
  public var description: String {
    var lines = files.map {
      $0.name.printable() + ": "
        + Self.line($0.rowsRead, $0.rowsStored, $0.rowsRefused, $0.rowsPassedOver)
    }
    if files.count != 1 {
      lines.append(
        "\(files.count) files: " + Self.line(rowsRead, rowsStored, rowsRefused, rowsPassedOver))
    }
    return lines.joined(separator: "\n")
  }

  private static func line(_ read: Int, _ stored: Int, _ refused: Int, _ passed: Int) -> String {
    counted(read, "row") + " read = \(stored) stored + \(refused) refused"
      + (passed == 0 ? "" : " + \(passed) passed over (no rule applies)")
  }
}

/// A row that an import refused, for the file of rejects.
public struct RefusedRow: Hashable, Sendable {
  /// The file's name, without its folder.
  public var file: String
  /// The physical line on which the row begins, from 1.
  public var line: Int
  /// What is wrong with it.
  public var reasons: [String]
  /// The row as it stands in the file.
  public var text: String

  /// The header of a file of rejects, as a line of CSV.
  public static let csvHeader = "file,line,reason,row\n"

  /// The row as a line of CSV: file, line, reasons, and the row itself as it stood.
  ///
  /// What a spreadsheet would take for a formula gets an apostrophe in front.
  public var csv: String {
    [file, "\(line)", reasons.joined(separator: " | "), text].map(Self.cell)
      .joined(separator: ",") + "\n"
  }

  private static func cell(_ text: String) -> String {
    var text = text
    if let first = text.utf8.first, [61, 43, 45, 64, 9, 13].contains(first) { text = "'" + text }
    guard text.utf8.contains(where: { [34, 44, 10, 13].contains($0) }) else { return text }
    var result = "\""
    for scalar in text.unicodeScalars {
      if scalar == "\"" { result += "\"" }
      result.unicodeScalars.append(scalar)
    }
    return result + "\""
  }
}
