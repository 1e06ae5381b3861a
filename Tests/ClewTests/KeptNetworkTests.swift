// SPDX-License-Identifier: Apache-2.0

import Clew
import Foundation
import GraphCore
import TestSupport
import Testing

/// Networks that are kept beside a case and opened by mapping.
struct KeptNetworkTests {
  private let folder: URL

  init() throws {
    folder = try TemporaryFolder.make("kept")
  }

  private static let register = Source(
    name: "register", kind: "register", grade: Grade(scheme: "europol4x4", code: "A1"),
    handling: "H0")
  private static let wiretap = Source(
    name: "wiretap", kind: "callRecords", grade: Grade(scheme: "europol4x4", code: "B2"),
    handling: "H1")

  private func store(_ name: String = "a.case") throws -> CaseStore {
    let store = try CaseStore.create(folder.path + "/" + name)
    try fill(store)
    return store
  }

  private func fill(_ store: CaseStore) throws {
    var generator = SeededGenerator(seed: 5)
    func below(_ count: Int) -> Int { Int.random(in: 0..<count, using: &generator) }
    try store.import(label: "persons", sources: [Self.register], recorded: 1_000) { append in
      for number in 0..<30 {
        var properties = [PropertyValue("name", "Zoë Kanarie-\(number)")]
        if number % 3 == 0 { properties.append(PropertyValue("position", "docker \(number)")) }
        if number % 7 == 0 { properties.append(PropertyValue("category", "witness")) }
        try append(
          Assertion(
            subject: .entity(id: "p\(number)", schema: number % 5 == 0 ? "Company" : "Person"),
            properties: properties.filter { number % 5 > 0 || $0.property == "name" },
            source: "register", locator: Locator(file: "persons.csv", line: number + 2)))
      }
    }
    try importCalls(store, file: "calls.csv", rows: 150, &generator)
  }

  private func importCalls(
    _ store: CaseStore, file: String, rows: Int, _ generator: inout SeededGenerator
  ) throws {
    var assertions: [Assertion] = []
    for line in 0..<rows {
      let ends = (0..<2).map { _ in "p\(Int.random(in: 0..<30, using: &generator))" }
      assertions.append(
        Assertion(
          subject: .event(
            id: "Call:\(file):\(line)", schema: "Call",
            time: PartialDate("2024-0\(1 + line % 9)").map { Interval($0) },
            participants: [
              End(role: "caller", entity: ends[0]), End(role: "receiver", entity: ends[1]),
            ]), properties: [PropertyValue("duration", "\(line % 61).5")], source: "wiretap",
          locator: Locator(file: file, line: line)))
    }
    try store.import(label: file, sources: [Self.wiretap], recorded: 2_000) { append in
      for assertion in assertions { try append(assertion) }
    }
  }

  private static let requests = [
    ViewRequest(), ViewRequest(direction: .directed, weight: .init("duration")),
    ViewRequest(asOf: "2024-04", lowestGrade: "B2", weight: .init("count", .length)),
    ViewRequest(schemata: ["Person"], largestComponentOnly: true),
  ]

  private func isSame(_ a: Graph, _ b: Graph) -> Bool {
    a.direction == b.direction && a.weighting == b.weighting && a.edgeWeights == b.edgeWeights
      && a.outgoing.offsets == b.outgoing.offsets && a.outgoing.targets == b.outgoing.targets
      && a.incoming.targets == b.incoming.targets
  }

  private func expectSame(_ a: Network, _ b: Network, _ location: SourceLocation = #_sourceLocation)
  {
    #expect(isSame(a.graph, b.graph), sourceLocation: location)
    #expect(a.items == b.items, sourceLocation: location)
    #expect(a.ties == b.ties, sourceLocation: location)
    #expect(a.view.map(\.name) == b.view.map(\.name), sourceLocation: location)
    #expect(a.view.map(\.value) == b.view.map(\.value), sourceLocation: location)
    #expect(a.notices == b.notices, sourceLocation: location)
    #expect(a.handling == b.handling, sourceLocation: location)
  }

  // The network that is made from the case, whatever is kept.
  private func made(_ store: CaseStore, _ request: ViewRequest) throws -> Network {
    try Network(
      contents: store.contents(), request: request, input: store.resultInput())
  }

  // The network as a command gets it, and what it is told.
  private func found(
    _ store: CaseStore, _ request: ViewRequest
  ) throws -> (network: Network, notes: [String]) {
    var notes: [String] = []
    let network = try Workbench(store.path).network(request) { notes.append($0) }
    return (network, notes)
  }

  @Test func `a kept network is the network`() throws {
    let store = try store()
    for request in Self.requests {
      let (network, path) = try Workbench(store.path).keepNetwork(request)
      #expect(network.graph.edgeCount > 0)
      expectSame(network, try made(store, request))
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
      #expect(mode as? Int == 0o600)
      let (again, notes) = try found(store, request)
      #expect(notes.isEmpty)
      expectSame(again, network)
    }
    #expect(store.keptFiles().count == Self.requests.count)
  }

  @Test func `no network is kept of a small case unless it is asked for`() throws {
    let store = try store()
    _ = try found(store, ViewRequest())
    #expect(store.keptFiles().isEmpty)
  }

  @Test func `what is ranked in spite of a protection is not kept`() throws {
    let store = try store()
    #expect(throws: ClewError.self) {
      try Workbench(store.path).keepNetwork(ViewRequest(including: ["witness"]))
    }
    #expect(store.keptFiles().isEmpty)
  }

