// SPDX-License-Identifier: Apache-2.0

/// A spreadsheet file in the form of Office Open XML (ECMA-376), read as a table of text.
///
/// One sheet becomes rows of quoted text, one line for each row of the sheet, so that line numbers
/// are those of the sheet. Texts stay what they are. Numbers are written as the shortest text that
/// gives the value back, dates by the number format of their cell in the form of ISO 8601, truth
/// values as `true` and `false`. A cell with an error, and a formula whose value was not stored, are
/// refused by cell. Hidden rows come in and are counted in a warning.
struct Workbook {
  /// The names of its sheets, in order.
  let sheetNames: [String]
  private let name: String
  private let archive: Archive
  private let sheets: [(name: String, path: String, isHidden: Bool)]
  private let sharedStrings: [String]
  private let dateStyles: [Bool]
  private let countsFrom1904: Bool

  /// A sheet as text.
  struct Table {
    var bytes: [UInt8]
    var sheet: String
    var warnings: [Problem]
  }

  /// Whether some bytes begin as a ZIP archive.
  static func isArchive(_ head: some Sequence<UInt8>) -> Bool {
    Array(head.prefix(4)) == [0x50, 0x4B, 3, 4]
  }

  /// Whether some bytes begin as a file of older office programs, or one that is protected.
  static func isCompound(_ head: some Sequence<UInt8>) -> Bool {
    Array(head.prefix(8)) == [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
  }

  static func compoundProblem(_ name: String) -> InterchangeError {
    .refused(
      Problem(
        file: name,
        what: "this is an older workbook (.xls), or one that is protected by a password",
        expected: "a workbook of the form .xlsx, or CSV",
        advice: "open it and save it as .xlsx without a password"))
  }

  /// Opens a workbook.
  ///
  /// An error is thrown when the bytes are no workbook.
  init(_ bytes: [UInt8], name: String) throws(InterchangeError) {
    self.name = name
    let archive = try Archive(bytes, name: name) {
      $0.hasPrefix("xl/") && !$0.hasPrefix("xl/media/")
        && ($0.hasSuffix(".xml") || $0.hasSuffix(".rels"))
        || $0 == "mimetype"
    }
    self.archive = archive
    if let type = archive.parts["mimetype"] {
      let isOpen = String(decoding: type.prefix(64), as: UTF8.self).contains("opendocument")
      throw .refused(
        Problem(
          file: name,
          what: isOpen ? "this is an OpenDocument file" : "this is a ZIP archive, but no workbook",
          expected: "a workbook of the form .xlsx, or CSV",
          advice: isOpen
            ? "open it and save it as .xlsx or CSV" : "unpack it and name the file inside"))
    }
    guard let main = archive.parts["xl/workbook.xml"] else {
      throw .refused(
        Problem(
          file: name, what: "this is a ZIP archive, but no workbook", expected: "xl/workbook.xml",
          advice: "unpack it and name the file inside"))
    }
    let book = WorkbookReader()
    try book.read(main, file: "\(name) (xl/workbook.xml)")
    let relations = RelationReader()
    if let part = archive.parts["xl/_rels/workbook.xml.rels"] {
      try relations.read(part, file: "\(name) (xl/_rels/workbook.xml.rels)")
    }
    var sheets: [(name: String, path: String, isHidden: Bool)] = []
    for (index, sheet) in book.sheets.enumerated() {
      let target = relations.targets[sheet.relation] ?? "worksheets/sheet\(index + 1).xml"
      let path = target.hasPrefix("/") ? String(target.dropFirst()) : "xl/" + target
      sheets.append((sheet.name, path, sheet.isHidden))
    }
    self.sheets = sheets
    sheetNames = sheets.map(\.name)
    countsFrom1904 = book.countsFrom1904
    let strings = SharedStringReader()
    if let part = archive.parts["xl/sharedStrings.xml"] {
      try strings.read(part, file: "\(name) (xl/sharedStrings.xml)")
    }
    sharedStrings = strings.strings
    let styles = StyleReader()
    if let part = archive.parts["xl/styles.xml"] {
      try styles.read(part, file: "\(name) (xl/styles.xml)")
    }
    dateStyles = styles.dateStyles
  }

  /// A sheet as a table.
  ///
  /// - Parameter wanted: its name, or its number from 1; nil for the first that is not hidden.
  /// - Returns: the table, its text as CSV.
  /// - Throws: `InterchangeError` when there is no such sheet, or with every cell that is refused.
  func table(_ wanted: String?) throws(InterchangeError) -> Table {
    guard
      let sheet = wanted.map({ wanted in
        sheets.first { $0.name == wanted }
          ?? Int(wanted).flatMap { sheets.indices.contains($0 - 1) ? sheets[$0 - 1] : nil }
      }) ?? (sheets.first { !$0.isHidden } ?? sheets.first)
    else {
      throw .request(
        "\(name) has no sheet \((wanted ?? "").printable()); it has: "
          + sheetNames.map { $0.printable() }.joined(separator: ", "))
    }
    guard let part = archive.parts[sheet.path] else {
      throw .refused(
        Problem(
          file: name, what: "the sheet \(sheet.name) has no content (\(sheet.path))",
          expected: "a whole workbook", advice: "save it again"))
    }
    let reader = SheetReader(
      file: name, sheet: sheet.name, strings: sharedStrings, dateStyles: dateStyles,
      countsFrom1904: countsFrom1904)
    try reader.read(part, file: "\(name) (\(sheet.name))")
    try reader.problems.throwIfErrors()
    var warnings = reader.warnings
    let others = sheets.filter { $0.name != sheet.name }.map {
      $0.name + ($0.isHidden ? " (hidden)" : "")
    }
    if wanted == nil, !others.isEmpty {
      warnings.append(
        Problem(
          .warning, file: name, what: "only the sheet \(sheet.name) is read",
          advice:
            "the others: \(others.prefix(10).joined(separator: ", ")); --sheet, or sheet: in a "
            + "mapping, names one"))
    }
    return Table(bytes: try reader.text(), sheet: sheet.name, warnings: warnings)
  }
}

/// A handler that reads one part.
class PartReader: XMLHandler {
  func start(_ element: XMLElement, at place: XMLPlace) {}
  func end(_ name: String, at place: XMLPlace) {}
  func text(_ text: String) {}

