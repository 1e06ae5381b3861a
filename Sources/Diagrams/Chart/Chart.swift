// SPDX-License-Identifier: Apache-2.0

/// A diagram settled and laid out on its page, ready to be drawn.
struct Chart: Sendable {
  /// The smallest and largest radius of an icon, in points before the drawing is fitted to the page.
  static let radii = 13.5...29.5

  let diagram: Diagram
  /// What is drawn: the diagram's own nodes and edges, or those of its condensed form.
  let nodes: [ChartNode]
  let edges: [DiagramEdge]
  let widths: WidthScale
  /// The places of the nodes before fitting.
  let points: [Point]
  let regions: [ChartLayout.Region]
  /// The region each node stands in.
  let regionOf: [Int]
  /// The room between title and legend.
  let content: Rect
  /// The factor and offset of the fit.
  let scale: Double
  let offset: Point
  /// Sentences on what was left out.
  let omissions: [String]
  let furniture: PageFurniture
  /// How tightly it is set.
  let density: Density
  /// Whether there is so much that lines must recede.
  let isCrowded: Bool
  /// What the layout does well and badly, counted.
  let quality: LayoutQuality
  let largestSize: Double
  let showsSizes: Bool
  private let condensed: Condensation

  /// Settles a diagram; `places` are those that an engine gave for `layoutRequest`.
  init(
    _ diagram: Diagram, effort: DiagramRenderer.Effort = .full, places: [Point]? = nil
  ) {
    let condensed = Condensation(diagram)
    let shown = condensed.diagram
    self.condensed = condensed
    self.diagram = diagram
    edges = shown.edges
    widths = Self.widths(of: shown)
    let sizes = shown.nodes.map(\.size)
    let most = sizes.max() ?? 0
    largestSize = most
    showsSizes = Self.showsSizes(shown)
    furniture = PageFurniture(
      diagram, shown: shown, omissions: condensed.omissions, widths: widths, largest: most)
    content = furniture.content
    (nodes, density) = Self.nodes(of: condensed, on: content)
    let style = diagram.style
    isCrowded = shown.edges.count > 450
    let isolatesTitle = condensed.isolatesTitle(of: Array(shown.nodes.indices))
    let problem = ChartLayout.Problem(
      boxes: nodes.map(\.box), edges: shown.edges.map { ($0.from, $0.to) },
      groups: shown.nodes.map { $0.group ?? -1 },
      titleWidths: shown.groups.map { Self.titleWidth($0, style) },
      titleHeight: style.titleSize * 1.3,
      isolatesTitleWidth: Self.titleWidth(isolatesTitle, style), pageWidth: content.width,
      pageHeight: content.height, gap: density.gap, padding: density.padding,
      regionGap: density.regionGap, effort: condensed.effort(effort),
      attempts: condensed.attempts(effort), pushes: condensed.pushes(effort))
    let pinned =
      places == nil ? PinnedLayout.best(of: problem, diagram, shown: shown, on: content) : nil
    omissions =
      condensed.omissions
      + (pinned == nil && diagram.pins != nil ? [PinnedLayout.notKept] : [])
    let layout =
      pinned?.layout
      ?? places.map { ChartLayout(problem, placed: $0, keepsGroups: diagram.layout.takesGroups) }
      ?? ChartLayout.best(of: problem)
    quality = LayoutQuality(
      layout, boxes: problem.boxes, edges: problem.edges,
      page: Point(x: content.width, y: content.height))
    points = layout.points
    regions = layout.regions
    var regionOf = [Int](repeating: 0, count: shown.nodes.count)
    for (index, region) in layout.regions.enumerated() {
      for member in region.members { regionOf[member] = index }
    }
    self.regionOf = regionOf
    var bounds: Rect?
    for region in layout.regions {
      bounds = bounds?.union(region.hull.bounds) ?? region.hull.bounds
    }
    if let pinned {
      scale = pinned.scale
      offset = content.center
    } else if let bounds {
      let factor = min(content.width / bounds.width, content.height / bounds.height, 1.25)
      scale = factor
      offset = content.center - bounds.center * factor
    } else {
      scale = 1
      offset = Point(x: 0, y: 0)
    }
  }

