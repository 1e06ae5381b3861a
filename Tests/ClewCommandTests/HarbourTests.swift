// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

/// Whether analysis finds what was planted in the example case.
struct HarbourTests {
  private static let shared = Result { () throws -> ClewProcess in
    let clew = try ClewProcess()
    _ = try clew("new", "harbour.case")
    let folder = ClewProcess.package.appending(path: "datasets/harbour").path
    let outcome = try clew("import", "harbour.case", folder)
    guard outcome.status == 0 else { throw ImportFailed(message: outcome.errors) }
    return clew
  }

  private struct ImportFailed: Error { let message: String }

  private let clew: ClewProcess
  private let truth: [String: Any]

  init() throws {
    clew = try Self.shared.get()
    let file = ClewProcess.package.appending(path: "datasets/harbour/truth.json")
    truth = try #require(
      try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
  }

  @Test func `the coordinator connects the persons most, with few ties`() throws {
    let rows = try rows(
      "nodes",
      of: try clew(
        "centrality", "harbour.case", "--schema", "Person", "--measure", "betweenness,degree",
        "--format", "json"))
    let coordinator = try #require((truth["coordinator"] as? [String: Any])?["entity"] as? String)
    #expect(rows.first?["id"] as? String == coordinator)
    let degree = rows.compactMap { $0["degree"] as? Double }
    let own = try #require(rows.first?["degree"] as? Double)
    #expect(degree.contains { $0 > own })
  }

