// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

/// The edge of each arc, worked out when it is first asked for: most measures never ask.
///
/// The answer follows from the numbering of edges and never changes, so that it does not matter who
/// asks first.
final class ArcEdges: Sendable {
  /// How the edges of a graph are numbered: the edges of source *u* are
  /// `owned[u] ..< owned[u + 1]` and their targets are the last arcs of *u*.
  struct Numbering: Sendable {
    let owned: Column<Int32>
    let offsets: Column<Int32>
    let targets: Column<Int32>
  }

  private enum Kind: Sendable {
    case outgoing
    case incoming(offsets: Column<Int32>)
    case undirected
  }

  private let numbering: Numbering
  private let kind: Kind
  private let known = Mutex<Column<Int32>?>(nil)

  private init(_ numbering: Numbering, _ kind: Kind) {
    self.numbering = numbering
    self.kind = kind
  }

  /// Those of the arcs that leave the nodes of a directed graph: arc *a* is edge *a*.
  static func outgoing(_ numbering: Numbering) -> ArcEdges { ArcEdges(numbering, .outgoing) }

  /// Those of the arcs that enter the nodes of a directed graph.
  static func incoming(_ numbering: Numbering, offsets: Column<Int32>) -> ArcEdges {
    ArcEdges(numbering, .incoming(offsets: offsets))
  }

  /// Those of the arcs of an undirected graph.
  static func undirected(_ numbering: Numbering) -> ArcEdges { ArcEdges(numbering, .undirected) }

  var column: Column<Int32> {
    known.withLock { known in
      if let known { return known }
      let column = made()
      known = column
      return column
    }
  }

  private func made() -> Column<Int32> {
    let (owned, offsets, targets) = (numbering.owned, numbering.offsets, numbering.targets)
    let isUndirected: Bool
    var next: [Int32]
    switch kind {
    case .outgoing:
      return unsafe Column(count: targets.count) { edges in
        for a in edges.indices { unsafe edges.initializeElement(at: a, to: Int32(a)) }
      }
    case .incoming(let offsets):
      next = Array(offsets.dropLast())
      isUndirected = false
    case .undirected:
      next = Array(offsets.dropLast())
      isUndirected = true
    }
    // Edges come in their order to each upper end, whose arcs to lower nodes stand first.
    return unsafe Column(count: targets.count) { edges in
      for u in 0..<owned.count - 1 {
        var edge = owned[u]
        for a in Int(offsets[u + 1] - (owned[u + 1] - owned[u]))..<Int(offsets[u + 1]) {
          let v = Int(targets[a])
          unsafe edges.initializeElement(at: Int(next[v]), to: edge)
          next[v] += 1
          if isUndirected { unsafe edges.initializeElement(at: a, to: edge) }
          edge += 1
        }
      }
    }
  }
}
