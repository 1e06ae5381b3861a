// SPDX-License-Identifier: Apache-2.0

internal import CaseStore
internal import Foundation
internal import GraphCore
internal import Interchange
internal import Reports

/// The network of a view of a large case, kept in a file beside the case that opens by mapping.
///
/// The file holds what the network holds, names among it, and belongs to one state of the case: after
/// an import, a decision or an erasure it is not used any more. It is sealed by a key that lies in the
/// case, so that a file that was changed is not used either.
struct KeptNetwork {
  private let store: CaseStore
  private let request: ViewRequest
  private let input: ResultDocument.Input

  /// The size in bytes from which a case has its networks kept without being asked.
  static let leastByteCount = 64 << 20

  init(_ store: CaseStore, _ request: ViewRequest, _ input: ResultDocument.Input) {
    self.store = store
    self.request = request
    self.input = input
  }

  /// Who is ranked in spite of a protection is stated and logged each time, and never kept.
  var isPossible: Bool { request.including.isEmpty }

  /// Where the network lies.
  var path: String {
    let name = SHA256.hash(of: Array("network 1 \(request.definition)".utf8)).hex.prefix(24)
    return (store.path as NSString).deletingLastPathComponent.isEmpty
      ? store.keptPrefix + name
      : ((store.path as NSString).deletingLastPathComponent as NSString)
        .appendingPathComponent(store.keptPrefix + name)
  }

  // MARK: Opening

  /// The network, where it was kept and the case is as it was then.
  ///
  /// - Parameters:
  ///   - seal: the seal of the case as it is.
  ///   - note: told, in a sentence, why a file that is there is not used.
  /// - Returns: the network; nil where there is none that can be used.
  func open(_ seal: CaseSeal, note: (String) -> Void) -> Network? {
    do {
      return try network(
        SealedColumns(opening: path, mark: seal.state, key: seal.key), seal)
    } catch SealedColumns.Failure.missing {
      return nil
    } catch SealedColumns.Failure.outdated {
      note("\(input.name) has changed since its network in this view was kept; it is made anew")
    } catch {
      note(
        "\(path): the kept network is damaged and not used; it is made anew from the case")
    }
    return nil
  }

  /// The ids along the first of the shortest chains between two nodes, none where there is no chain,
  /// and the handling of the view; nil where no network is kept that could be used.
  func shortestChain(
    _ a: String, _ b: String, _ seal: CaseSeal
  ) -> (ids: [String], handling: String?)? {
    guard
      let columns = try? SealedColumns(opening: path, mark: seal.state, key: seal.key),
      let (head, graph) = try? graph(columns), let ids = try? Texts(columns, 6),
      ids.count == graph.nodeCount
    else { return nil }
    guard let from = ids.position(of: head.leaders?[a] ?? a),
      let to = ids.position(of: head.leaders?[b] ?? b),
      let chain = graph.shortestChain(Node(from), Node(to))
    else { return ([], head.handling) }
    return (chain.map { ids[Int($0.index)] }, head.handling)
  }

  private func graph(_ columns: SealedColumns) throws -> (head: Head, graph: Graph) {
    let head = try JSONDecoder().decode(
      Head.self, from: Data(try columns.column(0, of: UInt8.self)))
    let graph = try Graph(
      direction: head.direction, weighting: head.weighting, offsets: columns.column(1),
      targets: columns.column(2),
      incoming: head.direction == .directed ? (columns.column(3), columns.column(4)) : nil,
      edgeWeights: head.weighting == nil ? nil : columns.column(5))
    return (head, graph)
  }

