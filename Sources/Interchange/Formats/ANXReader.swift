// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// Reads charts of i2 Analyst's Notebook (ANX, its XML exchange form).
///
/// Entities of every representation (icons, boxes, circles, theme lines, event frames, text blocks) are
/// nodes by their identity, links are edges. What a chart looks like beyond the places of its entities is
/// passed over.
final class ANXReader: XMLHandler {
  private struct Link {
    var ends: [String]
    var isReference: Bool
    var arrow = "ArrowNone"
    var values: [(name: String, value: GraphValue)] = []
    var place: TextPlace
  }

  /// The chart item that is being read.
  private struct Item {
    var attributes: [(name: String, value: GraphValue)] = []
    var label: String
    var identity: String?
    var entityID: String?
    var labelIsIdentity = false
    var representation: String?
    var type: String?
    var x: Double?
    var y: Double?
    var link: Link?
    var cards: [String] = []
    var id: String?
    var place: TextPlace
  }

  private let file: String
  private var builder: DocumentBuilder
  private var path: [String] = []
  private var charts = 0
  private var item: Item?
  private var items: [Item] = []
  private var grades: [[String]] = [[], [], []]
  private var openGrade: Int?
  private var classTypes: [String: String] = [:]
  private var classNames: [String: String] = [:]
  private var typeNames: [String: String] = [:]
  private var strengthNames: [String: String] = [:]
  private var hasMadePlaces = false

  static func read(
    _ stream: ByteStream, _ options: GraphReadingOptions
  ) throws(InterchangeError) -> GraphDocument {
    let reader = ANXReader(file: stream.name, maximumNodes: options.maximumNodes)
    let parser = XMLParser(file: stream.name, encoding: options.table.encoding, handler: reader)
    do {
      try parser.parse(stream)
    } catch .refused(let list) where !parser.isRefused {
      throw reader.builder.refusal(.refused(list))
    }
    return try reader.document()
  }

  private init(file: String, maximumNodes: Int) {
    self.file = file
    builder = DocumentBuilder(file: file, format: .anx, maximumNodes: maximumNodes)
  }

  // MARK: Elements

  func start(_ element: XMLElement, at place: XMLPlace) {
    defer { path.append(element.name) }
    if path.isEmpty, element.name != "Chart" {
      builder.report(place, "the element \(element.name)", expected: "Chart")
    }
    switch element.name {
    case "Chart":
      charts += 1
      if charts > 1 { builder.report(place, "a chart inside a chart", expected: "one chart") }
    case "GradeOne": openGrade = 0
    case "GradeTwo": openGrade = 1
    case "GradeThree": openGrade = 2
    case "String":
      if let openGrade { grades[openGrade].append(element["Text"] ?? "") }
    case "AttributeClass":
      guard let name = element["Name"] else {
        return builder.report(place, "an attribute class without a name", expected: "Name")
      }
      classTypes[name] = element["Type"] ?? "AttText"
      if let id = element["Id"] { classNames[id] = name }
    case "EntityType", "LinkType":
      if let id = element["Id"], let name = element["Name"] { typeNames[id] = name }
    case "Strength":
      if let id = element["Id"], let name = element["Name"] { strengthNames[id] = name }
    case "Field":
      if element["Type"] == "SummaryFieldTitle", let title = element["Field"], !title.isEmpty {
        builder.name = title
      }
    case "CustomProperty":
      guard let name = element["Name"], let value = element["Value"] else { return }
      if name == ANXNames.placesProperty, value == ANXNames.noPlaces {
        hasMadePlaces = true
      } else {
        builder.graphAttributes.append((name, value))
      }
    case "ChartItem": startItem(element, place)
    case "End", "Entity", "Icon", "Box", "Circle", "EventFrame", "TheaterBlock", "TextBlock",
      "Label", "ThemeLine", "Theme", "Event":
      if item != nil { inEntity(element, place) }
    case "IconStyle", "BoxStyle", "CircleStyle", "EventFrameStyle", "TextBlockStyle", "ThemeStyle":
      item?.type = element["Type"] ?? element["EntityTypeReference"].flatMap { typeNames[$0] }
    case "Link": startLink(element, place)
    case "LinkStyle": style(element, place)
    case "Attribute": attribute(element, place)
    case "Card": card(element)
    default: break
    }
  }

  func end(_ name: String, at place: XMLPlace) {
    path.removeLast()
    switch name {
    case "GradeOne", "GradeTwo", "GradeThree": openGrade = nil
    case "ChartItem":
      if let item { items.append(item) }
      item = nil
    default: break
    }
  }

  var wantsText: Bool { false }

  func text(_ text: String) {}

