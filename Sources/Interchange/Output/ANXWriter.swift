// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// What a card of i2 Analyst's Notebook says behind an entity or a link: one report.
public struct EvidenceCard: Hashable, Sendable {
  /// The line that is shown first.
  public var summary: String
  /// The whole text; empty for none.
  public var text: String
  /// What kind of source it is, or its name.
  public var sourceType: String
  /// Where in the source it stands.
  public var sourceReference: String
  /// The grade, as its scheme writes it.
  public var grade: String?
  /// The handling code.
  public var handling: String?
  /// The day or moment, as `2024-03-04` or `2024-03-04T10:20:00`; nil where none is known.
  public var date: String?

  /// Creates a card.
  public init(
    summary: String, text: String = "", sourceType: String = "", sourceReference: String = "",
    grade: String? = nil, handling: String? = nil, date: String? = nil
  ) {
    self.summary = summary
    self.text = text
    self.sourceType = sourceType
    self.sourceReference = sourceReference
    self.grade = grade
    self.handling = handling
    self.date = date
  }
}

/// Writes charts for i2 Analyst's Notebook (ANX, its XML exchange form).
///
/// A node is an entity with an icon of its `schema`, an edge a link of its `kind`; `standing` is the
/// strength of the link and so the dash of its line, `grade` and `handling` the three gradings, `x` and `y`
/// the place. Every other column is an attribute. Reports can be given as cards.
public struct ANXWriter: GraphWriter {
  public let format = GraphFormat.anx
  private let nodeCards: [String: [EvidenceCard]]
  private let edgeCards: [[EvidenceCard]]

  /// Creates a writer.
  ///
  /// - Parameters:
  ///   - nodeCards: the cards of nodes, by identifier.
  ///   - edgeCards: the cards of each edge, in edge order; empty for none at all.
  public init(nodeCards: [String: [EvidenceCard]] = [:], edgeCards: [[EvidenceCard]] = []) {
    self.nodeCards = nodeCards
    self.edgeCards = edgeCards
  }

  public func write(_ document: GraphDocument) throws(InterchangeError) -> WrittenGraph {
    precondition(edgeCards.isEmpty || edgeCards.count == document.edgeCount)
    guard document.nodeIDs.allSatisfy({ XMLText.canHold($0) && !$0.isEmpty }) else {
      throw .request(
        "ANX cannot hold identifiers that are empty or have control characters; choose another format"
      )
    }
    var chart = ANXChart(document, nodeCards, edgeCards)
    return chart.written()
  }
}

/// The names by which reader and writer of ANX mean the same.
enum ANXNames {
  static let noType = "Entity"
  static let noLinkType = "Link"
  static let notGraded = "Not graded"
  static let standings = ["confirmed", "probable", "unconfirmed"]
  static let dots = ["DotStyleSolid", "DotStyleDashed", "DotStyleDotted"]
  static let placesProperty = "Places"
  static let noPlaces = "set in a grid, none were known"

  /// A standing as the name of a strength.
  static func strength(_ standing: String) -> String {
    standing.prefix(1).uppercased() + standing.dropFirst()
  }
}

/// One chart that is being written.
private struct ANXChart {
  private let document: GraphDocument
  private let parts: WrittenParts
  private let nodeCards: [String: [EvidenceCard]]
  private let edgeCards: [[EvidenceCard]]
  private var losses: LossReport
  private var xml = XMLText()
  private var gradings = Gradings()
  private var classes: [(name: String, type: String)] = []
  private var classNumber: [String: Int] = [:]

  init(
    _ document: GraphDocument, _ nodeCards: [String: [EvidenceCard]],
    _ edgeCards: [[EvidenceCard]]
  ) {
    parts = WrittenParts(document)
    self.document = parts.document
    losses = parts.losses
    self.nodeCards = nodeCards
    self.edgeCards = edgeCards
    for column in self.document.nodeColumns where Self.attribute(ofNodes: column) { add(column) }
    for column in self.document.edgeColumns where Self.attribute(ofEdges: column) { add(column) }
    for edge in 0..<document.edgeCount {
      gradings.note(text("grade", edge: edge), text("handling", edge: edge))
    }
    for node in 0..<document.nodeCount {
      gradings.note(text("grade", node: node), text("handling", node: node))
    }
    for card in nodeCards.values.flatMap(\.self) + edgeCards.flatMap(\.self) {
      gradings.note(card.grade, card.handling)
    }
    gradings.sort()
  }

