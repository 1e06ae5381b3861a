// SPDX-License-Identifier: Apache-2.0

/// Why something cannot be said in the terms of a case.
public enum CaseModelError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A schema file is not right. The message has the form `file:line:column: what`.
  case ontology(String)
  /// No schema has this name.
  case unknownSchema(String, known: [String])
  /// A schema has another kind than the place asks for.
  case wrongKind(schema: String, is: Schema.Kind, expected: Schema.Kind)
  /// Nothing can be of this schema itself; the list names those that extend it.
  case abstractSchema(String, extendedBy: [String])
  /// A schema has no such property.
  case unknownProperty(String, schema: String, known: [String])
  /// A schema has no such role.
  case unknownRole(String, schema: String, known: [String])
  /// An entity of this schema may not stand in the role.
  case wrongEnd(entity: String, schema: String, role: String, of: String, allowed: [String])
  /// A relationship or event lacks an end that its schema cannot do without, or has too many.
  case endCount(role: String, of: String, id: String, count: Int)
  /// No grading scheme has this name.
  case unknownGradingScheme(String, known: [String])
  /// A grade is not a code of its scheme.
  case unknownGrade(String, scheme: String, allowed: [String])
  /// A handling code belongs to no scheme.
  case unknownHandling(String, allowed: [String])
  /// A word is not a data-subject category.
  case unknownCategory(String, allowed: [String])
  /// Nothing in the view is a place of this id, name or value.
  case unknownPlace(String)
  /// A view names two lowest grades of one scheme.
  case severalLowestGrades(scheme: String)
  /// Nothing in the view has a property of this name that could be a weight.
  case unknownWeight(String, known: [String])
  /// Amounts of money in several currencies would be added up or compared.
  case severalCurrencies([String])
  /// A projection would not make a graph.
  case graph(String)

  public var description: String {
    switch self {
    case .ontology(let message): message
    case .unknownPlace(let name):
      "nothing that counts is a place '\(name)': expected the id or name of a place, port or address, "
        + "or a country, city or region that one of them states"
    case .unknownSchema(let name, let known):
      "the schema '\(name)' is not known; "
        + (known.first { $0.lowercased() == name.lowercased() }.map { "write '\($0)'" }
          ?? "known are \(Self.list(known))")
    case .wrongKind(let schema, let kind, let expected):
      "\(schema) is the schema of \(kind.withArticle), but \(expected.withArticle) is expected here"
    case .abstractSchema(let name, let extended):
      "\(name) only gathers other schemata; name one of \(Self.list(extended))"
    case .unknownProperty(let name, let schema, let known):
      "\(schema) has no property '\(name)'; it has \(Self.list(known))"
    case .unknownRole(let name, let schema, let known):
      "\(schema) has no role '\(name)'; it has \(Self.list(known))"
    case .wrongEnd(let entity, let schema, let role, let relation, let allowed):
      "'\(entity)' is of the schema \(schema), which cannot be the \(role) of \(relation); "
        + "allowed are \(Self.list(allowed)) and what extends them"
    case .endCount(let role, let relation, let id, let count):
      count == 0
        ? "the \(relation) '\(id)' has no \(role), without which it joins nothing"
        : "the \(relation) '\(id)' has \(count) entities as \(role), but one is allowed"
    case .unknownGradingScheme(let name, let known):
      "the grading scheme '\(name)' is not known; known are \(Self.list(known))"
    case .unknownGrade(let code, let scheme, let allowed):
      "'\(code)' is no grade of the scheme \(scheme); allowed are \(Self.list(allowed))"
    case .unknownHandling(let code, let allowed):
      "'\(code)' is no handling code; allowed are \(Self.list(allowed))"
    case .unknownCategory(let word, let allowed):
      "'\(word)' is no category of data subject; allowed are \(Self.list(allowed))"
    case .severalLowestGrades(let scheme):
      "the view names more than one lowest grade of the scheme \(scheme); name one for each scheme"
    case .unknownWeight(let name, let known):
      "nothing in the view has a property '\(name)' that could be a weight; weights are "
        + Self.list(["count"] + known)
    case .severalCurrencies(let currencies):
      "the amounts in the view are in \(Self.list(currencies)), which do not add up; "
        + "choose layers with one currency or another weight"
    case .graph(let message): message
    }
  }

  private static func list(_ words: [String]) -> String {
    words.isEmpty ? "none" : words.joined(separator: ", ")
  }
}

extension Schema.Kind {
  /// The kind as words of a sentence: "an entity".
  var withArticle: String {
    switch self {
    case .entity: "an entity"
    case .relationship: "a relationship"
    case .event: "an event"
    }
  }
}
