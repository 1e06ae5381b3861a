// SPDX-License-Identifier: Apache-2.0

import Foundation
import Interchange
import Testing

/// Workbooks that openpyxl writes, and broken ones, where Python and it are there.
@Suite struct WorkbookTests {
  private static let made = Result { try makeWorkbooks() }

  private static let script = #"""
    import datetime, io, sys, zipfile
    import openpyxl
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont
    folder = sys.argv[1]
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Calls 2024"
    sheet.append(["id", "name", "born", "seen", "at", "share", "ok", "note"])
    sheet.append(["0039", "Łódź \"x\"", datetime.date(1980, 2, 29), datetime.datetime(2024, 3, 4, 10, 20, 30),
                  datetime.time(9, 5), 0.25, True, "two\nlines"])
    sheet.append(["+32", CellRichText("Al", TextBlock(InlineFont(b=True), "ice")), datetime.date(1900, 2, 28),
                  datetime.datetime(1900, 3, 1), None, 1e20, False, "=not a formula"])
    sheet["H3"].data_type = "s"
    sheet.append([None] * 8)
    sheet.append([123456789012345678, "NA", None, None, None, 12.50, None, "a,b;c"])
    sheet.row_dimensions[5].hidden = True
    sheet["A6"].number_format = "0"
    other = book.create_sheet("Ties")
    other.append(["from", "to", "weight"])
    other.append(["A", "B", 2])
    other.append(["B", "C", 3.5])
    book.save(folder + "/good.xlsx")
    old = openpyxl.Workbook()
    old.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    old.active.append(["d"])
    old.active.append([datetime.date(2024, 3, 4)])
    old.save(folder + "/mac.xlsx")
    formula = openpyxl.Workbook()
    formula.active.append(["a", "b"])
    formula.active.append([1, "=A2+1"])
    formula.active.append(["#N/A", 2])
    formula.active["A3"].data_type = "e"
    formula.save(folder + "/formula.xlsx")

