// SPDX-License-Identifier: Apache-2.0

public import Diagrams

extension Diagram {
  /// Marks what is new, gone and graded anew against an earlier diagram of the same kind.
  ///
  /// What is gone is added, to be drawn pale; it belongs to no group and has no size. A tie is the same
  /// when its two ends are; it is graded anew when its best claim is of another grade or its line
  /// another one.
  ///
  /// - Parameters:
  ///   - earlier: the earlier state.
  ///   - name: what the earlier state is called, for the line under the title.
  ///   - grades: the grades of the ties of this diagram and of the earlier one, in the order of their
  ///     edges.
  /// - Complexity: O(n + m) in the sizes of the two.
  public mutating func markChanges(
    from earlier: Diagram, called name: String, grades: (now: [String?], then: [String?])
  ) {
    var place: [String: Int] = [:]
    for (index, node) in nodes.enumerated() { place[node.id] = index }
    let before = Set(earlier.nodes.map(\.id))
    var counts = (newNodes: 0, goneNodes: 0, newEdges: 0, goneEdges: 0, regraded: 0)
    for index in nodes.indices where !before.contains(nodes[index].id) {
      nodes[index].change = .new
      counts.newNodes += 1
    }
    for node in earlier.nodes where place[node.id] == nil {
      var ghost = node
      ghost.change = .gone
      ghost.group = nil
      ghost.size = 0
      ghost.isFlagged = false
      place[node.id] = nodes.count
      nodes.append(ghost)
      counts.goneNodes += 1
    }
    struct Pair: Hashable { var a: String, b: String }
    func pair(_ edge: DiagramEdge, _ nodes: [DiagramNode]) -> Pair {
      let (x, y) = (nodes[edge.from].id, nodes[edge.to].id)
      return x < y ? Pair(a: x, b: y) : Pair(a: y, b: x)
    }
    var then: [Pair: Int] = [:]
    for (index, edge) in earlier.edges.enumerated() { then[pair(edge, earlier.nodes)] = index }
    var now: Set<Pair> = []
    for index in edges.indices {
      let key = pair(edges[index], nodes)
      now.insert(key)
      guard let old = then[key] else {
        edges[index].change = .new
        counts.newEdges += 1
        continue
      }
      let (new, was) = (grades.now[index], grades.then[old])
      if new != was || edges[index].line != earlier.edges[old].line {
        edges[index].change = .regraded
        edges[index].label =
          "\(was ?? earlier.edges[old].line.rawValue) → \(new ?? edges[index].line.rawValue)"
        counts.regraded += 1
      }
    }
    for edge in earlier.edges where !now.contains(pair(edge, earlier.nodes)) {
      guard let from = place[earlier.nodes[edge.from].id],
        let to = place[earlier.nodes[edge.to].id]
      else { continue }
      var ghost = edge
      ghost.from = from
      ghost.to = to
      ghost.change = .gone
      edges.append(ghost)
      counts.goneEdges += 1
    }
    subtitles.append(
      "Changes from \(name): entities \(counts.newNodes) new, \(counts.goneNodes) gone · ties "
        + "\(counts.newEdges) new, \(counts.goneEdges) gone, \(counts.regraded) graded anew")
  }
}

extension Network {
  /// The grades of the ties in the order of the edges of `diagram`.
  public var tieGrades: [String?] { ties.values.map(\.grade) }
}
