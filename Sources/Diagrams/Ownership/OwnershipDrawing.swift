// SPDX-License-Identifier: Apache-2.0

/// A hierarchy of ownership with everything at its place.
struct OwnershipDrawing: Sendable {
  static let meaning =
    "Owners stand above what they own; a line that closes a ring leads up. Side by side means nothing."

  let ownership: OwnershipDiagram
  let furniture: PageFurniture
  /// The room of each party on the page.
  let boxes: [Rect]
  /// Where each holding runs.
  let routes: [[Point]]
  /// The room of the share of each holding.
  let shares: [Rect]
  let closesRing: [Bool]
  let omissions: [String]
  private let radius: Double
  private let size: Double
  private let scale: Double
  private let panel: Rect?
  private let names: [[String]]
  private let unit: Double

  private static let labelSize = 9.0
  private static let shareSize = 8.5

  init(_ ownership: OwnershipDiagram) {
    self.ownership = ownership
    let pairs = ownership.holdings.map { ($0.owner, $0.asset) }
    let names = ownership.parties.map {
      LabelText.folded($0.label, beyond: 84, to: 100, size: Self.labelSize, isBold: false)
    }
    self.names = names
    let widths = zip(ownership.parties, names).map { party, lines in
      max(
        30, (lines.map { TextMetrics.width($0, size: Self.labelSize) }.max() ?? 0) + 4,
        party.gap.map { TextMetrics.width($0, size: 7.5) + 14 } ?? 0)
    }
    let layering = Layering(widths: widths, edges: pairs, gap: 18)
    closesRing = layering.closesRing
    furniture = ownership.frame.furniture(
      legend: Self.legend(ownership, hasRing: closesRing.contains(true)), meaning: Self.meaning,
      omissions: ownership.effective.isEmpty ? [] : [ownership.method])
    unit = furniture.unit
    let content = furniture.content
    let panelWidth = ownership.effective.isEmpty ? 0 : min(300 * unit, content.width * 0.3)
    let tableHeight =
      (60 + 12 * Double(ownership.effective.count)
        + 17 * Double(Set(ownership.effective.map(\.asset)).count)) * unit
    panel =
      ownership.effective.isEmpty
      ? nil
      : Rect(
        minX: content.maxX - panelWidth, minY: content.minY + 6 * unit, maxX: content.maxX,
        maxY: min(content.maxY - 4 * unit, content.minY + 6 * unit + tableHeight))
    let room = Rect(
      minX: content.minX + 4, minY: content.minY + 6, maxX: content.maxX - panelWidth - 12 * unit,
      maxY: content.maxY - 6)
    // Everything in the units of A3, then fitted to the page.
    let places = layering.x
    let rows = Double(max(1, layering.layers.count))
    let lowest = zip(places.keys, places.values).reduce(Double.infinity) { least, entry in
      if case .node(let node) = entry.0 { min(least, entry.1 - widths[node] / 2) } else { least }
    }
    let highest = zip(places.keys, places.values).reduce(-Double.infinity) { most, entry in
      if case .node(let node) = entry.0 { max(most, entry.1 + widths[node] / 2) } else { most }
    }
    let wide = max(highest - lowest, 1)
    let nodeHeight = 32 + 3 * Self.labelSize * 1.25 + 12
    let leastRow = nodeHeight + 46
    let scale = min(
      room.width / wide, room.height / (rows * leastRow - 46), 1.35 * unit)
    self.scale = scale
    let rowHeight =
      rows > 1 ? min((room.height - nodeHeight * scale) / (rows - 1), 1.9 * leastRow * scale) : 0
    let left = room.minX + max(0, room.width - wide * scale) / 2
    let top =
      room.minY + max(0, room.height - nodeHeight * scale - rowHeight * (rows - 1)) / 2
    radius = 15 * scale
    size = Self.labelSize * scale
    var middles = [Point](repeating: Point(x: 0, y: 0), count: ownership.parties.count)
    var bends: [Int: [(layer: Int, place: Point)]] = [:]
    for (layer, slots) in layering.layers.enumerated() {
      for slot in slots {
        let place = Point(
          x: left + ((places[slot] ?? 0) - lowest) * scale,
          y: top + rowHeight * Double(layer) + 16 * scale)
        switch slot {
        case .node(let node): middles[node] = place
        case .bend(let edge, _): bends[edge, default: []].append((layer, place))
        }
      }
    }
    boxes = ownership.parties.indices.map { index in
      let lines = Double(names[index].count) * Self.labelSize * 1.25
      let gap = ownership.parties[index].gap == nil ? 0.0 : 12.0
      return Rect(
        minX: middles[index].x - widths[index] / 2 * scale, minY: middles[index].y - 16 * scale,
        maxX: middles[index].x + widths[index] / 2 * scale,
        maxY: middles[index].y + (18 + lines + gap) * scale)
    }
    routes = Self.routes(ownership, boxes, middles, bends, closesRing, scale, room)
    shares = Self.shareRects(ownership, routes, boxes, scale)
    omissions =
      (ownership.effective.isEmpty ? [] : [ownership.method])
      + (size < 6 ? ["Names are set in \(decimal(size)) points: print on a larger sheet."] : [])
  }

