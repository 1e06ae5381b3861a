// SPDX-License-Identifier: Apache-2.0

/// Writes a chart in Graphviz's language with the places found, for `neato -n2`.
///
/// Nodes are called n0, n1, … whatever their ids; texts from outside stand in labels and tooltips only.
enum DOTWriter {
  static func bytes(of chart: Chart) -> [UInt8] {
    let height = chart.diagram.page.height
    let look = chart.style
    var out = "graph {\n"
    out += "  graph [label=\"\(escape(LabelText.clean(chart.diagram.title)))\", labelloc=t, "
    out +=
      "outputorder=edgesfirst, splines=line, notranslate=true, bgcolor=\"\(look.background.hex)\"]\n"
    out +=
      "  node [style=filled, fontname=\"Noto Sans\", fontcolor=\"\(look.text.hex)\", fixedsize=true]\n"
    out += "  edge [fontname=\"Noto Sans\", fontsize=7]\n"
    let colors = chart.nodeColors()
    for (index, node) in chart.nodes.enumerated() {
      let place = chart.onPage(chart.points[index])
      let inches = decimal(node.radius * 2 * chart.scale / 72)
      out += "  n\(index) [pos=\"\(decimal(place.x)),\(decimal(height - place.y))\", "
      out += "shape=\(shape(node.family)), width=\(inches), height=\(inches), label=\"\", "
      out += "xlabel=\"\(escape(LabelText.clean(node.source.label)))\", "
      out += "tooltip=\"\(escape(node.tooltip))\", fillcolor=\"\(colors[index].hex)\", "
      out += "fontsize=\(decimal(node.fontSize * chart.scale))"
      if node.source.isFlagged { out += ", color=\"\(look.flag.hex)\", penwidth=3" }
      out += "]\n"
    }
    for edge in chart.edges {
      out += "  n\(edge.from) -- n\(edge.to) [style=\(style(chart.line(of: edge))), "
      out += "dir=\(direction(edge.arrow)), "
      let width = chart.widths.width(level: chart.widths.level(edge.weight))
      out += "penwidth=\(decimal(width * chart.scale))"
      if let label = edge.label { out += ", tooltip=\"\(escape(LabelText.clean(label)))\"" }
      out += "]\n"
    }
    return Array((out + "}\n").utf8)
  }

  private static func shape(_ family: Icon.Family) -> String {
    switch family {
    case .people: "circle"
    case .organizations: "square"
    case .communications: "diamond"
    case .finance: "hexagon"
    case .transport: "octagon"
    case .places: "house"
    case .records: "invhouse"
    }
  }

  private static func style(_ line: DiagramEdge.Line) -> String {
    switch line {
    case .confirmed: "solid"
    case .probable: "dashed"
    case .unconfirmed: "dotted"
    }
  }

  private static func direction(_ arrow: DiagramEdge.Arrow) -> String {
    switch arrow {
    case .none: "none"
    case .forward: "forward"
    case .both: "both"
    }
  }

  /// A text inside quotes: backslash, quote and ampersand are escaped, line breaks were taken out.
  static func escape(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case "\"": result += "\\\""
      case "&": result += "&amp;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
