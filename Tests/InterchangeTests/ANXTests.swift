// SPDX-License-Identifier: Apache-2.0

import Foundation
import GraphCore
import Interchange
import Testing

/// Charts of i2 Analyst's Notebook: what a chart says is read, what a graph says is written.
struct ANXTests {
  private func read(_ text: String) throws -> GraphDocument {
    try GraphDocument(reading: .text(text, name: "f.anx"))
  }

  // In the manner of the program: identifiers of collections are referred to, ends by EntityId.
  private static let chart = """
    <?xml version="1.0" encoding="utf-8"?>
    <Chart SchemaVersion="7.0.0.1" IdReferenceLinking="false">
    <StrengthCollection><Strength Id="S1" Name="Confirmed" DotStyle="DotStyleSolid"/>
    <Strength Id="S2" Name="Rumour" DotStyle="DotStyleDotted"/></StrengthCollection>
    <GradeOne><StringCollection><String Text="-"/><String Text="B"/></StringCollection></GradeOne>
    <GradeTwo><StringCollection><String Text="-"/><String Text="2"/></StringCollection></GradeTwo>
    <GradeThree><StringCollection><String Text="-"/><String Text="H1"/></StringCollection></GradeThree>
    <AttributeClassCollection><AttributeClass Id="A1" Name="Age" Type="AttNumber"/>
    <AttributeClass Id="A2" Name="Flagged" Type="AttFlag"/></AttributeClassCollection>
    <EntityTypeCollection><EntityType Id="T1" Name="Person"/></EntityTypeCollection>
    <LinkTypeCollection><LinkType Id="L1" Name="Call"/></LinkTypeCollection>
    <ChartItemCollection>
    <ChartItem Label="rings" DateSet="true" TimeSet="false" DateTime="2024-03-04T00:00:00">
    <Link End1Id="7" End2Id="9"><LinkStyle LinkTypeReference="L1" StrengthReference="S2"
    ArrowStyle="ArrowOnTail"/></Link></ChartItem>
    <ChartItem Label="Ann" GradeOneIndex="1" GradeTwoIndex="1" GradeThreeIndex="1" Description="seen">
    <End X="10" Y="-20.5"><Entity EntityId="7" Identity="P1" LabelIsIdentity="false">
    <Icon><IconStyle EntityTypeReference="T1"/></Icon>
    <CardCollection><Card Summary="a report" SourceReference="12"/></CardCollection></Entity></End>
    <AttributeCollection><Attribute AttributeClassReference="A1" Value="41"/>
    <Attribute AttributeClass="Flagged" Value="true"/></AttributeCollection></ChartItem>
    <ChartItem Label="The harbour"><End X="0" Y="0"><Entity EntityId="9" Identity="H" LabelIsIdentity="true">
    <ThemeLine><ThemeStyle Type="Place"/></ThemeLine></Entity></End></ChartItem>
    </ChartItemCollection></Chart>
    """

  @Test func `entities, links, gradings, attributes, cards and places are read`() throws {
    let document = try read(Self.chart)
    #expect(document.format == .anx)
    #expect(document.nodeIDs == ["P1", "H"])
    #expect(document.nodeLabels == ["Ann", nil])
    #expect(document.nodeColumn("schema")?.values == .text(["Person", "Place"]))
    #expect(document.nodeColumn("representation")?.values == .text([nil, "ThemeLine"]))
    #expect(document.nodeColumn("grade")?.values == .text(["B2", nil]))
    #expect(document.nodeColumn("handling")?.values == .text(["H1", nil]))
    #expect(document.nodeColumn("description")?.values == .text(["seen", nil]))
    #expect(document.nodeColumn("Age")?.values == .integer([41, nil]))
    #expect(document.nodeColumn("Flagged")?.values == .boolean([true, nil]))
    #expect(document.nodeColumn("x")?.values == .real([10, 0]))
    #expect(document.nodeColumn("y")?.values == .real([-20.5, 0]))
    #expect(document.nodeColumn("cards")?.values == .text(["a report · 12", nil]))
    // The arrow stands at the tail: the link leads from its second end to its first.
    #expect(document.direction == .directed)
    #expect(document.sources == [1] && document.targets == [0])
    #expect(document.edgeColumn("kind")?.values == .text(["Call"]))
    #expect(document.edgeColumn("label")?.values == .text(["rings"]))
    #expect(document.edgeColumn("standing")?.values == .text(["Rumour"]))
    #expect(document.edgeColumn("dateTime")?.values == .text(["2024-03-04"]))
  }

