// SPDX-License-Identifier: Apache-2.0

/// One schema as a file declares it, before inheritance.
struct SchemaDeclaration: Sendable {
  var name: String
  var place: String
  var english: String?
  var french: String?
  var kind: Schema.Kind?
  var family: Schema.Family?
  var icon: String?
  var isAbstract = false
  var parents: [String] = []
  var properties: [Schema.Property] = []
  var roles: [Schema.Role] = []
  var arc: Schema.Arc?

  /// Reads the declarations of a file, in order.
  static func read(yaml: String, file: String) throws(CaseModelError) -> [SchemaDeclaration] {
    let root = try YAMLNode(yaml: yaml, file: file)
    var result: [SchemaDeclaration] = []
    for (name, node) in try root.entries() { result.append(try SchemaDeclaration(name, node)) }
    return result
  }

  private init(_ name: String, _ node: YAMLNode) throws(CaseModelError) {
    self.name = name
    place = node.place
    for (key, value) in try node.entries() {
      switch key {
      case "en": english = try value.text()
      case "fr": french = try value.text()
      case "kind": kind = try value.choice(of: Schema.Kind.self)
      case "family": family = try value.choice(of: Schema.Family.self)
      case "icon": icon = try value.text()
      case "abstract": isAbstract = try value.flag()
      case "extends": parents = try value.texts()
      case "properties": properties = try Self.properties(value)
      case "ends": roles = try Self.roles(value)
      case "arc": arc = try Self.arc(value)
      default:
        throw value.error(
          "'\(key)' is no part of a schema; expected en, fr, kind, family, icon, abstract, "
            + "extends, properties, ends or arc")
      }
    }
  }

  private static func properties(_ node: YAMLNode) throws(CaseModelError) -> [Schema.Property] {
    var result: [Schema.Property] = []
    for (name, value) in try node.entries() {
      let text = try value.text()
      let isMultiple = text.hasSuffix("*")
      guard let type = Schema.ValueType(rawValue: isMultiple ? String(text.dropLast()) : text)
      else {
        throw value.error(
          "'\(text)' is no type of value; expected one of "
            + Schema.ValueType.allCases.map(\.rawValue).joined(separator: ", "))
      }
      result.append(Schema.Property(name: name, type: type, isMultiple: isMultiple))
    }
    return result
  }

  private static func roles(_ node: YAMLNode) throws(CaseModelError) -> [Schema.Role] {
    var result: [Schema.Role] = []
    for (name, value) in try node.entries() {
      var isMultiple = false
      var schemata: [String] = []
      for text in try value.texts() {
        isMultiple = isMultiple || text.hasSuffix("*")
        let schema = text.hasSuffix("*") ? String(text.dropLast()) : text
        if !schema.isEmpty { schemata.append(schema) }
      }
      result.append(Schema.Role(name: name, schemata: schemata, isMultiple: isMultiple))
    }
    return result
  }

  private static func arc(_ node: YAMLNode) throws(CaseModelError) -> Schema.Arc {
    let words = try node.text().split(separator: " ").map(String.init)
    guard words.count == 3, words[1] == ">" || words[1] == "-" else {
      throw node.error("an arc joins two roles: expected 'a > b' or 'a - b'")
    }
    return Schema.Arc(source: words[0], target: words[2], isDirected: words[1] == ">")
  }
}