  private func startItem(_ element: XMLElement, _ place: TextPlace) {
    if item != nil {
      return builder.report(place, "a chart item inside another", expected: "one after the other")
    }
    var item = Item(label: element["Label"] ?? "", place: place)
    item.id = element["Id"]
    if let text = element["Description"], !text.isEmpty {
      item.attributes.append(("description", .text(text)))
    }
    if element["DateSet"] == "true", let moment = element["DateTime"] {
      item.attributes.append(
        (
          "dateTime",
          .text(element["TimeSet"] == "false" ? String(moment.prefix { $0 != "T" }) : moment)
        ))
    }
    for (name, key) in [("SourceReference", "source"), ("SourceType", "sourceType")] {
      if let text = element[name], !text.isEmpty { item.attributes.append((key, .text(text))) }
    }
    let codes = grading(element, place)
    if let grade = codes.grade { item.attributes.append(("grade", .text(grade))) }
    if let handling = codes.handling { item.attributes.append(("handling", .text(handling))) }
    self.item = item
  }

  // The grade and the handling code that the three indices stand for.
  private func grading(
    _ element: XMLElement, _ place: TextPlace
  ) -> (grade: String?, handling: String?) {
    var words: [String] = []
    for (list, name) in ["GradeOneIndex", "GradeTwoIndex", "GradeThreeIndex"].enumerated() {
      guard let text = element[name], text != "0" else {
        words.append("")
        continue
      }
      guard let index = Int(text), index >= 0 else {
        builder.report(place, "\(name) “\(text)”", expected: "a whole number from 0")
        words.append("")
        continue
      }
      if grades[list].indices.contains(index) {
        words.append(grades[list][index])
      } else {
        builder.remark("gradings that the chart does not list are kept as their numbers")
        words.append("\(index)")
      }
    }
    let grade = words[0].isEmpty && words[1].isEmpty ? nil : Self.grade(words[0], words[1])
    return (grade, words[2].isEmpty ? nil : words[2])
  }

  // B and 2 are the grade B2; longer words stay apart.
  private static func grade(_ source: String, _ information: String) -> String {
    source.count <= 1 && !information.contains(" ")
      ? source + information
      : [source, information].filter { !$0.isEmpty }.joined(separator: " / ")
  }

  private func inEntity(_ element: XMLElement, _ place: TextPlace) {
    switch element.name {
    case "End":
      for (name, path) in [("X", \Item.x), ("Y", \Item.y)] {
        guard let text = element[name] else { continue }
        guard let number = CellNumber(text)?.value else {
          builder.report(place, "the place \(name)=“\(text)”", expected: "a number")
          continue
        }
        item?[keyPath: path] = number
      }
    case "Entity":
      if item?.entityID != nil {
        builder.report(place, "a second entity in one chart item", expected: "one")
      }
      item?.entityID = element["EntityId"] ?? ""
      item?.identity = element["Identity"]
      item?.labelIsIdentity = element["LabelIsIdentity"] == "true"
    default:
      // Only what stands in the entity itself says how it is shown.
      if path.last == "Entity" { item?.representation = element.name }
    }
  }

  private func startLink(_ element: XMLElement, _ place: TextPlace) {
    guard item != nil else { return }
    let ends = [element["End1Id"], element["End2Id"]].compactMap(\.self)
    let references = [element["End1Reference"], element["End2Reference"]].compactMap(\.self)
    guard ends.count == 2 || references.count == 2 else {
      builder.report(place, "a link without two ends", expected: "End1Id and End2Id")
      item?.link = Link(ends: [], isReference: false, place: place)
      return
    }
    item?.link = Link(
      ends: ends.count == 2 ? ends : references, isReference: ends.count != 2, place: place)
  }

  private func style(_ element: XMLElement, _ place: TextPlace) {
    guard item?.link != nil else { return }
    let arrow = element["ArrowStyle"] ?? "ArrowNone"
    if !["ArrowNone", "ArrowOnHead", "ArrowOnTail", "ArrowOnBoth"].contains(arrow) {
      builder.report(
        place, "ArrowStyle “\(arrow)”",
        expected: "ArrowNone, ArrowOnHead, ArrowOnTail or ArrowOnBoth")
    }
    item?.link?.arrow = arrow
    item?.type = element["Type"] ?? element["LinkTypeReference"].flatMap { typeNames[$0] }
    let strength = element["Strength"] ?? element["StrengthReference"].flatMap { strengthNames[$0] }
    if let strength, strength != ANXNames.notGraded {
      let standing = strength.lowercased()
      item?.attributes.append(
        ("standing", .text(ANXNames.standings.contains(standing) ? standing : strength)))
    }
  }

