// SPDX-License-Identifier: Apache-2.0

public import CaseModel
internal import CaseStore
internal import Foundation
public import Interchange
public import Reports

/// An input that was opened: a case file, a graph file or a graph snapshot, told apart by content.
///
/// ```swift
/// let workbench = try Workbench("harbour.case")
/// let network = try workbench.network(ViewRequest(asOf: "2024-06-30"))
/// ```
///
/// What it read does not change while it is held, even when the file does.
public struct Workbench: Sendable {
  /// The name, the kind and the hash of the input.
  public let input: ResultDocument.Input
  private let content: Content

  private enum Content: Sendable {
    case store(CaseStore, [SavedView])
    case document(GraphDocument, GraphOptions)
    case snapshot(GraphSnapshot)
  }

  /// How a graph file is read and what becomes of its edges; a case file needs none of it.
  public struct Reading: Sendable {
    /// How the file is read.
    public var file = GraphReadingOptions()
    /// How its edges become a graph.
    public var graph = GraphOptions()

    /// Creates the default: find out everything.
    public init() {}
  }

  /// Opens a case file or a graph file; `-` is standard input.
  ///
  /// - Throws: `ClewError`, with every problem of the file.
  public init(_ path: String, _ reading: Reading = Reading()) throws(ClewError) {
    if path != "-", Self.isCaseFile(path) {
      do {
        let store = try CaseStore(path)
        try Self.verify(store)
        content = .store(store, try store.savedViews())
        input = ResultDocument.Input(
          name: Self.name(of: path), kind: "case file", sha256: try store.digest())
      } catch {
        throw ClewError(error)
      }
      return
    }
    if path != "-", GraphSnapshot.isSnapshot(path) {
      do {
        let before = Self.stamp(of: path)
        content = .snapshot(try GraphSnapshot(opening: path))
        input = ResultDocument.Input(
          name: Self.name(of: path), kind: "graph snapshot", sha256: try Self.sha256(ofFile: path))
        guard before == Self.stamp(of: path) else {
          throw ClewError.io("\(path): changed while it was being read; try again")
        }
      } catch {
        throw ClewError(error)
      }
      return
    }
    do {
      // Standard input can be read once only, but is both hashed and parsed.
      let bytes = path == "-" ? try Self.standardInput() : nil
      if let bytes, GraphSnapshot.isSnapshot(bytes) {
        throw ClewError.usage(
          "standard input is a graph snapshot, which is mapped and not read; name the file instead")
      }
      let source = bytes.map { Input.bytes($0, name: "standard input") } ?? .file(path)
      let before = Self.stamp(of: path)
      let document = try GraphDocument(reading: source, reading.file)
      content = .document(document, reading.graph)
      input = ResultDocument.Input(
        name: path == "-" ? "standard input" : Self.name(of: path),
        kind: document.format.title, sha256: try bytes.map(Self.sha256) ?? Self.sha256(ofFile: path)
      )
      guard before == Self.stamp(of: path) else {
        throw ClewError.io("\(path): changed while it was being read; try again")
      }
    } catch {
      throw ClewError(error)
    }
  }

  /// The largest case, in bytes, that is checked against its hashes each time it is opened.
  public static let verifiedByteCount = 8 << 20

  // What was changed behind Clew's back must not reach a result that cites the case. Checking a case
  // of this size takes a fraction of a second; a larger one is checked by `clew validate`.
  private static func verify(_ store: CaseStore) throws {
    let attributes = try FileManager.default.attributesOfItem(atPath: store.path)
    guard let size = attributes[.size] as? Int, size <= verifiedByteCount else { return }
    let problems = try store.verify()
    guard let first = problems.first else { return }
    throw ClewError.badData(
      "\(store.path): was changed by something other than Clew: \(first) (\(problems.count) in "
        + "all; clew validate lists them). Go back to a copy that is sound")
  }

  // Size and time of a file: what was parsed and what was hashed must be the same bytes.
  private static func stamp(of path: String) -> [String] {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    return [attributes?[.size], attributes?[.modificationDate]].map { "\($0 ?? "none")" }
  }

