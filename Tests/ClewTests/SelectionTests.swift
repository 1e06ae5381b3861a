// SPDX-License-Identifier: Apache-2.0

import Clew
import Testing

/// The parts of a network that a picture shows.
struct SelectionTests {
  // A path a – b – c – d – e with a shortcut b – f – d of the same length and a loose end at f.
  private func network() throws -> Network {
    let document = GraphDocument(
      name: "t", direction: .undirected, nodeIDs: ["a", "b", "c", "d", "e", "f", "g", "h"],
      sources: [0, 1, 2, 3, 1, 5, 5], targets: [1, 2, 3, 4, 5, 3, 6])
    return try Network(
      document: document, request: ViewRequest(),
      input: .init(name: "t", kind: "edge list", sha256: ""))
  }

  private func ids(_ selection: NetworkSelection) throws -> [String] {
    try network().selected(selection).items.values.map(\.id)
  }

  @Test func `what is so many ties away is shown, with the rest counted`() throws {
    #expect(try ids(NetworkSelection(around: ["b"])) == ["a", "b", "c", "f"])
    #expect(try ids(NetworkSelection(around: ["b"], hops: 0)) == ["b"])
    #expect(try ids(NetworkSelection(around: ["a", "h"], hops: 2)) == ["a", "b", "c", "f", "h"])
    let part = try network().selected(NetworkSelection(around: ["b"]))
    #expect(part.items.values.map(\.detail) == [nil, nil, "+1", "+2"])
    #expect(part.graph.edgeCount == 3)
    #expect(part.notices.contains { $0.contains("1 tie around b") })
  }

  @Test func `all shortest ways between entities are shown, and longer ones on request`() throws {
    #expect(try ids(NetworkSelection(between: ["a", "e"])) == ["a", "b", "c", "d", "e", "f"])
    #expect(try ids(NetworkSelection(between: ["a", "c"])) == ["a", "b", "c"])
    #expect(try ids(NetworkSelection(between: ["a", "c"], slack: 2)) == ["a", "b", "c", "d", "f"])
    #expect(throws: ClewError.self) { try ids(NetworkSelection(between: ["a", "h"])) }
    #expect(throws: ClewError.self) { try ids(NetworkSelection(between: ["a", "a"])) }
  }

  @Test func `a name that is unknown or not one alone is refused with what is like it`() throws {
    #expect(throws: ClewError.self) { try ids(NetworkSelection(around: ["z"])) }
    #expect(try ids(NetworkSelection(communityOf: "g")).contains("g"))
    #expect(try network().selected(NetworkSelection()).graph.nodeCount == 8)
  }
}