  // What has a place of its own in a chart is no attribute.
  private static func attribute(ofNodes column: AttributeColumn) -> Bool {
    switch column.name {
    case "x", "y": !column.values.isNumeric
    case "schema", "grade", "handling", "description": !isText(column)
    default: true
    }
  }

  private static func attribute(ofEdges column: AttributeColumn) -> Bool {
    switch column.name {
    case "kind", "grade", "handling", "standing", "description", "arrow": !isText(column)
    default: true
    }
  }

  private static func isText(_ column: AttributeColumn) -> Bool {
    if case .text = column.values { true } else { false }
  }

  private mutating func add(_ column: AttributeColumn) {
    let type =
      switch column.values {
      case .text: "AttText"
      case .integer, .real: "AttNumber"
      case .boolean: "AttFlag"
      }
    if let number = classNumber[column.name] {
      if classes[number].type != type { classes[number].type = "AttText" }
      return
    }
    classNumber[column.name] = classes.count
    classes.append((column.name, type))
  }

  private func text(_ name: String, node: Int) -> String? {
    guard let column = document.nodeColumns.first(where: { $0.name == name && Self.isText($0) })
    else { return nil }
    return column.values.text(at: node)
  }

  private func text(_ name: String, edge: Int) -> String? {
    guard let column = document.edgeColumns.first(where: { $0.name == name && Self.isText($0) })
    else { return nil }
    return column.values.text(at: edge)
  }

  // MARK: The chart

