// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Diagrams

@Suite struct DiagramTests {
  private var renderer: DiagramRenderer {
    var renderer = DiagramRenderer()
    renderer.effort = .draft
    return renderer
  }

  private func svg(_ diagram: Diagram) throws -> String {
    String(decoding: try renderer.renderInProcess(diagram, as: .svg), as: UTF8.self)
  }

  @Test(arguments: [0, 1, 2, 3]) func `a graph of very few nodes is drawn`(count: Int) throws {
    var diagram = Diagram(title: "Few")
    for index in 0..<count {
      diagram.nodes.append(DiagramNode(id: "\(index)", label: "Node \(index)"))
    }
    for index in 1..<max(1, count) { diagram.edges.append(DiagramEdge(from: index - 1, to: index)) }
    let bytes = try renderer.renderInProcess(diagram, as: .svg)
    let check = XMLCheck(bytes)
    #expect(check.problem == nil)
    for index in 0..<count { #expect(check.texts.contains("Node \(index)")) }
    #expect(!String(decoding: bytes, as: UTF8.self).contains("nan"))
    #expect(try renderer.renderInProcess(diagram, as: .png(dpi: 30)).starts(with: [0x89, 0x50]))
  }

  @Test func `the same diagram gives the same bytes in every format`() throws {
    let diagram = Samples.network(groups: 3, size: 6)
    for format in [PictureFormat.svg, .pdf, .png(dpi: 50), .dot] {
      let bytes = try renderer.renderInProcess(diagram, as: format)
      #expect(bytes.count > 1000)
      #expect(try renderer.renderInProcess(diagram, as: format) == bytes, "\(format)")
    }
  }

  @Test func `labels are shown as what they are and never break a file`() throws {
    var diagram = Diagram(title: "<script>alert(1)</script> & \"title\"")
    diagram.handling = "A & B <C>"
    diagram.groups = ["</text><g onload=\"x\">"]
    let hostile = [
      "\"quoted\" 'single'", "<b>bold</b> & co", "back\\slash \\\" end\\", "a\u{0}b\u{1B}[31mc",
      "line\nbreak\ttab", "\u{202E}reversed", "&amp; &lt; &#0;", "]]> <!-- -->", "محمد علي", "שלום",
      "王小明", "हिन्दी", "ไทย", "😀 emoji", "\u{FFFE}\u{FFFF}",
      "Z\u{300}\u{301}\u{302}\u{303}\u{304}\u{305}",
      String(repeating: "long ", count: 2000), String(repeating: "W", count: 10_000), "", " ",
    ]
    for (index, label) in hostile.enumerated() {
      diagram.nodes.append(
        DiagramNode(id: label, label: label, detail: label, group: 0, badge: label))
      if index > 0 { diagram.edges.append(DiagramEdge(from: 0, to: index, label: label)) }
    }
    diagram.footnotes = hostile
    let bytes = try renderer.renderInProcess(diagram, as: .svg)
    let check = XMLCheck(bytes)
    #expect(check.problem == nil)
    #expect(check.elements["script"] == nil)
    #expect(
      Set(check.elements.keys).isSubset(of: [
        "svg", "title", "desc", "rect", "g", "path", "polygon", "polyline", "line", "ellipse",
        "text",
      ]))
    #expect(check.texts.contains("محمد علي"))
    #expect(check.texts.contains("&lt;b&gt;bold&lt;/b&gt; &amp; co"))
    #expect(check.texts.contains { $0.hasPrefix("WWWW") && $0.hasSuffix("…") })
    for format in [PictureFormat.pdf, .png(dpi: 40), .dot] {
      #expect(try renderer.renderInProcess(diagram, as: format).count > 1000)
    }
  }

