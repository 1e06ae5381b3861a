// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Testing

/// Blocks, diameters, spanning forests, distances and first places, asked for as a user asks.
struct StructureCommandTests {
  private let clew: ClewProcess

  init() throws {
    clew = try ClewProcess()
    // Two triangles joined by a tie, and a pair apart.
    try clew.write(
      "source,target,calls\na,b,3\nb,c,1\nc,a,2\nc,d,5\nd,e,1\ne,f,1\nf,d,4\nx,y,1\n", to: "g.csv")
  }

  private func rows(_ arguments: String...) throws -> [[String]] {
    let outcome = try clew(arguments + ["--format", "csv", "-q"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    return outcome.output.split(separator: "\n").dropFirst().map { row in
      row.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }

  @Test func `blocks are the parts that no node cuts`() throws {
    let blocks = try rows("cohesion", "g.csv", "--table", "blocks")
    #expect(blocks.map { Array($0[0...3]) } == [["1", "3", "3", "1"], ["2", "3", "3", "1"]])
    let text = try clew("cohesion", "g.csv").output
    #expect(
      text.contains("2 blocks: parts that no single node can cut; 2 more blocks of two nodes"))
  }

  @Test func `every component has its diameter and two nodes that far apart`() throws {
    let components = try rows("cohesion", "g.csv", "--table", "components")
    #expect(
      components.map { Array($0[1...4]) } == [["6", "3", "a", "f"], ["2", "1", "x", "y"]]
        || components.map { Array($0[1...4]) } == [["6", "3", "a", "e"], ["2", "1", "x", "y"]],
      "\(components)")
  }

  @Test(arguments: [
    ("calls:strength", ["a-b", "c-a", "c-d", "d-e", "f-d", "x-y"]),
    ("calls:length", ["b-c", "c-a", "c-d", "d-e", "e-f", "x-y"]),
  ])
  func `a spanning forest takes the strongest ties or the shortest`(
    weight: String, ties: [String]
  ) throws {
    let forest = try rows(
      "cohesion", "g.csv", "--weight", weight, "--spanning-forest", "--table", "spanning-forest")
    #expect(forest.map { "\($0[0])-\($0[2])" } == ties)
    let without = try clew("cohesion", "g.csv", "--table", "spanning-forest", "--format", "csv")
    #expect(without.status == 64 && without.errors.contains("spanning-forest"))
  }

  @Test func `distances name everybody who is reached, the nearest first`() throws {
    let undirected = try rows("paths", "g.csv", "a", "--undirected")
    #expect(
      undirected.map { Array($0[0...1]) + [$0[3]] }
        == [["1", "b", ""], ["1", "c", ""], ["2", "d", "c"], ["3", "e", "d"], ["3", "f", "d"]])
    #expect(
      try rows("paths", "g.csv", "a", "--undirected", "--within", "1").map { $0[1] } == ["b", "c"])
    // Along the arcs a → b → c → d, and against them c and b alone lead to a.
    let lengths = try rows("paths", "g.csv", "a", "--towards", "--weight", "calls:strength")
    #expect(lengths.map { Array($0[0...1]) + [$0[3]] } == [["0.5", "c", ""], ["1.5", "b", "c"]])
    let layers = try rows("paths", "g.csv", "a", "--undirected", "--table", "layers")
    #expect(layers == [["1", "2", "2"], ["2", "1", "3"], ["3", "2", "5"]])
    let text = try clew("paths", "g.csv", "x").output
    #expect(text.contains("Not reached  6") && text.contains("make the true distance shorter"))
  }

  @Test func `options of distances are refused where they mean nothing`() throws {
    for wrong in [
      ["b", "--within", "1"], ["b", "--towards"], ["--within=-1"], ["--within", "nan"],
    ] {
      let outcome = try clew(["paths", "g.csv", "a"] + wrong)
      #expect(outcome.status == 64, "\(wrong): \(outcome.output)")
    }
  }

  @Test(arguments: ["closeness", "out-closeness", "harmonic", "out-harmonic"])
  func `the first places are those of the whole ranking`(_ measure: String) throws {
    let whole = try rows("centrality", "g.csv", "--measure", measure)
    let first = try rows("centrality", "g.csv", "--measure", measure, "--first-places", "2")
    #expect(first == whole.filter { Int($0[0]) ?? .max <= 2 } && first.count < whole.count)
    let text = try clew("centrality", "g.csv", "--measure", measure, "--first-places", "1")
    #expect(text.output.contains("is scored for its first 1 place alone"))
  }

  @Test func `damping and alpha change what they are of, and are stated`() throws {
    let katz = try clew("centrality", "g.csv", "--measure", "katz,pagerank", "--alpha", "0.25")
    #expect(katz.output.contains("α = 0.25") && katz.output.contains("damping 0.85"))
    let half = try clew("centrality", "g.csv", "--measure", "pagerank", "--damping", "0")
    #expect(half.output.contains("0.1250") && half.output.contains("damping 0.0"))
    for wrong in [
      ["--damping", "0.5"], ["--alpha", "0.1"], ["--first-places", "3"],
      ["--measure", "closeness", "--first-places", "0"], ["--ties", "--first-places", "3"],
    ] {
      let measure =
        wrong.contains("--measure") || wrong.contains("--ties") ? [] : ["--measure", "degree"]
      let outcome = try clew(["centrality", "g.csv"] + measure + wrong)
      #expect(outcome.status == 64, "\(wrong)")
    }
    let far = try clew("centrality", "g.csv", "--measure", "katz", "--alpha", "2")
    #expect(far.status == 64 && far.errors.contains("alpha"), "\(far.status) \(far.errors)")
  }
}
