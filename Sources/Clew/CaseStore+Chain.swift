// SPDX-License-Identifier: Apache-2.0

internal import CaseModel
internal import CaseStore
internal import GraphCore

/// One tie of a chain between two entities.
struct ChainLink {
  /// The entity at one end.
  var from: String
  /// The entity at the other.
  var to: String
  /// The part of the case that joins the two.
  var extract: CaseExtract
  /// What of it is behind the tie.
  var evidence: EdgeEvidence
}

extension CaseStore {
  /// The first of the shortest chains of ties between two entities, and the handling of the view.
  ///
  /// Without dropped sources the chain is looked for in the network of the view, which a large case has
  /// kept, or else in what is gathered of the others; what is behind its links is read alone. Where the
  /// view names places, all is read.
  ///
  /// - Throws: `ClewError` when the request does not fit the case.
  func shortestChain(
    _ a: String, _ b: String, _ request: ViewRequest, without dropped: [String]
  ) throws(ClewError) -> (links: [ChainLink], handling: String?) {
    let resolved = try resolved(request)
    guard resolved.places.isEmpty else { return try chain(a, b, resolved, reading: dropped) }
    let (ids, handling) =
      dropped.isEmpty
      ? try Workbench(path).shortestChain(a, b, request) : try chain(a, b, resolved, dropped)
    var links: [ChainLink] = []
    for (from, to) in zip(ids, ids.dropFirst()) {
      let extract: CaseExtract
      do {
        let contents = try why(from, to).without(Set(dropped))
        extract = try resolved.caseView(of: contents).filter(contents)
      } catch { throw ClewError(error) }
      guard let link = try link(from, to, extract) else {
        throw .badData(
          "\(path): the network of this view has a tie between \(from) and \(to) for which the case "
            + "has no evidence; clew validate checks the case")
      }
      links.append(link)
    }
    return (links, handling)
  }

  // What remains of a case without some sources is in no network that is kept. Here the usual view
  // holds: a shared investigation is no tie.
  private func chain(
    _ a: String, _ b: String, _ request: ViewRequest, _ dropped: [String]
  ) throws(ClewError) -> (ids: [String], handling: String?) {
    let extract = try extract(request, without: dropped)
    let projection = try caseStep { () throws(CaseModelError) in try extract.project() }
    let handling = extract.handling.isEmpty ? nil : extract.handling.joined(separator: ", ")
    guard let from = projection.node(of: extract.records.leader(of: a)),
      let to = projection.node(of: extract.records.leader(of: b)),
      let path = projection.graph.shortestChain(from, to)
    else { return ([], handling) }
    return (path.map { projection.ids[$0] }, handling)
  }

  private func chain(
    _ a: String, _ b: String, _ request: ViewRequest, reading dropped: [String]
  ) throws(ClewError) -> (links: [ChainLink], handling: String?) {
    let extract: CaseExtract
    do {
      // Here the usual view holds: a shared investigation is no tie.
      let contents = try self.contents().without(Set(dropped))
      extract = try request.caseView(of: contents).filter(contents)
    } catch { throw ClewError(error) }
    let projection = try caseStep { () throws(CaseModelError) in try extract.project() }
    let handling = extract.handling.isEmpty ? nil : extract.handling.joined(separator: ", ")
    guard let from = projection.node(of: extract.records.leader(of: a)),
      let to = projection.node(of: extract.records.leader(of: b)),
      let path = projection.graph.shortestChain(from, to)
    else { return ([], handling) }
    let links = zip(path, path.dropFirst()).compactMap { source, target -> ChainLink? in
      let edge = projection.graph.arcs(from: source).first { $0.target == target }?.edge
      return edge.map {
        ChainLink(
          from: projection.ids[source], to: projection.ids[target], extract: extract,
          evidence: projection.evidence[$0])
      }
    }
    return (links, handling)
  }

  private func link(
    _ from: String, _ to: String, _ extract: CaseExtract
  ) throws(ClewError) -> ChainLink? {
    let projection = try caseStep { () throws(CaseModelError) in try extract.project() }
    guard let source = projection.node(of: from), let target = projection.node(of: to),
      let arc = projection.graph.arcs(from: source).first(where: { $0.target == target })
    else { return nil }
    return ChainLink(
      from: from, to: to, extract: extract, evidence: projection.evidence[arc.edge])
  }
}

extension Graph {
  /// The first of the shortest chains from a node to another, both ends included; nil where there is
  /// none.
  ///
  /// - Complexity: O(n + m); 4 bytes a node.
  func shortestChain(_ from: Node, _ to: Node) -> [Node]? {
    var previous = NodeMap<Int32>(repeating: -1, count: nodeCount)
    previous[from] = from.index
    var queue = [from]
    var next = 0
    while next < queue.count, previous[to] < 0 {
      let node = queue[next]
      next += 1
      for arc in arcs(from: node) where previous[arc.target] < 0 {
        previous[arc.target] = node.index
        queue.append(arc.target)
      }
    }
    guard previous[to] >= 0 else { return nil }
    var chain = [to]
    while let last = chain.last, last != from { chain.append(Node(Int(previous[last]))) }
    return chain.reversed()
  }
}
