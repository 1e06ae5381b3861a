// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

/// The commands that the guide prints do what it says, as printed, on `datasets/harbour`.
struct GuideCommandTests {
  /// The lines of a page that begin with `clew`, of blocks that name no language.
  private static func commands(of page: String) throws -> [String] {
    let url = ClewProcess.package.appending(path: "Sources/Clew/Clew.docc/Guides/\(page).md")
    var commands: [String] = []
    var isBlock = false
    var isPlain = false
    for line in try String(contentsOf: url, encoding: .utf8).split(separator: "\n") {
      if line.hasPrefix("```") {
        isPlain = !isBlock && line == "```"
        isBlock.toggle()
      } else if isBlock, isPlain, line.hasPrefix("clew ") {
        commands.append(String(line))
      }
    }
    return commands
  }

  /// Runs the commands of a page in their order, as a shell does.
  private func run(_ page: String, least: Int, files: [String: String] = [:]) throws {
    let clew = try ClewProcess()
    try FileManager.default.createSymbolicLink(
      at: clew.folder.appending(path: "datasets"),
      withDestinationURL: ClewProcess.package.appending(path: "datasets"))
    for (name, text) in files { try clew.write(text, to: name) }
    let path = ClewProcess.program.deletingLastPathComponent().path
    let commands = try Self.commands(of: page)
    #expect(commands.count >= least)
    for command in commands {
      let outcome = try clew.run(
        URL(filePath: "/bin/bash"), ["-c", "PATH=\"\(path):$PATH\"; \(command)"])
      // An ellipsis stands for a hash, which is another in every case.
      let expected: Int32 = command.contains("…") ? 64 : command.hasSuffix(" --fail") ? 2 : 0
      #expect(outcome.status == expected, "\(command): \(outcome.errors)")
      #expect(!outcome.output.contains("nothing found"), "\(command)")
      #expect(!outcome.output.isEmpty || !outcome.errors.isEmpty || command.contains(">"))
    }
  }

  @Test func `the commands of cases and evidence run`() throws {
    try run("CasesAndEvidence", least: 8)
  }

  @Test func `the commands of the life of a case run`() throws {
    try run("LifeOfACase", least: 25)
  }

  @Test func `the commands of importing tables run`() throws {
    let calls = try String(
      contentsOf: ClewProcess.package.appending(path: "datasets/harbour/call_records.csv"),
      encoding: .utf8)
    let records = """
      Date/Time,A-Party,B-Party,Duration,Type,IMEI,IMSI,Cell ID
      15-01-2024 10:30:45,0039100,0039200,180,MO-Voice,350000000000011,222,12345-67

      """
    try run("ImportingTables", least: 8, files: ["calls.csv": calls, "cdr.csv": records])
  }

  @Test func `names in other scripts and near names are found`() throws {
    let clew = try ClewProcess()
    try clew.write(
      "id,name\n1,محمد الأمين\n2,Кирил Тъмнополски\n3,王小明\n4,Loosveldt-Mørk\n", to: "people.csv")
    #expect(try clew("new", "x.case").status == 0)
    let brought = try clew("import", "x.case", "people.csv", "--source", "list")
    #expect(brought.status == 0, "\(brought.errors)")
    for (wanted, id) in [
      ("محمد", "person:1"), ("muhammad alamin", "person:1"), ("Mohammed al-Amin", "person:1"),
      ("Тъмнополски", "person:2"),
      ("tamnopolski kiril", "person:2"), ("王小明", "person:3"), ("wang xiaoming", "person:3"),
      ("mork", "person:4"), ("lozveldt", "person:4"),
    ] {
      let found = try clew("find", "x.case", wanted)
      #expect(found.status == 0 && found.output.contains(id), "\(wanted): \(found.output)")
    }
  }

  @Test func `one is one`() throws {
    let clew = try ClewProcess()
    try clew.write("id,name\n1,Ann\n", to: "people.csv")
    #expect(try clew("new", "x.case").status == 0)
    let brought = try clew("import", "x.case", "people.csv", "--source", "list")
    #expect(brought.output.contains("1 row read = 1 stored + 0 refused"))
    #expect(brought.output.contains("1 entity, 0 relationships, 0 events, "))
    let erased = try clew("erase", "x.case", "person:1", "--reason", "order", "--yes")
    #expect(erased.output.contains("1 entity, 0 relationships"), "\(erased.output)\(erased.errors)")
  }
}
