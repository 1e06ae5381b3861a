// SPDX-License-Identifier: Apache-2.0

public import GraphAlgorithms
internal import GraphCore
internal import Reports

extension Network {
  /// The main findings in five plain sentences with their numbers: size and evidence, who connects
  /// the parts, which business does, who cuts parts off, and which groups there are.
  ///
  /// They are computed from the network as it is given; those left out of rankings are not named. A
  /// sentence that would say nothing (no companies, no cut node) says so.
  ///
  /// - Throws: `AnalysisError` when the run is cancelled.
  public func findings(_ run: Run = Run()) throws(AnalysisError) -> [String] {
    let betweenness = try computed(Betweenness(), run.part(0, of: 4))
    let found = try computed(Leiden(ignoresDirection: true), run.part(1, of: 4))
    let components = try computed(ConnectedComponents(.weak), run.part(2, of: 4))
    // Phones, accounts and companies stand between people too; who leads is asked among people.
    let people = personsAlone ?? self
    return [
      sizeSentence(components),
      people.connectorSentence(
        try Betweenness()(people.graph, run.part(3, of: 4)), among: hasPersons),
      businessSentence(betweenness),
      people.cutSentence(try ArticulationPoints()(people.graph, run), among: hasPersons),
      groupSentence(found),
    ]
  }

  /// The persons and the ties between them; nil where the input knows no persons or nothing else.
  public var personsAlone: Network? {
    guard hasPersons, items.values.contains(where: { $0.kind != .person }) else { return nil }
    return part(
      nodes: { items[$0].kind == .person },
      notice: "only the persons and the ties between them are analysed")
  }

  private var hasPersons: Bool { items.values.contains { $0.kind == .person } }

  private func sizeSentence(_ components: Partition) -> String {
    let largest = components.sizes.first ?? 0
    var standings: [Standing: Int] = [:]
    for tie in ties.values { standings[tie.standing, default: 0] += 1 }
    let weak = graph.edgeCount - (standings[.confirmed] ?? 0)
    let evidence =
      weak == 0
      ? ""
      : "; \(weak) of the ties (\(percent(weak, graph.edgeCount))) rest on nothing better than "
        + "probable or unconfirmed information"
    return "The network has \(graph.nodeCount) entities and \(graph.edgeCount) ties; "
      + "\(largest) entities (\(percent(largest, graph.nodeCount))) hang together in one part"
      + evidence + "."
  }

  private func connectorSentence(_ scores: Scores, among hasPersons: Bool) -> String {
    let who =
      hasPersons
      ? "In the network of the persons alone (\(graph.nodeCount) persons, \(graph.edgeCount) ties) "
      : ""
    let places = ranked(scores) { _ in true }
    guard let first = places.first, first.score > 0 else {
      return "No one stands between others: nobody has a betweenness above 0."
    }
    let degree = graph.degree(of: first.node)
    let ahead = graph.nodes.count { graph.degree(of: $0) > degree }
    var sentence =
      "\(who)\(described(first.node)) connects the parts most (betweenness "
      + "\(shownReal(first.score)): on average \(percent(first.score)) of the shortest paths between "
      + "two others run there), with \(degree) ties to "
      + (hasPersons ? "persons" : "others") + " (place \(ahead + 1) by number of ties)"
    if places.count > 1, places[1].score > 0 {
      sentence += "; next comes \(described(places[1].node)) with \(percent(places[1].score))"
    }
    return sentence + "."
  }

  private func businessSentence(_ scores: Scores) -> String {
    guard items.values.contains(where: { $0.kind != nil }) else {
      return "The file does not say which nodes are businesses, so nothing is said of them here."
    }
    let businesses = ranked(scores) {
      items[$0].kind == .organisation
    }
    guard let first = businesses.first, first.score > 0 else {
      return "No company or organisation stands between others in this network."
    }
    return "Among \(businesses.count) businesses \(described(first.node)) lies on most paths "
      + "(betweenness \(shownReal(first.score))) and has "
      + "\(graph.degree(of: first.node)) ties."
  }

  private func cutSentence(_ cuts: [CutNode], among hasPersons: Bool) -> String {
    let order = cuts.filter { items[$0.node].unranked == nil }
      .sorted { ($0.cutOff, $1.node) > ($1.cutOff, $0.node) }
    let who = hasPersons ? "person" : "entity"
    guard let first = order.first else {
      return "No single \(who) holds the network together: it has no cut node."
    }
    var sentence =
      "Without \(described(first.node)) \(first.cutOff) \(hasPersons ? "persons" : "entities") "
      + "lose touch with the rest, the most of \(order.count) cut nodes"
    if order.count > 1 {
      sentence += "; without \(described(order[1].node)) \(order[1].cutOff)"
    }
    return sentence + "."
  }

  private func groupSentence(_ found: Communities) -> String {
    let groups = found.partition.members.filter { $0.count > 2 }
    guard let modularity = found.modularity, let largest = groups.first else {
      return "The network is too small or too thin to fall into communities."
    }
    guard found.partition.groupCount > 1 else {
      return "It does not fall into communities: no division is better than the whole."
    }
    return "It falls into \(groups.count) communities of three and more (modularity "
      + "\(shownReal(modularity)); found by \(found.runsAtBest) of \(found.runs) searches); the "
      + "largest has \(largest.count) entities around \(centralMembers(of: largest))."
  }

  private func ranked(_ scores: Scores, where isWanted: (Node) -> Bool) -> [Ranked] {
    ranking(of: scores).filter { isWanted($0.node) }
  }

  private func described(_ node: Node) -> String {
    let item = items[node]
    // A bare number would read as a count.
    let isName = item.label.contains { $0.isLetter }
    return (isName ? item.label : "‘\(item.label)’") + (item.detail.map { " (\($0))" } ?? "")
  }

  private func percent(_ part: Int, _ whole: Int) -> String {
    percent(whole == 0 ? 0 : Double(part) / Double(whole))
  }

  private func percent(_ share: Double) -> String {
    let tenths = Int((share * 1000).rounded())
    return tenths >= 100 || tenths % 10 == 0
      ? "\((tenths + 5) / 10) %" : "\(tenths / 10).\(tenths % 10) %"
  }
}
