// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

/// The commands of analysis on small graph files, run as a user runs them.
struct GraphFileCommandTests {
  private let clew: ClewProcess

  init() throws {
    clew = try ClewProcess()
    try clew.write("caller,called,calls\nA,B,2\nB,C,3\nC,D,1\n", to: "calls.csv")
  }

  @Test func `help names every command and exits 0`() throws {
    let outcome = try clew("--help")
    #expect(outcome.status == 0)
    for command in [
      "new", "import", "show", "find", "why", "export", "convert", "snapshot", "validate",
      "centrality",
      "communities", "cohesion", "paths", "diagram", "report",
    ] {
      #expect(outcome.output.contains("  \(command) "))
      let help = try clew("help", command)
      #expect(help.status == 0)
      #expect(help.output.contains("clew \(command)"), "\(command) has no example")
    }
    #expect(!outcome.output.contains("__render"))
  }

  @Test func `centrality of a chain is the table of its numbers`() throws {
    let outcome = try clew(
      "centrality", "calls.csv", "--measure", "betweenness,degree", "--undirected")
    #expect(outcome.status == 0)
    let table = outcome.output.split(separator: "\n").map(String.init)
    #expect(
      table.contains("Rank  Id  Name  Betweenness  Degree")
        && table.contains("   1  B   B          0.6667       2")
        && table.contains("   1  C   C          0.6667       2")
        && table.contains("   3  A   A               0       1"), "\(outcome.output)")
    #expect(outcome.output.contains("Betweenness: undirected"))
    #expect(outcome.output.contains("association is not guilt"))
    #expect(outcome.output.contains("SHA-256"))
  }

  @Test func `a weight is used only when its meaning is given`() throws {
    let plain = try clew(
      "centrality", "calls.csv", "--measure", "strength", "--format", "csv", "-q")
    let weighted = try clew(
      "centrality", "calls.csv", "--measure", "strength", "--weight", "calls:strength",
      "--format", "csv", "-q")
    #expect(plain.output.contains("B,B,2.0"))
    #expect(weighted.output.contains("B,B,5.0"))
    let wrong = try clew("centrality", "calls.csv", "--weight", "calls")
    #expect(wrong.status == 64)
    #expect(wrong.errors.contains("calls:strength"))
    let absent = try clew("centrality", "calls.csv", "--weight", "minutes:length")
    #expect(absent.status == 64 && absent.errors.contains("minutes"))
  }

  @Test func `the middle tie of a chain of four carries most paths`() throws {
    let outcome = try clew(
      "centrality", "calls.csv", "--ties", "--undirected", "--format", "csv", "-q")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let rows = outcome.output.split(separator: "\n").map(String.init)
    // 4 of the 6 pairs are joined along B – C, 3 along each of the others.
    #expect(rows[1].hasPrefix("1,B,B,C,C,") && rows[1].hasSuffix(",\(4.0 / 6)"), "\(rows)")
    #expect(rows[2].hasPrefix("2,A,A,B,B,") && rows[2].hasSuffix(",0.5"))
    #expect(rows[3].hasPrefix("2,C,C,D,D,"))
  }

  @Test func `an analysis that may need more memory than the limit is refused with the figure`()
    throws
  {
    let outcome = try clew("centrality", "calls.csv", "--memory-limit", "10")
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("of memory") && outcome.errors.contains("--memory-limit"))
    #expect(outcome.output.isEmpty)
    #expect(try clew("centrality", "calls.csv", "--memory-limit", "1G").status == 0)
    for wrong in ["0", "1.5G", "many", "-3", "99999999999999999999"] {
      #expect(try clew("cohesion", "calls.csv", "--memory-limit=\(wrong)").status == 64, "\(wrong)")
    }
  }

  @Test(arguments: ["leiden", "louvain", "leiden-cpm", "label-propagation", "infomap"])
  func `every method finds two triangles that one tie joins`(_ method: String) throws {
    try clew.write("a,b\nA,B\nB,C\nA,C\nD,E\nE,F\nD,F\nC,D\n", to: "triangles.csv")
    let outcome = try clew(
      "communities", "triangles.csv", "--method", method, "--format", "csv", "-q")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let rows = outcome.output.split(separator: "\n").dropFirst().map { $0.split(separator: ",") }
    let groups = Dictionary(grouping: rows, by: { $0[0] }).values.map { Set($0.map { $0[1] }) }
    #expect(Set(groups) == [["A", "B", "C"], ["D", "E", "F"]], "\(outcome.output)")
    let table = try clew("communities", "triangles.csv", "--method", method)
    #expect(table.output.contains(method == "infomap" ? "Bits a step" : "Modularity"))
  }

  @Test func `a snapshot gives the numbers of the file it was made from`() throws {
    let made = try clew(
      "snapshot", "calls.csv", "-o", "calls.clewgraph", "--weight", "calls:strength")
    #expect(made.status == 0, "\(made.errors)")
    #expect(made.errors.contains("4 nodes, 3 edges"))
    for options in [["--measure", "all"], ["--measure", "betweenness", "--undirected"]] {
      let direct = try clew(
        ["centrality", "calls.csv", "--weight", "calls:strength", "--format", "csv", "-q"] + options
      )
      let mapped = try clew(["centrality", "calls.clewgraph", "--format", "csv", "-q"] + options)
      #expect(mapped.status == 0 && mapped.output == direct.output, "\(mapped.errors)")
    }
    let table = try clew("cohesion", "calls.clewgraph")
    #expect(table.output.contains("made from calls.csv (edge list, SHA-256"))
    let late = try clew("centrality", "calls.clewgraph", "--weight", "calls:length")
    #expect(late.status == 64 && late.errors.contains("clew snapshot INPUT"))
    #expect(try clew("snapshot", "calls.csv", "-o", "calls.bin").status == 64)
    try clew.write("CLEWGRAF and nothing more", to: "broken.clewgraph")
    let broken = try clew("centrality", "broken.clewgraph")
    #expect(broken.status == 65 && broken.errors.contains("make it again"))
  }

  @Test func `the first row is a tie where the user says so`() throws {
    try clew.write("a,b\nc,d\ne,f\n", to: "letters.csv")
    let measure = ["--measure", "degree", "--format", "csv", "-q"]
    let detected = try clew(["centrality", "letters.csv"] + measure)
    let absent = try clew(["centrality", "letters.csv", "--header", "absent"] + measure)
    #expect(detected.output.split(separator: "\n").count == 5)
    #expect(absent.output.split(separator: "\n").count == 7, "\(absent.output)")
    #expect(try clew(["centrality", "letters.csv", "--header", "maybe"] + measure).status == 64)
  }

  @Test func `a shortest way is shown tie by tie`() throws {
    let outcome = try clew("paths", "calls.csv", "A", "D", "--format", "csv", "-q")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let rows = outcome.output.split(separator: "\n").dropFirst()
    #expect(rows.map { $0.split(separator: ",")[1] } == ["A", "B", "C"])
    // Along the calls no way leads back.
    let none = try clew("paths", "calls.csv", "D", "A")
    #expect(none.status == 0 && none.output.contains("no way leads from the one to the other"))
    let back = try clew("paths", "calls.csv", "D", "A", "--undirected", "--weight", "calls:length")
    #expect(back.output.contains("Length") && back.output.contains("6"))
    let nobody = try clew("paths", "calls.csv", "A", "X")
    #expect(nobody.status == 64 && nobody.errors.contains("X: not in this network"))
  }

  @Test func `sampled betweenness says how far it may be off`() throws {
    let outcome = try clew(
      "centrality", "calls.csv", "--measure", "betweenness", "--approximate", "0.05", "--undirected"
    )
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("Betweenness, sampled"))
    #expect(outcome.output.contains("within 0.05 with confidence 0.9"))
    for options in [["--approximate", "0"], ["--measure", "degree", "--approximate", "0.1"]] {
      #expect(try clew(["centrality", "calls.csv"] + options).status == 64, "\(options)")
    }
  }

  @Test func `walks from a node rank its neighbours before the far end`() throws {
    let outcome = try clew(
      "centrality", "calls.csv", "--measure", "pagerank", "--restart", "A", "--undirected",
      "--format", "csv", "-q")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let ids = outcome.output.split(separator: "\n").dropFirst().map { $0.split(separator: ",")[1] }
    #expect(ids.last == "D" && Set(ids.prefix(2)) == ["A", "B"], "\(outcome.output)")
    for options in [
      ["--measure", "degree", "--restart", "A"], ["--measure", "pagerank", "--restart", "nobody"],
      ["--ties", "--restart", "A"],
    ] {
      #expect(try clew(["centrality", "calls.csv"] + options).status == 64, "\(options)")
    }
  }

  @Test func `an option that a method does not know is refused`() throws {
    for options in [
      ["--method", "infomap", "--resolution", "2"],
      ["--method", "label-propagation", "--runs", "3"],
      ["--method", "magic"],
    ] {
      #expect(try clew(["communities", "calls.csv"] + options).status == 64, "\(options)")
    }
  }

  @Test func `findings say nothing that the file does not know`() throws {
    try clew.write("a,b\nA,B\nB,C\nA,C\n", to: "triangle.csv")
    let outcome = try clew("report", "triangle.csv", "--findings")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("does not say which nodes are businesses"))
    #expect(outcome.output.contains("does not fall into communities"))
    #expect(outcome.output.split(separator: "\n").count == 5)
  }

  @Test func `an unknown measure is refused with those there are`() throws {
    let outcome = try clew("centrality", "calls.csv", "--measure", "fame")
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains("fame") && outcome.errors.contains("betweenness"))
  }

  @Test func `a case option on a graph file is refused rather than ignored`() throws {
    let outcome = try clew("centrality", "calls.csv", "--min-grade", "B2")
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains("--min-grade") && outcome.errors.contains("case"))
  }

  @Test(arguments: ["centrality", "communities", "cohesion"])
  func `the same command gives the same bytes on any number of threads`(command: String) throws {
    var random = SystemRandomNumberGenerator()
    var rows = "source,target\n"
    for _ in 0..<300 {
      rows +=
        "n\(Int.random(in: 0..<80, using: &random)),n\(Int.random(in: 0..<80, using: &random))\n"
    }
    try clew.write(rows, to: "random.csv")
    let options = command == "centrality" ? ["--measure", "all"] : []
    var seen: Set<String> = []
    for threads in ["1", "2", "2", "5"] {
      let outcome = try clew.run(
        ClewProcess.program,
        [command, "random.csv", "--format", "json", "--threads", threads] + options)
      #expect(outcome.status == 0)
      seen.insert(outcome.output)
    }
    #expect(seen.count == 1, "\(rows)")
  }

  @Test func `standard input is read and its hash is the file's`() throws {
    let text = "caller,called,calls\nA,B,2\nB,C,3\nC,D,1\n"
    let piped = try clew("centrality", "-", "--format", "json", input: text)
    let file = try clew("centrality", "calls.csv", "--format", "json")
    func hash(_ text: String) throws -> String? {
      let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
      return (object?["input"] as? [String: Any])?["sha256"] as? String
    }
    #expect(try hash(piped.output) != nil)
    #expect(try hash(piped.output) == hash(file.output))
  }

  /// A file that must be refused, and what the message must say.
  struct Refused: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    let parts: [String]
    var options: [String] = []
    var status: Int32 = 65
    var testDescription: String { name }

    init(
      _ name: String, _ text: String, _ parts: [String], options: [String] = [], status: Int32 = 65
    ) {
      self.name = name
      bytes = Array(text.utf8)
      self.parts = parts
      self.options = options
      self.status = status
    }

    init(_ name: String, bytes: [UInt8], _ parts: [String]) {
      self.name = name
      self.bytes = bytes
      self.parts = parts
    }
  }

  @Test(arguments: [
    Refused("empty.csv", "", ["empty.csv", "empty"]),
    Refused("ragged.csv", "source,target\na,b\nc\n", ["ragged.csv:3"]),
    Refused("quote.csv", "source,target\na,\"b\nc,d\n", ["quote.csv:2"]),
    Refused("duplicate.csv", "source,target,source\na,b,c\n", ["duplicate.csv:1", "source"]),
    Refused(
      "latin.csv", bytes: Array("source,target\na,b\nc,".utf8) + [0xE9, 0x0A],
      ["latin.csv:3", "UTF-8"]),
    Refused("nul.csv", bytes: Array("source,target\na,b\nc,".utf8) + [0, 0x0A], ["nul.csv:3"]),
    Refused(
      "nan.csv", "source,target,w\na,b,1\nc,d,NaN\n", ["nan.csv"],
      options: ["--weight", "w:strength"]),
    Refused(
      "negative.csv", "source,target,w\na,b,1\nb,c,-2\n", ["negative.csv", "b", "c", "-2"],
      options: ["--weight", "w:length", "--measure", "betweenness"]),
    Refused(
      "column.csv", "source,target\na,b\n", ["sender"], options: ["--source-column", "sender"],
      status: 64),
    Refused(
      "dangling.graphml",
      """
      <graphml xmlns="http://graphml.graphdrawing.org/xmlns"><graph edgedefault="undirected">
      <node id="a"/>
      <edge source="a" target="b"/></graph></graphml>
      """, ["dangling.graphml:3", "b"]),
    Refused(
      "twice.graphml",
      """
      <graphml xmlns="http://graphml.graphdrawing.org/xmlns"><graph edgedefault="undirected">
      <node id="a"/>
      <node id="a"/></graph></graphml>
      """, ["twice.graphml:3", "a"]),
    Refused(
      "cut.graphml", "<graphml><graph edgedefault=\"directed\"><node id=\"a\"/>", ["cut.graphml:1"]),
  ])
  func `a bad file is refused with its line and nothing is written`(file: Refused) throws {
    try clew.write(Data(file.bytes), to: file.name)
    let before = try clew.files()
    let outcome = try clew.run(
      ClewProcess.program, ["centrality", file.name, "-o", "scores.csv"] + file.options)
    #expect(outcome.status == file.status, "\(outcome.errors)")
    for part in file.parts { #expect(outcome.errors.contains(part), "\(outcome.errors)") }
    #expect(outcome.output.isEmpty)
    #expect(try clew.files() == before)
  }

  @Test func `a missing file and a folder have exit codes of their own`() throws {
    let missing = try clew("centrality", "nowhere.csv")
    #expect(missing.status == 66 && missing.errors.contains("nowhere.csv"))
    try clew.write("x", to: "folder/x")
    let folder = try clew("centrality", "folder")
    #expect(folder.status == 65 && folder.errors.contains("folder"))
  }

  @Test func `an output that cannot be made is refused with 73`() throws {
    let outcome = try clew("centrality", "calls.csv", "-o", "no/such/folder/scores.csv")
    #expect(outcome.status == 73)
    #expect(outcome.errors.contains("no/such/folder"))
  }

  @Test func `validate lists every problem and exits 2`() throws {
    try clew.write("source,target\na\nb,c\nd,e,f\n", to: "bad.csv")
    let outcome = try clew("validate", "bad.csv", "--format", "json")
    #expect(outcome.status == 2)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    let results = try #require(object["results"] as? [String: Any])
    let problems = try #require(results["problems"] as? [[String: Any]])
    #expect(problems.compactMap { $0["line"] as? Int } == [2, 4])
    #expect(try clew("validate", "calls.csv").status == 0)
  }

  @Test func `validate of several files shows the others when one is not there`() throws {
    try clew.write("source,target\na\n", to: "bad.csv")
    let outcome = try clew("validate", "none.csv", "bad.csv", "calls.csv", "nor.csv")
    #expect(outcome.status == 66)
    #expect(outcome.output.contains("bad.csv") && outcome.output.contains("calls.csv"))
    #expect(outcome.errors.contains("none.csv") && outcome.errors.contains("nor.csv"))
    let alone = try clew("validate", "none.csv")
    #expect(alone.status == 66 && alone.output.isEmpty)
  }

  @Test func `converted there and back the graph is the same`() throws {
    #expect(try clew("convert", "calls.csv", "-o", "calls.graphml").status == 0)
    #expect(try clew("convert", "calls.graphml", "-o", "back.csv").status == 0)
    let options = [
      "--measure", "betweenness,strength", "--weight", "calls:strength", "--format", "csv", "-q",
    ]
    let there = try clew.run(ClewProcess.program, ["centrality", "calls.csv"] + options)
    let back = try clew.run(ClewProcess.program, ["centrality", "back.csv"] + options)
    #expect(there.status == 0)
    #expect(there.output == back.output)
  }

  @Test(arguments: ["svg", "pdf", "png", "dot"])
  func `a chart is drawn in every format, the same bytes each time`(format: String) throws {
    for name in ["a", "b"] {
      let outcome = try clew(
        "diagram", "calls.csv", "-o", "\(name).\(format)", "--title", "Calls <&> \"x\"")
      #expect(outcome.status == 0, "\(outcome.errors)")
    }
    let first = try clew.read("a.\(format)")
    #expect(try first == clew.read("b.\(format)"))
    #expect(first.count > 200)
  }

  @Test func `a chart is drawn in each style, and a mistake in a style file has its place`() throws
  {
    for style in ["greyscale", "presentation", "dark", "own.yaml"] {
      try clew.write("extends: dark\nlabelSize: 12\n", to: "own.yaml")
      let outcome = try clew("diagram", "calls.csv", "--style", style, "-o", "s.svg")
      #expect(outcome.status == 0, "\(outcome.errors)")
      let dark = String(decoding: try clew.read("s.svg"), as: UTF8.self).contains(
        "fill=\"#11151c\"")
      #expect(dark == (style == "dark" || style == "own.yaml"))
    }
    try clew.write("extends: dark\nlabelsize: 12\n", to: "own.yaml")
    let outcome = try clew("diagram", "calls.csv", "--style", "own.yaml", "-o", "s.svg")
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("own.yaml:2:1: 'labelsize' is no setting of a style; did you"))
    let help = try clew("styles")
    #expect(help.status == 0)
    #expect(help.output.contains("extends: investigation\n"))
  }

  @Test func `a reader that closes the pipe is no failure`() throws {
    let outcome = try clew.run(
      URL(filePath: "/bin/bash"),
      [
        "-c",
        "set -o pipefail; '\(ClewProcess.program.path)' centrality calls.csv --measure all | true",
      ])
    #expect(outcome.status == 0, "\(outcome.errors)")
  }
}
