// SPDX-License-Identifier: Apache-2.0

internal import GraphAlgorithms
internal import GraphCore
public import Interchange
public import Reports

extension Network {
  /// The network of a graph file.
  ///
  /// - Parameters:
  ///   - document: the file as it stands.
  ///   - request: what of it is looked at; what only a case can answer is refused.
  ///   - options: how parallel edges, self-loops, one-sided pairs and layers are treated; direction,
  ///     weight and layers of the request take precedence.
  ///   - input: the name and the hash of the file.
  /// - Throws: `ClewError.usage` when the request does not fit the file; `ClewError.badData` when a
  ///   weight is no number.
  public init(
    document: GraphDocument, request: ViewRequest, options: GraphOptions = GraphOptions(),
    input: ResultDocument.Input
  ) throws(ClewError) {
    guard request.caseOnlyOptions.isEmpty else {
      throw .usage(
        request.caseOnlyOptions.joined(separator: ", ")
          + " need a case file; \(input.name) is a graph file (\(input.kind)), which knows no dates, "
          + "grades or categories. Filter its rows with --where COLUMN=VALUE, or import it into a "
          + "case: clew new CASE, clew import CASE FILE")
    }
    var options = options
    options.direction = request.direction ?? options.direction
    if let weight = request.weight {
      options.weight = .init(attribute: weight.property, meaning: weight.meaning)
    }
    if !request.layers.isEmpty { options.layers = request.layers }
    let projected: ProjectedDocument
    do { projected = try document.project(options) } catch { throw ClewError(error) }
    let graph = projected.graph
    var network = Network(
      graph: graph,
      items: Self.items(of: projected, document),
      ties: Self.ties(of: projected, document), input: input,
      view: Self.description(graph, request, options),
      notices: (document.notices + projected.notices).map(\.description), handling: nil)
    if request.largestComponentOnly { network = network.largestComponent() }
    self = network
  }

  /// The part of the network in its largest connected component.
  public func largestComponent() -> Network {
    let components: Partition
    do {
      components = try ConnectedComponents(.weak)(graph)
    } catch {
      preconditionFailure("components of a graph are defined: \(error)")
    }
    let size = components.sizes.first ?? 0
    return part(
      nodes: { components.group[$0] == 0 },
      notice: "only the largest of \(components.groupCount) components is analysed: \(size) of "
        + "\(graph.nodeCount) nodes")
  }

  // A network that Clew exported keeps its schemata, roles and protections when it is read again.
  private static func items(
    of projected: ProjectedDocument, _ document: GraphDocument
  ) -> NodeMap<Item> {
    let isExport = document.nodeColumns.contains { $0.name == "schema" }
    func text(_ column: String, _ position: Int32) -> String? {
      guard isExport else { return nil }
      return document.nodeColumns.first { $0.name == column }?.values.text(at: Int(position))
    }
    return NodeMap(
      projected.node.values.map { position in
        var item = Item(
          id: document.nodeIDs[Int(position)], label: document.label(ofNode: Int(position)),
          schema: text("schema", position))
        item.detail = text("detail", position)
        item.category = text("category", position)
        item.kind = text("kind", position).flatMap(Item.Kind.init(rawValue:))
        item.unranked = text("unranked", position)
        return item
      })
  }

  private static func ties(
    of projected: ProjectedDocument, _ document: GraphDocument
  ) -> EdgeMap<Tie> {
    var ties: [Tie] = []
    ties.reserveCapacity(projected.graph.edgeCount)
    let isDirected = document.direction == .directed || document.mixedDirections != nil
    projected.graph.forEachEdge { edge, source, target in
      let members = projected.documentEdges(of: edge)
      var tie = Tie(count: members.count)
      if isDirected, !document.isNearlySymmetric {
        let from = projected.node[source]
        var forward = false
        var backward = false
        for member in members where document.isDirected(edge: Int(member)) {
          if document.sources[Int(member)] == from { forward = true } else { backward = true }
        }
        tie.arrow = forward ? (backward ? .both : .forward) : (backward ? .backward : .none)
      }
      ties.append(tie)
    }
    return EdgeMap(ties)
  }

  private static func description(
    _ graph: Graph, _ request: ViewRequest, _ options: GraphOptions
  ) -> [(name: String, value: JSONValue)] {
    let weight =
      options.weight.map { "\($0.attribute), read as \($0.meaning.rawValue)" }
      ?? "none: every tie weighs 1"
    var view: [(name: String, value: JSONValue)] = [
      ("direction", .string(graph.direction.rawValue)),
      ("weight", .string(weight)),
      ("parallel-ties", .string(options.parallelEdges == .merge ? "merged" : "kept")),
      ("self-loops", .string(options.selfLoops == .drop ? "left out" : "kept")),
    ]
    if !options.layers.isEmpty {
      view.append(("layers", .array(options.layers.map(JSONValue.string))))
    }
    if !options.conditions.isEmpty {
      view.append(
        ("where", .array(options.conditions.map { .string("\($0.column)=\($0.value)") })))
    }
    view.append(("component", .string(request.largestComponentOnly ? "largest" : "all")))
    return view
  }
}