  private static func legend(_ ownership: OwnershipDiagram, hasRing: Bool) -> [LegendItem] {
    var items: [LegendItem] = []
    let icons = Set(ownership.parties.map(\.icon))
    for icon in Icon.allCases where icons.contains(icon) {
      items.append(LegendItem(sample: .icon(icon), text: icon.name))
    }
    let lines = Set(ownership.holdings.map(\.line))
    for line in DiagramEdge.Line.allCases where lines.contains(line) {
      items.append(LegendItem(sample: .line(line.dash), text: line.rawValue))
    }
    if !ownership.holdings.isEmpty {
      items.append(LegendItem(sample: .arrow, text: "owns the share on the line"))
    }
    if hasRing { items.append(LegendItem(sample: .picture(.ring), text: "closes a ring")) }
    if ownership.holdings.contains(where: \.isNominee) {
      items.append(LegendItem(sample: .picture(.nominee), text: "nominee: N on the line"))
    }
    if ownership.parties.contains(where: { $0.gap != nil }) {
      items.append(LegendItem(sample: .picture(.unknownOwner), text: "owners not recorded"))
    }
    return items
  }

  private static func routes(
    _ ownership: OwnershipDiagram, _ boxes: [Rect], _ middles: [Point],
    _ bends: [Int: [(layer: Int, place: Point)]], _ closesRing: [Bool], _ scale: Double,
    _ room: Rect
  ) -> [[Point]] {
    // Ends side by side, in the order of where they come from.
    func ends(_ key: KeyPath<OwnershipDiagram.Holding, Int>) -> [Double] {
      var offset = [Double](repeating: 0, count: ownership.holdings.count)
      for party in ownership.parties.indices {
        let own = ownership.holdings.indices.filter {
          ownership.holdings[$0][keyPath: key] == party && !closesRing[$0]
        }.sorted { a, b in
          let other: KeyPath<OwnershipDiagram.Holding, Int> = key == \.owner ? \.asset : \.owner
          return middles[ownership.holdings[a][keyPath: other]].x
            < middles[ownership.holdings[b][keyPath: other]].x
        }
        let spread = min(10, 24 / Double(max(1, own.count))) * scale
        for (index, edge) in own.enumerated() {
          offset[edge] = (Double(index) - Double(own.count - 1) / 2) * spread
        }
      }
      return offset
    }
    let (from, to) = (ends(\.owner), ends(\.asset))
    var rings = 0
    return ownership.holdings.enumerated().map { index, holding in
      let (owner, asset) = (boxes[holding.owner], boxes[holding.asset])
      let (a, b) = (middles[holding.owner], middles[holding.asset])
      guard closesRing[index] else {
        let inner = (bends[index] ?? []).sorted { $0.layer < $1.layer }.map(\.place)
        return [Point(x: a.x + from[index], y: owner.maxY)] + inner
          + [Point(x: b.x + to[index], y: asset.minY - 1 * scale)]
      }
      // Round the outside of all, on the nearer side.
      rings += 1
      let lane = Double(rings) * 7 * scale
      let isLeft = (a.x + b.x) / 2 < boxes.map(\.center.x).reduce(0, +) / Double(boxes.count)
      let low = min(owner.minX, asset.minX)
      let high = max(owner.maxX, asset.maxX)
      let between = boxes.filter {
        $0.minY < max(owner.maxY, asset.maxY) && $0.maxY > min(owner.minY, asset.minY)
      }
      let edge =
        isLeft
        ? max(room.minX, (between.map(\.minX).min() ?? low) - 4 * scale - lane)
        : min(room.maxX, (between.map(\.maxX).max() ?? high) + 4 * scale + lane)
      let reach = 15 * scale * (isLeft ? -1 : 1)
      return [
        Point(x: a.x + reach, y: a.y), Point(x: edge, y: a.y), Point(x: edge, y: b.y),
        Point(x: b.x + reach * 1.1, y: b.y),
      ]
    }
  }

