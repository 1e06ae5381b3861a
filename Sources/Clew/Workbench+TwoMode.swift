// SPDX-License-Identifier: Apache-2.0

internal import CaseModel
public import Diagrams
internal import GraphAlgorithms
internal import GraphCore
internal import Interchange

/// What a picture of two columns shows.
public struct TwoModeRequest: Sendable, Hashable {
  /// The schemata, or values of the column, that stand on the left.
  public var left: [String]
  /// Those that stand on the right: schemata of entities or of events.
  public var right: [String]
  /// The column of a graph file that tells the nodes apart.
  public var column = "mode"
  /// The line at the top; nil for the name of the input.
  public var title: String?
  /// The sheet.
  public var page: Page = .a3Landscape

  /// Creates a request.
  public init(left: [String], right: [String]) {
    self.left = left
    self.right = right
  }
}

extension Workbench {
  /// Two kinds of things in two columns with the ties between them.
  ///
  /// Of a case the kinds are schemata; where those on the right are events, such as meetings, the ties say
  /// who took part. Colours are the communities of the network of just these ties.
  ///
  /// - Parameters:
  ///   - request: what of the input is looked at.
  ///   - shown: which kinds.
  /// - Returns: a picture that `DiagramRenderer` draws.
  /// - Throws: `ClewError` when a kind does not exist, or nothing ties the two.
  public func twoMode(
    _ request: ViewRequest, _ shown: TwoModeRequest
  ) throws(ClewError) -> TwoModeDiagram {
    var frame = PictureFrame(title: shown.title ?? input.name)
    frame.page = shown.page
    var picture = TwoModeDiagram(
      left: shown.left.joined(separator: ", "), right: shown.right.joined(separator: ", "),
      frame: frame)
    let network: Network
    let all: (left: Int, right: Int)
    if isCase {
      let (extract, whole) = try self.picture(request, "a picture of two kinds")
      network = whole
      all = try addRecords(of: extract, whole, shown, to: &picture)
    } else {
      network = try self.network(request)
      all = try addNodes(of: network, shown, to: &picture)
    }
    guard !picture.ties.isEmpty else {
      throw .usage(
        "\(input.name): nothing in this view ties \(picture.leftTitle) to \(picture.rightTitle)")
    }
    let untied = (left: all.left - picture.left.count, right: all.right - picture.right.count)
    let gone = picture.keepMostTied()
    color(&picture)
    picture.arrange()
    picture.frame.handling = network.marking
    picture.frame.subtitles = network.subtitles([
      counted(picture.left.count, "item") + " on the left",
      counted(picture.right.count, "item") + " on the right", counted(picture.ties.count, "tie"),
    ])
    picture.frame.footnotes =
      (gone.left + gone.right > 0
        ? [
          "Left out with fewest ties: \(gone.left) on the left, \(gone.right) on the right."
        ] : [])
      + (untied.left + untied.right > 0
        ? [
          "Not shown, as nothing ties them to the other column: \(untied.left) \(picture.leftTitle), "
            + "\(untied.right) \(picture.rightTitle)."
        ] : []) + network.footnotes
    return picture
  }

  // Entities of a case on both sides, or entities and events; how many there are of each, tied or not.
  private func addRecords(
    of extract: CaseExtract, _ network: Network, _ shown: TwoModeRequest,
    to picture: inout TwoModeDiagram
  ) throws(ClewError) -> (left: Int, right: Int) {
    if shown.left.isEmpty || shown.right.isEmpty {
      throw .usage(
        "\(input.name): say which schemata stand where, such as --left Person --right Company")
    }
    for name in shown.left + shown.right {
      do { _ = try extract.ontology.schema(name) } catch { throw .usage("\(error)") }
    }
    func isOf(_ schema: String?, _ names: [String]) -> Bool {
      names.contains { extract.ontology[schema ?? ""]?.isA($0) ?? false }
    }
    let events = extract.events.filter { isOf($0.schema, shown.right) }
    guard events.isEmpty else {
      var place: [String: Int] = [:]
      for event in events {
        var right: Int?
        for id in Set(event.participants.map(\.entity)).sorted() {
          guard let node = network.node(id: id), isOf(network.items[node].schema, shown.left)
          else { continue }
          if place[id] == nil {
            place[id] = picture.left.count
            picture.left.append(item(network, node))
          }
          if right == nil {
            right = picture.right.count
            let properties = event.properties.filter { $0.property == "description" }
            picture.right.append(
              TwoModeDiagram.Item(
                id: event.id,
                label: [event.time?.description, properties.first?.value].compactMap(\.self)
                  .joined(separator: " ").nonEmpty ?? event.id,
                icon: Icon(schema: event.schema) ?? .unknown))
          }
          if let left = place[id], let right {
            let evidence = extract.evidence(for: event)
            picture.ties.append(
              TwoModeDiagram.Tie(
                left: left, right: right,
                line: Self.line(
                  of: extract.grading.strongest(of: evidence.compactMap(\.grade)), extract),
                detail: evidence.prefix(3).map(Self.words).joined(separator: ", ")))
          }
        }
      }
      let left = network.graph.nodes.count { isOf(network.items[$0].schema, shown.left) }
      return (left, events.count)
    }
    return try addTies(
      of: network, left: { isOf(network.items[$0].schema, shown.left) },
      right: { isOf(network.items[$0].schema, shown.right) }, to: &picture)
  }

