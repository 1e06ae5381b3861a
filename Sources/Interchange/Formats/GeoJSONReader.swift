// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// Reads GeoJSON (RFC 7946): points are nodes with their coordinates, lines are ties.
///
/// A line names its ends by the properties `source` and `target`, else by beginning and ending where
/// points are. A feature is known by its `id`, else by its property `id`, else by its number, which is
/// stated. Other shapes, and features without one, are nodes without coordinates.
struct GeoJSONReader {
  private struct Feature {
    var node: JSONNode
    var number: Int
    var shape: String?
    var coordinates: JSONNode?
    var properties: [(key: String, value: JSONNode)]

    func property(_ name: String) -> JSONNode? { properties.first { $0.key == name }?.value }

    var isTie: Bool {
      property("source") != nil && property("target") != nil || shape == "LineString"
    }
  }

  private struct Position: Hashable {
    var longitude: Double
    var latitude: Double
  }

  private static let shapes: Set = [
    "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon",
    "GeometryCollection",
  ]

  private let text: WholeText
  private let ends: [Int: Int]
  private var builder: DocumentBuilder
  private var kinds: [String: Bool] = [:]
  private var at: [Position: Int32] = [:]
  private var isShared: Set<Position> = []

  /// Whether a text in lower case begins as GeoJSON does.
  static func isHead(_ start: String) -> Bool {
    let plain = start.filter { !$0.isWhitespace }
    return plain.hasPrefix("{")
      && ["featurecollection\"", "feature\""].contains { plain.contains("\"type\":\"" + $0) }
  }

  static func read(
    _ stream: ByteStream, _ options: GraphReadingOptions
  ) throws(InterchangeError) -> GraphDocument {
    let text = try WholeText(stream, encoding: options.table.encoding)
    var json = JSONReader(text)
    let root = try json.value()
    var reader = GeoJSONReader(
      text: text, ends: json.ends,
      builder: DocumentBuilder(
        file: text.file, format: .geoJSON, maximumNodes: options.maximumNodes))
    try reader.read(root)
    return try reader.builder.document(direction: .undirected, needsDeclarations: true)
  }

  private init(text: WholeText, ends: [Int: Int], builder: DocumentBuilder) {
    self.text = text
    self.ends = ends
    self.builder = builder
  }

  private mutating func report(
    _ node: JSONNode, _ what: String, _ expected: String, _ advice: String? = nil
  ) {
    builder.report(text.place(of: node.at), what, expected: expected, advice: advice)
  }

  private mutating func read(_ root: JSONNode) throws(InterchangeError) {
    let nodes: [JSONNode]
    switch root["type"]?.word {
    case "FeatureCollection":
      guard case .list(let items)? = root["features"]?.content else {
        throw .refused(
          text.problem(
            at: root["features"]?.at ?? root.at, "a collection without features",
            expected: "\"features\": [ … ]"))
      }
      nodes = items
    case "Feature": nodes = [root]
    case let other:
      throw .refused(
        text.problem(
          at: root["type"]?.at ?? root.at,
          other.map { "the type “\($0)”" } ?? "GeoJSON without a type",
          expected: "FeatureCollection or Feature"))
    }
    if let crs = root["crs"] { checkSystem(crs) }
    if let name = root["name"]?.word { builder.name = name }
    let features = nodes.enumerated().compactMap { feature($1, $0 + 1) }
    for feature in features where !feature.isTie { addNode(feature) }
    for feature in features where feature.isTie { addTie(feature) }
  }

  // Before RFC 7946 files could name another system; WGS 84 is the only one that is left.
  private mutating func checkSystem(_ crs: JSONNode) {
    guard let name = crs["properties"]?["name"]?.word else { return }
    guard !name.hasSuffix("CRS84"), !name.hasSuffix("4326") else { return }
    report(
      crs, "coordinates of the system \(name)", "longitude and latitude of WGS 84",
      "export the file again in WGS 84 (EPSG:4326)")
  }

  private mutating func feature(_ node: JSONNode, _ number: Int) -> Feature? {
    guard node["type"]?.word == "Feature" else {
      report(node["type"] ?? node, "a feature without its type", "\"type\": \"Feature\"")
      return nil
    }
    var feature = Feature(node: node, number: number, properties: [])
    switch node["properties"]?.content {
    case .object(let entries)?: feature.properties = entries
    case .null?, nil: break
    default: report(node["properties"] ?? node, "properties that are no object", "{ … } or null")
    }
    switch node["geometry"]?.content {
    case .null?, nil: break
    case .object?:
      guard let geometry = node["geometry"], let shape = geometry["type"]?.word,
        Self.shapes.contains(shape)
      else {
        report(node["geometry"] ?? node, "an unknown geometry", "Point or LineString, or null")
        return nil
      }
      feature.shape = shape
      feature.coordinates = geometry["coordinates"]
    default: report(node["geometry"] ?? node, "a geometry that is no object", "{ … } or null")
    }
    return feature
  }

  // MARK: Nodes

  private mutating func identifier(_ value: JSONNode?) -> String? {
    guard let value, let word = value.word else { return nil }
    if let isNumber = kinds[word], isNumber != value.isNumber {
      report(
        value, "the identifiers \(word) and \"\(word)\"", "one type for one identifier",
        "write both as text or both as numbers")
    }
    kinds[word] = value.isNumber
    return word
  }

