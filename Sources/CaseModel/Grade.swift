// SPDX-License-Identifier: Apache-2.0

/// How far information can be relied on, in the letters of a grading scheme.
///
/// The letters are kept and never averaged. `GradingSchemes` checks and orders grades.
public struct Grade: Hashable, Sendable, Codable {
  /// The name of the scheme, such as `admiralty` or `europol4x4`.
  public var scheme: String
  /// The code in that scheme, such as `B2`.
  public var code: String

  /// Creates a grade without checking it; `GradingSchemes.grade` checks.
  public init(scheme: String, code: String) {
    self.scheme = scheme
    self.code = code
  }
}

extension Grade: CustomStringConvertible {
  /// The code and its scheme, such as `B2 (admiralty)`.
  public var description: String { "\(code) (\(scheme))" }
}

/// How surely a line is drawn.
public enum LineClass: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
  /// Drawn solid.
  case confirmed
  /// Drawn dashed.
  case probable
  /// Drawn dotted.
  case unconfirmed

  /// Orders the surest first.
  public static func < (a: LineClass, b: LineClass) -> Bool { a.rank < b.rank }

  private var rank: Int {
    switch self {
    case .confirmed: 0
    case .probable: 1
    case .unconfirmed: 2
    }
  }
}

/// A scheme by which sources and information are graded.
public struct GradingScheme: Hashable, Sendable {
  /// The name by which options refer to it, such as `admiralty`.
  public let name: String
  /// What it is called.
  public let label: Schema.Label
  /// The letters for the reliability of the source, best first.
  public let reliability: [Letter]
  /// The letters for the credibility of the information, best first.
  public let credibility: [Letter]
  // Bounds of the letters that are drawn as confirmed and as probable.
  let confirmed: LetterSet
  let probable: LetterSet

  /// A letter or digit of a scheme and what it stands for.
  public struct Letter: Hashable, Sendable, Codable {
    /// The letter or digit.
    public let code: String
    /// What it stands for.
    public let meaning: String
  }

  struct LetterSet: Hashable, Sendable {
    var reliability: [String]
    var credibility: [String]
  }

  /// Every code of the scheme, the best first.
  public var codes: [String] {
    reliability.flatMap { first in credibility.map { first.code + $0.code } }
  }

  /// The ranks of a code's two letters, from 0 for the best; nil when it is no code of the scheme.
  public func ranks(of code: String) -> (reliability: Int, credibility: Int)? {
    for (r, first) in reliability.enumerated() where code.hasPrefix(first.code) {
      let rest = code.dropFirst(first.code.count)
      if let c = credibility.firstIndex(where: { $0.code == rest }) { return (r, c) }
    }
    return nil
  }

  /// How surely a line with this code is drawn.
  public func lineClass(of code: String) -> LineClass {
    guard let ranks = ranks(of: code) else { return .unconfirmed }
    let first = reliability[ranks.reliability].code
    let second = credibility[ranks.credibility].code
    func isIn(_ set: LetterSet) -> Bool {
      set.reliability.contains(first) && set.credibility.contains(second)
    }
    return isIn(confirmed) ? .confirmed : isIn(probable) ? .probable : .unconfirmed
  }
}

/// Handling codes of one authority, from the least to the most restrictive.
public struct HandlingScheme: Hashable, Sendable {
  /// The name of the scheme, such as `europol`.
  public let name: String
  /// What it is called.
  public let label: Schema.Label
  /// The codes, the least restrictive first.
  public let codes: [GradingScheme.Letter]
}
