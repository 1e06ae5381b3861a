// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

/// Charts and exports for the programs that investigators have.
struct ChartFileCommandTests {
  private let clew: ClewProcess

  init() throws { clew = try ClewProcess() }

  private func makeCase() throws {
    #expect(try clew("new", "h.case").status == 0)
    let harbour = ClewProcess.package.appending(path: "datasets/harbour").path
    #expect(try clew("import", "h.case", harbour, "-q").status == 0)
  }

  private func text(_ name: String) throws -> String {
    try String(contentsOf: clew.folder.appending(path: name), encoding: .utf8)
  }

  @Test func `a case goes to Analyst's Notebook with its evidence on cards`() throws {
    try makeCase()
    let exported = try clew("export", "h.case", "-o", "h.anx", "--recipient", "Unit 7")
    #expect(exported.status == 0, "\(exported.errors)")
    let chart = try text("h.anx")
    #expect(chart.contains("SourceReference=\"persons.csv:17 (born)\""))
    #expect(chart.contains("Summary=\"birthDate: 1995-05-05\" SourceType=\"police-files\""))
    #expect(chart.contains("ArrowStyle=\"ArrowOnHead\"") && chart.contains("Strength=\"Probable\""))
    #expect(chart.contains("Name=\"handling\" Type=\"String\" Value=\"H3\""))
    #expect(chart.contains("the entities stand in a grid") == false)
    #expect(exported.errors.contains("the entities stand in a grid"))
    // It reads back as the network of the case.
    let csv = ["--measure", "degree", "--format", "csv", "-q", "--undirected"]
    let again = try clew(["centrality", "h.anx"] + csv)
    #expect(again.status == 0, "\(again.errors)")
    // 147 entities without the four whom the case protects; the protection goes with the chart.
    #expect(again.output.split(separator: "\n").count == 144)
    #expect(try clew("log", "h.case", "--format", "csv", "-q").output.contains("Unit 7"))
  }

  @Test(arguments: ["anx", "graphml", "gexf"])
  func `a chart is written as a graph with the places of its entities`(_ suffix: String) throws {
    try clew.write("a,b\nA,B\nB,C\nA,C\nD,E\nE,F\nD,F\nC,D\n", to: "g.csv")
    let outcome = try clew("diagram", "g.csv", "-o", "g.\(suffix)")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try clew("diagram", "g.csv", "-o", "g.svg").status == 0)
    let converted = try clew("convert", "g.\(suffix)", "-o", "g.json")
    #expect(converted.status == 0, "\(converted.errors)")
    let object =
      try JSONSerialization.jsonObject(with: Data(text("g.json").utf8)) as? [String: Any]
    let nodes = try #require(object?["nodes"] as? [[String: Any]])
    #expect(nodes.count == 6)
    let places = Set(nodes.map { "\($0["x"] ?? "none") \($0["y"] ?? "none")" })
    #expect(places.count == 6 && !places.contains { $0.contains("none") }, "\(places)")
    let again = try clew("diagram", "g.csv", "-o", "h.\(suffix)")
    #expect(try again.status == 0 && text("h.\(suffix)") == text("g.\(suffix)"))
  }

  @Test func `STIX and Maltego's table are written, and unknown suffixes are named`() throws {
    try makeCase()
    #expect(try clew("export", "h.case", "-o", "h.stix.json").status == 0)
    #expect(try text("h.stix.json").contains("\"spec_version\": \"2.1\""))
    #expect(try clew("export", "h.case", "-o", "m.csv", "--format", "maltego").status == 0)
    #expect(
      try text("m.csv").hasPrefix("Source id,Source,Source type,Target id,Target,Target type,"))
    let wrong = try clew("diagram", "h.case", "-o", "h.stix")
    #expect(wrong.status == 64 && wrong.errors.contains("anx, graphml, gexf"))
  }
}
