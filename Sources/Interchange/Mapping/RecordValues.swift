// SPDX-License-Identifier: Apache-2.0

/// The values that a record has at some paths.
///
/// A path leads through objects by their keys and through lists to each of their items. Each value
/// keeps which item of which list it stands in, so that a rule that is applied to each item of a list
/// sees the values of that item, and those of what the item stands in.
final class RecordValues: Sendable {
  /// An item of a list on the way to a value: how much of the path leads to the list, and which item.
  struct Step: Hashable, Sendable {
    let length: Int
    let index: Int
  }

  /// What stands at a path.
  struct Entry: Sendable {
    /// The text of a text, number or boolean; nil for an object.
    let text: String?
    let steps: [Step]
    /// Where it begins in the text.
    let at: Int
  }

  /// An item of a list to which a rule is applied.
  struct Item: Sendable {
    let path: String
    let steps: [Step]
  }

  private let paths: [String]
  private let found: [[Entry]]

  /// Finds the values of an object.
  ///
  /// - Complexity: O(size of the object × paths).
  init(_ object: JSONNode, paths: [String]) {
    self.paths = paths
    found = paths.map { path in
      var entries: [Entry] = []
      Self.collect(object, path[...], path, [], &entries)
      return entries
    }
  }

  /// Everything at a path; nulls are nothing.
  func entries(_ field: Int) -> [Entry] { found[field] }

  /// The texts at a path, of one item where one is given; empty texts are left out.
  func texts(_ field: Int, in item: Item?) -> [String] {
    found[field].compactMap { entry in
      guard let text = entry.text, !text.isEmpty else { return nil }
      return isWithin(entry, field, item) ? text : nil
    }
  }

  /// Whether an object stands at a path where a text is asked for.
  func hasObject(_ field: Int, in item: Item?) -> Bool {
    found[field].contains { $0.text == nil && isWithin($0, field, item) }
  }

  /// The items of the list at a path; an object or a text that is in no list is one.
  func items(_ field: Int) -> [Item] {
    found[field].map { Item(path: paths[field], steps: $0.steps) }
  }

  // Whether the lists that a value and an item both stand in have them in the same items.
  private func isWithin(_ entry: Entry, _ field: Int, _ item: Item?) -> Bool {
    guard let item else { return true }
    for (mine, other) in zip(entry.steps, item.steps) {
      guard mine.length == other.length,
        paths[field].utf8.prefix(mine.length).elementsEqual(item.path.utf8.prefix(mine.length))
      else { return true }
      if mine.index != other.index { return false }
    }
    return true
  }

  // `rest` is what of the path still leads on from the node. Depth is bounded by the reader's.
  private static func collect(
    _ node: JSONNode, _ rest: Substring, _ path: String, _ steps: [Step], _ entries: inout [Entry]
  ) {
    switch node.content {
    case .list(let items):
      // The point in front of what is left is no part of the way to the list.
      let length = path.utf8.count - rest.utf8.count - (rest.isEmpty ? 0 : 1)
      for (index, item) in items.enumerated() {
        collect(item, rest, path, steps + [Step(length: length, index: index)], &entries)
      }
    case .object(let pairs):
      if rest.isEmpty {
        entries.append(Entry(text: nil, steps: steps, at: node.at))
        return
      }
      for (key, value) in pairs where !key.isEmpty && rest.utf8.starts(with: key.utf8) {
        // A key may hold points itself.
        let tail = rest.utf8.dropFirst(key.utf8.count)
        if tail.isEmpty {
          collect(value, rest[tail.startIndex...], path, steps, &entries)
        } else if tail.first == UInt8(ascii: ".") {
          collect(value, rest[tail.dropFirst().startIndex...], path, steps, &entries)
        }
      }
    case .null: return
    case .boolean(let truth):
      if rest.isEmpty {
        entries.append(Entry(text: truth ? "true" : "false", steps: steps, at: node.at))
      }
    case .number(let word), .text(let word):
      if rest.isEmpty { entries.append(Entry(text: word, steps: steps, at: node.at)) }
    }
  }
}