  mutating func written() -> WrittenGraph {
    let places = self.places()
    xml.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Chart IdReferenceLinking=\"false\">\n")
    xml.raw("<ApplicationVersion Major=\"9\" Minor=\"0\" Point=\"0\" Build=\"0\"/>\n")
    xml.raw("<StrengthCollection>\n")
    for (standing, dots) in zip(ANXNames.standings, ANXNames.dots) {
      element("Strength", [("Name", ANXNames.strength(standing)), ("DotStyle", dots)])
    }
    element("Strength", [("Name", ANXNames.notGraded), ("DotStyle", "DotStyleSolid")])
    xml.raw("</StrengthCollection>\n")
    for (name, words) in zip(["GradeOne", "GradeTwo", "GradeThree"], gradings.lists) {
      xml.raw("<\(name)><StringCollection>\n")
      for word in words { element("String", [("Text", word)]) }
      xml.raw("</StringCollection></\(name)>\n")
    }
    xml.raw("<AttributeClassCollection>\n")
    for entry in classes {
      element(
        "AttributeClass",
        [
          ("Name", entry.name), ("Type", entry.type), ("IsUser", "true"), ("UserCanAdd", "true"),
          ("UserCanRemove", "true"), ("ShowValue", "true"), ("Visible", "false"),
        ])
    }
    xml.raw("</AttributeClassCollection>\n<EntityTypeCollection>\n")
    for type in types(document.nodeCount, { text("schema", node: $0) ?? ANXNames.noType }) {
      element(
        "EntityType",
        [
          ("Name", type), ("IconFile", Self.icon(type)),
          ("PreferredRepresentation", "RepresentAsIcon"),
        ])
    }
    xml.raw("</EntityTypeCollection>\n<LinkTypeCollection>\n")
    for type in types(document.edgeCount, { text("kind", edge: $0) ?? ANXNames.noLinkType }) {
      element("LinkType", [("Name", type)])
    }
    xml.raw("</LinkTypeCollection>\n")
    summary(hasPlaces: places != nil)
    xml.raw("<ChartItemCollection>\n")
    for node in 0..<document.nodeCount { entity(node, places?[node] ?? Self.gridPlace(node)) }
    for edge in 0..<document.edgeCount { link(edge) }
    xml.raw("</ChartItemCollection>\n</Chart>\n")
    let arrows = (0..<document.edgeCount).count {
      Self.arrow(text("arrow", edge: $0)) != "ArrowNone"
    }
    losses.add(arrows, "arrows become the directions of their links")
    losses.add(xml.replacedCount, "characters that XML cannot hold are replaced")
    return WrittenGraph(
      bytes: xml.bytes, nodeTable: nil, losses: losses,
      notes: places == nil
        ? [
          "the entities stand in a grid: lay the chart out in Analyst's Notebook, or write it with clew diagram"
        ]
        : [])
  }

  // The places in whole units, as a chart has them.
  private mutating func places() -> [(x: Int, y: Int)]? {
    let columns = ["x", "y"].compactMap { name in
      document.nodeColumns.first { $0.name == name && $0.values.isNumeric }
    }
    guard columns.count == 2 else { return nil }
    var rounded = 0
    var missing = 0
    let places = (0..<document.nodeCount).map { node -> (x: Int, y: Int) in
      let numbers = columns.map { $0.values.number(at: node) }
      guard let x = numbers[0], let y = numbers[1], abs(x) < 1e9, abs(y) < 1e9 else {
        missing += 1
        return Self.gridPlace(node)
      }
      if x != x.rounded() || y != y.rounded() { rounded += 1 }
      return (Int(x.rounded()), Int(y.rounded()))
    }
    losses.add(rounded, "places are rounded to whole units")
    losses.add(missing, "nodes without a place are given one in a grid")
    return places
  }

  private static func gridPlace(_ node: Int) -> (x: Int, y: Int) {
    (100 * (node % 40), 100 * (node / 40))
  }

  private func types(_ count: Int, _ type: (Int) -> String) -> [String] {
    var seen: Set<String> = []
    return (0..<count).map(type).filter { seen.insert($0).inserted }
  }

  // Icons that Analyst's Notebook brings; a name that it does not know is shown as a general icon.
  private static func icon(_ type: String) -> String {
    switch type {
    case "Person": "Person"
    case "Company", "Organization", "LegalEntity", "PublicBody", "CriminalNetwork": "Office"
    case "Phone", "SIM", "Device": "Phone"
    case "BankAccount", "CryptoWallet": "Account"
    case "Address", "RealEstate": "House"
    case "Vehicle": "Car"
    case "Vessel": "Ship"
    case "Airplane": "Airplane"
    case "Place", "Port", "Terminal", "Airport", "BorderPoint": "Place"
    case "Document", "Identification", "Passport": "Document"
    default: "General"
    }
  }

  private mutating func summary(hasPlaces: Bool) {
    xml.raw("<Summary>\n<FieldCollection>\n")
    element("Field", [("Type", "SummaryFieldTitle"), ("Field", document.name)])
    xml.raw("</FieldCollection>\n<CustomPropertyCollection>\n")
    let made = hasPlaces ? [] : [(ANXNames.placesProperty, ANXNames.noPlaces)]
    for (name, value) in document.graphAttributes.map({ ($0.name, $0.text) }) + made {
      element("CustomProperty", [("Name", name), ("Type", "String"), ("Value", value)])
    }
    xml.raw("</CustomPropertyCollection>\n</Summary>\n")
  }

  private mutating func entity(_ node: Int, _ place: (x: Int, y: Int)) {
    let id = document.nodeIDs[node]
    let label = document.nodeLabels?[node]
    open(
      "ChartItem",
      [("Label", label ?? id), ("XPosition", "\(place.x)")]
        + (text("description", node: node).map { [("Description", $0)] } ?? [])
        + gradings.attributes(text("grade", node: node), text("handling", node: node)))
    open("End", [("X", "\(place.x)"), ("Y", "\(place.y)"), ("Z", "0")])
    open(
      "Entity",
      [
        ("EntityId", "\(node + 1)"), ("Identity", id),
        ("LabelIsIdentity", label == nil ? "true" : "false"),
      ])
    xml.raw("<Icon>")
    element("IconStyle", [("Type", text("schema", node: node) ?? ANXNames.noType)])
    xml.raw("</Icon>\n")
    cards(nodeCards[id] ?? [])
    xml.raw("</Entity>\n</End>\n")
    attributes(document.nodeColumns.filter(Self.attribute(ofNodes:)), node)
    xml.raw("</ChartItem>\n")
  }

  private mutating func link(_ edge: Int) {
    let kind = text("kind", edge: edge)
    let isDirected = document.mixedDirections?[edge] ?? parts.isDirected
    let standing = text("standing", edge: edge)
    let strength =
      standing.map { ANXNames.standings.contains($0) ? ANXNames.strength($0) : ANXNames.notGraded }
      ?? ANXNames.notGraded
    if let standing, !ANXNames.standings.contains(standing) {
      losses.add(1, "standing “\(standing)” is none that a line can show")
    }
    let label = document.edgeColumns.first { $0.name == "label" }?.values.text(at: edge)
    open(
      "ChartItem",
      [("Label", label ?? kind ?? "")]
        + (text("description", edge: edge).map { [("Description", $0)] } ?? [])
        + gradings.attributes(text("grade", edge: edge), text("handling", edge: edge)))
    open(
      "Link",
      [
        ("End1Id", "\(document.sources[edge] + 1)"), ("End2Id", "\(document.targets[edge] + 1)"),
      ])
    element(
      "LinkStyle",
      [
        ("Type", kind ?? ANXNames.noLinkType), ("Strength", strength),
        ("ArrowStyle", isDirected ? "ArrowOnHead" : Self.arrow(text("arrow", edge: edge))),
        ("MlStyle", "MultiplicityMultiple"),
      ])
    if !edgeCards.isEmpty { cards(edgeCards[edge]) }
    xml.raw("</Link>\n")
    attributes(document.edgeColumns.filter(Self.attribute(ofEdges:)), edge)
    xml.raw("</ChartItem>\n")
  }

  // The direction that records give an edge although the graph ignores it.
  private static func arrow(_ word: String?) -> String {
    switch word {
    case "forward": "ArrowOnHead"
    case "backward": "ArrowOnTail"
    case "both": "ArrowOnBoth"
    default: "ArrowNone"
    }
  }

  private mutating func attributes(_ columns: [AttributeColumn], _ index: Int) {
    let values = columns.compactMap { column in
      column.values.text(at: index).map { (column.name, $0) }
    }
    if values.isEmpty { return }
    xml.raw("<AttributeCollection>\n")
    for (name, value) in values {
      element("Attribute", [("AttributeClass", name), ("Value", value)])
    }
    xml.raw("</AttributeCollection>\n")
  }

  private mutating func cards(_ cards: [EvidenceCard]) {
    if cards.isEmpty { return }
    xml.raw("<CardCollection>\n")
    for card in cards {
      var attributes = [("Summary", card.summary)]
      if !card.text.isEmpty { attributes.append(("Text", card.text)) }
      if !card.sourceType.isEmpty { attributes.append(("SourceType", card.sourceType)) }
      if !card.sourceReference.isEmpty {
        attributes.append(("SourceReference", card.sourceReference))
      }
      if let date = card.date {
        let hasTime = date.utf8.contains(UInt8(ascii: "T"))
        attributes += [
          ("DateSet", "true"), ("TimeSet", hasTime ? "true" : "false"),
          ("DateTime", hasTime ? date : date + "T00:00:00"),
        ]
      }
      element("Card", attributes + gradings.attributes(card.grade, card.handling))
    }
    xml.raw("</CardCollection>\n")
  }

  // MARK: Markup

  private mutating func open(_ name: String, _ attributes: [(String, String)]) {
    tag(name, attributes)
    xml.raw(">\n")
  }

  private mutating func element(_ name: String, _ attributes: [(String, String)]) {
    tag(name, attributes)
    xml.raw("/>\n")
  }

  private mutating func tag(_ name: String, _ attributes: [(String, String)]) {
    xml.raw("<\(name)")
    for (name, value) in attributes {
      xml.raw(" \(name)=\"")
      xml.attribute(value)
      xml.raw("\"")
    }
  }
}