  // Shares stand on their lines, off parties and off each other where there is room.
  private static func shareRects(
    _ ownership: OwnershipDiagram, _ routes: [[Point]], _ boxes: [Rect], _ scale: Double
  ) -> [Rect] {
    var placed: [Rect] = []
    let height = shareSize * 1.3 * scale
    for (index, route) in routes.enumerated() {
      let text = words(ownership.holdings[index])
      let half = (TextMetrics.width(text, size: shareSize * scale, isBold: true) + 4 * scale) / 2
      var best: Rect?
      var least = Double.infinity
      // Along every piece of the line, first near the lower end, where lines have parted.
      for piece in (0..<route.count - 1).reversed() {
        for share in [0.55, 0.65, 0.45, 0.75, 0.35, 0.85, 0.25, 0.15] {
          let place = route[piece] + (route[piece + 1] - route[piece]) * share
          let rect = Rect(
            minX: place.x - half, minY: place.y - height / 2, maxX: place.x + half,
            maxY: place.y + height / 2)
          let hits = placed.count(where: rect.intersects) + boxes.count(where: rect.intersects)
          if Double(hits) < least {
            least = Double(hits)
            best = rect
          }
          if hits == 0 { break }
        }
        if least == 0 { break }
      }
      placed.append(best ?? Rect(minX: 0, minY: 0, maxX: 0, maxY: 0))
    }
    return placed
  }

  private static func words(_ holding: OwnershipDiagram.Holding) -> String {
    holding.share + (holding.isNominee ? " N" : "")
  }

  /// The whole page.
  var drawing: Drawing {
    guard !ownership.parties.isEmpty else {
      return ownership.frame.drawing(
        [
          .text(
            TextRun(
              text: "No ownership in this view.", at: furniture.content.center, size: 14 * unit))
        ], furniture, omissions: [], summary: "Hierarchy of ownership without parties.")
    }
    var marks = ownership.holdings.indices.map(holding)
    marks += ownership.parties.indices.map(party)
    marks.append(.group(kind: "effective-shares", id: nil, title: nil, table()))
    return ownership.frame.drawing(
      marks, furniture, omissions: omissions,
      summary: "Hierarchy of ownership of \(ownership.parties.count) parties and "
        + "\(ownership.holdings.count) holdings.")
  }

  private func holding(_ index: Int) -> Mark {
    let holding = ownership.holdings[index]
    var route = routes[index]
    let color = closesRing[index] ? Palette.flag : Palette.outerLine
    var marks: [Mark] = []
    let (tip, before) = (route[route.count - 1], route[route.count - 2])
    let head = Arrowhead.length(width: 1.2 * scale, scale: scale)
    let length = tip.distance(to: before)
    marks.append(
      Arrowhead.mark(tip: tip, from: before, width: 1.2 * scale, scale: scale, color: color))
    if length > head { route[route.count - 1] = tip + (before - tip) * (head * 0.7 / length) }
    let dash: Dash = holding.isNominee ? .dotted : holding.line.dash
    marks.insert(.polyline(route, Paint(stroke: color, width: 1.2 * scale, dash: dash)), at: 0)
    let rect = shares[index]
    marks.append(
      .path(
        Path(rounding: rect.corners, radius: 2 * scale), Paint(fill: Color.white.withAlpha(0.9))))
    marks.append(
      .text(
        TextRun(
          text: Self.words(holding),
          at: Point(x: rect.center.x, y: rect.center.y + Self.shareSize * 0.36 * scale),
          size: Self.shareSize * scale, isBold: true, color: color)))
    let (owner, asset) = (ownership.parties[holding.owner], ownership.parties[holding.asset])
    var data = ["owner": owner.id, "asset": asset.id]
    if !holding.claims.isEmpty {
      data["claims"] = holding.claims.map(String.init).joined(separator: " ")
    }
    return .group(
      kind: "holding", id: nil,
      title: "\(owner.label) owns \(holding.share) of \(asset.label) (\(holding.line.rawValue))"
        + (holding.isNominee ? ", as a nominee" : "")
        + (closesRing[index] ? ", closing a ring" : "")
        + "\n\(holding.detail)", data: data, marks)
  }

