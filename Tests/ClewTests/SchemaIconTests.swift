// SPDX-License-Identifier: Apache-2.0

import Clew
import Testing

/// Pictograms of the schemata of the ontology.
struct SchemaIconTests {
  @Test func `every schema has a pictogram, on the shape of its family`() throws {
    for schema in Ontology.standard.schemata {
      let icon = try #require(Icon(schema: schema.name), "\(schema.name) has no pictogram")
      #expect(icon != .unknown, "\(schema.name)")
      switch (schema.kind, schema.family) {
      case (.entity, .person): #expect(icon.family == .people, "\(schema.name)")
      case (.entity, .organisation):
        // A criminal network is a group of people.
        #expect(
          icon.family == (schema.name == "CriminalNetwork" ? .people : .organizations),
          "\(schema.name)")
      case (.entity, .location):
        #expect(
          icon.family == (schema.name == "CellSite" ? .communications : .places), "\(schema.name)")
      case (.event, _): #expect(icon.family == .records, "\(schema.name)")
      case (_, .object) where schema.name == "Marketplace":
        // A place to deal in, run by somebody.
        #expect(icon.family == .organizations)
      default:
        #expect(icon.family != .people && icon.family != .organizations, "\(schema.name)")
      }
    }
    #expect(Icon(schema: "Spaceship") == nil)
  }

  @Test func `every pictogram but those of minors and of nothing known has a schema`() {
    let used = Set(Ontology.standard.schemata.compactMap { Icon(schema: $0.name) })
    #expect(Set(Icon.allCases).subtracting(used) == [.minor, .unknown])
  }
}