  /// The network that a request looks at.
  ///
  /// That of a case of more than 64 MiB is kept in a file beside the case, and opened from there by the
  /// next call for the same view while the case has not changed; `keepNetwork` does so for any case.
  ///
  /// - Parameters:
  ///   - request: what of the input is looked at.
  ///   - note: told, in sentences, what becomes of kept networks.
  /// - Returns: the network, the same whether it was kept or not.
  /// - Throws: `ClewError` when the request does not fit the input.
  public func network(
    _ request: ViewRequest = ViewRequest(), note: (String) -> Void = { _ in }
  ) throws(ClewError) -> Network {
    switch content {
    case .store(let store, let views):
      try network(of: store, request.resolved(views), keeps: false, note)
    case .document(let document, let options):
      try Network(document: document, request: request, options: options, input: input)
    case .snapshot(let snapshot):
      try Network(snapshot: snapshot, request: request, input: input)
    }
  }

  /// What of a case counts in a request; nil for a graph file.
  ///
  /// - Throws: `ClewError` when the request does not fit the case.
  func extract(_ request: ViewRequest) throws(ClewError) -> CaseExtract? {
    guard case .store(_, let views) = content, let contents = try contents() else { return nil }
    let view = try request.resolved(views).caseView(of: contents)
    return try caseStep { () throws(CaseModelError) in try view.filter(contents) }
  }

  /// What of a case counts in a request, as entities of FollowTheMoney; nil for a graph file.
  ///
  /// - Throws: `ClewError` when the request does not fit the case.
  public func followTheMoney(_ request: ViewRequest) throws(ClewError) -> WrittenGraph? {
    try extract(request).map { FollowTheMoneyWriter().write($0) }
  }

  /// The columns `latitude` and `longitude` of entities of a case, where any are known.
  ///
  /// - Parameters:
  ///   - ids: the ids of the entities.
  ///   - request: what of the case counts.
  /// - Returns: two columns in the order of the ids; none where nothing is known or it is no case.
  /// - Throws: `ClewError` when the request does not fit the case.
  public func coordinates(
    of ids: [String], _ request: ViewRequest
  ) throws(ClewError) -> [AttributeColumn] {
    guard let extract = try extract(request) else { return [] }
    let columns = ["latitude", "longitude"].map { name in
      AttributeColumn(
        name: name,
        values: .real(
          ids.map { extract.bestValue(of: name, about: .entity($0)).flatMap(Double.init) }))
    }
    return columns.allSatisfy { column in
      ids.indices.contains { column.values.number(at: $0) != nil }
    } ? columns : []
  }

  /// The request with the view that it names, which is saved in the case.
  func resolved(_ request: ViewRequest) throws(ClewError) -> ViewRequest {
    guard case .store(_, let views) = content else { return request }
    return try request.resolved(views)
  }

  /// The graph file as it stands; nil for a case file.
  public var document: GraphDocument? {
    if case .document(let document, _) = content { document } else { nil }
  }

  /// Whether the input is a case file.
  public var isCase: Bool {
    if case .store = content { true } else { false }
  }

  /// The path of the case file; nil for a graph file.
  var casePath: String? {
    if case .store(let store, _) = content { store.path } else { nil }
  }

  /// All that the case holds, in memory; nil for a graph file.
  ///
  /// - Throws: `ClewError` when the case cannot be read, or has changed since it was opened.
  public func contents() throws(ClewError) -> CaseContents? {
    guard case .store(let store, _) = content else { return nil }
    do {
      let (contents, digest) = try store.snapshot()
      try check(digest)
      return contents
    } catch { throw ClewError(error) }
  }

  /// Makes the network of a case in a view and keeps it beside the case, or finds it kept.
  ///
  /// - Returns: the network, and the path of the file.
  /// - Throws: `ClewError` when the input is no case, the request does not fit it, or the file cannot be
  ///   written.
  public func keepNetwork(
    _ request: ViewRequest, note: (String) -> Void = { _ in }
  ) throws(ClewError) -> (network: Network, path: String) {
    guard case .store(let store, let views) = content else {
      throw .usage("\(input.name): only the networks of a case are kept beside it")
    }
    guard request.including.isEmpty else {
      throw .usage("--include is justified each time: what it ranks is not kept")
    }
    let request = try request.resolved(views)
    let network = try network(of: store, request, keeps: true, note)
    let path = KeptNetwork(store, request, input).path
    guard Self.exists(path) else {
      throw .cannotCreate("\(path): the network could not be kept beside the case")
    }
    return (network, path)
  }