/// The three lists of gradings of a chart: of sources, of information, of handling.
///
/// A grade such as B2 is taken apart into the source's letter and what follows. The first word of each
/// list says that there is none.
private struct Gradings {
  private(set) var lists = [["-"], ["-"], ["-"]]

  mutating func note(_ grade: String?, _ handling: String?) {
    for (index, word) in Self.words(grade, handling).enumerated() {
      if let word, !lists[index].contains(word) { lists[index].append(word) }
    }
  }

  mutating func sort() {
    for index in lists.indices { lists[index] = ["-"] + lists[index].dropFirst().sorted() }
  }

  func attributes(_ grade: String?, _ handling: String?) -> [(String, String)] {
    zip(["GradeOneIndex", "GradeTwoIndex", "GradeThreeIndex"], Self.words(grade, handling))
      .enumerated().compactMap { index, entry in
        guard let word = entry.1, let place = lists[index].firstIndex(of: word) else { return nil }
        return (entry.0, "\(place)")
      }
  }

  private static func words(_ grade: String?, _ handling: String?) -> [String?] {
    let code = grade ?? ""
    let (first, rest) = (String(code.prefix(1)), String(code.dropFirst()))
    return [
      first.isEmpty ? nil : first, rest.isEmpty ? nil : rest,
      handling.flatMap { $0.isEmpty ? nil : $0 },
    ]
  }
}
