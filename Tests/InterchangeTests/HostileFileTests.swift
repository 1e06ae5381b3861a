// SPDX-License-Identifier: Apache-2.0

import Foundation
import GraphCore
import Interchange
import TestSupport
import Testing

/// The corpus of `Tests/Hostile`: every file is accepted as its manifest says, or refused with its place.
///
/// A warning that the manifest does not expect fails as well as one that is missing: nothing is changed,
/// invented, merged or dropped unsaid.
struct HostileFileTests {
  private static let corpus = ClewProcess.package.appending(path: "Tests/Hostile")

  /// A row of the manifest.
  struct Expectation: Sendable, CustomTestStringConvertible {
    let file: String
    let options: String
    let what: String
    let outcome: String
    let format: String
    let says: [String]
    let graph: String
    var testDescription: String { file }

    init?(_ line: Substring) {
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard fields.count == 7 else { return nil }
      (file, options, what, outcome) = (fields[0], fields[1], fields[2], fields[3])
      (format, graph) = (fields[4], fields[6])
      says = fields[5] == "-" ? [] : fields[5].components(separatedBy: " | ")
    }

    var row: String {
      [
        file, options, what, outcome, format, says.isEmpty ? "-" : says.joined(separator: " | "),
        graph,
      ]
      .joined(separator: "\t")
    }

    init(
      file: String, options: String, what: String, outcome: String, format: String, says: [String],
      graph: String
    ) {
      self.file = file
      self.options = options
      self.what = what
      self.outcome = outcome
      self.format = format
      self.says = says
      self.graph = graph
    }

    /// The table of nodes that is read beside it, which is then the one that is wrong.
    var nodes: String? {
      options.hasPrefix("nodes=") ? String(options.dropFirst("nodes=".count)) : nil
    }

    /// How the file is read.
    func reading() -> GraphReadingOptions {
      var reading = GraphReadingOptions()
      for part in options.split(separator: " ") where part != "-" {
        let words = part.split(separator: "=", maxSplits: 1).map(String.init)
        switch words[0] {
        case "format": reading.format = GraphFormat(rawValue: words[1])
        case "encoding": reading.table.encoding = TextEncoding(rawValue: words[1])
        case "incomplete": reading.incompleteRows = .init(rawValue: words[1]) ?? .refuse
        case "nodes": reading.nodes = [.file(corpus.appending(path: words[1]).path)]
        default: Issue.record("\(file): the option \(part) is unknown")
        }
      }
      return reading
    }
  }

  static let expectations: [Expectation] = {
    let manifest = corpus.appending(path: "manifest.tsv")
    guard let text = try? String(contentsOf: manifest, encoding: .utf8) else { return [] }
    return text.split(separator: "\n").dropFirst().compactMap { Expectation($0) }
  }()

  @Test func `the manifest names every file of the corpus and no other`() throws {
    let paths = try FileManager.default.subpathsOfDirectory(atPath: Self.corpus.path)
    let files = paths.filter { $0.contains("/") && !$0.hasSuffix(".gitattributes") }
    #expect(files.count >= 250)
    #expect(Set(files) == Set(Self.expectations.map(\.file)))
    #expect(Self.expectations.count == files.count)
  }

  @Test(arguments: expectations)
  func `a file is accepted or refused as the manifest says`(_ expected: Expectation) throws {
    let path = Self.corpus.appending(path: expected.file).path
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let start = Self.seconds()
    do {
      let document = try GraphDocument(reading: .file(path), expected.reading())
      let warnings = document.notices.filter { $0.level == .warning }.map(\.text)
      let actual = actual(expected, document, warnings)
      #expect(expected.outcome == "accepted", "now: \(actual.row)")
      #expect(expected.format == actual.format, "now: \(actual.row)")
      #expect(expected.graph == actual.graph, "now: \(actual.row)")
      let isSaid =
        expected.says.count == warnings.count
        && zip(expected.says, warnings).allSatisfy { $1.contains($0) }
      #expect(isSaid, "now: \(actual.row)")
    } catch {
      let lines = error.description.split(separator: "\n").map {
        $0.replacingOccurrences(of: Self.corpus.path + "/", with: "")
      }
      let actual = Expectation(
        file: expected.file, options: expected.options, what: expected.what, outcome: "refused",
        format: "-", says: lines, graph: "-")
      let isSaid =
        expected.says.count == lines.count
        && zip(expected.says, lines).allSatisfy { $1.contains($0) }
      #expect(expected.outcome == "refused" && isSaid, "now: \(actual.row)")
      #expect(
        lines.allSatisfy { $0.contains(expected.nodes ?? name) },
        "a message without the file: \(lines)")
    }
    #expect(Self.seconds() - start < 2)
  }

  // The time that this thread has computed.
  private static func seconds() -> Double {
    var time = timespec()
    _ = unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  private func actual(
    _ expected: Expectation, _ document: GraphDocument, _ warnings: [String]
  ) -> Expectation {
    let direction = document.mixedDirections == nil ? document.direction.rawValue : "mixed"
    return Expectation(
      file: expected.file, options: expected.options, what: expected.what, outcome: "accepted",
      format: "\(document.format.rawValue) \(direction)", says: warnings,
      graph: Self.text(of: document))
  }

  /// The whole graph in one line: nodes with label and attributes, then edges with theirs.
  private static func text(of document: GraphDocument) -> String {
    func attributes(_ columns: [AttributeColumn], _ index: Int) -> String {
      let values = columns.compactMap { column in
        column.values.text(at: index).map { "\(column.name)=\($0)" }
      }
      return values.isEmpty ? "" : "{" + values.joined(separator: ", ") + "}"
    }
    let nodes = (0..<document.nodeCount).map { node in
      let label = document.nodeLabels?[node].map { "“\($0)”" } ?? ""
      return document.nodeIDs[node] + label + attributes(document.nodeColumns, node)
    }
    let edges = (0..<document.edgeCount).map { edge in
      let isDirected = document.mixedDirections?[edge] ?? (document.direction == .directed)
      let ends = [document.sources[edge], document.targets[edge]].map {
        document.nodeIDs[Int($0)]
      }
      return ends.joined(separator: isDirected ? " → " : " — ")
        + attributes(document.edgeColumns, edge)
    }
    return "\(nodes.count) nodes: \(nodes.joined(separator: "; ")) · \(edges.count) edges: "
      .printable(limit: 300) + edges.joined(separator: "; ").printable(limit: 300)
  }
}
