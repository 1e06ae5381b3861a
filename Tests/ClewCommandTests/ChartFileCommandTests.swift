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

  // The attributes of the elements of a class in a chart.
  private func elements(_ kind: String, in text: String) -> [[String: String]] {
    text.split(separator: "<g class=\"\(kind)\"").dropFirst().map { rest in
      var attributes: [String: String] = [:]
      for part in rest.prefix(while: { $0 != ">" }).split(separator: "\" ") {
        let pair = part.split(separator: "=\"", maxSplits: 1)
        if pair.count == 2 {
          let name = pair[0].trimmingCharacters(in: .whitespaces)
          attributes[name] = String(pair[1]).replacingOccurrences(of: "\"", with: "")
        }
      }
      return attributes
    }
  }

  @Test func `every mark of a chart bears the numbers of its claims`() throws {
    try makeCase()
    #expect(try clew("diagram", "h.case", "--around", "person:P021", "-o", "a.svg").status == 0)
    let text = try text("a.svg")
    let nodes = elements("node", in: text)
    let edges = elements("edge", in: text)
    #expect(nodes.count == 11 && edges.count == 30)
    for node in nodes { #expect(node["data-claims"]?.isEmpty == false, "\(node)") }
    for edge in edges { #expect(edge["data-records"]?.isEmpty == false, "\(edge)") }
    // The numbers are those of the case.
    let json = try clew("show", "h.case", "person:P021", "--format", "json").output
    #expect(json.contains("Egbert Rietmolenaar"))
    // Each element has a title, and a mark without claims is none of a case.
    let titles = text.components(separatedBy: "<title>").count
    #expect(titles > nodes.count + edges.count)
    try clew.write("a,b\nA,B\nB,C\n", to: "g.csv")
    #expect(try clew("diagram", "g.csv", "-o", "g.svg").status == 0)
    #expect(try !self.text("g.svg").contains("data-claims"))
  }

  @Test func `parallel relationships are drawn apart when asked for`() throws {
    try makeCase()
    let arguments = ["diagram", "h.case", "--around", "person:P021"]
    #expect(try clew(arguments + ["-o", "one.svg"]).status == 0)
    #expect(try clew(arguments + ["--expand-parallel", "-o", "each.svg"]).status == 0)
    let one = elements("edge", in: try text("one.svg"))
    let each = elements("edge", in: try text("each.svg"))
    #expect(each.count == 34 && one.count == 30)
    // Every record stands on one line and no more, and none is lost.
    func records(_ edges: [[String: String]]) -> [String] {
      edges.flatMap { ($0["data-records"] ?? "").split(separator: " ").map(String.init) }
    }
    let relationships = records(each).filter { !$0.hasPrefix("meeting:") }
    #expect(Set(relationships).count == relationships.count)
    #expect(Set(records(one)) == Set(records(each)))
    #expect(try text("each.svg").contains("Each relationship has a line of its own"))
    try clew.write("a,b\nA,B\nA,B\n", to: "g.csv")
    let refused = try clew("diagram", "g.csv", "--expand-parallel", "-o", "g.svg")
    #expect(refused.status == 64 && refused.errors.contains("--parallel keep"))
  }

  @Test func `STIX and Maltego's table are written, and unknown suffixes are named`() throws {
    try makeCase()
    #expect(try clew("export", "h.case", "-o", "h.stix.json").status == 0)
    let bundle = try clew("validate", "h.stix.json", "--table", "problems", "--format", "csv")
    #expect(bundle.status == 2 && bundle.output.contains("does not read it"), "\(bundle.output)")
    #expect(try text("h.stix.json").contains("\"spec_version\": \"2.1\""))
    #expect(try clew("export", "h.case", "-o", "m.csv", "--format", "maltego").status == 0)
    #expect(
      try text("m.csv").hasPrefix("Source id,Source,Source type,Target id,Target,Target type,"))
    let wrong = try clew("diagram", "h.case", "-o", "h.stix")
    #expect(wrong.status == 64 && wrong.errors.contains("anx, graphml, gexf"))
  }
}
