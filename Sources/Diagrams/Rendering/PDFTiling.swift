// SPDX-License-Identifier: Apache-2.0

/// Cuts a large page of PDF into sheets that a small printer takes.
///
/// Neighbouring sheets share a strip of the chart, bounded by a thin broken line along which one is cut
/// or folded. Every sheet bears the handling marking above and below, its number, its column and its row.
///
/// The chart is painted once, with the strips of the sheets under it; the sheets are pages that show
/// their part of that painting, so that the file is hardly larger than the one page was.
struct PDFTiling {
  /// The rim of a sheet that printers leave white.
  static let margin = 24.0
  /// The height of the strip above and below the picture.
  static let strip = 16.0
  /// What neighbouring sheets share.
  static let overlap = 28.0

  let chart: Page
  let sheet: Page
  let columns: Int
  let rows: Int
  let window: Point

  /// Lays sheets of a format over a chart, upright or across, whichever takes fewer.
  init(_ chart: Page, onto format: Page.Format) {
    let candidates = [Page.Orientation.landscape, .portrait].map { orientation in
      let sheet = Page(format, orientation)
      let window = Point(
        x: sheet.width - 2 * Self.margin, y: sheet.height - 2 * Self.margin - 2 * Self.strip)
      func count(_ length: Double, _ room: Double) -> Int {
        max(1, Int(((length - Self.overlap) / (room - Self.overlap)).rounded(.up)))
      }
      return (sheet, window, count(chart.width, window.x), count(chart.height, window.y))
    }
    let (across, upright) = (candidates[0], candidates[1])
    let best = upright.2 * upright.3 < across.2 * across.3 ? upright : across
    self.chart = chart
    (sheet, window, columns, rows) = best
  }

  var count: Int { columns * rows }

  /// The drawing with the strips of all sheets below it.
  func extended(_ drawing: Drawing, _ diagram: Diagram) -> Drawing {
    var extended = drawing
    extended.height = stripTop(count)
    let style = diagram.style
    for index in 0..<count {
      let top = stripTop(index)
      let bar = Rect(minX: 0, minY: top, maxX: window.x, maxY: top + Self.strip)
      let place =
        "sheet \(index + 1) of \(count) (column \(index % columns + 1) of \(columns), "
        + "row \(index / columns + 1) of \(rows))"
      let marking = diagram.handling.map { LabelText.clean($0, limit: 120) }
      let room = window.x - 12
      let text = LabelText.shorten(
        [marking, place, LabelText.clean(diagram.title)].compactMap { $0 }
          .joined(separator: "  ·  "), to: room, size: 8.5, isBold: true)
      if marking != nil {
        extended.marks.append(.polygon(bar.corners, Paint(fill: style.banner)))
      }
      extended.marks.append(
        .text(
          TextRun(
            text: text, at: Point(x: bar.center.x, y: bar.center.y + 3), size: 8.5, isBold: true,
            color: marking == nil ? style.text : style.bannerText)))
    }
    return extended
  }

  private func stripTop(_ index: Int) -> Double {
    chart.height + 12 + Double(index) * (Self.strip + 8)
  }

  /// The sheets of a file that `extended` was painted into.
  ///
  /// - Throws: `DiagramError.renderingFailed` for a file that is not built as expected.
  func split(_ bytes: [UInt8]) throws(DiagramError) -> [UInt8] {
    guard let file = SinglePagePDF(bytes) else {
      throw .renderingFailed(
        "the page could not be cut into sheets: its PDF is not built as expected")
    }
    var out = bytes
    if out.last != UInt8(ascii: "\n") { out.append(UInt8(ascii: "\n")) }
    var offsets: [(object: Int, offset: Int)] = []
    func put(_ object: Int, _ body: String) {
      offsets.append((object, out.count))
      out += Array("\(object) 0 obj\n\(body)\nendobj\n".utf8)
    }
    func stream(_ object: Int, _ text: String) {
      put(object, "<< /Length \(text.utf8.count + 1) >>\nstream\n\(text)\n\nendstream")
    }
    var next = file.size
    var kids: [Int] = []
    for index in 0..<count {
      let streams = operators(index, height: file.height)
      let first = next
      for (step, text) in streams.enumerated() { stream(first + step, text) }
      let content = "\(file.content) 0 R"
      let list =
        streams.indices.dropLast().map { "\(first + $0) 0 R \(content)" }.joined(separator: " ")
        + " \(first + streams.count - 1) 0 R"
      let page = first + streams.count
      put(
        page,
        "<< /Type /Page /Parent \(file.pages) 0 R /MediaBox [ 0 0 \(decimal(sheet.width)) "
          + "\(decimal(sheet.height)) ]\n   /Resources \(file.resources) 0 R\n"
          + "   /Group << /Type /Group /S /Transparency /I true /CS /DeviceRGB >>\n"
          + "   /Contents [ \(list) ] >>")
      kids.append(page)
      next = page + 1
    }
    put(
      file.pages,
      "<< /Type /Pages /Kids [ " + kids.map { "\($0) 0 R" }.joined(separator: " ")
        + " ] /Count \(kids.count) >>")
    // The new part of the table of objects, as an incremental update of the file.
    let start = out.count
    var table = "xref\n"
    for (object, offset) in offsets.sorted(by: { $0.object < $1.object }) {
      let digits = String(offset)
      table += "\(object) 1\n" + String(repeating: "0", count: 10 - digits.count) + digits
      table += " 00000 n \n"
    }
    table += "trailer\n<< /Size \(next) /Root \(file.root) 0 R"
    if let info = file.info { table += " /Info \(info) 0 R" }
    table += " /Prev \(file.table) >>\nstartxref\n\(start)\n%%EOF\n"
    out += Array(table.utf8)
    return out
  }

