// SPDX-License-Identifier: Apache-2.0

/// The entities that an import defines, and the relationships and events with ids of their own.
///
/// Ids are compared as canonical Unicode text; the first spelling met is the one that is kept.
struct SubjectIndex {
  struct Entry {
    let id: String
    let schema: Int32
    let file: Int32
    let line: Int32
    // Tells relationships of the same id but other ends apart.
    var content = 0
  }

  private var entities: [String: Entry] = [:]
  private var ties: [String: Entry] = [:]

  var entityCount: Int { entities.count }

  func entity(_ id: String) -> Entry? { entities[id] }

  /// Notes an entity unless its id is taken, and returns what holds the id.
  @discardableResult
  mutating func define(_ id: String, schema: Int, file: Int, line: Int) -> Entry {
    if let entry = entities[id] { return entry }
    let entry = Entry(
      id: id, schema: Int32(schema), file: Int32(file), line: Int32(clamping: line))
    entities[id] = entry
    return entry
  }

  /// Notes a relationship or event unless its id is taken, and returns what holds the id.
  mutating func claimTie(
    _ id: String, schema: Int, content: Int, file: Int, line: Int
  ) -> Entry {
    if let entry = ties[id] { return entry }
    let entry = Entry(
      id: id, schema: Int32(schema), file: Int32(file), line: Int32(clamping: line),
      content: content)
    ties[id] = entry
    return entry
  }

  mutating func forgetTies() { ties = [:] }
}
