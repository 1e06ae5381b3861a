// SPDX-License-Identifier: Apache-2.0

/// Writes a drawing as one self-contained SVG file.
struct SVGWriter {
  /// The families to look for, in order; the last is whatever the reader has.
  static let families =
    "'Noto Sans', 'DejaVu Sans', 'Noto Sans CJK SC', 'Noto Sans Arabic', 'Noto Sans Hebrew', "
    + "'Noto Sans Devanagari', 'Noto Sans Thai', sans-serif"

  private var out = ""

  static func bytes(of drawing: Drawing) -> [UInt8] {
    var writer = SVGWriter()
    writer.write(drawing)
    return Array(writer.out.utf8)
  }

  private mutating func write(_ drawing: Drawing) {
    let width = decimal(drawing.width)
    let height = decimal(drawing.height)
    out += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    out += "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(width)pt\" height=\"\(height)pt\" "
    out += "viewBox=\"0 0 \(width) \(height)\" role=\"img\" aria-labelledby=\"title desc\""
    out += "\(Self.attributes(drawing.data)) "
    out += "font-family=\"\(Self.families)\">\n"
    out += "<title id=\"title\">\(Self.escape(drawing.title))</title>\n"
    out += "<desc id=\"desc\">\(Self.escape(drawing.summary))</desc>\n"
    out += "<rect width=\"\(width)\" height=\"\(height)\" fill=\"\(drawing.background.hex)\"/>\n"
    for mark in drawing.marks { write(mark) }
    out += "</svg>\n"
  }

  private mutating func write(_ mark: Mark) {
    switch mark {
    case .polygon(let points, let paint):
      out += "<polygon points=\"\(Self.list(points))\"\(attributes(paint))/>\n"
    case .polyline(let points, let paint):
      if points.count == 2 {
        out += "<line x1=\"\(decimal(points[0].x))\" y1=\"\(decimal(points[0].y))\" "
        out += "x2=\"\(decimal(points[1].x))\" y2=\"\(decimal(points[1].y))\""
        out += "\(attributes(paint))/>\n"
      } else {
        out += "<polyline points=\"\(Self.list(points))\"\(attributes(paint))/>\n"
      }
    case .path(let path, let paint):
      out += "<path d=\"\(Self.data(path))\"\(attributes(paint))/>\n"
    case .ellipse(let center, let rx, let ry, let paint):
      out += "<ellipse cx=\"\(decimal(center.x))\" cy=\"\(decimal(center.y))\" "
      out += "rx=\"\(decimal(rx))\" ry=\"\(decimal(ry))\"\(attributes(paint))/>\n"
    case .text(let run): write(run)
    case .group(let kind, let id, let title, let data, let marks):
      out += "<g class=\"\(kind)\""
      if let id { out += " id=\"\(id)\"" }
      out += Self.attributes(data) + ">"
      if let title {
        // The first line names the thing, further ones describe it.
        let lines = title.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
        out += "<title>\(Self.escape(String(lines[0])))</title>"
        if lines.count > 1 { out += "<desc>\(Self.escape(String(lines[1])))</desc>" }
      }
      out += "\n"
      for inner in marks { write(inner) }
      out += "</g>\n"
    }
  }

  private mutating func write(_ run: TextRun) {
    out += "<text x=\"\(decimal(run.at.x))\" y=\"\(decimal(run.at.y))\" "
    out += "font-size=\"\(decimal(run.size))\""
    if run.isBold { out += " font-weight=\"bold\"" }
    switch run.anchor {
    case .start: break
    case .middle: out += " text-anchor=\"middle\""
    case .end: out += " text-anchor=\"end\""
    }
    out += " fill=\"\(run.color.hex)\">\(Self.escape(run.text))</text>\n"
  }

  private static func attributes(_ data: [String: String]) -> String {
    data.sorted { $0.key < $1.key }.map { " data-\($0.key)=\"\(escape($0.value))\"" }.joined()
  }

  private func attributes(_ paint: Paint) -> String {
    var text = ""
    if let fill = paint.fill {
      text += " fill=\"\(fill.hex)\""
      if fill.alpha < 255 { text += " fill-opacity=\"\(decimal(Double(fill.alpha) / 255))\"" }
    } else {
      text += " fill=\"none\""
    }
    guard let stroke = paint.stroke else { return text }
    text += " stroke=\"\(stroke.hex)\" stroke-width=\"\(decimal(paint.width))\""
    if stroke.alpha < 255 { text += " stroke-opacity=\"\(decimal(Double(stroke.alpha) / 255))\"" }
    if let pattern = paint.dash.pattern(width: paint.width) {
      text += " stroke-dasharray=\"\(decimal(pattern.mark)) \(decimal(pattern.gap))\""
      if paint.dash == .dotted { text += " stroke-linecap=\"round\"" }
    }
    return text
  }

  private static func list(_ points: [Point]) -> String {
    points.map { "\(decimal($0.x)),\(decimal($0.y))" }.joined(separator: " ")
  }

  private static func data(_ path: Path) -> String {
    var text = "M\(list([path.start]))"
    for piece in path.pieces {
      switch piece {
      case .line(let end): text += "L\(list([end]))"
      case .curve(let a, let b, let end): text += "C\(list([a, b, end]))"
      }
    }
    return text + "Z"
  }

  /// A text with the five characters of XML escaped; the rest was cleaned before.
  static func escape(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
