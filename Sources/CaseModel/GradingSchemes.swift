// SPDX-License-Identifier: Apache-2.0

/// The grading schemes and handling codes that are known.
///
/// Grades of different schemes are never compared with one another, except for drawing, where each
/// scheme states which of its codes count as confirmed, probable and unconfirmed.
public struct GradingSchemes: Sendable {
  /// The grading schemes, in their order.
  public let schemes: [GradingScheme]
  /// The handling codes, scheme by scheme.
  public let handling: [HandlingScheme]

  /// The built-in schemes; read on first use.
  public static let standard: GradingSchemes = {
    do {
      return try GradingSchemes(
        yaml: String(decoding: PackageResources.grading_yaml, as: UTF8.self), file: "grading.yaml")
    } catch {
      preconditionFailure("the built-in grading schemes were refused: \(error)")
    }
  }()

  /// Reads schemes from the text of a file.
  ///
  /// - Parameters:
  ///   - yaml: the text of the file.
  ///   - file: the name of the file, for messages.
  /// - Throws: `CaseModelError.ontology`, naming the place.
  public init(yaml: String, file: String) throws(CaseModelError) {
    var schemes: [GradingScheme] = []
    var handling: [HandlingScheme] = []
    for (name, node) in try YAMLNode(yaml: yaml, file: file).entries() {
      if name == "handling" {
        for (name, node) in try node.entries() {
          handling.append(try HandlingScheme(name: name, node))
        }
      } else {
        schemes.append(try GradingScheme(name: name, node))
      }
    }
    self.schemes = schemes
    self.handling = handling
  }

  /// The scheme of a name.
  ///
  /// - Throws: `CaseModelError.unknownGradingScheme`, listing what there is.
  public func scheme(_ name: String) throws(CaseModelError) -> GradingScheme {
    guard let scheme = schemes.first(where: { $0.name == name }) else {
      throw .unknownGradingScheme(name, known: schemes.map(\.name))
    }
    return scheme
  }

  /// The grade that a code states; letters may be small.
  ///
  /// - Throws: `CaseModelError` listing the schemes or the codes that are allowed.
  public func grade(_ code: String, scheme name: String) throws(CaseModelError) -> Grade {
    let scheme = try scheme(name)
    let upper = code.uppercased()
    guard scheme.ranks(of: upper) != nil else {
      throw .unknownGrade(code, scheme: name, allowed: scheme.codes)
    }
    return Grade(scheme: name, code: upper)
  }

  /// The handling code as its scheme writes it; letters may be small.
  ///
  /// - Throws: `CaseModelError.unknownHandling`, listing the codes that are allowed.
  public func handlingCode(_ code: String) throws(CaseModelError) -> String {
    let upper = code.uppercased()
    guard handlingRank(upper) != nil else {
      throw .unknownHandling(code, allowed: handling.flatMap { $0.codes.map(\.code) })
    }
    return upper
  }

  /// Whether a grade is at least as good as another in both letters.
  ///
  /// Nil when they are of different schemes, which cannot be compared.
  public func isGrade(_ grade: Grade, atLeast lowest: Grade) -> Bool? {
    guard grade.scheme == lowest.scheme,
      let scheme = schemes.first(where: { $0.name == grade.scheme }),
      let a = scheme.ranks(of: grade.code), let b = scheme.ranks(of: lowest.code)
    else { return nil }
    return a.reliability <= b.reliability && a.credibility <= b.credibility
  }

  /// The strongest of some grades; nil when there are none.
  ///
  /// The surest line class wins, then the earlier scheme, then reliability, then credibility.
  public func strongest(of grades: some Sequence<Grade>) -> Grade? {
    var best: (key: [Int], grade: Grade)?
    for grade in grades {
      let key = strength(of: grade)
      guard let current = best else {
        best = (key, grade)
        continue
      }
      if key.lexicographicallyPrecedes(current.key) { best = (key, grade) }
    }
    return best?.grade
  }

  /// How surely a line of this grade is drawn; unconfirmed when the scheme does not know the code.
  public func lineClass(of grade: Grade) -> LineClass {
    schemes.first { $0.name == grade.scheme }?.lineClass(of: grade.code) ?? .unconfirmed
  }