  private func network(_ columns: SealedColumns, _ seal: CaseSeal) throws -> Network {
    let (head, graph) = try graph(columns)
    let ids = try Texts(columns, 6)
    let labels = try Texts(columns, 8)
    let details = try Texts(columns, 10)
    let descriptions: Column<Int32> = try columns.column(12)
    let looks: Column<Int32> = try columns.column(13)
    let counts: Column<Int32> = try columns.column(14)
    guard ids.count == graph.nodeCount, labels.count == graph.nodeCount,
      details.count == graph.nodeCount, descriptions.count == graph.nodeCount,
      looks.count == graph.edgeCount, counts.count == graph.edgeCount
    else { throw SealedColumns.Failure.damaged }
    var items: [Network.Item] = []
    items.reserveCapacity(graph.nodeCount)
    for node in 0..<graph.nodeCount {
      guard head.items.indices.contains(Int(descriptions[node])) else {
        throw SealedColumns.Failure.damaged
      }
      let shared = head.items[Int(descriptions[node])]
      var item = Network.Item(id: ids[node], label: labels[node], schema: shared.schema)
      item.detail = shared.hasDetail ? details[node] : nil
      item.category = shared.category
      item.kind = shared.kind.flatMap { Network.Item.Kind(rawValue: $0) }
      item.unranked = shared.unranked
      items.append(item)
    }
    let shared = try head.ties.map { tie -> Network.Tie in
      guard let standing = Network.Standing(rawValue: tie.standing) else {
        throw SealedColumns.Failure.damaged
      }
      return Network.Tie(
        label: tie.label, standing: standing, grade: tie.grade, count: 0, arrow: tie.arrow.arrow)
    }
    var ties: [Network.Tie] = []
    ties.reserveCapacity(graph.edgeCount)
    for edge in 0..<graph.edgeCount {
      guard shared.indices.contains(Int(looks[edge])) else { throw SealedColumns.Failure.damaged }
      var tie = shared[Int(looks[edge])]
      tie.count = Int(counts[edge])
      ties.append(tie)
    }
    return Network(
      graph: graph, items: NodeMap(items), ties: EdgeMap(ties), input: input,
      view: head.view.map { ($0.name, $0.value) }, notices: head.notices, handling: head.handling,
      leaders: head.leaders ?? [:])
  }

  // MARK: Keeping

  /// Keeps a network, unless the case has changed since it was made.
  ///
  /// - Parameters:
  ///   - network: the network of the view.
  ///   - seal: the seal of the case from before it was read.
  ///   - note: told, in a sentence, why it could not be kept.
  /// - Returns: whether it was.
  func keep(_ network: Network, _ seal: CaseSeal, note: (String) -> Void) -> Bool {
    guard let parts = parts(of: network) else {
      note(
        "the network of this view cannot be kept: it counts more than two thousand million "
          + "records behind one tie")
      return false
    }
    do {
      return try store.holding(seal) {
        // What was kept of other states of the case is of no use any more.
        for file in store.keptFiles() where isUseless(file, seal) {
          try? FileManager.default.removeItem(atPath: file)
        }
        try SealedColumns.write(
          parts, mark: seal.state, key: seal.key, to: path,
          beginning: store.keptPrefix + "new-")
      }
    } catch {
      note(
        "the network of this view is not kept beside the case, and is made anew each time: "
          + "\(error)")
      return false
    }
  }

  private func isUseless(_ file: String, _ seal: CaseSeal) -> Bool {
    if file == path || SealedColumns.states(seal.state, at: file) { return false }
    // Another program may be writing; what is an hour old was left by one that was killed.
    guard file.hasSuffix(".part") else { return true }
    let attributes = try? FileManager.default.attributesOfItem(atPath: file)
    let written = attributes?[.modificationDate] as? Date
    return written.map { $0.timeIntervalSinceNow < -3_600 } ?? false
  }

  private func parts(of network: Network) -> [SealedColumns.Part]? {
    let graph = network.graph
    var items = Interned<SharedItem>()
    let descriptions = network.items.values.map { item in
      items.number(
        of: SharedItem(
          schema: item.schema, hasDetail: item.detail != nil, category: item.category,
          kind: item.kind?.rawValue, unranked: item.unranked))
    }
    var looks = Interned<SharedTie>()
    var counts: [Int32] = []
    counts.reserveCapacity(graph.edgeCount)
    var lookOfTies: [Int32] = []
    lookOfTies.reserveCapacity(graph.edgeCount)
    for tie in network.ties.values {
      guard let count = Int32(exactly: tie.count) else { return nil }
      counts.append(count)
      lookOfTies.append(
        looks.number(
          of: SharedTie(
            label: tie.label, standing: tie.standing.rawValue, grade: tie.grade,
            arrow: SharedTie.Arrow(tie.arrow))))
    }
    let head = Head(
      direction: graph.direction, weighting: graph.weighting, items: items.values,
      ties: looks.values, view: network.view.map(Head.Entry.init), notices: network.notices,
      handling: network.handling, leaders: network.leaders.isEmpty ? nil : network.leaders)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    guard let text = try? encoder.encode(head) else { return nil }
    let isDirected = graph.direction == .directed
    return [.bytes(Array(text))]
      + [.indices(graph.outgoing.offsets), .indices(graph.outgoing.targets)]
      + [
        .indices(isDirected ? graph.incoming.offsets : []),
        .indices(isDirected ? graph.incoming.targets : []),
        .numbers(graph.edgeWeights ?? []),
      ]
      + Texts.parts(network.items.values.map(\.id))
      + Texts.parts(network.items.values.map(\.label))
      + Texts.parts(network.items.values.map { $0.detail ?? "" })
      + [
        .indices(Column(descriptions)), .indices(Column(lookOfTies)), .indices(Column(counts)),
      ]
  }

