// SPDX-License-Identifier: Apache-2.0

/// Where the nodes of a diagram stood on its page, by their ids.
///
/// `DiagramRenderer.draw` gives them, an SVG file carries them, and `Diagram.pins` takes them.
public struct DiagramPlaces: Hashable, Codable, Sendable {
  /// A node and its place.
  public struct Node: Hashable, Codable, Sendable {
    /// What machines call the node.
    public var id: String
    /// The middle of its icon, in points from the top left of the page.
    public var place: Point
    /// The number of the group it stood in, or nil.
    public var group: Int?

    /// Creates the place of a node.
    public init(id: String, place: Point, group: Int? = nil) {
      self.id = id
      self.place = place
      self.group = group
    }
  }

  /// The width of the page in points.
  public var pageWidth: Double
  /// The height of the page in points.
  public var pageHeight: Double
  /// The factor between the sizes of icons and those on the page.
  ///
  /// Of a chart that was drawn around an earlier one the factor of that one, if it was larger.
  public var scale: Double
  /// The nodes; of those with the same id the first counts.
  public var nodes: [Node]

  /// Creates places.
  public init(pageWidth: Double, pageHeight: Double, scale: Double, nodes: [Node]) {
    self.pageWidth = pageWidth
    self.pageHeight = pageHeight
    self.scale = scale
    self.nodes = nodes
  }

  /// The factors from this page to another, across and down.
  func stretch(to page: Page) -> (across: Double, down: Double) {
    (page.width / pageWidth, page.height / pageHeight)
  }

  /// The factor of sizes on another page.
  func sizeFactor(on page: Page) -> Double {
    let (across, down) = stretch(to: page)
    return scale * min(across, down)
  }

  /// Reads the places that an SVG file of a chart carries; nil where it carries none.
  ///
  /// - Complexity: O(n) in the length of the text.
  public init?(svg text: String) {
    guard let root = Self.tags("<svg", in: text).first,
      let heading = Self.attribute("places", of: root)
    else { return nil }
    let numbers = heading.split(separator: " ").compactMap { Double($0) }
    guard numbers.count == 3, numbers.allSatisfy({ $0 > 0 && $0 < 1e5 }) else { return nil }
    self.init(pageWidth: numbers[0], pageHeight: numbers[1], scale: numbers[2], nodes: [])
    for tag in Self.tags("<g class=\"node\"", in: text) {
      guard let id = Self.attribute("id", of: tag), let place = Self.attribute("place", of: tag)
      else { continue }
      let fields = place.split(separator: " ").compactMap { Double($0) }
      guard fields.count == 2, fields.allSatisfy({ abs($0) < 1e5 }) else { continue }
      nodes.append(
        Node(
          id: id, place: Point(x: fields[0], y: fields[1]),
          group: Self.attribute("group", of: tag).flatMap { Int($0) }))
    }
  }

  /// The page and the scale, as an SVG file states them.
  var heading: String {
    // Two decimals are too few for a factor.
    "\(decimal(pageWidth)) \(decimal(pageHeight)) \((scale * 1e6).rounded() / 1e6)"
  }

  /// What an SVG file says of a node for machines.
  static func data(_ node: ChartNode, at place: Point) -> [String: String] {
    var data = [
      "id": LabelText.clean(node.source.id, limit: 1_000),
      "place": "\(decimal(place.x)) \(decimal(place.y))",
    ]
    if let group = node.source.group { data["group"] = String(group) }
    return data
  }

  // The insides of the tags that begin with a text.
  private static func tags(_ start: String, in text: String) -> [Substring] {
    let (bytes, sought) = (text.utf8, Array(start.utf8))
    var found: [Substring] = []
    var at = bytes.startIndex
    while let open = bytes[at...].firstIndex(of: UInt8(ascii: "<")) {
      at = bytes.index(after: open)
      guard bytes[open...].starts(with: sought),
        let end = bytes[open...].firstIndex(of: UInt8(ascii: ">"))
      else { continue }
      found.append(text[open..<end])
      at = end
    }
    return found
  }

  private static func attribute(_ name: String, of tag: Substring) -> String? {
    // Values hold no quotes: the writer escapes them.
    let fields = tag.split(separator: "\"", omittingEmptySubsequences: false)
    for index in stride(from: 0, to: fields.count - 1, by: 2)
    where fields[index].hasSuffix(" data-\(name)=") {
      return unescaped(fields[index + 1])
    }
    return nil
  }

  private static func unescaped(_ text: Substring) -> String {
    var result = ""
    var rest = text
    let names = [
      ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"),
    ]
    while let first = rest.first {
      if let (name, sign) = names.first(where: { rest.hasPrefix($0.0) }) {
        result += sign
        rest = rest.dropFirst(name.count)
      } else {
        result.append(first)
        rest = rest.dropFirst()
      }
    }
    return result
  }
}
