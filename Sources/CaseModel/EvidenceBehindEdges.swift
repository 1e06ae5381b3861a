// SPDX-License-Identifier: Apache-2.0

public import GraphCore

/// The relationships and events behind each edge of a projection.
///
/// Only their places in the extract are kept; what is behind an edge is put together when it is asked
/// for.
public struct EvidenceBehindEdges: Sendable {
  /// One relationship or event behind an edge, or some that were gathered, by its position in the
  /// extract.
  public enum Member: Hashable, Sendable {
    case relationship(Int)
    case event(Int)
    case aggregate(Int)
  }

  /// Numbers for the relationships, events and gathered events of an extract, in this order.
  struct Members: Sendable {
    /// Whether only the events with the gathered number are behind an edge.
    let countsNumbers: Bool
    /// How many members there are.
    let count: Int
    private let extract: CaseExtract

    init(_ extract: CaseExtract, countsNumbers: Bool) {
      self.extract = extract
      self.countsNumbers = countsNumbers
      count = extract.relationships.count + extract.events.count + extract.aggregates.groupCount
    }

    func relationship(_ index: Int) -> Int { index }
    func event(_ index: Int) -> Int { extract.relationships.count + index }
    func aggregate(_ index: Int) -> Int {
      extract.relationships.count + extract.events.count + index
    }

    subscript(number: Int) -> Member {
      if number < extract.relationships.count { return .relationship(number) }
      let rest = number - extract.relationships.count
      return rest < extract.events.count ? .event(rest) : .aggregate(rest - extract.events.count)
    }

    /// The number of relationships or events that a member stands for.
    func recordCount(_ number: Int) -> Int {
      if case .aggregate(let position) = self[number] { gatheredCount(position) } else { 1 }
    }

    /// The number of events of a group that are behind an edge.
    func gatheredCount(_ position: Int) -> Int {
      countsNumbers
        ? extract.aggregates.numbers[position].count : Int(extract.aggregates.ends[position].count)
    }
  }

  private let extract: CaseExtract
  private let members: Members
  private let memberOfPlace: [Int32]
  private let ends: [Int32]
  // The position in the extract of the entity that each node stands for.
  private let positions: [Int32]
  // Whether the events of each gathered kind have a direction.
  private let isDirected: [Bool]

  init(
    extract: CaseExtract, members: Members, memberOfPlace: [Int32], ends: [Int32],
    positions: [Int32]
  ) {
    self.extract = extract
    self.members = members
    self.memberOfPlace = memberOfPlace
    self.ends = ends
    self.positions = positions
    isDirected = extract.aggregates.kinds.map {
      extract.ontology[$0.schema]?.arc?.isDirected == true
    }
  }

  /// The number of edges.
  public var count: Int { ends.count }

  /// What is behind each edge, in edge order.
  ///
  /// - Complexity: O(m) and more: everything is put together.
  public var values: [EdgeEvidence] { ends.indices.map { self[Edge($0)] } }

  /// What is behind an edge.
  ///
  /// - Complexity: O(k) for k claims, relationships and events behind it.
  public subscript(edge: Edge) -> EdgeEvidence {
    var result = EdgeEvidence()
    var grades: [Grade] = []
    var eventSchemata: [String] = []
    func note(_ grade: Grade?) {
      if let grade, !grades.contains(grade) { grades.append(grade) }
    }
    func noteSchema(_ name: String, in names: inout [String]) {
      if !names.contains(name) { names.append(name) }
    }
    forEachMember(behind: edge) { member in
      let subject: Claim.Subject
      switch member {
      case .relationship(let position):
        let relationship = extract.relationships[position]
        result.relationships.append(relationship.id)
        noteSchema(relationship.schema, in: &result.schemata)
        subject = .relationship(relationship.id)
      case .event(let position):
        let event = extract.events[position]
        result.events.append(event.id)
        noteSchema(event.schema, in: &eventSchemata)
        if extract.hasOwnReport(event) { note(event.evidence.grade) }
        subject = .event(event.id)
      case .aggregate(let position):
        let kind = extract.aggregates.kinds[Int(extract.aggregates.ends[position].kind)]
        result.gathered += members.gatheredCount(position)
        noteSchema(kind.schema, in: &eventSchemata)
        note(kind.evidence.grade)
        return
      }
      for claim in extract.claims(about: subject) {
        result.claims.append(claim.id)
        if claim.property == nil { note(claim.evidence.grade) }
      }
    }
    for name in eventSchemata.inByteOrder(of: { $0 }) { noteSchema(name, in: &result.schemata) }
    result.claims.sort()
    result.grade = extract.grading.strongest(of: grades)
    result.lineClass = result.grade.map(extract.grading.lineClass)
    return result
  }

  private func forEachMember(behind edge: Edge, _ body: (Member) -> Void) {
    for place in places(behind: edge) { body(members[Int(memberOfPlace[place])]) }
  }

  private func places(behind edge: Edge) -> Range<Int> {
    let edge = Int(edge.index)
    return (edge == 0 ? 0 : Int(ends[edge - 1]))..<Int(ends[edge])
  }

  /// The gathered events behind an edge.
  public struct Gathered: Sendable {
    /// Their kinds, as a set of bits; kinds beyond the 64th share the last bit.
    public var kinds: UInt64 = 0
    /// How many they are.
    public var count = 0
    /// Whether some point from the source of the edge to its target.
    public var isForward = false
    /// Whether some point from the target to the source.
    public var isBackward = false
    /// Whether nothing else is behind the edge.
    public var isAll = true
  }

  /// What is gathered behind an edge, without putting the rest together.
  ///
  /// - Complexity: O(k) for k groups, relationships and events behind it.
  public func gathered(behind edge: Edge, from source: Node, to target: Node) -> Gathered {
    var result = Gathered()
    let firstAggregate = members.aggregate(0)
    let (source, target) = (Int(source.index), Int(target.index))
    guard source < positions.count, target < positions.count else {
      result.isAll = false
      return result
    }
    let (from, to) = (positions[source], positions[target])
    for place in places(behind: edge) {
      let position = Int(memberOfPlace[place]) - firstAggregate
      guard position >= 0 else {
        result.isAll = false
        continue
      }
      let own = extract.aggregates.ends[position]
      result.kinds |= 1 << UInt64(min(own.kind, 63))
      result.count += members.gatheredCount(position)
      guard isDirected[Int(own.kind)] else { continue }
      if own.origin == from, own.target == to { result.isForward = true }
      if own.origin == to, own.target == from { result.isBackward = true }
    }
    return result
  }
}

extension EvidenceBehindEdges: Equatable {
  /// Whether the same is behind each edge.
  public static func == (a: EvidenceBehindEdges, b: EvidenceBehindEdges) -> Bool {
    a.count == b.count && a.ends.indices.allSatisfy { a[Edge($0)] == b[Edge($0)] }
  }
}