  // Nodes of a graph file by the values of a column.
  private func addNodes(
    of network: Network, _ shown: TwoModeRequest, to picture: inout TwoModeDiagram
  ) throws(ClewError) -> (left: Int, right: Int) {
    guard let document, let column = document.nodeColumn(shown.column) else {
      throw .usage(
        "\(input.name): the nodes have no column \(shown.column) that tells the two kinds apart; name one "
          + "with --column"
          + (document.map {
            $0.nodeColumns.isEmpty ? "" : ": " + $0.nodeColumns.map(\.name).joined(separator: ", ")
          }
            ?? ""))
    }
    let values = Dictionary(
      uniqueKeysWithValues: document.nodeIDs.indices.map {
        (document.nodeIDs[$0], column.values.text(at: $0))
      })
    var shown = shown
    if shown.left.isEmpty, shown.right.isEmpty {
      var known: [String] = []
      for text in document.nodeIDs.indices.compactMap({ column.values.text(at: $0) })
      where !known.contains(text) { known.append(text) }
      guard known.count == 2 else {
        throw .usage(
          "\(input.name): \(shown.column) has \(counted(known.count, "value")), not two; say which stand where with "
            + "--left and --right: \(known.sorted().prefix(12).joined(separator: ", "))")
      }
      (shown.left, shown.right) = ([known[0]], [known[1]])
      (picture.leftTitle, picture.rightTitle) = (known[0], known[1])
    }
    func value(_ node: Node) -> String? { values[network.items[node].id] ?? nil }
    for wanted in shown.left + shown.right where !values.values.contains(wanted) {
      let known = Set(values.values.compactMap(\.self)).sorted().prefix(12)
      throw .usage(
        "\(wanted): no node has it in \(shown.column); there are \(known.joined(separator: ", "))")
    }
    return try addTies(
      of: network, left: { value($0).map(shown.left.contains) ?? false },
      right: { value($0).map(shown.right.contains) ?? false }, to: &picture)
  }

  private func addTies(
    of network: Network, left: (Node) -> Bool, right: (Node) -> Bool,
    to picture: inout TwoModeDiagram
  ) throws(ClewError) -> (left: Int, right: Int) {
    if let node = network.graph.nodes.first(where: { left($0) && right($0) }) {
      throw .usage(
        "\(network.items[node].label) belongs in both columns, \(picture.leftTitle) and "
          + "\(picture.rightTitle); name two kinds that have nothing in common, or use clew diagram"
      )
    }
    var (leftPlace, rightPlace): ([Node: Int], [Node: Int]) = ([:], [:])
    network.graph.forEachEdge { edge, source, target in
      let isForward = left(source) && right(target)
      guard isForward || left(target) && right(source) else { return }
      let (a, b) = isForward ? (source, target) : (target, source)
      if leftPlace[a] == nil {
        leftPlace[a] = picture.left.count
        picture.left.append(item(network, a))
      }
      if rightPlace[b] == nil {
        rightPlace[b] = picture.right.count
        picture.right.append(item(network, b))
      }
      let tie = network.ties[edge]
      let line: DiagramEdge.Line =
        switch tie.standing {
        case .confirmed: .confirmed
        case .probable: .probable
        case .unconfirmed: .unconfirmed
        }
      picture.ties.append(
        TwoModeDiagram.Tie(
          left: leftPlace[a] ?? 0, right: rightPlace[b] ?? 0, count: tie.count, line: line,
          detail: [tie.label, tie.grade.map { "grade \($0)" }].compactMap(\.self)
            .joined(separator: "; ")))
    }
    return (network.graph.nodes.count(where: left), network.graph.nodes.count(where: right))
  }

  private func item(_ network: Network, _ node: Node) -> TwoModeDiagram.Item {
    let item = network.items[node]
    return TwoModeDiagram.Item(
      id: item.id, label: item.label, icon: network.icon(of: item))
  }

  // The communities of the ties that are drawn.
  private func color(_ picture: inout TwoModeDiagram) {
    let count = picture.left.count
    var builder = GraphBuilder(direction: .undirected)
    builder.addNodes(count + picture.right.count)
    for tie in picture.ties { builder.addEdge(Node(tie.left), Node(count + tie.right)) }
    guard let graph = try? builder.build(),
      let groups = try? Leiden(seed: 1)(graph, Run()).partition
    else { return }
    for index in picture.left.indices {
      picture.left[index].group = Int(groups.group[Node(index)])
    }
    for index in picture.right.indices {
      picture.right[index].group = Int(groups.group[Node(count + index)])
    }
  }
}

extension String {
  /// The text, or nil where it is empty.
  fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}
