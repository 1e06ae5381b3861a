// SPDX-License-Identifier: Apache-2.0

/// Why a file was not read or not written.
public enum InterchangeError: Error, Sendable, CustomStringConvertible {
  /// There is no such file.
  case missing(path: String)
  /// The path names a directory.
  case directory(path: String)
  /// The file may not be read.
  case forbidden(path: String)
  /// Reading stopped: what the system said.
  case reading(path: String, reason: String)
  /// The content is not acceptable; every problem is listed.
  case refused(ProblemList)
  /// The output could not be made: what the system said.
  case writing(path: String, reason: String)
  /// A wish that does not fit the input: a column it does not have, a rule it cannot follow.
  case request(String)

  /// The problems of a refused content; empty otherwise.
  public var problems: [Problem] {
    if case .refused(let list) = self { return list.problems }
    return []
  }

  static func refused(_ problem: Problem) -> InterchangeError { .refused(ProblemList(problem)) }

  public var description: String {
    switch self {
    case .missing(let path):
      "\(path.printable()): no such file; check the spelling and the folder"
    case .directory(let path):
      "\(path.printable()): a directory, expected a file; name the file inside it"
    case .forbidden(let path):
      "\(path.printable()): no permission to read this file; ask its owner or change its mode"
    case .reading(let path, let reason):
      "\(path.printable()): cannot be read: \(reason)"
    case .refused(let list): list.description
    case .writing(let path, let reason):
      "\(path.printable()): cannot be written: \(reason)"
    case .request(let text): text.printable(limit: 2_000)
    }
  }
}