  @Test(arguments: ["import", "revert", "revert of a revert", "drop", "erase", "erase a source"])
  func `a network of another state of the case is not used`(_ change: String) throws {
    let store = try store()
    for request in Self.requests { _ = try Workbench(store.path).keepNetwork(request) }
    switch change {
    case "import":
      var generator = SeededGenerator(seed: 9)
      try importCalls(store, file: "more.csv", rows: 20, &generator)
    case "revert": try store.revert(2)
    case "revert of a revert":
      // The case is what it was, and known by the time of its decisions.
      try store.revert(try store.revert(2))
    case "drop": try store.dropSource("wiretap")
    case "erase": _ = try store.erase(.entity("p3"), reason: "order 1")
    default: _ = try store.erase(.source("wiretap"), reason: "order 2")
    }
    var told: [String] = []
    for request in Self.requests {
      let expected: Network
      do {
        expected = try made(store, request)
      } catch {
        #expect(throws: ClewError.self) { try found(store, request) }
        continue
      }
      let (network, notes) = try found(store, request)
      expectSame(network, expected)
      told += notes
    }
    // An erasure leaves no file that could be out of date. The first that is made anew takes the place
    // of all that are of no use.
    #expect(told.count == (change.hasPrefix("erase") ? 0 : 1))
    #expect(told.allSatisfy { $0.contains("has changed since") })
    #expect(store.keptFiles().count == told.count)
    #expect(try found(store, ViewRequest()).notes.isEmpty)
  }

  @Test func `a damaged file is noticed, whatever byte it is`() throws {
    let store = try store()
    let request = ViewRequest(weight: .init("duration"))
    let (expected, path) = try Workbench(store.path).keepNetwork(request)
    let whole = try Data(contentsOf: URL(fileURLWithPath: path))
    var generator = SeededGenerator(seed: 3)
    for round in 0..<120 {
      var bytes = whole
      switch round % 10 {
      case 8: bytes = bytes.prefix(Int.random(in: 0..<bytes.count, using: &generator))
      case 9: bytes.append(contentsOf: [0, 1, 2])
      default:
        // The head is small and decides much.
        let most = round % 2 == 0 ? 256 : bytes.count
        bytes[Int.random(in: 0..<most, using: &generator)] ^= 1 << UInt8(round % 8)
      }
      // A file that is mapped is not written in place.
      try FileManager.default.removeItem(atPath: path)
      try bytes.write(to: URL(fileURLWithPath: path))
      var notes: [String] = []
      let network = try Workbench(store.path).network(request) { notes.append($0) }
      #expect(notes.count == 1)
      #expect(isSame(network.graph, expected.graph))
      #expect(network.ties == expected.ties)
      #expect(network.items == expected.items)
    }
    try FileManager.default.removeItem(atPath: path)
    try whole.write(to: URL(fileURLWithPath: path))
    #expect(try found(store, request).notes.isEmpty)
  }

  @Test func `a file that another case has sealed is not used`() throws {
    let (a, b) = (try store("a.case"), try store("b.case"))
    #expect(try a.digest() == b.digest())
    let (_, path) = try Workbench(a.path).keepNetwork(ViewRequest())
    let (_, other) = try Workbench(b.path).keepNetwork(ViewRequest())
    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.copyItem(atPath: other, toPath: path)
    let (_, notes) = try found(a, ViewRequest())
    #expect(notes.count == 1)
  }

  @Test func `an erasure leaves nothing of what was kept`() throws {
    let store = try store()
    _ = try Workbench(store.path).keepNetwork(ViewRequest())
    // Such a file is left where a program is killed while it writes.
    try Data("Kanarie-4".utf8).write(
      to: folder.appending(path: store.keptPrefix + "new-1a2b.part"))
    func holds(_ text: String) throws -> Bool {
      try FileManager.default.contentsOfDirectory(atPath: folder.path).contains { name in
        try Data(contentsOf: folder.appending(path: name)).range(of: Data(text.utf8)) != nil
      }
    }
    #expect(try holds("Kanarie-4"))
    let report = try store.erase(.entity("p4"), reason: "order 3")
    #expect(report.remaining == [])
    #expect(try !holds("Kanarie-4"))
    #expect(store.keptFiles().isEmpty)
    // Who has read the case before it changed does not bring it back.
    let (network, _) = try found(store, ViewRequest())
    #expect(network.node(id: "p4") == nil)
    #expect(try !holds("Kanarie-4"))
  }

  @Test func `a network that was read before a change is not kept after it`() throws {
    let store = try store()
    let seal = try store.seal()
    #expect(try store.holding(seal) {})
    _ = try store.erase(.entity("p4"), reason: "order 3")
    var isCalled = false
    #expect(try !store.holding(seal) { isCalled = true })
    #expect(!isCalled)
  }

  @Test func `a chain is the same whether its network is kept or not`() throws {
    let store = try store()
    let before = try store.tieDocument("p1", "p2", asPath: true)
    _ = try Workbench(store.path).keepNetwork(ViewRequest())
    let after = try store.tieDocument("p1", "p2", asPath: true)
    #expect(before.tables.first?.rows.isEmpty == false)
    #expect(before.tables.map(\.rows) == after.tables.map(\.rows))
    #expect(before.notices == after.notices)
    #expect(before.handling == after.handling)
  }
}
