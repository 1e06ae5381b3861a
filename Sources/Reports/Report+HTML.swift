// SPDX-License-Identifier: Apache-2.0

extension Report {
  /// The report as one HTML page that refers to nothing outside itself and prints on A4.
  public var html: String {
    let banner = handling.map { "<p class=\"banner\">HANDLING \(escaped($0))</p>" } ?? ""
    var parts = [
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">",
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">",
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
        + "style-src 'unsafe-inline'; img-src data:\">",
      "<title>\(escaped(title))</title>\n<style>\(Self.style)</style>\n</head>\n<body>",
      banner, "<main>\n<h1>\(escaped(title))</h1>",
    ]
    if let first = documents.first, let input = first.input {
      parts.append(
        "<p class=\"origin\">From \(escaped(input.kind)) "
          + "<strong>\(escaped(input.name))</strong>, \(escaped(input.hashName)) "
          + "<code>\(escaped(input.sha256))</code>; clew \(escaped(first.version)).</p>")
      parts.append(definitions(first.view))
    }
    parts.append("<h2>Main findings</h2>\n<ol class=\"findings\">")
    parts += findings.map { "<li>\(escaped($0))</li>" }
    parts.append("</ol>\n<p class=\"caveat\">\(escaped(Self.caveat))</p>")
    if let chart { parts.append("<h2>Link chart</h2>\n<figure>\n\(inlined(chart))\n</figure>") }
    for document in documents { parts.append(section(document)) }
    parts.append("</main>\n\(banner)\n</body>\n</html>\n")
    return parts.joined(separator: "\n")
  }

  private func section(_ document: ResultDocument) -> String {
    var parts = ["<section>\n<h2>\(escaped(document.title))</h2>"]
    if !document.figures.isEmpty {
      parts.append("<table class=\"figures\"><tbody>")
      parts += document.figures.map { figure in
        "<tr><th scope=\"row\">\(escaped(figure.title))</th><td class=\"number\">"
          + "\(escaped(figure.value.shown))</td><td>\(escaped(figure.definition))</td></tr>"
      }
      parts.append("</tbody></table>")
    }
    for table in document.tables where !table.rows.isEmpty { parts.append(rows(of: table)) }
    let conventions = document.conventionLines
    if !conventions.isEmpty {
      parts.append("<h3>Conventions</h3>\n<ul>")
      parts += conventions.map { "<li>\(escaped($0))</li>" }
      parts.append("</ul>")
    }
    if !document.notices.isEmpty {
      parts.append("<h3>Notes</h3>\n<ul>")
      parts += document.notices.map { "<li>\(escaped($0))</li>" }
      parts.append("</ul>")
    }
    var references: [String] = []
    for record in document.analyses where !references.contains(record.reference.text) {
      references.append(record.reference.text)
    }
    if !references.isEmpty {
      parts.append("<h3>References</h3>\n<ul>")
      parts += references.map { "<li>\(escaped($0))</li>" }
      parts.append("</ul>")
    }
    parts.append("</section>")
    return parts.joined(separator: "\n")
  }

  private func rows(of table: Table) -> String {
    let shown = table.top(rowLimit)
    let isNumber = table.columns.indices.map { column in
      table.rows.contains { $0[column].isNumber }
    }
    func cell(_ text: String, _ column: Int, _ tag: String) -> String {
      let style = isNumber[column] ? " class=\"number\"" : ""
      return "<\(tag)\(style)>\(escaped(text))</\(tag)>"
    }
    var parts = ["<table>\n<caption>\(escaped(table.title))</caption>\n<thead><tr>"]
    parts += table.columns.enumerated().map { cell($1.title, $0, "th") }
    parts.append("</tr></thead>\n<tbody>")
    parts += shown.rows.map { row in
      "<tr>" + row.enumerated().map { cell($1.shown, $0, "td") }.joined() + "</tr>"
    }
    parts.append("</tbody>\n</table>")
    if shown.rows.count < table.rows.count {
      parts.append("<p class=\"more\">\(table.rows.count - shown.rows.count) more rows.</p>")
    }
    return parts.joined(separator: "\n")
  }

  private func definitions(_ view: [(name: String, value: JSONValue)]) -> String {
    "<dl>"
      + view.map { "<dt>\(escaped($0.name))</dt><dd>\(escaped(plain($0.value)))</dd>" }.joined()
      + "</dl>"
  }

  // An SVG file begins with a declaration that has no place inside a page.
  private func inlined(_ svg: String) -> String {
    var rest = svg[...]
    while let mark = rest.firstIndex(of: "<") {
      rest = rest[mark...]
      if rest.hasPrefix("<svg") { return String(rest) }
      rest = rest.dropFirst()
    }
    return ""
  }

  private static let style = """
    body { font: 15px/1.45 "Noto Sans", "DejaVu Sans", sans-serif; color: #1a1a1a; margin: 0; }
    main { max-width: 1100px; margin: 0 auto; padding: 0 24px 24px; }
    h1 { font-size: 26px; margin: 18px 0 6px; } h2 { font-size: 20px; margin: 28px 0 8px; }
    h3 { font-size: 15px; margin: 16px 0 4px; }
    .banner { background: #a5001f; color: #fff; font-weight: 700; text-align: center; margin: 0; padding: 5px; }
    .origin { color: #444; overflow-wrap: anywhere; } code { font-size: 12px; }
    dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 14px; margin: 8px 0; }
    dt { color: #444; } dd { margin: 0; }
    .findings li { margin: 4px 0; font-size: 16px; }
    .caveat { border-left: 4px solid #a5001f; padding-left: 10px; }
    figure { margin: 0; } figure svg { width: 100%; height: auto; border: 1px solid #ccc; }
    table { border-collapse: collapse; margin: 10px 0; width: 100%; }
    caption { text-align: left; font-weight: 600; padding: 4px 0; }
    th, td { border-bottom: 1px solid #d5d5d5; padding: 3px 8px 3px 0; text-align: left; vertical-align: top; }
    thead th { border-bottom: 2px solid #555; }
    .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
    .figures { width: auto; } .more, ul { color: #333; font-size: 14px; }
    @media print { @page { size: A4; margin: 14mm; } section { break-inside: auto; } tr { break-inside: avoid; } }
    """
}

private func escaped(_ text: String) -> String {
  var out = ""
  for character in printable(text) {
    switch character {
    case "&": out += "&amp;"
    case "<": out += "&lt;"
    case ">": out += "&gt;"
    case "\"": out += "&quot;"
    default: out.append(character)
    }
  }
  return out
}