  @Test func `the legend shows what occurs and no more`() throws {
    var diagram = Diagram(title: "Legend")
    diagram.nodes = [
      DiagramNode(id: "a", label: "A", icon: .vessel),
      DiagramNode(id: "b", label: "B", icon: .port),
    ]
    diagram.edges = [DiagramEdge(from: 0, to: 1, line: .probable)]
    var text = try svg(diagram)
    for word in ["Vessel", "Port", "probable"] { #expect(text.contains(">\(word)<")) }
    for word in [
      "Person", "confirmed", "unconfirmed", "flagged by the analyst", "direction recorded",
    ] {
      #expect(!text.contains(">\(word)<"))
    }
    diagram.nodes[0].isFlagged = true
    diagram.nodes[1].category = .witness
    diagram.edges[0].arrow = .forward
    text = try svg(diagram)
    for word in ["flagged by the analyst", "witness", "direction recorded"] {
      #expect(text.contains(">\(word)<"))
    }
  }

  @Test func `a diagram without grades draws solid lines and says not how sure they are`() throws {
    var diagram = Samples.network(groups: 2, size: 6)
    #expect(Set(diagram.edges.map(\.line)).count == 3)
    let grades = DiagramEdge.Line.allCases.map(\.rawValue)
    let graded = try svg(diagram)
    #expect(graded.contains("stroke-dasharray"))
    for grade in grades { #expect(graded.contains(">\(grade)<")) }

    diagram.statesGrades = false
    let plain = try svg(diagram)
    #expect(!plain.contains("stroke-dasharray"))
    for grade in grades { #expect(!plain.contains(grade)) }
    let dot = String(decoding: try renderer.renderInProcess(diagram, as: .dot), as: UTF8.self)
    #expect(dot.components(of: "style=solid") == diagram.edges.count)
    #expect(!dot.contains("style=dashed") && !dot.contains("style=dotted"))

    // The other entries of the legend stay, and what `line` says has no effect.
    for words in ["direction recorded", "within and between groups", "flagged by the analyst"] {
      #expect(graded.contains(">\(words)<") && plain.contains(">\(words)<"))
    }
    for index in diagram.edges.indices { diagram.edges[index].line = .unconfirmed }
    #expect(try svg(diagram) == plain)
  }

  @Test func `every chart says that association is not guilt and what position means`() throws {
    let text = try svg(Samples.network(groups: 2, size: 4))
    #expect(text.contains("Association is not guilt"))
    #expect(text.contains("Position carries no meaning"))
    #expect(text.components(of: ">EXERCISE<") == 2)
  }

  @Test func `shapes differ by family and every kind has a pictogram`() {
    let center = Point(x: 0, y: 0)
    for icon in Icon.allCases {
      let marks = IconGlyph.marks(icon, at: center, radius: 10, ground: Palette.neutral)
      #expect(!marks.isEmpty)
      for mark in marks {
        for point in mark.points { #expect(point.length <= 10.01, "\(icon) leaves its shape") }
      }
      #expect(!icon.name.isEmpty)
    }
    #expect(Set(Icon.Family.allCases.map(\.corners)).count == Icon.Family.allCases.count)
  }

  @Test func `the marks of all kinds are told apart`() {
    let center = Point(x: 0, y: 0)
    let marks = Icon.allCases.map {
      IconGlyph.marks($0, at: center, radius: 10, ground: Palette.neutral)
    }
    #expect(Set(marks).count == Icon.allCases.count)
  }

  @Test func `colours of groups have a contrast of 4.5 to white`() {
    for color in Palette.groups + [Palette.neutral, Palette.banner] {
      #expect(color.contrast(to: .white) >= 4.5, "\(color.hex)")
    }
    #expect(Palette.innerLine.contrast(to: .white) >= 3)
  }

  @Test func `colours of groups differ, and neighbours have different ones beyond that`() {
    #expect(Set(Palette.groups).count == Palette.groups.count)
    #expect(Palette.groups.count >= 10)
    let chart = Chart(Samples.network(groups: 13, size: 3), effort: .draft)
    let colors = chart.regionColors()
    #expect(Set(colors).count == Palette.groups.count)
    for (i, region) in chart.regions.enumerated() {
      let near = region.hull.bounds.inset(by: -10)
      for j in (i + 1)..<max(i + 1, colors.count) where colors[i] == colors[j] {
        #expect(!near.intersects(chart.regions[j].hull.bounds), "\(i) and \(j)")
      }
    }
  }

  @Test func `what is not specified looks like no person`() {
    let marks = IconGlyph.marks(
      .unknown, at: Point(x: 0, y: 0), radius: 10, ground: Palette.neutral)
    #expect(marks.count == 2)
    for mark in marks {
      guard case .ellipse(let center, let rx, let ry, _) = mark else {
        Issue.record("\(mark) is no ring")
        continue
      }
      #expect(center == Point(x: 0, y: 0))
      #expect(rx == ry)
    }
  }

  @Test func `footnotes end as sentences and begin on a line of their own`() {
    let lines = PageFurniture.noteLines(
      meaning: "Position carries no meaning.",
      omissions: ["One is left out."], footnotes: ["first (of two)", "Second!", ""], width: 2000,
      size: 8)
    #expect(lines.count == 2)
    #expect(lines[0].hasSuffix("One is left out."))
    #expect(lines[1] == "first (of two).\u{2003} Second!")
  }

  @Test func `a diagram that contradicts itself is refused with the place`() {
    var diagram = Diagram(title: "Wrong")
    diagram.nodes = [DiagramNode(id: "a", label: "A", size: .nan)]
    #expect(throws: DiagramError.self) { try renderer.renderInProcess(diagram, as: .svg) }
    diagram.nodes = [DiagramNode(id: "a", label: "A", group: 2)]
    #expect(throws: DiagramError.invalid("node 0 names group 2 of 0")) {
      try renderer.renderInProcess(diagram, as: .svg)
    }
    diagram.nodes = [DiagramNode(id: "a", label: "A")]
    diagram.edges = [DiagramEdge(from: 0, to: 1)]
    #expect(throws: DiagramError.invalid("edge 0 joins a node that is not there")) {
      try renderer.renderInProcess(diagram, as: .svg)
    }
  }

  @Test func `a raster too large is refused before it is begun`() {
    var diagram = Diagram(title: "Large")
    diagram.page = Page(.a0)
    #expect(throws: DiagramError.self) {
      try renderer.renderInProcess(diagram, as: .png(dpi: 1200))
    }
    #expect(throws: DiagramError.self) { try renderer.renderInProcess(diagram, as: .png(dpi: 0)) }
  }

  @Test func `loops and parallel edges are all drawn`() throws {
    var diagram = Diagram(title: "Parallel")
    diagram.nodes = ["a", "b"].map { DiagramNode(id: $0, label: $0) }
    diagram.edges = [
      DiagramEdge(from: 0, to: 1), DiagramEdge(from: 1, to: 0), DiagramEdge(from: 0, to: 0),
    ]
    let text = try svg(diagram)
    #expect(text.components(of: "<g class=\"edge\"") == 3)
    #expect(Set(text.split(separator: "\n").filter { $0.hasPrefix("<line") }).count >= 2)
  }

  @Test func `a raster has the size of its page`() throws {
    let bytes = try renderer.renderInProcess(Diagram(title: "Size"), as: .png(dpi: 72))
    func number(_ at: Int) -> Int { bytes[at..<(at + 4)].reduce(0) { $0 << 8 | Int($1) } }
    #expect(abs(number(16) - 1191) <= 1)
    #expect(abs(number(20) - 842) <= 1)
  }
}

extension String {
  func components(of part: String) -> Int {
    var count = 0
    var rest = self[...]
    while let range = rest.firstRange(of: part) {
      count += 1
      rest = rest[range.upperBound...]
    }
    return count
  }
}

extension Mark {
  /// The corners of the mark, for what has any.
  var points: [Point] {
    switch self {
    case .polygon(let points, _), .polyline(let points, _): points
    case .path(let path, _):
      [path.start]
        + path.pieces.map {
          switch $0 {
          case .line(let end), .curve(_, _, let end): end
          }
        }
    case .ellipse(let center, let rx, let ry, _):
      [
        Point(x: center.x - rx, y: center.y), Point(x: center.x + rx, y: center.y),
        Point(x: center.x, y: center.y - ry), Point(x: center.x, y: center.y + ry),
      ]
    case .text, .group: []
    }
  }
}