  private func network(
    of store: CaseStore, _ request: ViewRequest, keeps isAsked: Bool, _ note: (String) -> Void
  ) throws(ClewError) -> Network {
    let kept = KeptNetwork(store, request, input)
    let attributes = try? FileManager.default.attributesOfItem(atPath: store.path)
    let isLarge = (attributes?[.size] as? Int ?? 0) >= KeptNetwork.leastByteCount
    let isThere = Self.exists(kept.path)
    guard kept.isPossible, isAsked || isLarge || isThere else {
      return try network(reading: store, request)
    }
    let seal: CaseSeal
    do { seal = try store.seal() } catch { throw ClewError(error) }
    try check(seal.digest)
    if let network = kept.open(seal, note: note) { return network }
    let network = try network(reading: store, request)
    if kept.keep(network, seal, note: note), !isAsked, !isThere {
      note(
        "the network of this view is kept beside the case, to be opened at once next time: "
          + "\(Self.name(of: kept.path))")
    }
    return network
  }

  /// The ids along the first of the shortest chains of ties between two entities of a case, none where
  /// there is no chain, and the handling of the view.
  func shortestChain(
    _ a: String, _ b: String, _ request: ViewRequest
  ) throws(ClewError) -> (ids: [String], handling: String?) {
    if case .store(let store, let views) = content {
      let kept = KeptNetwork(store, try request.resolved(views), input)
      if Self.exists(kept.path) {
        let seal: CaseSeal
        do { seal = try store.seal() } catch { throw ClewError(error) }
        try check(seal.digest)
        if let found = kept.shortestChain(a, b, seal) { return found }
      }
    }
    let network = try network(request)
    guard let from = network.node(id: a), let to = network.node(id: b),
      let chain = network.graph.shortestChain(from, to)
    else { return ([], network.handling) }
    return (chain.map { network.items[$0].id }, network.handling)
  }

  // Events are gathered as they are read: a case may hold millions.
  private func network(
    reading store: CaseStore, _ request: ViewRequest
  ) throws(ClewError) -> Network {
    let survey: CaseSurvey
    do {
      survey = try store.survey { contents, furtherSchemes in
        (
          try request.caseView(of: contents, furtherSchemes: furtherSchemes),
          request.weight?.property
        )
      }
    } catch { throw ClewError(error) }
    try check(survey.digest)
    return try Network(extract: survey.extract, request: request, input: input)
  }

  // Results cite the digest that the case had when it was opened.
  private func check(_ digest: String) throws(ClewError) {
    guard digest == input.sha256 else {
      throw ClewError.io("\(input.name): changed while it was being read; try again")
    }
  }

  /// Whether a file begins as a case file does.
  public static func isCaseFile(_ path: String) -> Bool {
    guard let handle = FileHandle(forReadingAtPath: path) else { return false }
    defer { try? handle.close() }
    let head = (try? handle.read(upToCount: 16)) ?? Data()
    return head == Data("SQLite format 3\0".utf8)
  }

  /// Whether a text is a date as options take it, such as `2024-06`.
  public static func isDate(_ text: String) -> Bool { PartialDate(text) != nil }

  static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  static func name(of path: String) -> String {
    String(path.split(separator: "/").last ?? Substring(path))
  }

  private static func standardInput() throws(ClewError) -> [UInt8] {
    do {
      return [UInt8](try FileHandle.standardInput.readToEnd() ?? Data())
    } catch {
      throw .io("standard input cannot be read: \(error)")
    }
  }

  private static func sha256(_ bytes: [UInt8]) -> String { SHA256.hash(of: bytes).hex }

  static func sha256(ofFile path: String) throws(ClewError) -> String {
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw .inputMissing("\(path): no such file; check the spelling and the folder")
    }
    defer { try? handle.close() }
    var hash = SHA256()
    do {
      while let chunk = try handle.read(upToCount: 1 << 20), !chunk.isEmpty {
        hash.update([UInt8](chunk).span)
      }
    } catch {
      throw .io("\(path): cannot be read: \(error)")
    }
    return hash.finish().hex
  }
}

extension GraphFormat {
  /// The format in the words of a table's heading.
  public var title: String {
    switch self {
    case .edgeList: "edge list"
    case .events: "events"
    case .matrix: "adjacency matrix"
    case .twoMode: "two-mode matrix"
    case .graphML: "GraphML"
    case .gexf: "GEXF"
    case .gml: "GML"
    case .pajek: "Pajek network"
    case .dl: "UCINET DL"
    case .dot: "DOT"
    case .json: "JSON"
    case .gdf: "GDF"
    case .cx2: "CX2"
    case .vna: "VNA"
    case .ndjson: "lines of JSON"
    case .followTheMoney: "FollowTheMoney"
    case .neo4j: "tables for Neo4j"
    case .metis: "METIS graph"
    case .geoJSON: "GeoJSON"
    case .bods: "BODS"
    case .anx: "Analyst's Notebook chart"
    case .maltego: "Maltego graph"
    }
  }
}