  /// Whether a handling code is no more restrictive than another.
  ///
  /// Nil when they are of different schemes or unknown.
  public func isHandling(_ code: String, within ceiling: String) -> Bool? {
    guard let a = handlingRank(code), let b = handlingRank(ceiling), a.scheme == b.scheme else {
      return nil
    }
    return a.rank <= b.rank
  }

  /// The most restrictive of some handling codes, one for each scheme that occurs among them.
  public func mostRestrictive(of codes: some Sequence<String>) -> [String] {
    var worst = [Int?](repeating: nil, count: handling.count)
    for code in codes {
      guard let rank = handlingRank(code) else { continue }
      worst[rank.scheme] = max(worst[rank.scheme] ?? 0, rank.rank)
    }
    return zip(handling, worst).compactMap { scheme, rank in rank.map { scheme.codes[$0].code } }
  }

  private func handlingRank(_ code: String) -> (scheme: Int, rank: Int)? {
    for (index, scheme) in handling.enumerated() {
      if let rank = scheme.codes.firstIndex(where: { $0.code == code }) { return (index, rank) }
    }
    return nil
  }

  private func strength(of grade: Grade) -> [Int] {
    guard let index = schemes.firstIndex(where: { $0.name == grade.scheme }),
      let ranks = schemes[index].ranks(of: grade.code)
    else { return [Int.max] }
    let lineClass =
      switch schemes[index].lineClass(of: grade.code) {
      case .confirmed: 0
      case .probable: 1
      case .unconfirmed: 2
      }
    return [lineClass, index, ranks.reliability, ranks.credibility]
  }
}

extension GradingScheme {
  init(name: String, _ node: YAMLNode) throws(CaseModelError) {
    var labels = (english: "", french: "")
    var (reliability, credibility) = ([Letter](), [Letter]())
    var (confirmed, probable) = (LetterSet.none, LetterSet.none)
    for (key, value) in try node.entries() {
      switch key {
      case "en": labels.english = try value.text()
      case "fr": labels.french = try value.text()
      case "reliability": reliability = try Letter.list(value)
      case "credibility": credibility = try Letter.list(value)
      case "confirmed": confirmed = try LetterSet(value)
      case "probable": probable = try LetterSet(value)
      default:
        throw value.error(
          "'\(key)' is no part of a grading scheme; expected en, fr, reliability, credibility, "
            + "confirmed or probable")
      }
    }
    guard !reliability.isEmpty, !credibility.isEmpty else {
      throw node.error("the grading scheme \(name) needs reliability and credibility")
    }
    for set in [confirmed, probable] {
      let known = Set((reliability + credibility).map(\.code))
      for code in set.reliability + set.credibility where !known.contains(code) {
        throw node.error("the grading scheme \(name) has no letter '\(code)'")
      }
    }
    self.init(
      name: name, label: Schema.Label(english: labels.english, french: labels.french),
      reliability: reliability, credibility: credibility, confirmed: confirmed, probable: probable)
  }
}

extension GradingScheme.LetterSet {
  static let none = GradingScheme.LetterSet(reliability: [], credibility: [])

  init(_ node: YAMLNode) throws(CaseModelError) {
    self = .none
    for (key, value) in try node.entries() {
      switch key {
      case "reliability": reliability = try value.texts()
      case "credibility": credibility = try value.texts()
      default: throw value.error("'\(key)' is unknown here; expected reliability or credibility")
      }
    }
  }
}

extension GradingScheme.Letter {
  static func list(_ node: YAMLNode) throws(CaseModelError) -> [GradingScheme.Letter] {
    var result: [GradingScheme.Letter] = []
    for (code, meaning) in try node.entries() {
      result.append(GradingScheme.Letter(code: code, meaning: try meaning.text()))
    }
    return result
  }
}

extension HandlingScheme {
  init(name: String, _ node: YAMLNode) throws(CaseModelError) {
    var labels = (english: "", french: "")
    var codes: [GradingScheme.Letter] = []
    for (key, value) in try node.entries() {
      switch key {
      case "en": labels.english = try value.text()
      case "fr": labels.french = try value.text()
      case "codes": codes = try GradingScheme.Letter.list(value)
      default: throw value.error("'\(key)' is unknown here; expected en, fr or codes")
      }
    }
    self.init(
      name: name, label: Schema.Label(english: labels.english, french: labels.french),
      codes: codes)
  }
}
