// SPDX-License-Identifier: Apache-2.0

internal import Yams

/// A value of a YAML file with its place, so that a mistake in it can be named by line and column.
///
/// No type is guessed: `yes`, `012` and `2024-01-01` are text. Aliases are followed.
public struct YAMLValue: Sendable {
  /// What a value is made of.
  public enum Content: Sendable {
    /// A scalar; an empty one is empty text.
    case text(String)
    /// A list.
    case list([YAMLValue])
    /// Keys and values, in the order of the file.
    case map([Entry])
  }

  /// A key and its value.
  public struct Entry: Sendable {
    /// The key.
    public let key: String
    /// The line of the key, from 1.
    public let line: Int
    /// The character of that line at which the key begins, from 1.
    public let column: Int
    /// The value.
    public let value: YAMLValue
  }

  /// What the value is made of.
  public let content: Content
  /// The line on which the value begins, from 1.
  public let line: Int
  /// The character of that line at which it begins, from 1.
  public let column: Int

  /// Reads the text of a file.
  ///
  /// - Throws: `YAMLError` when the text is no YAML, is empty, or unfolds to more than fifty thousand
  ///   values.
  public init(yaml: String) throws(YAMLError) {
    let root: Node?
    do {
      // The basic resolver guesses no types.
      root = try Yams.compose(yaml: yaml, .basic)
    } catch {
      throw YAMLError(error)
    }
    guard let root else { throw YAMLError(line: 1, column: 1, what: "the file is empty") }
    var budget = 50_000
    try self.init(root, parent: (1, 1), budget: &budget, depth: 0)
  }

  private init(
    _ node: Node, parent: (line: Int, column: Int), budget: inout Int, depth: Int
  ) throws(YAMLError) {
    line = node.mark?.line ?? parent.line
    column = node.mark?.column ?? parent.column
    let place = (line, column)
    budget -= 1
    guard budget > 0, depth < 64 else {
      // Aliases of aliases can make a short file endless.
      throw YAMLError(line: line, column: column, what: "the file is too large or nested too deep")
    }
    if let scalar = node.scalar {
      content = .text(scalar.string)
    } else if let sequence = node.sequence {
      var list: [YAMLValue] = []
      for item in sequence {
        list.append(try YAMLValue(item, parent: place, budget: &budget, depth: depth + 1))
      }
      content = .list(list)
    } else if let mapping = node.mapping {
      var entries: [Entry] = []
      for (key, value) in mapping {
        let keyPlace = (key.mark?.line ?? line, key.mark?.column ?? column)
        guard let name = key.scalar?.string else {
          throw YAMLError(
            line: keyPlace.0, column: keyPlace.1, what: "a key that is no word")
        }
        let value = try YAMLValue(value, parent: keyPlace, budget: &budget, depth: depth + 1)
        entries.append(Entry(key: name, line: keyPlace.0, column: keyPlace.1, value: value))
      }
      content = .map(entries)
    } else {
      throw YAMLError(line: line, column: column, what: "an alias that names nothing")
    }
  }
}

/// Why a text could not be read as YAML, and where.
public struct YAMLError: Error, Hashable, Sendable {
  /// The line, from 1.
  public let line: Int
  /// The character of that line, from 1.
  public let column: Int
  /// What was found.
  public let what: String

  init(line: Int, column: Int, what: String) {
    self.line = line
    self.column = column
    self.what = what
  }

  init(_ error: any Error) {
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      self.init(line: mark.line, column: mark.column, what: "no valid YAML: \(problem)")
    case .reader(let problem, _, _, _):
      self.init(line: 1, column: 1, what: "no valid YAML: \(problem)")
    case .duplicatedKeysInMapping(let keys, let context):
      self.init(
        line: context.mark.line, column: context.mark.column,
        what: "the key '\(keys.sorted().joined(separator: "', '"))' occurs twice")
    default:
      self.init(line: 1, column: 1, what: "no valid YAML")
    }
  }
}