  /// What an engine is asked to place: the nodes in the sizes they are drawn in.
  static func layoutRequest(
    _ diagram: Diagram, memoryLimit: Int, seconds: Int
  ) -> LayoutRequest {
    let condensed = Condensation(diagram)
    let shown = condensed.diagram
    let content = PageFurniture(
      diagram, shown: shown, omissions: condensed.omissions,
      widths: widths(of: shown), largest: shown.nodes.map(\.size).max() ?? 0
    ).content
    let boxes = nodes(of: condensed, on: content).nodes.map(\.box)
    return LayoutRequest(
      engine: diagram.layout, memoryLimit: memoryLimit, seconds: seconds,
      nodes: zip(shown.nodes, boxes).map { node, box in
        LayoutRequest.Node(
          width: 2 * box.half, height: box.up + box.down, group: node.group ?? -1)
      }, edges: shown.edges.map { LayoutRequest.Edge(from: $0.from, to: $0.to) })
  }

  private static func widths(of shown: Diagram) -> WidthScale {
    WidthScale(
      weights: shown.widthMeaning == nil ? [] : shown.edges.map(\.weight),
      factor: shown.style.lineScale)
  }

  private static func showsSizes(_ shown: Diagram) -> Bool {
    let sizes = shown.nodes.map(\.size)
    let most = sizes.max() ?? 0
    return shown.sizeMeaning != nil && most > 0 && most > sizes.min() ?? 0
  }

  // The nodes as roomily as the page allows at a readable size.
  private static func nodes(
    of condensed: Condensation, on content: Rect
  ) -> (nodes: [ChartNode], density: Density) {
    let shown = condensed.diagram
    let sizes = shown.nodes.map(\.size)
    let most = sizes.max() ?? 0
    let isShown = showsSizes(shown)
    let strong = isShown ? strongest(of: sizes) : []
    var density = Density.roomy
    var nodes: [ChartNode] = []
    for step in Density.steps {
      density = step
      nodes = shown.nodes.enumerated().map { index, node in
        ChartNode(
          node,
          radius: radius(node.size, most: most, isShown: isShown) * condensed.radiusFactor
            * step.radiusFactor * shown.style.iconScale,
          isStrong: strong.contains(index), isLabelled: condensed.isLabelled(index), density: step,
          style: shown.style)
      }
      let size = Density.likelyLabelSize(
        of: nodes.map(\.box), on: content.width * content.height,
        labelSize: shown.style.labelSize)
      if size >= Density.aim { break }
    }
    return (nodes, density)
  }

  static func groupName(_ name: String, _ style: ChartStyle) -> String {
    LabelText.shorten(
      LabelText.clean(name), to: 19 * style.titleSize, size: style.titleSize, isBold: true)
  }

  /// The name of the box of nodes that no line reaches.
  func isolatesTitle(of members: [Int]) -> String { condensed.isolatesTitle(of: members) }

  private static func titleWidth(_ name: String, _ style: ChartStyle) -> Double {
    let clean = groupName(name, style)
    return clean.isEmpty ? 0 : TextMetrics.width(clean, size: style.titleSize, isBold: true) + 6
  }

  /// Area follows the measure: the square of the radius is linear in it.
  static func radius(_ size: Double, most: Double, isShown: Bool) -> Double {
    guard isShown else { return 16 }
    let low = radii.lowerBound * radii.lowerBound
    let high = radii.upperBound * radii.upperBound
    return (low + (high - low) * size / most).squareRoot()
  }

  // A twentieth of the nodes, and at least three, whose size stands out.
  private static func strongest(of sizes: [Double]) -> Set<Int> {
    let order = sizes.indices.sorted { sizes[$0] != sizes[$1] ? sizes[$0] > sizes[$1] : $0 < $1 }
    let count = min(max(3, sizes.count / 16), 24)
    return Set(order.prefix(count).filter { sizes[$0] > 0 })
  }

  /// Where the nodes stand on the page, by their ids; nil where others stand for them.
  var places: DiagramPlaces? {
    guard nodes.count == diagram.nodes.count else { return nil }
    // Names that had to become smaller this time may grow again the next.
    let earlier = diagram.pins?.sizeFactor(on: diagram.page) ?? 0
    return DiagramPlaces(
      pageWidth: diagram.page.width, pageHeight: diagram.page.height, scale: max(scale, earlier),
      nodes: zip(nodes, points).map { node, point in
        DiagramPlaces.Node(id: node.source.id, place: onPage(point), group: node.source.group)
      })
  }

  /// A place of the layout on the page.
  func onPage(_ p: Point) -> Point { p * scale + offset }
}