    def changed(name, change, source="/good.xlsx"):
        data = zipfile.ZipFile(folder + source)
        with zipfile.ZipFile(folder + name, "w", zipfile.ZIP_DEFLATED) as out:
            for item in data.infolist():
                content = change(item.filename, data.read(item.filename))
                if content is not None:
                    out.writestr(item.filename, content)
    import re
    strings = []
    def share(match):
        strings.append(match[2])
        return match[1].replace(b'"inlineStr"', b'"s"') + b"<v>%d</v></c>" % (len(strings) - 1)
    def shared(name, content):
        if name.endswith("sheet1.xml"):
            return re.sub(rb'(<c [^>]*t="inlineStr"[^>]*>)<is>(.*?)</is></c>', share, content, flags=re.S)
        return content
    changed("/no-strings.xlsx", shared)
    data = zipfile.ZipFile(folder + "/no-strings.xlsx")
    with zipfile.ZipFile(folder + "/shared.xlsx", "w") as out:
        for item in data.infolist():
            out.writestr(item.filename, data.read(item.filename))
        out.writestr("xl/sharedStrings.xml", b"<sst>" + b"".join(
            b"<si>" + s + b"<rPh><t>spoken</t></rPh></si>" for s in strings) + b"</sst>")
    changed("/no-sheet.xlsx", lambda n, c: None if n.endswith("sheet1.xml") else c)
    changed("/cut-xml.xlsx", lambda n, c: c[: len(c) // 2] if n.endswith("sheet1.xml") else c)
    changed("/entity.xlsx", lambda n, c: b'<!DOCTYPE x [<!ENTITY a "b">]>' + c if n.endswith("sheet1.xml") else c)
    changed("/bomb.xlsx", lambda n, c: c[:-12] + b" " * 60_000_000 + c[-12:] if n.endswith("sheet1.xml") else c)
    changed("/leap.xlsx", lambda n, c: c.replace(b"<v>29280</v>", b"<v>60</v>") if n.endswith("sheet1.xml") else c)
    whole = open(folder + "/good.xlsx", "rb").read()
    open(folder + "/cut.xlsx", "wb").write(whole[: len(whole) // 2])
    open(folder + "/old.xlsx", "wb").write(bytes([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) + b"x" * 99)
    with zipfile.ZipFile(folder + "/plain.xlsx", "w") as out:
        out.writestr("a.txt", "b")
    with zipfile.ZipFile(folder + "/open.xlsx", "w") as out:
        out.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    """#

  private static func makeWorkbooks() throws -> String {
    let folder = try PythonOracle.makeFolder()
    try PythonOracle.run(script, [folder.path], in: folder)
    return folder.path
  }

  private func rows(_ name: String, sheet: String? = nil) throws -> [[String]] {
    let folder = try Self.made.get()
    var reader = try DelimitedReader(Input.file(folder + "/" + name).sheet(sheet))
    var rows = [reader.header]
    while let row = try reader.next() {
      #expect(row.defect == nil)
      rows.append(["\(row.line)"] + row.texts)
    }
    return rows
  }

  @Test(.enabled(if: PythonOracle.path != nil, "CLEW_PYTHON with openpyxl is absent"))
  func `texts, dates, numbers and truth values are what the cells show`() throws {
    let rows = try rows("good.xlsx")
    #expect(rows[0] == ["id", "name", "born", "seen", "at", "share", "ok", "note"])
    #expect(
      rows[1] == [
        "2", "0039", "Łódź \"x\"", "1980-02-29", "2024-03-04T10:20:30", "09:05:00", "0.25", "true",
        "two\nlines",
      ])
    #expect(
      rows[2] == [
        "3", "+32", "Alice", "1900-02-28", "1900-03-01", "", "1e+20", "false", "=not a formula",
      ])
    // The empty row 4 is passed over and row 5 keeps its number.
    #expect(
      rows[3][0] == "5" && rows[3][2] == "NA" && rows[3][6] == "12.5" && rows[3][8] == "a,b;c")
    #expect(rows.count == 4)
  }

  @Test(.enabled(if: PythonOracle.path != nil, "CLEW_PYTHON with openpyxl is absent"))
  func `shared texts are those of the cells`() throws {
    #expect(try rows("shared.xlsx") == rows("good.xlsx"))
  }

  @Test(.enabled(if: PythonOracle.path != nil, "CLEW_PYTHON with openpyxl is absent"))
  func `hidden rows, long numbers and other sheets are warned of`() throws {
    let folder = try Self.made.get()
    let warnings = try DelimitedReader(.file(folder + "/good.xlsx")).warnings.map(\.what)
    #expect(warnings.contains { $0.contains("hidden rows (1)") })
    #expect(warnings.contains { $0.contains("more than 15 digits, the first in Calls 2024!F3") })
    #expect(warnings.contains { $0.contains("only the sheet Calls 2024") })
  }

  @Test(.enabled(if: PythonOracle.path != nil, "CLEW_PYTHON with openpyxl is absent"))
  func `a sheet is named or numbered, and years may count from 1904`() throws {
    #expect(
      try rows("good.xlsx", sheet: "Ties") == [
        ["from", "to", "weight"], ["2", "A", "B", "2"], ["3", "B", "C", "3.5"],
      ])
    #expect(try rows("good.xlsx", sheet: "2").count == 3)
    #expect(try rows("mac.xlsx")[1] == ["2", "2024-03-04"])
    #expect(throws: InterchangeError.self) { try rows("good.xlsx", sheet: "Nothing") }
    let folder = try Self.made.get()
    var options = GraphReadingOptions()
    options.sheet = "Ties"
    let graph = try GraphDocument(reading: .file(folder + "/good.xlsx"), options)
    #expect(graph.nodeCount == 3 && graph.edgeCount == 2)
  }

  @Test(
    .enabled(if: PythonOracle.path != nil, "CLEW_PYTHON with openpyxl is absent"),
    arguments: [
      (
        "formula.xlsx",
        ["Sheet!B2", "formula whose value was not stored", "Sheet!A3", "the error #N/A"]
      ),
      ("no-strings.xlsx", ["Calls 2024!A1", "a text that the workbook does not have"]),
      ("no-sheet.xlsx", ["has no content"]), ("cut-xml.xlsx", ["Calls 2024", "ends too early"]),
      ("entity.xlsx", ["DOCTYPE"]), ("bomb.xlsx", ["200 times its size"]),
      ("leap.xlsx", ["Calls 2024!C2", "a date that there is none of"]),
      ("cut.xlsx", ["damaged"]), ("old.xlsx", ["older workbook"]), ("plain.xlsx", ["no workbook"]),
      ("open.xlsx", ["OpenDocument"]), ("missing.xlsx", ["no such file"]),
    ])
  func `what is broken is refused by cell`(_ name: String, _ words: [String]) throws {
    let folder = try Self.made.get()
    do {
      _ = try DelimitedReader(.file(folder + "/" + name))
      Issue.record("\(name) was read")
    } catch {
      for word in words { #expect("\(error)".contains(word), "\(error)") }
    }
  }
}