  // What stands before, between and after the three showings of the painting on a sheet: its part of
  // the chart, its strip above, its strip below.
  private func operators(_ index: Int, height: Double) -> [String] {
    let (column, row) = (Double(index % columns), Double(index / columns))
    let x = column * (window.x - Self.overlap)
    let y = row * (window.y - Self.overlap)
    let margin = Self.margin
    let low = margin + Self.strip
    func show(_ left: Double, _ bottom: Double, _ width: Double, _ tall: Double, _ from: Point)
      -> String
    {
      "q \(decimal(left)) \(decimal(bottom)) \(decimal(width)) \(decimal(tall)) re W n "
        + "1 0 0 1 \(decimal(left - from.x)) \(decimal(bottom - (height - from.y - tall))) cm"
    }
    let part = show(
      margin, low, min(window.x, chart.width - x), min(window.y, chart.height - y),
      Point(x: x, y: y))
    let shortfall = window.y - min(window.y, chart.height - y)
    let top = Point(x: 0, y: stripTop(index))
    // A last row that is not full hangs from the top, as the others do.
    let picture =
      shortfall > 0
      ? show(
        margin, low + shortfall, min(window.x, chart.width - x), window.y - shortfall,
        Point(x: x, y: y)) : part
    return [
      picture, "Q\n" + show(margin, low + window.y, window.x, Self.strip, top),
      "Q\n" + show(margin, margin, window.x, Self.strip, top), "Q\n" + marks(index),
    ]
  }

  // Broken lines where a neighbour begins or ends.
  private func marks(_ index: Int) -> String {
    let (column, row) = (index % columns, index / columns)
    let (left, bottom) = (Self.margin, Self.margin + Self.strip)
    let (right, top) = (left + window.x, bottom + window.y)
    var lines: [String] = []
    func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) {
      lines.append("\(decimal(x1)) \(decimal(y1)) m \(decimal(x2)) \(decimal(y2)) l S")
    }
    if column > 0 { line(left + Self.overlap, bottom, left + Self.overlap, top) }
    if column < columns - 1 { line(right - Self.overlap, bottom, right - Self.overlap, top) }
    if row > 0 { line(left, top - Self.overlap, right, top - Self.overlap) }
    if row < rows - 1 { line(left, bottom + Self.overlap, right, bottom + Self.overlap) }
    return "q 0.5 w 0.55 G [3 3] 0 d\n" + lines.joined(separator: "\n") + "\nQ"
  }
}

/// The few objects of a file of one page, as cairo writes it, that cutting it up needs.
struct SinglePagePDF {
  let size: Int
  let root: Int
  let info: Int?
  let pages: Int
  let content: Int
  let resources: Int
  /// The height of the page.
  let height: Double
  /// Where the table of objects begins.
  let table: Int

  private let bytes: [UInt8]

  init?(_ bytes: [UInt8]) {
    self.bytes = bytes
    guard let start = Self.last("startxref", in: bytes) else { return nil }
    let tail = String(decoding: bytes[(start + 9)...].prefix(24), as: UTF8.self)
    guard let table = Self.numbers(tail).first.map({ Int($0) }), bytes.indices.contains(table),
      let trailer = Self.last("trailer", in: bytes), trailer > table
    else { return nil }
    self.table = table
    let end = String(decoding: bytes[trailer..<start], as: UTF8.self)
    guard let size = Self.value("/Size", in: end).map({ Int($0) }),
      let root = Self.value("/Root", in: end).map({ Int($0) })
    else { return nil }
    self.size = size
    self.root = root
    info = Self.value("/Info", in: end).map { Int($0) }
    func object(_ number: Int) -> String? {
      // Twenty bytes an entry, after the lines "xref" and "0 n".
      let lines = bytes[table...].prefix(40).split(separator: 0x0A, maxSplits: 2)
      guard lines.count == 3 else { return nil }
      let entry = table + lines[0].count + lines[1].count + 2 + 20 * number
      guard number > 0, number < size, entry + 10 <= bytes.count,
        let offset = Int(String(decoding: bytes[entry..<(entry + 10)], as: UTF8.self)),
        bytes.indices.contains(offset)
      else { return nil }
      let text = String(decoding: bytes[offset...].prefix(4096), as: UTF8.self)
      return text.firstRange(of: "endobj").map { String(text[..<$0.lowerBound]) }
    }
    guard let catalog = object(root),
      let pages = Self.value("/Pages", in: catalog).map({ Int($0) }),
      let list = object(pages), let kid = Self.value("/Kids", in: list).map({ Int($0) }),
      let page = object(kid), let content = Self.value("/Contents", in: page).map({ Int($0) }),
      let resources = Self.value("/Resources", in: page).map({ Int($0) }),
      let box = page.firstRange(of: "/MediaBox")
    else { return nil }
    let corners = Self.numbers(String(page[box.upperBound...].prefix(80)))
    guard corners.count >= 4 else { return nil }
    self.pages = pages
    self.content = content
    self.resources = resources
    height = corners[3] - corners[1]
  }

  private static func value(_ key: String, in text: String) -> Double? {
    text.firstRange(of: key).flatMap { numbers(String(text[$0.upperBound...].prefix(40))).first }
  }

  private static func numbers(_ text: String) -> [Double] {
    text.split { !($0.isASCII && ($0.isNumber || $0 == "." || $0 == "-")) }.compactMap {
      Double($0)
    }
  }

  private static func last(_ word: String, in bytes: [UInt8]) -> Int? {
    let pattern = Array(word.utf8)
    guard bytes.count >= pattern.count else { return nil }
    var i = bytes.count - pattern.count
    while i >= 0 {
      if bytes[i..<(i + pattern.count)].elementsEqual(pattern) { return i }
      i -= 1
    }
    return nil
  }
}