  private func party(_ index: Int) -> Mark {
    let party = ownership.parties[index]
    let box = boxes[index]
    let place = Point(x: box.center.x, y: box.minY + 16 * scale)
    let color = party.icon.family == .people ? Palette.groups[1] : Palette.groups[0]
    var marks: [Mark] = [
      party.icon.family.mark(at: place, radius: radius, paint: Paint(fill: color))
    ]
    marks += IconGlyph.marks(party.icon, at: place, radius: radius, ground: color)
    var y = place.y + 18 * scale
    for line in names[index] {
      marks.append(
        .text(TextRun(text: line, at: Point(x: place.x, y: y + size), size: size)))
      y += size * 1.25
    }
    if let gap = party.gap {
      let width = TextMetrics.width(gap, size: 7.5 * scale)
      let middle = Point(x: place.x - width / 2 - 1 * scale, y: y + 7 * scale)
      marks.append(
        .ellipse(
          center: middle, rx: 4.6 * scale, ry: 4.6 * scale,
          Paint(fill: .white, stroke: Palette.outerLine, width: 0.8 * scale, dash: .dashed)))
      marks.append(
        .text(
          TextRun(
            text: "?", at: Point(x: middle.x, y: middle.y + 2.4 * scale), size: 6.5 * scale,
            isBold: true)))
      marks.append(
        .text(
          TextRun(
            text: gap, at: Point(x: middle.x + 6 * scale, y: y + 9.6 * scale), size: 7.5 * scale,
            anchor: .start, color: Palette.quietText)))
    }
    return .group(
      kind: "party", id: nil,
      title: "\(party.label) (\(party.icon.name))" + (party.gap.map { "\n\($0)" } ?? ""),
      data: ["id": party.id], marks)
  }

  // The shares through all chains, as many as there is room for.
  private func table() -> [Mark] {
    guard let panel else { return [] }
    var marks: [Mark] = [
      .path(
        Path(rounding: panel.corners, radius: 6 * unit),
        Paint(fill: Color(0xF7F8FA), stroke: Color(0xD1D5DB), width: 0.7 * unit)),
      .text(
        TextRun(
          text: "Shares through chains",
          at: Point(x: panel.minX + 10 * unit, y: panel.minY + 17 * unit), size: 10.5 * unit,
          isBold: true, anchor: .start)),
    ]
    var y = panel.minY + 33 * unit
    var last = -1
    var shown = 0
    let right = panel.maxX - 10 * unit
    for line in ownership.effective {
      let needed = (line.asset == last ? 12 : 30) * unit
      guard y + needed < panel.maxY - 14 * unit else { break }
      if line.asset != last {
        y += 4 * unit
        marks.append(
          .text(
            TextRun(
              text: LabelText.shorten(
                "in " + ownership.parties[line.asset].label, to: panel.width - 20 * unit,
                size: 9 * unit, isBold: true),
              at: Point(x: panel.minX + 10 * unit, y: y), size: 9 * unit, isBold: true,
              anchor: .start)))
        y += 13 * unit
        last = line.asset
      }
      let width = TextMetrics.width(line.share, size: 9 * unit)
      marks.append(
        .text(
          TextRun(
            text: LabelText.shorten(
              ownership.parties[line.owner].label, to: panel.width - 40 * unit - width,
              size: 9 * unit), at: Point(x: panel.minX + 18 * unit, y: y), size: 9 * unit,
            anchor: .start)))
      marks.append(
        .text(
          TextRun(text: line.share, at: Point(x: right, y: y), size: 9 * unit, anchor: .end)))
      y += 12 * unit
      shown += 1
    }
    if shown < ownership.effective.count {
      marks.append(
        .text(
          TextRun(
            text: "\(ownership.effective.count - shown) more are not shown; choose --of",
            at: Point(x: panel.minX + 10 * unit, y: panel.maxY - 6 * unit), size: 8 * unit,
            anchor: .start, color: Palette.quietText)))
    }
    return marks
  }
}