  final func read(_ bytes: [UInt8], file: String) throws(InterchangeError) {
    let parser = XMLParser(file: file, encoding: nil, handler: self)
    try parser.parse(ByteStream(.bytes(bytes, name: file)))
  }
}

/// The sheets of a workbook, and from which year it counts.
private final class WorkbookReader: PartReader {
  private(set) var sheets: [(name: String, relation: String, isHidden: Bool)] = []
  private(set) var countsFrom1904 = false

  override func start(_ element: XMLElement, at place: XMLPlace) {
    switch element.name {
    case "sheet":
      sheets.append(
        (
          element["name"] ?? "Sheet\(sheets.count + 1)", element[local: "id"] ?? "",
          element["state"].map { $0 != "visible" } ?? false
        ))
    case "workbookPr": countsFrom1904 = ["1", "true"].contains(element["date1904"] ?? "")
    default: break
    }
  }
}

/// The files that identifiers stand for.
private final class RelationReader: PartReader {
  private(set) var targets: [String: String] = [:]

  override func start(_ element: XMLElement, at place: XMLPlace) {
    if element.name == "Relationship", let id = element["Id"], let target = element["Target"] {
      targets[id] = target
    }
  }
}

/// The texts that cells share; of rich text the letters, without those that say how it is spoken.
private final class SharedStringReader: PartReader {
  private(set) var strings: [String] = []
  private var current = ""
  private var isText = false
  private var phonetic = 0

  override func start(_ element: XMLElement, at place: XMLPlace) {
    switch element.name {
    case "si": current = ""
    case "rPh": phonetic += 1
    case "t": isText = phonetic == 0
    default: break
    }
  }

  override func end(_ name: String, at place: XMLPlace) {
    switch name {
    case "si": strings.append(SheetText.unescaped(current))
    case "rPh": phonetic -= 1
    case "t": isText = false
    default: break
    }
  }

  override func text(_ text: String) { if isText { current += text } }
}

/// Which styles of cells show a number as a date.
private final class StyleReader: PartReader {
  private(set) var dateStyles: [Bool] = []
  private var customFormats: [Int: String] = [:]
  private var isInCells = false

  override func start(_ element: XMLElement, at place: XMLPlace) {
    switch element.name {
    case "numFmt":
      if let id = element["numFmtId"].flatMap({ Int($0) }) {
        customFormats[id] = element["formatCode"] ?? ""
      }
    case "cellXfs": isInCells = true
    case "xf" where isInCells:
      let id = element["numFmtId"].flatMap { Int($0) } ?? 0
      dateStyles.append(customFormats[id].map(SheetText.isDateFormat) ?? SheetText.isDateFormat(id))
    default: break
    }
  }

  override func end(_ name: String, at place: XMLPlace) {
    if name == "cellXfs" { isInCells = false }
  }
}