  private mutating func addNode(_ feature: Feature) {
    let place = text.place(of: feature.node.at)
    let named = identifier(feature.node["id"])
    let id = named ?? identifier(feature.property("id"))
    if id == nil { builder.remark("features without an id are known by their number in the file") }
    let node = builder.declare(id ?? "\(feature.number)", at: place)
    var taken: Set<String> = []
    if feature.shape == "Point" {
      guard let coordinates = feature.coordinates, let position = position(coordinates) else {
        if feature.coordinates == nil {
          report(feature.node, "a point without coordinates", "[longitude, latitude]")
        }
        return
      }
      let here = Position(longitude: position[0], latitude: position[1])
      if at.updateValue(node, forKey: here) != nil { isShared.insert(here) }
      let spot = text.place(of: coordinates.at)
      for (name, value) in zip(["longitude", "latitude", "altitude"], position) {
        builder.set(node: node, name, .real(value), at: spot)
        taken.insert(name)
      }
    } else if let shape = feature.shape {
      builder.remark("features of the shape \(shape) are nodes without coordinates")
    }
    let names = ["label", "name"]
    let labelled = names.first { name in feature.property(name)?.word != nil }
    for (key, value) in feature.properties {
      if key == "id", named == nil { continue }
      guard let content = value.attribute(in: text, end: ends[value.at] ?? value.at) else {
        continue
      }
      if key == labelled { builder.label(node, content.asText) }
      if key == "label", key == labelled { continue }
      builder.set(
        node: node, taken.contains(key) ? key + ".2" : key, content, at: text.place(of: value.at))
    }
  }

  // Longitude, latitude and, where there is one, height.
  private mutating func position(_ node: JSONNode) -> [Double]? {
    guard case .list(let items) = node.content, (2...3).contains(items.count) else {
      report(node, "coordinates that are no position", "[longitude, latitude]")
      return nil
    }
    var values: [Double] = []
    for item in items {
      guard case .number(let word) = item.content, let value = Double(word) else {
        report(item, "a coordinate that is no number", "a number")
        return nil
      }
      values.append(value)
    }
    guard abs(values[0]) <= 180, abs(values[1]) <= 90 else {
      let isSwapped = abs(values[1]) <= 180 && abs(values[0]) <= 90
      report(
        node, "the longitude \(values[0]) with the latitude \(values[1])",
        "a longitude from -180 to 180 and a latitude from -90 to 90",
        isSwapped
          ? "GeoJSON puts the longitude first: swap the two"
          : "give degrees of WGS 84, not metres of a projection")
      return nil
    }
    return values
  }

  // MARK: Ties

  private mutating func addTie(_ feature: Feature) {
    let place = text.place(of: feature.node.at)
    var ends: [Int32] = []
    let isNamed = feature.property("source") != nil && feature.property("target") != nil
    if isNamed {
      for name in ["source", "target"] {
        guard let value = feature.property(name) else { continue }
        guard let id = identifier(value) else {
          report(value, "a \(name) that is no identifier", "a text or a number")
          continue
        }
        ends.append(builder.node(id, at: text.place(of: value.at)))
      }
    }
    if feature.shape == "LineString" { readLine(feature, isNamed: isNamed, &ends) }
    guard ends.count == 2 else { return }
    var isDirected = isNamed
    if let value = feature.property("directed") {
      if case .boolean(let truth) = value.content {
        isDirected = truth
      } else {
        report(value, "“directed” is no truth value", "true or false")
      }
    }
    let edge = builder.edge(ends[0], ends[1], isDirected: isDirected, at: place)
    let id = feature.node["id"]
    if let id, let content = id.attribute(in: text, end: id.at) {
      builder.set(edge: edge, "id", content, at: text.place(of: id.at))
    }
    for (key, value) in feature.properties {
      if key == "directed" || key == "id" && id != nil { continue }
      if isNamed, key == "source" || key == "target" { continue }
      guard let content = value.attribute(in: text, end: self.ends[value.at] ?? value.at) else {
        continue
      }
      builder.set(edge: edge, key, content, at: text.place(of: value.at))
    }
  }

  private mutating func readLine(_ feature: Feature, isNamed: Bool, _ ends: inout [Int32]) {
    guard case .list(let items)? = feature.coordinates?.content, items.count >= 2 else {
      return report(
        feature.coordinates ?? feature.node, "a line of fewer than two positions", "two or more")
    }
    if items.count > 2 {
      builder.remark("positions between the ends of lines are passed over", items.count - 2)
    }
    let isFirstSound = position(items[0])
    let isLastSound = position(items[items.count - 1])
    guard !isNamed, let first = isFirstSound, let last = isLastSound else { return }
    for (node, values) in [(items[0], first), (items[items.count - 1], last)] {
      let here = Position(longitude: values[0], latitude: values[1])
      guard let number = at[here], !isShared.contains(here) else {
        report(
          node,
          at[here] == nil
            ? "a line that ends where no point is" : "a line that ends where several points are",
          "a line from point to point, or the properties source and target",
          "add the points, or the properties")
        continue
      }
      ends.append(number)
    }
  }
}
