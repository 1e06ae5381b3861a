// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import GraphCore

/// The real networks with reference results that stand beside the package and are not part of it.
///
/// They are looked for in the folder that the environment variable `CLEW_SHARED` names, or else in
/// `../shared` beside the package folder. A test that uses them is enabled by `isPresent`.
public enum SharedData {
  /// The folder `data`; nil where there is none.
  public static let folder: URL? = {
    let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let shared =
      ProcessInfo.processInfo.environment["CLEW_SHARED"].map { URL(filePath: $0) }
      ?? package.deletingLastPathComponent().appending(path: "shared")
    let data = shared.appending(path: "data")
    return FileManager.default.fileExists(atPath: data.path) ? data : nil
  }()

  /// Whether the shared networks are there.
  public static var isPresent: Bool { folder != nil }
  /// What a test says when it is skipped.
  public static let absence: String =
    "the shared networks are absent (set CLEW_SHARED, or put them at ../shared)"

  /// The networks that stand in an adjacency matrix or a plain edge list, with their references.
  public static let networks: [SharedNetwork.Place] =
    [
      .matrix("caviar", "full", "caviar_full_matrix.csv"),
      .matrix("drugnet", "ties", "DRUGNET.csv"),
      .matrix("italian_gangs", "ties", "ITALIAN_GANGS.csv"),
      .matrix("london_gang", "ties", "LONDON_GANG.csv"),
      .matrix("spain_cocaine", "acero", "COCAINE_ACERO.csv"),
      .matrix("spain_cocaine", "juanes", "COCAINE_JUANES.csv"),
      .matrix("natarajan", "cocaine", "natajaran_cocaine.csv"),
      .matrix("natarajan", "heroin", "natajaran_heroin.csv"),
      .matrix("morselli_siren_ciel", "siren", "morselli_siren.csv"),
      .matrix("morselli_siren_ciel", "ciel", "morselli_cielnet.csv"),
      .list("montagna", "meetings", "Montagna_meetings_edgelist.csv"),
      .list("montagna", "phonecalls", "Montagna_phonecalls_edgelist.csv"),
    ] + (1...11).map { .matrix("caviar", "phase\($0)", "phase\($0).csv") }

  static func text(_ path: String) throws -> String {
    guard let folder else { throw SharedDataError.absent }
    let text = try String(contentsOf: folder.appending(path: path), encoding: .utf8)
    return text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
  }

  static func reference(_ dataset: String, _ graph: String) throws -> [String: Any] {
    let data = Data(try text("\(dataset)/ref.json").utf8)
    guard let top = try JSONSerialization.jsonObject(with: data) as? [String: Any],
      let graphs = top["graphs"] as? [String: Any],
      let reference = graphs[graph] as? [String: Any]
    else { throw SharedDataError.noReference("\(dataset)/\(graph)") }
    return reference
  }
}

/// Why a shared network could not be read.
public enum SharedDataError: Error {
  /// The folder is not there.
  case absent
  /// A file has a row that the small readers of the tests do not understand.
  case unreadable(String)
  /// The reference file has no entry for the graph.
  case noReference(String)
}

/// A real network and the reference results that came with it.
public struct SharedNetwork {
  /// Where a network and its reference stand.
  public struct Place: Sendable, CustomStringConvertible {
    let dataset: String
    let graph: String
    let file: String
    let isMatrix: Bool

    static func matrix(_ dataset: String, _ graph: String, _ file: String) -> Place {
      Place(dataset: dataset, graph: graph, file: file, isMatrix: true)
    }

    static func list(_ dataset: String, _ graph: String, _ file: String) -> Place {
      Place(dataset: dataset, graph: graph, file: file, isMatrix: false)
    }

    public var description: String { "\(dataset)/\(graph)" }
  }

  /// The names of the nodes, in node order.
  public let names: [String]
  /// The rows of the file as directed edges whose weights are strengths.
  public let arcs: Graph
  /// Whether the network has directions; if not, `arcs` may hold one or both of a pair's.
  public let isDirected: Bool
  /// The whole reference entry.
  public let reference: [String: Any]

