// SPDX-License-Identifier: Apache-2.0

extension TimelineDrawing {
  /// The middle of a lane.
  func y(_ lane: Int) -> Double { top + (Double(lane) + 0.5) * laneHeight }

  /// The whole page.
  var drawing: Drawing {
    guard !timeline.lanes.isEmpty, !timeline.occurrences.isEmpty else {
      let middle = furniture.content.center
      return timeline.frame.drawing(
        [.text(TextRun(text: "No events in this view.", at: middle, size: 14 * unit))], furniture,
        omissions: omissions, summary: "Timeline without events.")
    }
    var marks: [Mark] = [
      .group(kind: "bands", id: nil, title: nil, bands()),
      .group(kind: "axis", id: nil, title: nil, axis()),
      .group(kind: "lanes", id: nil, title: nil, lanes()),
    ]
    let all = signs + undated
    marks.append(.group(kind: "spans", id: nil, title: nil, all.flatMap(span)))
    marks += all.map(mark)
    return timeline.frame.drawing(
      marks, furniture, omissions: omissions,
      summary: "Timeline of \(timeline.occurrences.count) events on \(timeline.lanes.count) lines.")
  }

  private func axis() -> [Mark] {
    var marks: [Mark] = []
    let bottom = top + Double(timeline.lanes.count) * laneHeight
    if let scale {
      for tick in scale.ticks(room: 38 * unit) {
        marks.append(
          .polyline(
            [Point(x: tick.x, y: top - 4 * unit), Point(x: tick.x, y: bottom)],
            Paint(
              stroke: Color(tick.isMajor ? 0x9CA3AF : 0xE5E7EB),
              width: (tick.isMajor ? 0.9 : 0.6) * unit)))
        if let text = tick.text {
          marks.append(
            .text(
              TextRun(
                text: text, at: Point(x: tick.x, y: top - 8 * unit), size: 8.5 * unit,
                isBold: tick.isMajor)))
        }
      }
    }
    if !undated.isEmpty {
      marks.append(
        .polyline(
          [Point(x: undatedX, y: top - 16 * unit), Point(x: undatedX, y: bottom)],
          Paint(stroke: Color(0x9CA3AF), width: 0.9 * unit, dash: .dashed)))
      marks.append(
        .text(
          TextRun(
            text: "undated",
            at: Point(x: (undatedX + furniture.content.maxX) / 2, y: top - 8 * unit),
            size: 8.5 * unit, isBold: true)))
    }
    return marks
  }

  // Every second lane on a pale ground, so that the eye keeps its line.
  private func bands() -> [Mark] {
    let content = furniture.content
    return stride(from: 0, to: timeline.lanes.count, by: 2).map { lane in
      let band = Rect(
        minX: content.minX, minY: y(lane) - laneHeight / 2, maxX: content.maxX,
        maxY: y(lane) + laneHeight / 2)
      return .polygon(band.corners, Paint(fill: Color(0xF7F8FA)))
    }
  }

  private func lanes() -> [Mark] {
    let left = furniture.content.minX
    let size = Self.labelSize(laneHeight, unit)
    var first = [Double](repeating: .infinity, count: timeline.lanes.count)
    var last = [Double](repeating: -.infinity, count: timeline.lanes.count)
    for sign in signs {
      for lane in sign.lanes {
        first[lane] = min(first[lane], sign.x)
        last[lane] = max(last[lane], sign.x)
      }
    }
    return timeline.lanes.enumerated().map { index, lane in
      let y = y(index)
      let radius = min(laneHeight * 0.4, 10 * unit)
      let count = timeline.occurrences.count { $0.lanes.contains(index) }
      var marks: [Mark] = []
      marks.append(
        .polyline(
          [Point(x: left + labelWidth, y: y), Point(x: furniture.content.maxX, y: y)],
          Paint(stroke: Color(0xD1D5DB), width: 0.7 * unit)))
      if first[index] < last[index] {
        marks.append(
          .polyline(
            [Point(x: first[index], y: y), Point(x: last[index], y: y)],
            Paint(stroke: Palette.innerLine, width: 1.4 * unit)))
      }
      let middle = Point(x: left + radius + 2 * unit, y: y)
      marks.append(
        lane.icon.family.mark(at: middle, radius: radius, paint: Paint(fill: Palette.neutral)))
      marks += IconGlyph.marks(lane.icon, at: middle, radius: radius, ground: Palette.neutral)
      let from = left + 2 * radius + 7 * unit
      marks.append(
        .text(
          TextRun(
            text: LabelText.shorten(
              lane.label, to: left + labelWidth - from - 6 * unit, size: size),
            at: Point(x: from, y: y + size * 0.36), size: size, anchor: .start)))
      return .group(
        kind: "lane", id: nil, title: "\(lane.label) (\(lane.icon.name))\n\(count) events",
        data: ["id": lane.id], marks)
    }
  }

  // Pale stretches behind the signs: the time within which something took place.
  private func span(_ sign: Sign) -> [Mark] {
    guard let span = sign.span else { return [] }
    return sign.lanes.map { lane in
      .polyline(
        [Point(x: span.lowerBound, y: y(lane)), Point(x: span.upperBound, y: y(lane))],
        Paint(
          stroke: EventSign.color(sign.kind).withAlpha(0.3), width: min(5 * unit, laneHeight * 0.4))
      )
    }
  }

  private func mark(_ sign: Sign) -> Mark {
    var marks: [Mark] = []
    let color = EventSign.color(sign.kind)
    let rows = Array(Set(sign.lanes)).sorted()
    if let first = rows.first, let last = rows.last, first != last {
      marks.append(
        .polyline(
          [Point(x: sign.x, y: y(first)), Point(x: sign.x, y: y(last))],
          Paint(stroke: color, width: 1.1 * unit, dash: sign.line.dash)))
      if sign.isDirected, let origin = sign.lanes.first {
        for target in Set(sign.lanes.dropFirst()).sorted() where target != origin {
          let side = y(target) > y(origin) ? -1.0 : 1.0
          let tip = Point(x: sign.x, y: y(target) + side * (sign.radius + 0.4 * unit))
          if abs(y(target) - y(origin)) > 2 * sign.radius + 6 * unit {
            marks.append(
              Arrowhead.mark(
                tip: tip, from: Point(x: sign.x, y: y(origin)), width: 1.1 * unit, scale: unit,
                color: color))
          }
        }
      }
    }
    for lane in rows {
      let place = Point(x: sign.x, y: y(lane))
      if sign.members.count > 1 {
        marks += EventSign.bin(
          sign.kind, count: sign.members.count, at: place, radius: sign.radius)
      } else {
        marks.append(EventSign.mark(sign.kind, at: place, radius: sign.radius))
      }
    }
    let events = sign.members.map { timeline.occurrences[$0] }
    let who = sign.lanes.map { timeline.lanes[$0].label }.joined(
      separator: sign.isDirected ? " → " : ", ")
    let kind = timeline.kinds.indices.contains(sign.kind) ? timeline.kinds[sign.kind] : "event"
    let title =
      events.count == 1
      ? "\(kind): \(who)\n\(events[0].detail)"
      : "\(events.count) × \(kind): \(who)\n"
        + events.prefix(12).map(\.detail).joined(separator: "; ")
        + (events.count > 12 ? "; and \(events.count - 12) more" : "")
    var data = ["id": events.map(\.id).prefix(200).joined(separator: " ")]
    let claims = events.flatMap(\.claims)
    if !claims.isEmpty { data["claims"] = claims.map(String.init).joined(separator: " ") }
    return .group(kind: "event", id: nil, title: title, data: data, marks)
  }
}
