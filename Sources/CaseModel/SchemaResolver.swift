// SPDX-License-Identifier: Apache-2.0

/// Turns declarations into schemata: merges additions, follows inheritance and checks the whole.
struct SchemaResolver {
  private var declarations: [SchemaDeclaration] = []
  private var position: [String: Int] = [:]

  static func resolve(_ declarations: [SchemaDeclaration]) throws(CaseModelError) -> [Schema] {
    var resolver = SchemaResolver()
    for declaration in declarations { try resolver.add(declaration) }
    var schemata: [Schema] = []
    schemata.reserveCapacity(resolver.declarations.count)
    for declaration in resolver.declarations {
      schemata.append(try resolver.schema(declaration))
    }
    return schemata
  }

  private mutating func add(_ declaration: SchemaDeclaration) throws(CaseModelError) {
    guard let index = position[declaration.name] else {
      position[declaration.name] = declarations.count
      declarations.append(declaration)
      return
    }
    // A second declaration may add to the first and change nothing of it.
    guard
      declaration.english == nil, declaration.french == nil, declaration.kind == nil,
      declaration.family == nil, declaration.icon == nil, declaration.parents.isEmpty,
      declaration.arc == nil, !declaration.isAbstract
    else {
      throw .ontology(
        "\(declaration.place): the schema \(declaration.name) is declared already "
          + "(\(declarations[index].place)); a further file may only add properties and ends")
    }
    declarations[index].properties += declaration.properties
    declarations[index].roles += declaration.roles
  }

  private func schema(_ declaration: SchemaDeclaration) throws(CaseModelError) -> Schema {
    let (name, place) = (declaration.name, declaration.place)
    let ancestors = try ancestors(of: declaration)
    let line = [declaration] + ancestors
    guard let english = declaration.english, let french = declaration.french else {
      throw .ontology("\(place): the schema \(name) needs a label in English (en) and French (fr)")
    }
    guard let kind = first(line, \.kind) else {
      throw .ontology(
        "\(place): the schema \(name) needs a kind (entity, relationship or event) or a schema "
          + "that it extends")
    }
    guard let family = first(line, \.family) else {
      throw .ontology("\(place): the schema \(name) needs a family")
    }
    for ancestor in ancestors {
      if let other = ancestor.kind, other != kind {
        throw .ontology(
          "\(place): the schema \(name) is \(kind.withArticle) but extends \(ancestor.name), "
            + "which is \(other.withArticle)")
      }
    }
    let properties = try merged(line, of: name, place, \.properties, name: \.name)
    let roles = try merged(line, of: name, place, \.roles, name: \.name)
    let arc = first(line, \.arc)
    if kind == .entity, !roles.isEmpty || arc != nil {
      throw .ontology("\(place): the entity schema \(name) cannot have ends")
    }
    for role in roles {
      if role.schemata.isEmpty {
        throw .ontology("\(place): the role \(role.name) of \(name) names no schema")
      }
      for schema in role.schemata where position[schema] == nil {
        throw .ontology(
          "\(place): the role \(role.name) of \(name) names the schema '\(schema)', "
            + "which is not declared")
      }
    }
    if let arc {
      for end in [arc.source, arc.target] where !roles.contains(where: { $0.name == end }) {
        throw .ontology("\(place): the arc of \(name) names '\(end)', which is none of its ends")
      }
    } else if kind == .relationship, !declaration.isAbstract {
      throw .ontology("\(place): the relationship schema \(name) needs an arc, such as 'a > b'")
    }
    return Schema(
      name: name, label: Schema.Label(english: english, french: french), kind: kind,
      family: family, icon: first(line, \.icon) ?? kind.rawValue,
      isAbstract: declaration.isAbstract, ancestors: ancestors.map(\.name),
      properties: properties, roles: roles, arc: arc)
  }

  // Breadth first, each once, so that the nearest declaration wins.
  private func ancestors(
    of declaration: SchemaDeclaration
  ) throws(CaseModelError) -> [SchemaDeclaration] {
    var result: [SchemaDeclaration] = []
    var names: [String] = []
    var queue = declaration.parents.map { ($0, declaration) }
    var next = 0
    while next < queue.count {
      let (name, child) = queue[next]
      next += 1
      if name == declaration.name {
        throw .ontology("\(declaration.place): the schema \(name) extends itself")
      }
      if names.contains(name) { continue }
      guard let index = position[name] else {
        throw .ontology(
          "\(child.place): the schema \(child.name) extends '\(name)', which is not declared")
      }
      names.append(name)
      result.append(declarations[index])
      queue += declarations[index].parents.map { ($0, declarations[index]) }
    }
    return result
  }

  private func first<Value>(
    _ line: [SchemaDeclaration], _ value: KeyPath<SchemaDeclaration, Value?>
  ) -> Value? {
    for declaration in line {
      if let value = declaration[keyPath: value] { return value }
    }
    return nil
  }

  // The own parts first; what is inherited in two ways must be declared alike.
  private func merged<Part: Equatable>(
    _ line: [SchemaDeclaration], of schema: String, _ place: String,
    _ parts: KeyPath<SchemaDeclaration, [Part]>, name: KeyPath<Part, String>
  ) throws(CaseModelError) -> [Part] {
    var result: [Part] = []
    var indexOfName: [String: Int] = [:]
    for (depth, declaration) in line.enumerated() {
      for part in declaration[keyPath: parts] {
        let partName = part[keyPath: name]
        if let index = indexOfName[partName] {
          if depth == 0 {
            throw .ontology("\(place): '\(partName)' of the schema \(schema) is declared twice")
          }
          if result[index] != part {
            throw .ontology(
              "\(place): '\(partName)' of the schema \(schema) differs from what "
                + "\(declaration.name) declares; give one of the two another name")
          }
          continue
        }
        indexOfName[partName] = result.count
        result.append(part)
      }
    }
    return result
  }
}