  private let isMatrix: Bool

  /// Reads the network and its reference.
  public init(_ place: Place) throws {
    let text = try SharedData.text("\(place.dataset)/\(place.file)")
    let lines = text.split(whereSeparator: \.isNewline)
    (names, arcs) = try place.isMatrix ? Self.matrix(lines) : Self.list(lines)
    reference = try SharedData.reference(place.dataset, place.graph)
    isDirected = (reference["input"] as? [String: Any])?["directed"] as? Bool ?? false
    isMatrix = place.isMatrix
  }

  /// Directions and weights dropped, parallel edges merged, self-loops removed.
  public var undirectedSimple: Graph { undirectedWeighted.unweighted() }

  /// Parallel arcs merged, self-loops removed, weights dropped.
  public var directedSimple: Graph { arcs.simplified().graph.unweighted() }

  /// Parallel arcs merged (weights summed), self-loops removed.
  public var directedWeighted: Graph { arcs.simplified().graph }

  /// Directions dropped; the weights of a pair are summed, except that the two triangles of a
  /// matrix without directions say the same thing twice, so that the larger entry counts.
  public var undirectedWeighted: Graph {
    arcs.simplified(merging: isMatrix && !isDirected ? .max : .sum, direction: .undirected).graph
  }

  /// The reference values under a path such as `["directed", "values", "betweenness"]`, in the node
  /// order of the graphs here; nil where the reference has none, NaN where a value is null.
  public func values(_ path: [String]) -> [Double]? {
    var entry: Any = reference
    for key in path {
      guard let next = (entry as? [String: Any])?[key] else { return nil }
      entry = next
    }
    guard let list = entry as? [Any], let nodes = reference["nodes"] as? [Any] else { return nil }
    var named: [String: Double] = [:]
    for (node, value) in zip(nodes, list) { named["\(node)"] = (value as? Double) ?? .nan }
    return names.map { named[$0] ?? .nan }
  }

  private static func matrix(_ lines: [Substring]) throws -> ([String], Graph) {
    let names = fields(lines[0], ",").dropFirst().map { $0 }
    var edges: [(Int, Int)] = []
    var weights: [Double] = []
    for (row, line) in lines.dropFirst().enumerated() {
      let cells = fields(line, ",")
      guard cells.count == names.count + 1, cells[0] == names[row] else {
        throw SharedDataError.unreadable(String(line.prefix(40)))
      }
      for (column, cell) in cells.dropFirst().enumerated() {
        guard let weight = Double(cell) else { throw SharedDataError.unreadable(cell) }
        if weight != 0 {
          edges.append((row, column))
          weights.append(weight)
        }
      }
    }
    return (names, Graphs.build(names.count, .directed, edges, .strength, weights))
  }

  // Where a list gives a pair twice, the references took the weight of the later row.
  private static func list(_ lines: [Substring]) throws -> ([String], Graph) {
    var names: [String] = []
    var number: [String: Int] = [:]
    func node(_ name: String) -> Int {
      if let known = number[name] { return known }
      number[name] = names.count
      names.append(name)
      return names.count - 1
    }
    var edges: [(Int, Int)] = []
    var weights: [Double] = []
    var position: [[Int]: Int] = [:]
    for line in lines {
      let cells = fields(line, "\t")
      guard cells.count == 3, let weight = Double(cells[2]) else {
        throw SharedDataError.unreadable(String(line.prefix(40)))
      }
      let pair = [node(cells[0]), node(cells[1])]
      if let earlier = position[pair.sorted()] {
        weights[earlier] = weight
      } else {
        position[pair.sorted()] = edges.count
        edges.append((pair[0], pair[1]))
        weights.append(weight)
      }
    }
    return (names, Graphs.build(names.count, .directed, edges, .strength, weights))
  }

  private static func fields(_ line: Substring, _ separator: Character) -> [String] {
    line.split(separator: separator, omittingEmptySubsequences: false).map {
      $0.trimmingCharacters(in: CharacterSet(charactersIn: "\" \r"))
    }
  }
}
