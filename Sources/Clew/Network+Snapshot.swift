// SPDX-License-Identifier: Apache-2.0

internal import GraphCore
public import Interchange
public import Reports

extension Network {
  /// The network of a graph snapshot.
  ///
  /// A snapshot holds one view of one input: what was chosen then is chosen. Of a directed one the
  /// directions can be ignored.
  ///
  /// - Throws: `ClewError.usage` when the request asks for what a snapshot no longer knows.
  public init(
    snapshot: GraphSnapshot, request: ViewRequest, input: ResultDocument.Input
  ) throws(ClewError) {
    var unknown = request.caseOnlyOptions
    if request.weight != nil { unknown.append("--weight") }
    if !request.layers.isEmpty { unknown.append("--layer") }
    var graph = snapshot.graph
    if request.direction == .directed, graph.direction == .undirected {
      unknown.append("--directed")
    }
    guard unknown.isEmpty else {
      throw .usage(
        "\(input.name): a graph snapshot is one view of its input, so that \(unknown.joined(separator: ", ")) "
          + "cannot be chosen any more. Make a new one: clew snapshot INPUT -o FILE with these options"
      )
    }
    var notices = ["made from " + snapshot.origin]
    if request.direction == .undirected, graph.direction == .directed {
      let simple = graph.simplified(
        merging: graph.weighting == .length ? .min : .sum, keepsSelfLoops: true,
        direction: .undirected)
      graph = simple.graph
      notices.append(
        "the directions of the snapshot are ignored; the two arcs of a pair are one tie")
    }
    let network = Network(
      graph: graph, items: NodeMap(snapshot.nodeIDs.map { Item(id: $0) }),
      ties: EdgeMap(repeating: Tie(), count: graph.edgeCount), input: input,
      view: [
        ("direction", .string(graph.direction.rawValue)),
        (
          "weight",
          .string(
            graph.weighting.map { "as stored, read as \($0.rawValue)" }
              ?? "none: every tie weighs 1")
        ),
        ("component", .string(request.largestComponentOnly ? "largest" : "all")),
      ],
      notices: notices, handling: nil)
    self = request.largestComponentOnly ? network.largestComponent() : network
  }

  /// Writes the graph of the network, with the identifiers of its nodes, as a file that opens by
  /// mapping.
  ///
  /// Names, evidence and attributes do not go along; what the snapshot was made from is stated in it.
  ///
  /// - Throws: `ClewError.cannotCreate` with the system's reason.
  public func writeSnapshot(to path: String) throws(ClewError) {
    let choices = view.map { "\($0.name): \(plainText($0.value))" }.joined(separator: "; ")
    do {
      try GraphSnapshot.write(
        graph, nodeIDs: items.values.map(\.id),
        origin: "\(input.name) (\(input.kind), SHA-256 \(input.sha256)); \(choices)", to: path)
    } catch {
      throw ClewError(error)
    }
  }
}
