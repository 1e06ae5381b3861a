// SPDX-License-Identifier: Apache-2.0

/// What was detected, assumed, merged or left out on the way from a file to a graph.
public struct Notice: Hashable, Sendable, CustomStringConvertible {
  /// How much it asks for attention.
  public enum Level: String, Codable, Sendable {
    /// A statement of what was done.
    case note
    /// Something the user should decide about.
    case warning
  }

  /// How much it asks for attention.
  public let level: Level
  /// The sentence, escaped for display.
  public let text: String
  /// The place and the parts of the sentence, where it is about a place in a file.
  public let problem: Problem?

  /// Creates a notice; the text is escaped.
  public init(_ level: Level, _ text: String) {
    self.level = level
    self.text = text.printable(limit: 2_000)
    problem = nil
  }

  private init(_ level: Level, of problem: Problem) {
    self.level = level
    text = problem.description.printable(limit: 2_000)
    self.problem = problem
  }

  /// A statement of what was done.
  public static func note(_ text: String) -> Notice { Notice(.note, text) }
  /// Something the user should decide about.
  public static func warning(_ text: String) -> Notice { Notice(.warning, text) }

  /// A warning about a place in a file, which is named without its folder.
  static func warning(_ problem: Problem) -> Notice {
    var problem = problem
    problem.file = problem.file.fileName
    return Notice(.warning, of: problem)
  }

  public var description: String { (level == .warning ? "warning: " : "") + text }
}