  private func attribute(_ element: XMLElement, _ place: TextPlace) {
    guard item != nil else { return }
    let name =
      element["AttributeClass"] ?? element["AttributeClassReference"].flatMap { classNames[$0] }
    guard let name else {
      return builder.report(
        place, "an attribute of no class that the chart has",
        expected: "AttributeClass with the name of a class")
    }
    guard let text = element["Value"] else {
      return builder.report(place, "the attribute “\(name)” without a value", expected: "Value")
    }
    let value: GraphValue
    switch classTypes[name] {
    case nil:
      return builder.report(
        place, "the attribute class “\(name)”", expected: "a class that the chart declares")
    case "AttNumber":
      guard let number = GraphValue.number(text) else {
        return builder.report(place, "“\(text)” in “\(name)”", expected: "a finite number")
      }
      value = number
    case "AttFlag":
      guard let truth = ColumnBuilder.truth(ByteCell(text)) else {
        return builder.report(place, "“\(text)” in “\(name)”", expected: "true or false")
      }
      value = .boolean(truth)
    default: value = .text(text)
    }
    item?.attributes.append((name, value))
  }

  private func card(_ element: XMLElement) {
    let parts = ["Summary", "Text", "DateTime", "SourceType", "SourceReference"]
      .compactMap { element[$0] }.filter { !$0.isEmpty }
    if !parts.isEmpty { item?.cards.append(parts.joined(separator: " · ")) }
  }

  // MARK: The document

  private func document() throws(InterchangeError) -> GraphDocument {
    if charts == 0 {
      builder.report(TextPlace(line: 1, column: 1), "there is no chart", expected: "Chart")
    }
    var byEntity: [String: Int32] = [:]
    var byReference: [String: Int32] = [:]
    for item in items where item.link == nil {
      guard let entityID = item.entityID else {
        builder.remark("chart items that are neither entity nor link are passed over")
        continue
      }
      let identity = item.identity ?? ""
      let id = identity.isEmpty ? entityID : identity
      if id.isEmpty {
        builder.report(item.place, "an entity without an identity", expected: "Identity")
        continue
      }
      let node = builder.declare(id, at: item.place)
      if !entityID.isEmpty, byEntity.updateValue(node, forKey: entityID) != nil {
        builder.report(
          item.place, "the EntityId “\(entityID)” occurs again", expected: "an id of its own")
      }
      if let reference = item.id { byReference[reference] = node }
      set(item, node)
    }
    for item in items {
      guard let link = item.link, link.ends.count == 2 else { continue }
      var nodes: [Int32] = []
      for end in link.ends {
        guard let node = link.isReference ? byReference[end] : byEntity[end] else {
          builder.report(
            link.place, "a link ends at “\(end)”, which is no entity",
            expected: "the EntityId of an entity", advice: "add the entity, or remove the link")
          continue
        }
        nodes.append(node)
      }
      if nodes.count == 2 { add(item, link, nodes) }
    }
    let finished = builder
    return try finished.document(direction: .undirected, needsDeclarations: true)
  }

  private func set(_ item: Item, _ node: Int32) {
    if !item.labelIsIdentity, !item.label.isEmpty { builder.label(node, item.label) }
    if let type = item.type, type != ANXNames.noType {
      builder.set(node: node, "schema", .text(type), at: item.place)
    }
    if let shape = item.representation, shape != "Icon" {
      builder.set(node: node, "representation", .text(shape), at: item.place)
    }
    for (name, value) in item.attributes { builder.set(node: node, name, value, at: item.place) }
    if !hasMadePlaces, let x = item.x, let y = item.y {
      builder.set(node: node, "x", .real(x), at: item.place)
      builder.set(node: node, "y", .real(y), at: item.place)
    }
    if !item.cards.isEmpty {
      builder.set(node: node, "cards", .text(item.cards.joined(separator: "\n")), at: item.place)
    }
  }

  private func add(_ item: Item, _ link: Link, _ nodes: [Int32]) {
    let isBackward = link.arrow == "ArrowOnTail"
    if link.arrow == "ArrowOnBoth" {
      builder.remark("links with arrows at both ends are taken as undirected")
    }
    let edge = builder.edge(
      nodes[isBackward ? 1 : 0], nodes[isBackward ? 0 : 1],
      isDirected: isBackward || link.arrow == "ArrowOnHead", at: item.place)
    if let type = item.type, type != ANXNames.noLinkType {
      builder.set(edge: edge, "kind", .text(type), at: item.place)
    }
    let hasLabel = item.attributes.contains { $0.name == "label" }
    if !hasLabel, !item.label.isEmpty, item.label != item.type {
      builder.set(edge: edge, "label", .text(item.label), at: item.place)
    }
    for (name, value) in item.attributes { builder.set(edge: edge, name, value, at: item.place) }
    if !item.cards.isEmpty {
      builder.set(edge: edge, "cards", .text(item.cards.joined(separator: "\n")), at: item.place)
    }
  }
}
