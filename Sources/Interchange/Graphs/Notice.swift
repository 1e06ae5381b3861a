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

  /// Creates a notice; the text is escaped.
  public init(_ level: Level, _ text: String) {
    self.level = level
    self.text = text.printable(limit: 2_000)
  }

  /// A statement of what was done.
  public static func note(_ text: String) -> Notice { Notice(.note, text) }
  /// Something the user should decide about.
  public static func warning(_ text: String) -> Notice { Notice(.warning, text) }

  /// A warning about a place in a file, which is named without its folder.
  static func warning(_ problem: Problem) -> Notice {
    var problem = problem
    problem.file = problem.file.fileName
    return .warning(problem.description)
  }

  public var description: String { (level == .warning ? "warning: " : "") + text }
}