  @Test func `what a case says of its ties comes back`() throws {
    var document = GraphDocument(
      name: "harbour", direction: .undirected, nodeIDs: ["p:1", "p:2", "c:1"],
      sources: [0, 1, 2], targets: [1, 2, 0],
      nodeColumns: [
        AttributeColumn(name: "schema", values: .text(["Person", "Person", "Company"])),
        AttributeColumn(name: "x", values: .real([1, 2, 3])),
        AttributeColumn(name: "y", values: .real([4, -5, 6])),
      ],
      edgeColumns: [
        AttributeColumn(name: "kind", values: .text(["call", "ownership", nil])),
        AttributeColumn(name: "standing", values: .text(["confirmed", "probable", "unconfirmed"])),
        AttributeColumn(name: "grade", values: .text(["A1", "B2", nil])),
        AttributeColumn(name: "handling", values: .text(["H1", nil, "H3"])),
        AttributeColumn(name: "records", values: .integer([3, 1, 2])),
      ])
    document.graphAttributes = [("handling", "H3"), ("caveat", "association is not guilt")]
    let written = try ANXWriter().write(document)
    #expect(written.losses.isEmpty, "\(written.losses)")
    let again = try GraphDocument(reading: .bytes(written.bytes, name: "f"))
    #expect(again.name == "harbour" && again.nodeIDs == document.nodeIDs)
    #expect(again.direction == .undirected)
    for column in document.nodeColumns { #expect(again.nodeColumn(column.name) == column) }
    for column in document.edgeColumns { #expect(again.edgeColumn(column.name) == column) }
    #expect(again.graphAttributes.map(\.text) == document.graphAttributes.map(\.text))
    let text = String(decoding: written.bytes, as: UTF8.self)
    #expect(text.contains("Strength=\"Probable\"") && text.contains("DotStyleDashed"))
  }

  @Test func `cards bear grade, handling, source and date, and arrows what records say`() throws {
    let document = GraphDocument(
      name: "g", direction: .undirected, nodeIDs: ["a", "b"], sources: [0], targets: [1],
      edgeColumns: [AttributeColumn(name: "arrow", values: .text(["backward"]))])
    let card = EvidenceCard(
      summary: "Call: <a> & b", text: "duration: 60", sourceType: "wiretap",
      sourceReference: "calls.csv:3", grade: "B2", handling: "H2", date: "2024-03-04T10:20:00")
    let written = try ANXWriter(nodeCards: ["a": [card]], edgeCards: [[card]]).write(document)
    let text = String(decoding: written.bytes, as: UTF8.self)
    #expect(
      text.components(separatedBy: "Summary=\"Call: &lt;a&gt; &amp; b\"").count == 3, "\(text)")
    #expect(text.contains("GradeOneIndex=\"1\" GradeTwoIndex=\"1\" GradeThreeIndex=\"1\""))
    #expect(text.contains("TimeSet=\"true\" DateTime=\"2024-03-04T10:20:00\""))
    #expect(text.contains("ArrowStyle=\"ArrowOnTail\""))
    #expect(!written.losses.isEmpty)
    let again = try GraphDocument(reading: .bytes(written.bytes, name: "f"))
    #expect(again.direction == .directed && again.sources == [1] && again.targets == [0])
    #expect(
      try ANXWriter(nodeCards: ["a": [card]], edgeCards: [[card]]).write(document).bytes
        == written.bytes)
  }

  private static func with(_ item: String) -> String {
    chart.replacing("</ChartItemCollection>", with: item + "</ChartItemCollection>")
  }

  static let broken: [BrokenFile] = [
    .init("no chart", "<Graph><Chart/></Graph>", "f.anx:1:1", "the element Graph"),
    .init("cut", String(chart.prefix(chart.count - 40)), "ends too early"),
    .init(
      "dangling", with("<ChartItem><Link End1Id='7' End2Id='99'/></ChartItem>"),
      "“99”, which is no entity", "f.anx:"),
    .init(
      "one end", with("<ChartItem><Link End1Id='7'/></ChartItem>"), "a link without two ends"),
    .init(
      "identity twice",
      with("<ChartItem><End><Entity EntityId='8' Identity='P1'/></End></ChartItem>"),
      "the node “P1” occurs again"),
    .init(
      "entity id twice",
      with("<ChartItem><End><Entity EntityId='7' Identity='P3'/></End></ChartItem>"),
      "the EntityId “7” occurs again"),
    .init(
      "no identity", with("<ChartItem><End><Entity/></End></ChartItem>"),
      "an entity without an identity"),
    .init(
      "unknown class",
      with(
        "<ChartItem><End><Entity EntityId='8' Identity='Q'/></End><AttributeCollection><Attribute AttributeClass='Z' Value='1'/></AttributeCollection></ChartItem>"
      ), "the attribute class “Z”"),
    .init(
      "no number",
      with(
        "<ChartItem><End><Entity EntityId='8' Identity='Q'/></End><AttributeCollection><Attribute AttributeClass='Age' Value='old'/></AttributeCollection></ChartItem>"
      ), "“old” in “Age”", "a finite number"),
    .init(
      "value twice",
      with(
        "<ChartItem><End><Entity EntityId='8' Identity='Q'/></End><AttributeCollection><Attribute AttributeClass='Age' Value='1'/><Attribute AttributeClass='Age' Value='2'/></AttributeCollection></ChartItem>"
      ), "“Age” has two values here"),
    .init(
      "arrow",
      with(
        "<ChartItem><Link End1Id='7' End2Id='9'><LinkStyle ArrowStyle='Both'/></Link></ChartItem>"),
      "ArrowStyle “Both”"),
    .init(
      "place",
      with("<ChartItem><End X='left'><Entity EntityId='8' Identity='Q'/></End></ChartItem>"),
      "the place X=“left”"),
    .init(
      "grade",
      with(
        "<ChartItem GradeOneIndex='B'><End><Entity EntityId='8' Identity='Q'/></End></ChartItem>"),
      "GradeOneIndex “B”"),
    .init(
      "item in item",
      with(
        "<ChartItem><ChartItem><End><Entity EntityId='8' Identity='Q'/></End></ChartItem></ChartItem>"
      ), "a chart item inside another"),
    .init(
      "entities declared", "<!DOCTYPE Chart [<!ENTITY a 'b'>]>" + chart.dropFirst(39),
      "a DOCTYPE with declarations"),
  ]

  @Test(arguments: broken)
  func `a broken chart is refused with its place`(_ broken: BrokenFile) throws {
    do {
      var options = GraphReadingOptions()
      options.format = .anx
      let document = try GraphDocument(reading: .text(broken.text, name: "f.anx"), options)
      Issue.record("\(broken.name) was read: \(document.nodeCount) nodes")
    } catch {
      for word in broken.words { #expect("\(error)".contains(word), "\(error)") }
    }
  }
}