  // MARK: The form of the file

  /// What stands once in the file, as JSON.
  private struct Head: Codable {
    var direction: Graph.Direction
    var weighting: Graph.Weighting?
    // What many nodes and edges share: there are few different ones.
    var items: [SharedItem]
    var ties: [SharedTie]
    var view: [Entry]
    var notices: [String]
    var handling: String?
    var leaders: [String: String]?

    /// A line of the view's description: a text or a list of texts.
    struct Entry: Codable {
      var name: String
      var text: String?
      var list: [String]?

      init(_ entry: (name: String, value: JSONValue)) {
        name = entry.name
        switch entry.value {
        case .string(let text): self.text = text
        case .array(let values):
          list = values.map { if case .string(let text) = $0 { text } else { $0.compactText() } }
        default: text = entry.value.compactText()
        }
      }

      var value: JSONValue {
        list.map { .array($0.map(JSONValue.string)) } ?? .string(text ?? "")
      }
    }
  }

  private struct SharedItem: Codable, Hashable {
    var schema: String?
    var hasDetail: Bool
    var category: String?
    var kind: String?
    var unranked: String?
  }

  private struct SharedTie: Codable, Hashable {
    var label: String?
    var standing: String
    var grade: String?
    var arrow: Arrow

    enum Arrow: String, Codable {
      case none, forward, backward, both

      init(_ arrow: Network.Arrow) {
        switch arrow {
        case .none: self = .none
        case .forward: self = .forward
        case .backward: self = .backward
        case .both: self = .both
        }
      }

      var arrow: Network.Arrow {
        switch self {
        case .none: .none
        case .forward: .forward
        case .backward: .backward
        case .both: .both
        }
      }
    }
  }

  /// Numbers for values, in the order of their first use.
  private struct Interned<Value: Hashable> {
    private(set) var values: [Value] = []
    private var numbers: [Value: Int32] = [:]
    private var last: (value: Value, number: Int32)?

    mutating func number(of value: Value) -> Int32 {
      if let last, last.value == value { return last.number }
      let number = numbers[value] ?? Int32(values.count)
      if Int(number) == values.count {
        numbers[value] = number
        values.append(value)
      }
      last = (value, number)
      return number
    }
  }

  /// Texts in two columns: where each ends, and their bytes.
  private struct Texts {
    private let ends: Column<UInt64>
    private let bytes: Column<UInt8>

    init(_ columns: SealedColumns, _ position: Int) throws {
      ends = try columns.column(position)
      bytes = try columns.column(position + 1)
      var last: UInt64 = 0
      for end in ends {
        guard end >= last, end <= UInt64(bytes.count) else { throw SealedColumns.Failure.damaged }
        last = end
      }
    }

    var count: Int { ends.count }

    subscript(index: Int) -> String {
      let start = index == 0 ? 0 : Int(ends[index - 1])
      return String(decoding: bytes[start..<Int(ends[index])], as: UTF8.self)
    }

    /// The first position at which a text stands.
    func position(of text: String) -> Int? {
      let wanted = Array(text.utf8)
      var start = 0
      for (position, end) in ends.enumerated() {
        if Int(end) - start == wanted.count, bytes[start..<Int(end)].elementsEqual(wanted) {
          return position
        }
        start = Int(end)
      }
      return nil
    }

    static func parts(_ texts: [String]) -> [SealedColumns.Part] {
      var ends: [UInt64] = []
      ends.reserveCapacity(texts.count)
      var bytes: [UInt8] = []
      for text in texts {
        bytes += text.utf8
        ends.append(UInt64(bytes.count))
      }
      return [.offsets(ends), .bytes(bytes)]
    }
  }
}
