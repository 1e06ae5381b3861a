// SPDX-License-Identifier: Apache-2.0

import Foundation
import GraphCore
import Interchange
import Testing

/// Workbooks that are written.
@Suite struct WorkbookFileTests {
  private static func sample() -> GraphDocument {
    var document = GraphDocument(
      name: "w", direction: .directed,
      nodeIDs: [
        "0039", "=1+1", "+32 4", "-x", "@a", "Łódź 中文 مرحبا", "_x0041_", " b ", "c\rd\u{1}e\nf",
      ],
      sources: [0, 1, 2, 3], targets: [1, 2, 3, 0],
      nodeColumns: [
        .init(name: "age", values: .integer([30, nil, -5, 7, nil, 0, 1, 2, 3])),
        .init(
          name: "born",
          values: .text(["1980-02-29", nil, "2024-12-31", nil, nil, nil, nil, nil, "1899-05-01"])),
        .init(
          name: "note",
          values: .text(["=cmd|' /C calc'!A0", "x", nil, nil, nil, nil, nil, nil, nil])),
        .init(name: "known", values: .boolean([true, false, nil, nil, nil, nil, nil, nil, true])),
      ],
      edgeColumns: [.init(name: "weight", values: .real([0.1, 1e-9, nil, 1234567.25]))])
    document.nodeLabels = ["Ann", nil, "007", nil, nil, nil, nil, nil, nil]
    return document
  }

  @Test func `a workbook comes back the same, and the same graph gives the same bytes`() throws {
    let document = Self.sample()
    let written = try WorkbookWriter().write(document)
    #expect(try WorkbookWriter().write(document).bytes == written.bytes)
    #expect(written.losses.isEmpty, "\(written.losses)")
    let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).xlsx").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try WholeFile.write(written.bytes, to: path)
    // The sheet of nodes is found beside that of edges.
    let again = try GraphDocument(reading: .file(path))
    #expect(!again.notices.contains { $0.text.contains("only the sheet") }, "\(again.notices)")
    #expect(again.nodeIDs == document.nodeIDs && again.nodeLabels == document.nodeLabels)
    #expect(again.sources == document.sources && again.targets == document.targets)
    #expect(again.direction == .directed)
    for column in document.nodeColumns {
      #expect(again.nodeColumn(column.name)?.values == column.values, "\(column.name)")
    }
    #expect(again.edgeColumn("weight")?.values == document.edgeColumn("weight")?.values)
  }

  @Test func `what a workbook cannot hold is counted`() throws {
    let long = String(repeating: "ä", count: 40_000)
    let file = try WorkbookFile([
      SheetTable(name: "a/b[c]", header: ["x"], rowCount: 5) { row, _ in
        [
          .text(long), .integer(1 << 60), .real(0.1 + 0.2), .real(.infinity), .text("a\u{FFFE}"),
        ][row]
      },
      SheetTable(name: "A-b-c-", header: ["y"], rowCount: 0) { _, _ in .missing },
    ])
    #expect(
      file.losses.description == """
        1 texts of more than 32767 characters are cut
        1 characters that XML cannot hold are replaced
        1 whole numbers of more than 15 digits are written as text
        1 numbers are rounded to 16 digits
        1 numbers that are not finite are written as text
        """)
    let error = #expect(throws: InterchangeError.self) {
      try WorkbookFile([
        SheetTable(name: "a", header: ["x"], rowCount: 1 << 20) { _, _ in .missing }
      ])
    }
    #expect("\(error!)".contains("at most 1048576 rows"))
  }

  @Test(.enabled(if: PythonOracle.path != nil, "CLEW_PYTHON with openpyxl is absent"))
  func `openpyxl reads the sheets, with numbers, dates, and no formula`() throws {
    var document = Self.sample()
    document.graphAttributes = [("handling", "H1")]
    let answer = try PythonOracle.answer(
      """
      import sys, json, datetime, openpyxl
      w = openpyxl.load_workbook(sys.argv[1])
      n = [[c for c in r] for r in w["Nodes"].iter_rows()]
      kinds = {h.value: [r[i].data_type for r in n[1:]] for i, h in enumerate(n[0])}
      print(json.dumps({"sheets": w.sheetnames, "ids": [r[0].value for r in n[1:]],
        "kinds": kinds, "born": [v.isoformat()[:10] if isinstance(v, datetime.datetime) else v for v in [r[3].value for r in n[1:]]],
        "age": [r[2].value for r in n[1:]], "known": [r[5].value for r in n[1:]],
        "edges": [[c for c in r] for r in w["Edges"].values],
        "formulas": sum(c.data_type == "f" for s in w for r in s.iter_rows() for c in r)}))
      """, [("w.xlsx", try WorkbookWriter().write(document).bytes)])
    #expect(answer["sheets"] as? [String] == ["Edges", "Nodes", "Graph"])
    #expect(answer["formulas"] as? Int == 0)
    let ids = try #require(answer["ids"] as? [String])
    #expect(Array(ids.prefix(6)) == Array(document.nodeIDs.prefix(6)))
    let kinds = try #require(answer["kinds"] as? [String: [String]])
    #expect(kinds["id"]?.allSatisfy { $0 == "s" || $0 == "inlineStr" } ?? false)
    #expect(kinds["age"]?.first == "n" && kinds["born"]?.first == "d")
    let born = try #require(answer["born"] as? [Any])
    #expect(born[0] as? String == "1980-02-29" && born[2] as? String == "2024-12-31")
    #expect(born[8] as? String == "1899-05-01")
    #expect((answer["age"] as? [Any])?.first as? Int == 30)
    #expect((answer["known"] as? [Any])?.first as? Bool == true)
    let edges = try #require(answer["edges"] as? [[Any]])
    #expect(edges[0] as? [String] == ["source", "target", "weight"])
    #expect(edges[1][2] as? Double == 0.1 && edges[4][2] as? Double == 1234567.25)
  }
}
