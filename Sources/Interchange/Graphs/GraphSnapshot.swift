// SPDX-License-Identifier: Apache-2.0

internal import Glibc
public import GraphCore

/// A graph in a file that opens by mapping: nothing is parsed, and pages are read when they are
/// used.
///
/// A snapshot is a cache, not a document: it holds the graph as it is analysed, the identifiers of
/// its nodes and a line that says what it was made from, in the byte order of this machine. Keep
/// what it was made from.
///
/// ```swift
/// try GraphSnapshot.write(graph, nodeIDs: ids, origin: "calls.csv, sha256 …", to: "calls.clewgraph")
/// let snapshot = try GraphSnapshot(opening: "calls.clewgraph")
/// snapshot.graph.edgeCount
/// ```
///
/// **Layout.** A head of 64 bytes (the word CLEWGRAF, version, kind, counts, checksum), then the
/// columns in a fixed order, each at a multiple of 64: offsets and targets of the outgoing arcs, of
/// the incoming arcs (directed only), weights of the edges (weighted only), ends of the
/// identifiers, identifiers, origin. The checksum finds accidental changes; every row is checked
/// when the file is opened, so that a file made to deceive gives a graph or an error.
///
/// **Mind**: the file must not be written to or cut short in place while it is open: the system then
/// ends the program, or numbers change under it. `write` never does that, it replaces files whole;
/// `cp` over a snapshot in use does. Identifiers are taken as they are, also where two are equal.
public struct GraphSnapshot: Sendable {
  /// The graph; its columns lie in the mapped file.
  public let graph: Graph
  /// What the snapshot was made from, as it was said when it was written.
  public let origin: String
  private let idEnds: Column<UInt64>
  private let idBytes: Column<UInt8>

  /// The identifier of a node.
  public func nodeID(of node: Node) -> String {
    let i = Int(node.index)
    let start = i == 0 ? 0 : Int(idEnds[i - 1])
    return String(decoding: idBytes[start..<Int(idEnds[i])], as: UTF8.self)
  }

  /// The identifiers in node order.
  ///
  /// - Complexity: O(n); each is made anew.
  public var nodeIDs: [String] { (0..<graph.nodeCount).map { nodeID(of: Node($0)) } }

  /// Whether a file begins as a snapshot does.
  public static func isSnapshot(_ path: String) -> Bool {
    var status = stat()
    guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      let file = try? MappedFile(path)
    else { return false }
    return SnapshotHead.begins(file)
  }

  /// Whether bytes begin as a snapshot does.
  public static func isSnapshot(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: Array("CLEWGRAF".utf8))
  }

  /// Writes a snapshot, whole or not at all.
  ///
  /// - Throws: `InterchangeError.writing` with the system's reason.
  /// - Complexity: O(n + m) time.
  public static func write(
    _ graph: Graph, nodeIDs: [String], origin: String, to path: String
  ) throws(InterchangeError) {
    precondition(nodeIDs.count == graph.nodeCount, "every node has an identifier")
    var idEnds: [UInt64] = []
    var idBytes: [UInt8] = []
    for id in nodeIDs {
      idBytes += id.utf8
      idEnds.append(UInt64(idBytes.count))
    }
    let originBytes = Array(origin.utf8)
    guard
      var head = SnapshotHead(
        graph, idByteCount: idBytes.count, originByteCount: originBytes.count)
    else {
      throw .writing(
        path: path, reason: "the identifiers or the origin are longer than a snapshot holds")
    }
    var sum = Checksum()
    // Safe: numbers have no padding, so that every byte of a column is initialised.
    func eachColumn(_ body: (RawSpan) throws(InterchangeError) -> Void) throws(InterchangeError) {
      try unsafe body(graph.outgoing.offsets.span.bytes)
      try unsafe body(graph.outgoing.targets.span.bytes)
      if graph.direction == .directed {
        try unsafe body(graph.incoming.offsets.span.bytes)
        try unsafe body(graph.incoming.targets.span.bytes)
      }
      if let weights = graph.edgeWeights { try unsafe body(weights.span.bytes) }
      try unsafe body(idEnds.span.bytes)
      try unsafe body(idBytes.span.bytes)
      try unsafe body(originBytes.span.bytes)
    }
    unsafe sum.add(head.words.span.bytes)
    try eachColumn { bytes throws(InterchangeError) in sum.add(bytes) }
    head.checksum = sum.value
    let padding = [UInt8](repeating: 0, count: SnapshotHead.alignment)
    try WholeFile.write(to: path) { file throws(InterchangeError) in
      try unsafe file.put(head.words.span.bytes)
      try eachColumn { bytes throws(InterchangeError) in
        try file.put(bytes)
        let rest = SnapshotHead.aligned(bytes.byteCount) - bytes.byteCount
        try unsafe file.put(padding.span.bytes.extracting(0..<rest))
      }
    }
  }

  /// Opens a snapshot by mapping it.
  ///
  /// - Throws: `InterchangeError.missing` and its like when there is no such file, `refused` when it
  ///   is no snapshot, one of another version, shortened, changed, or not a graph.
  /// - Complexity: O(n + m) time to check it; 12 bytes a node while it is checked.
  public init(opening path: String) throws(InterchangeError) {
    let file = try MappedFile(path)
    func refuse(_ what: String, _ advice: String) -> InterchangeError {
      .refused(Problem(file: path, what: what, advice: advice))
    }
    guard let head = SnapshotHead(file) else {
      throw refuse(
        "not a graph snapshot of this version of Clew", "make it again from what it was made from")
    }
    let damaged = "make it again from what it was made from"
    guard let layout = head.layout, layout.byteCount == file.byteCount else {
      throw refuse("a graph snapshot that is not whole", damaged)
    }
    var sum = Checksum()
    var unsummed = head
    unsummed.checksum = 0
    unsafe sum.add(unsummed.words.span.bytes)
    for part in layout.parts {
      let bytes: Column<UInt8> = file.column(at: part.offset, count: part.byteCount)
      unsafe sum.add(bytes.span.bytes)
    }
    guard sum.value == head.checksum else {
      throw refuse("a graph snapshot that was changed after it was written", damaged)
    }
    var parts = layout.parts[...]
    func next<Element>(_ type: Element.Type) -> Column<Element> {
      let part = parts.removeFirst()
      return file.column(at: part.offset, count: part.byteCount / MemoryLayout<Element>.stride)
    }
    let (offsets, targets) = (next(Int32.self), next(Int32.self))
    let incoming = head.isDirected ? (offsets: next(Int32.self), targets: next(Int32.self)) : nil
    let weights = head.weighting == nil ? nil : next(Double.self)
    idEnds = next(UInt64.self)
    idBytes = next(UInt8.self)
    origin = String(decoding: next(UInt8.self), as: UTF8.self)
    var last: UInt64 = 0
    for end in idEnds {
      guard end >= last, end <= UInt64(idBytes.count) else {
        throw refuse("a graph snapshot whose identifiers overlap", damaged)
      }
      guard String(validating: idBytes[Int(last)..<Int(end)], as: UTF8.self) != nil else {
        throw refuse("a graph snapshot with an identifier that is not UTF-8", damaged)
      }
      last = end
    }
    do {
      graph = try Graph(
        direction: head.isDirected ? .directed : .undirected, weighting: head.weighting,
        offsets: offsets, targets: targets, incoming: incoming, edgeWeights: weights)
    } catch {
      throw refuse("\(error)", damaged)
    }
  }
}