  @Test func `a pinned chart has old entities where they were and marks what changed`() throws {
    try FileManager.default.copyItem(
      at: clew.folder.appending(path: "harbour.case"), to: clew.folder.appending(path: "pin.case"))
    func places(_ file: String) throws -> [String: Substring] {
      let text = try String(contentsOf: clew.folder.appending(path: file), encoding: .utf8)
      var places: [String: Substring] = [:]
      for tag in text.split(separator: "<g class=\"node\"").dropFirst() {
        let fields = tag.split(separator: "\"", omittingEmptySubsequences: false)
        let id = try #require(fields.firstIndex { $0.hasSuffix("data-id=") })
        let place = try #require(fields.firstIndex { $0.hasSuffix("data-place=") })
        places[String(fields[id + 1])] = fields[place + 1]
      }
      return places
    }
    let persons = ["--schema", "Person", "--size", "none"]
    let first = try clew(
      ["diagram", "pin.case", "--as-of", "2024-01-31", "--pin", "last", "-o", "first.svg"] + persons
    )
    #expect(first.errors.contains("drawn afresh and kept"))
    let second = try clew(
      ["diagram", "pin.case", "--pin", "last", "--diff", "2024-01-31", "-o", "second.svg"] + persons
    )
    #expect(second.status == 0)
    let old = try places("first.svg")
    #expect(old.count > 50)
    let new = try places("second.svg")
    #expect(Set(old.keys).isSubset(of: new.keys))
    // Those at the foot come in where the legend has grown by a line.
    #expect(old.count { new[$0.key] == $0.value } >= old.count * 8 / 10)
    let text = try String(
      contentsOf: clew.folder.appending(path: "second.svg"), encoding: .utf8)
    #expect(text.contains("Changes from the case as of 2024-01-31"))
    #expect(text.contains(" – new</title>"))
    // From the file of the first, without the case.
    let third = try clew(
      [
        "diagram", "pin.case", "--pin", "first.svg", "--diff", "pin.case@2024-01-31", "-o",
        "third.svg",
      ]
        + persons)
    #expect(third.status == 0)
    #expect(try places("third.svg") == places("second.svg"))
    #expect(try clew("validate", "pin.case").status == 0)
    #expect(try clew("diagram", "pin.case", "--pin", "gone.svg", "-o", "x.svg").status == 66)
    #expect(
      try clew("diagram", "pin.case", "--pin", "last", "--layout", "dot", "-o", "x.svg").status
        == 64)
  }

  @Test func `a timeline shows the meetings of two persons with source and row`() throws {
    let outcome = try clew(
      "timeline", "harbour.case", "--entity", "person:P001", "--entity", "Saskia Brandewinder",
      "--layer",
      "Meeting", "-o", "meetings.svg")
    #expect(outcome.status == 0)
    let text = try String(
      contentsOf: clew.folder.appending(path: "meetings.svg"), encoding: .utf8)
    #expect(text.contains("Meeting: Ruben Vandersteyl-Oort, Saskia Brandewinder</title>"))
    #expect(text.contains("surveillance surveillance_meetings.csv:11 (B2)"))
    #expect(text.contains("data-id=\"meeting:M-010\""))
    #expect(try clew("timeline", "harbour.case", "--from", "x", "-o", "x.svg").status == 64)
    #expect(try clew("timeline", "harbour.case", "-o", "x.dot").status == 64)
    #expect(try clew("timeline", "harbour.case", "--entity", "nobody", "-o", "x.svg").status == 64)
  }

  @Test func `shares through the ring of companies are those of the closed form`() throws {
    let outcome = try clew("ownership", "harbour.case", "--of", "company:C01", "-o", "owners.svg")
    #expect(outcome.status == 0)
    let text = try String(
      contentsOf: clew.folder.appending(path: "owners.svg"), encoding: .utf8)
    // Once round the ring is 60 % × 100 % × 55 % × 80 %; each share is what leads in, over 1 less that.
    let ring = 1 - 0.6 * 0.55 * 0.8
    for share in [0.45 * 0.8, 0.2, 0.4 * 0.55 * 0.8] {
      let tenths = Int((1000 * share / ring).rounded())
      #expect(text.contains(">\(tenths / 10).\(tenths % 10) %<"))
    }
    #expect(
      text.contains("owns 80 % of Zuidhal Exotic Fruits NV (confirmed), closing a ring</title>"))
    #expect(text.contains("company-register shareholders.csv:2 (A1)"))
    #expect(text.contains("data-claims="))
    #expect(
      try clew("ownership", "harbour.case", "--of", "person:P056", "-o", "x.svg").status == 64)
  }

  @Test func `the broker is a cut node among the persons`() throws {
    let rows = try rows(
      "cut-nodes",
      of: try clew("cohesion", "harbour.case", "--schema", "Person", "--format", "json"))
    let broker = try #require((truth["broker"] as? [String: Any])?["entity"] as? String)
    #expect(rows.contains { $0["id"] as? String == broker })
  }

  @Test func `the communities are those that were planted`() throws {
    let rows = try rows(
      "members", of: try clew("communities", "harbour.case", "--format", "json"))
    let planted = try #require(truth["communities"] as? [[String: Any]])
    var label: [String: String] = [:]
    for group in planted {
      let name = try #require(group["id"] as? String)
      for member in try #require(group["members"] as? [String]) { label[member] = name }
    }
    let pairs = rows.compactMap { row -> (String, Int)? in
      guard let id = row["id"] as? String, let community = row["community"] as? Int,
        let name = label[id]
      else { return nil }
      return (name, community)
    }
    #expect(pairs.count > 130)
    #expect(normalizedMutualInformation(pairs) > 0.8)
  }

  @Test func `victims, witnesses and minors take no place in a ranking unless a reason is given`()
    throws
  {
    let left = try #require(truth["neverRanked"] as? [String: [String]]).values.flatMap { $0 }
    #expect(left.count >= 4)
    let usual = try clew("centrality", "harbour.case", "--format", "csv")
    for id in left { #expect(!usual.output.contains(id)) }
    for options in [
      ["centrality", "--ties"], ["cohesion", "--table", "cut-nodes"],
      ["cohesion", "--table", "bridges"],
    ] {
      let outcome = try clew.run(
        ClewProcess.program, options + ["harbour.case", "--format", "csv"])
      #expect(outcome.status == 0)
      for id in left { #expect(!outcome.output.contains(id), "\(options) names \(id)") }
    }
    #expect(usual.errors.contains("left out of the ranking"))
    // The protection goes with an export.
    #expect(try clew("export", "harbour.case", "-o", "out.graphml").status == 0)
    let exported = try clew("centrality", "out.graphml", "--format", "csv")
    #expect(exported.output.contains("person:P001"))
    for id in left { #expect(!exported.output.contains(id)) }
    let bare = try clew("centrality", "harbour.case", "--include", "victim,witness,minor")
    #expect(bare.status == 64 && bare.errors.contains("--reason"))
    let opted = try clew(
      "centrality", "harbour.case", "--include", "victim,witness,minor", "--reason", "test",
      "--format", "csv")
    for id in left { #expect(opted.output.contains(id)) }
  }

  @Test func `a view by date, grade and handling leaves less and says what it left out`() throws {
    func edges(_ options: String...) throws -> (Int, String) {
      let outcome = try clew.run(
        ClewProcess.program, ["cohesion", "harbour.case", "--format", "json"] + options)
      try #require(outcome.status == 0, "\(outcome.errors)")
      let object = try #require(
        try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
      let results = try #require(object["results"] as? [String: Any])
      let figures = try #require(results["figures"] as? [String: Any])
      return (try #require(figures["edges"] as? Int), outcome.output)
    }
    let (all, _) = try edges()
    for options in [
      ["--as-of", "2023-03-01"], ["--min-grade", "A2"], ["--handling", "H1"],
      ["--layer", "Call,Payment"], ["--schema", "Person"],
    ] {
      let (some, text) = try edges(options[0], options[1])
      #expect(some < all && some > 0, "\(options)")
      #expect(text.contains("left out"))
    }
    let (none, _) = try edges("--known-at", "2000-01-01")
    #expect(none == 0)
  }

  @Test func `a chart of the case bears handling, legend and the sentence on guilt`() throws {
    let outcome = try clew("diagram", "harbour.case", "-o", "chart.svg")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let svg = String(decoding: try clew.read("chart.svg"), as: UTF8.self)
    for part in ["HANDLING H3", "Ruben Vandersteyl-Oort", "guilt", "Δημοσθένης"] {
      #expect(svg.contains(part), "\(part) is missing")
    }
    let check = try clew.run(URL(filePath: "/usr/bin/env"), ["xmllint", "--noout", "chart.svg"])
    #expect(check.status == 0 || check.status == 127, "\(check.errors)")
  }

  private func rows(_ table: String, of outcome: ClewProcess.Outcome) throws -> [[String: Any]] {
    try #require(outcome.status == 0, "\(outcome.errors)")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    let results = try #require(object["results"] as? [String: Any])
    return try #require(results[table] as? [[String: Any]])
  }

  // With the arithmetic mean of the entropies: Danon and others 2005,
  // doi:10.1088/1742-5468/2005/09/P09008.
  private func normalizedMutualInformation(_ pairs: [(String, Int)]) -> Double {
    var joint: [String: Int] = [:]
    var left: [String: Int] = [:]
    var right: [Int: Int] = [:]
    for (a, b) in pairs {
      joint["\(a)\u{0}\(b)", default: 0] += 1
      left[a, default: 0] += 1
      right[b, default: 0] += 1
    }
    let n = Double(pairs.count)
    func entropy(_ counts: some Sequence<Int>) -> Double {
      counts.reduce(0) { $0 - Double($1) / n * (Double($1) / n).logarithm }
    }
    let (ha, hb) = (entropy(left.values), entropy(right.values))
    return 2 * (ha + hb - entropy(joint.values)) / (ha + hb)
  }
}

extension Double {
  fileprivate var logarithm: Double { Foundation.log(self) }
}
