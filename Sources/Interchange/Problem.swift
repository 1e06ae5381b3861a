// SPDX-License-Identifier: Apache-2.0

/// Something in a file that is wrong or deserves a look, with the place where it stands.
///
/// Its description is the form that every message has:
/// `file:line:column: what, expected …; advice`.
public struct Problem: Hashable, Sendable, CustomStringConvertible {
  /// Whether the problem refuses the input.
  public enum Severity: String, Codable, Sendable { case error, warning }

  /// Whether the problem refuses the input.
  public var severity: Severity
  /// The file as it was named by the user.
  public var file: String
  /// The physical line, from 1; nil when the file as a whole is meant.
  public var line: Int?
  /// The character in that line, from 1.
  public var column: Int?
  /// What was found.
  public var what: String
  /// What was expected in its place.
  public var expected: String?
  /// What to do about it.
  public var advice: String?

  /// Creates a problem.
  ///
  /// - Parameters:
  ///   - severity: whether it refuses the input.
  ///   - file: the file as it was named by the user.
  ///   - line: the physical line, from 1.
  ///   - column: the character in that line, from 1.
  ///   - what: what was found.
  ///   - expected: what was expected in its place.
  ///   - advice: what to do about it.
  public init(
    _ severity: Severity = .error, file: String, line: Int? = nil, column: Int? = nil,
    what: String, expected: String? = nil, advice: String? = nil
  ) {
    self.severity = severity
    self.file = file
    self.line = line
    self.column = column
    self.what = what
    self.expected = expected
    self.advice = advice
  }

  public var description: String {
    var text = file.printable(limit: 1_000)
    if let line { text += ":\(line)" }
    if line != nil, let column { text += ":\(column)" }
    text += severity == .warning ? ": warning: " : ": "
    text += what.printable(limit: 1_000)
    if let expected { text += ", expected " + expected.printable(limit: 1_000) }
    if let advice { text += "; " + advice.printable(limit: 1_000) }
    return text
  }
}

/// The problems of an input in the order in which they were met.
///
/// All are counted; the first `capacity` are kept, so that a file of nothing but bad rows does not
/// fill the memory.
public struct ProblemList: Sendable, CustomStringConvertible {
  /// How many problems are kept.
  public static let capacity = 10_000
  /// How many problems the description lists before it only counts.
  public static let printed = 100

  /// The problems kept, in the order in which they were met.
  public private(set) var problems: [Problem] = []
  /// The number of errors, kept or not.
  public private(set) var errorCount = 0
  /// The number of warnings, kept or not.
  public private(set) var warningCount = 0

  /// Creates an empty list.
  public init() {}

  /// Creates a list of one problem.
  public init(_ problem: Problem) { add(problem) }

  /// Whether nothing was found.
  public var isEmpty: Bool { errorCount + warningCount == 0 }

  /// Adds a problem.
  public mutating func add(_ problem: Problem) {
    switch problem.severity {
    case .error: errorCount += 1
    case .warning: warningCount += 1
    }
    if problems.count < Self.capacity { problems.append(problem) }
  }

  /// Adds the problems of another list.
  public mutating func add(_ other: ProblemList) {
    for problem in other.problems { add(problem) }
    errorCount += other.errorCount - other.problems.count { $0.severity == .error }
    warningCount += other.warningCount - other.problems.count { $0.severity == .warning }
  }

  /// Refuses the input when the list holds an error.
  ///
  /// - Throws: `InterchangeError.refused` with the whole list.
  public func throwIfErrors() throws(InterchangeError) {
    if errorCount > 0 { throw .refused(self) }
  }

  public var description: String {
    var lines = problems.prefix(Self.printed).map(\.description)
    let total = errorCount + warningCount
    if total > lines.count { lines.append("… and \(total - lines.count) more (\(total) in all)") }
    return lines.joined(separator: "\n")
  }
}
