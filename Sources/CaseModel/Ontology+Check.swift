// SPDX-License-Identifier: Apache-2.0

extension Ontology {
  /// Checks that an assertion uses schemata, properties and roles that exist.
  ///
  /// - Throws: `CaseModelError` naming what is wrong and what is allowed.
  public func check(_ assertion: Assertion) throws(CaseModelError) {
    let schema: Schema
    switch assertion.subject {
    case .entity(_, let name):
      schema = try self.schema(name, kind: .entity)
    case .relationship(let id, let name, let ends):
      schema = try self.schema(name, kind: .relationship)
      try check(ends, of: schema, id: id)
      if let arc = schema.arc {
        for role in [arc.source, arc.target] where !ends.contains(where: { $0.role == role }) {
          throw .endCount(role: role, of: schema.name, id: id, count: 0)
        }
      }
    case .event(let id, let name, _, let participants):
      schema = try self.schema(name, kind: .event)
      try check(participants, of: schema, id: id)
    }
    for value in assertion.properties where schema.property(value.property) == nil {
      throw .unknownProperty(
        value.property, schema: schema.name, known: schema.properties.map(\.name))
    }
    if schema.isA("Person") {
      for value in assertion.properties where value.property == "category" {
        _ = try DataSubjectCategory(word: value.value)
      }
    }
  }

  /// Checks that an entity of a schema may stand in a role.
  ///
  /// - Parameters:
  ///   - end: the role and the entity.
  ///   - entitySchema: the schema of the entity.
  ///   - relation: the schema of the relationship or event.
  /// - Throws: `CaseModelError.wrongEnd`, listing what may stand there.
  public func check(
    _ end: End, of entitySchema: String, in relation: String
  ) throws(CaseModelError) {
    let role = try role(end.role, of: schema(relation))
    let schema = try schema(entitySchema)
    guard role.schemata.contains(where: { schema.isA($0) }) else {
      throw .wrongEnd(
        entity: end.entity, schema: entitySchema, role: end.role, of: relation,
        allowed: role.schemata)
    }
  }

  private func role(_ name: String, of schema: Schema) throws(CaseModelError) -> Schema.Role {
    guard let role = schema.role(name) else {
      throw .unknownRole(name, schema: schema.name, known: schema.roles.map(\.name))
    }
    return role
  }

  private func check(_ ends: [End], of schema: Schema, id: String) throws(CaseModelError) {
    for (index, end) in ends.enumerated() {
      let role = try role(end.role, of: schema)
      if !role.isMultiple, ends[..<index].contains(where: { $0.role == end.role }) {
        let count = ends.count { $0.role == end.role }
        throw .endCount(role: end.role, of: schema.name, id: id, count: count)
      }
    }
  }
}
