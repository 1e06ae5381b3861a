// SPDX-License-Identifier: Apache-2.0

internal import GraphCore
internal import Synchronization

/// The edges of a document that each edge of its graph stands for, worked out when first asked for.
///
/// The answer follows from the columns and never changes, so that it does not matter who asks first.
final class WayBack: Sendable {
  /// The members of edge *e* are `members[offsets[e] ..< offsets[e + 1]]`.
  struct Members: Sendable {
    var offsets: [Int32]
    var members: [Int32]
  }

  /// The columns of a document that became a graph without conditions and weights.
  struct Plain: Sendable {
    let nodeCount: Int
    let direction: Graph.Direction
    let sources: [Int32]
    let targets: [Int32]
    /// Whether edges that join a node to itself were left out.
    let dropsLoops: Bool
    /// Whether parallel edges became one.
    let isMerged: Bool
  }

  private enum State: Sendable {
    case known(Members)
    case plain(Plain)
  }

  private let state: Mutex<State>

  init(_ members: Members) { state = Mutex(.known(members)) }

  init(_ plain: Plain) { state = Mutex(.plain(plain)) }

  var members: Members {
    state.withLock { state in
      switch state {
      case .known(let members): return members
      case .plain(let plain):
        let members = plain.members()
        state = .known(members)
        return members
      }
    }
  }
}

extension WayBack.Plain {
  fileprivate func members() -> WayBack.Members {
    var (sources, targets) = (sources, targets)
    var origins: [Int32]?
    if dropsLoops {
      let kept = sources.indices.filter { sources[$0] != targets[$0] }
      sources = kept.map { self.sources[$0] }
      targets = kept.map { self.targets[$0] }
      origins = kept.map { Int32(truncatingIfNeeded: $0) }
    }
    let ordered: OrderedGraph
    do {
      ordered = try Graph.ordered(
        nodeCount: nodeCount, direction: direction, sources: sources, targets: targets)
    } catch {
      preconditionFailure("the graph was built of the same columns: \(error)")
    }
    let position = ordered.position.values
    let members = origins.map { origins in position.map { origins[Int($0)] } } ?? position
    guard isMerged else {
      return WayBack.Members(
        offsets: (0...Int32(truncatingIfNeeded: members.count)).map { $0 }, members: members)
    }
    var offsets: [Int32] = []
    var last: (source: Node, target: Node)?
    ordered.graph.forEachEdge { edge, source, target in
      if last?.source != source || last?.target != target { offsets.append(edge.index) }
      last = (source, target)
    }
    offsets.append(Int32(truncatingIfNeeded: members.count))
    return WayBack.Members(offsets: offsets, members: members)
  }
}
