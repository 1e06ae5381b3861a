// SPDX-License-Identifier: Apache-2.0

/// The schemata of a case: which kinds of entity, relationship and event there are.
///
/// `standard` is built in; `adding` puts a user's file beside it. A file is checked when it is read,
/// so an ontology that exists is consistent.
public struct Ontology: Sendable {
  /// The schemata in the order in which the files declare them.
  public let schemata: [Schema]
  // The files as read, kept so that a further file can be checked together with them.
  let declarations: [SchemaDeclaration]
  private let position: [String: Int]

  /// The built-in schemata; read on first use.
  public static let standard: Ontology = {
    do {
      return try Ontology(
        yaml: String(decoding: PackageResources.ontology_yaml, as: UTF8.self),
        file: "ontology.yaml")
    } catch {
      preconditionFailure("the built-in schemata were refused: \(error)")
    }
  }()

  /// Reads schemata from the text of a file.
  ///
  /// - Parameters:
  ///   - yaml: the text of the file.
  ///   - file: the name of the file, for messages.
  /// - Throws: `CaseModelError.ontology`, naming the place.
  public init(yaml: String, file: String) throws(CaseModelError) {
    try self.init(declarations: SchemaDeclaration.read(yaml: yaml, file: file))
  }

  /// This ontology with the schemata of a further file.
  ///
  /// The file may declare new schemata, and add properties and ends to those that exist.
  ///
  /// - Throws: `CaseModelError.ontology`, naming the place.
  public func adding(yaml: String, file: String) throws(CaseModelError) -> Ontology {
    try Ontology(declarations: declarations + SchemaDeclaration.read(yaml: yaml, file: file))
  }

  init(declarations: [SchemaDeclaration]) throws(CaseModelError) {
    self.declarations = declarations
    schemata = try SchemaResolver.resolve(declarations)
    position = Dictionary(
      uniqueKeysWithValues: schemata.enumerated().map { ($0.element.name, $0.offset) })
  }

  /// The schema of a name, or nil.
  public subscript(name: String) -> Schema? { position[name].map { schemata[$0] } }

  /// The schema of a name.
  ///
  /// - Throws: `CaseModelError.unknownSchema`, listing what there is.
  public func schema(_ name: String) throws(CaseModelError) -> Schema {
    guard let schema = self[name] else {
      throw .unknownSchema(name, known: schemata.filter { !$0.isAbstract }.map(\.name))
    }
    return schema
  }

  /// The schema of a name, which must be of a kind and not abstract.
  ///
  /// - Throws: `CaseModelError` saying what was expected.
  public func schema(_ name: String, kind: Schema.Kind) throws(CaseModelError) -> Schema {
    let schema = try schema(name)
    guard schema.kind == kind else {
      throw .wrongKind(schema: name, is: schema.kind, expected: kind)
    }
    guard !schema.isAbstract else {
      throw .abstractSchema(name, extendedBy: names(extending: name))
    }
    return schema
  }

  /// The names of the schemata that extend one and are not abstract, in their order.
  public func names(extending name: String) -> [String] {
    schemata.filter { !$0.isAbstract && $0.ancestors.contains(name) }.map(\.name)
  }

  /// The schemata of a kind that are not abstract, in their order.
  public func schemata(of kind: Schema.Kind) -> [Schema] {
    schemata.filter { $0.kind == kind && !$0.isAbstract }
  }
}
