// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// Reads the data language of UCINET (DL): full matrices, edge lists and node lists, one or two modes,
/// labels given or embedded.
struct DLReader {
  private struct Word {
    var text: String
    var isQuoted: Bool
    var at: Int
    // Whether it is the first of its line.
    var startsLine: Bool
  }

  private let text: WholeText
  private let maximumNodes: Int
  private var builder: DocumentBuilder
  private var words: [Word] = []
  private var position = 0

  private var rows = 0
  private var columns: Int?
  private var form = "fullmatrix"
  private var rowLabels: [Word] = []
  private var columnLabels: [Word] = []
  private var embedsRows = false
  private var embedsColumns = false
  private var hasDiagonal = true

  static func read(
    _ stream: ByteStream, _ options: GraphReadingOptions
  ) throws(InterchangeError) -> GraphDocument {
    let text = try WholeText(stream, encoding: options.table.encoding)
    var reader = DLReader(text: text, maximumNodes: options.maximumNodes)
    try reader.split()
    try reader.readHead()
    return try reader.document()
  }

  private init(text: WholeText, maximumNodes: Int) {
    self.text = text
    self.maximumNodes = maximumNodes
    builder = DocumentBuilder(file: text.file, format: .dl, maximumNodes: maximumNodes)
  }

  // Words parted by blanks, commas and = signs; texts in quotes may hold them.
  private mutating func split() throws(InterchangeError) {
    var at = 0
    var startsLine = true
    while at < text.bytes.count {
      let byte = text.bytes[at]
      if byte == 10 || byte == 13 { startsLine = true }
      if byte <= 32 || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "=") {
        at += 1
        continue
      }
      let start = at
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        at += 1
        while at < text.bytes.count, text.bytes[at] != byte, text.bytes[at] != 10 { at += 1 }
        guard at < text.bytes.count, text.bytes[at] == byte else {
          throw .refused(
            text.problem(
              at: start, "the quote that opens here is not closed", expected: "a closing quote"))
        }
        words.append(
          Word(
            text: text.text(start + 1..<at), isQuoted: true, at: start, startsLine: startsLine))
        at += 1
      } else {
        while at < text.bytes.count, text.bytes[at] > 32, text.bytes[at] != UInt8(ascii: ","),
          text.bytes[at] != UInt8(ascii: "=")
        {
          at += 1
        }
        words.append(
          Word(text: text.text(start..<at), isQuoted: false, at: start, startsLine: startsLine))
      }
      startsLine = false
    }
  }

  private var word: Word? { position < words.count ? words[position] : nil }

  private func fail(_ what: String, _ expected: String) -> InterchangeError {
    .refused(
      text.problem(at: word?.at ?? text.bytes.count, what, expected: expected))
  }

  private var found: String { word.map { "“\($0.text)”" } ?? "the end of the file" }

  private mutating func number() throws(InterchangeError) -> Int {
    position += 1
    guard let word, let number = Int(word.text), number > 0 else {
      throw fail(found, "a whole number from 1")
    }
    guard number <= maximumNodes, number <= max(10_000, 4 * text.bytes.count) else {
      throw fail("\(number) in a file of \(text.bytes.count) bytes", "as many as the file holds")
    }
    position += 1
    return number
  }

  private mutating func readHead() throws(InterchangeError) {
    guard word?.text.lowercased() == "dl" else { throw fail(found, "dl") }
    position += 1
    while true {
      guard let word else { throw fail("the file ends before its data", "data:") }
      switch word.text.lowercased() {
      case "n", "nr": rows = try number()
      case "nc": columns = try number()
      case "nm":
        let count = try number()
        if count > 1 { throw fail("\(count) matrices", "one; save each by itself") }
      case "format":
        position += 1
        guard let name = self.word?.text.lowercased() else { throw fail(found, "a format") }
        let known = [
          "fullmatrix", "fm", "edgelist1", "el1", "edgelist2", "el2", "nodelist1", "nl1",
          "nodelist2",
          "nl2", "lowerhalf", "lh", "upperhalf", "uh",
        ]
        guard known.contains(name) else {
          throw fail(
            "the format \(name)",
            "fullmatrix, edgelist1, edgelist2, nodelist1, nodelist2, lowerhalf or upperhalf")
        }
        form =
          [
            "fm": "fullmatrix", "el1": "edgelist1", "el2": "edgelist2", "nl1": "nodelist1",
            "nl2": "nodelist2", "lh": "lowerhalf", "uh": "upperhalf",
          ][name] ?? name
        position += 1
      case "diagonal":
        position += 1
        hasDiagonal = self.word?.text.lowercased() != "absent"
        position += 1
      case "labels", "labels:":
        position += 1
        if ["embedded", "embedded:"].contains(self.word?.text.lowercased() ?? "") {
          (embedsRows, embedsColumns) = (true, true)
          position += 1
        } else {
          rowLabels = labels()
        }
      case "row", "column", "col":
        position += 1
        let second = self.word?.text.lowercased() ?? ""
        guard second.hasPrefix("label") else { throw fail(found, "labels") }
        position += 1
        let isRow = word.text.lowercased() == "row"
        if (self.word?.text.lowercased() ?? "").hasPrefix("embedded") {
          if isRow { embedsRows = true } else { embedsColumns = true }
          position += 1
        } else if isRow {
          rowLabels = labels()
        } else {
          columnLabels = labels()
        }
      case "matrix", "level":
        position += 1
        if (self.word?.text.lowercased() ?? "").hasPrefix("label") { position += 1 }
        _ = labels()
      case "data", "data:":
        position += 1
        if self.word?.text == ":" { position += 1 }
        guard rows > 0 else { throw fail("no size", "n=NUMBER, or nr= and nc=") }
        return
      default: throw fail(found, "n=, format=, labels: or data:")
      }
    }
  }

  private static let headWords: Set = [
    "data", "data:", "labels", "labels:", "row", "column", "col", "matrix", "format", "n", "nr",
    "nc",
    "nm", "diagonal", "level",
  ]

  private mutating func labels() -> [Word] {
    var labels: [Word] = []
    while let word, word.isQuoted || !Self.headWords.contains(word.text.lowercased()) {
      if word.text != ":" { labels.append(word) }
      position += 1
    }
    return labels
  }

  // MARK: Data

  private consuming func document() throws(InterchangeError) -> GraphDocument {
    let isTwoMode = columns != nil || form.hasSuffix("2")
    let width = columns ?? rows
    if form == "fullmatrix" || form.hasSuffix("half") {
      try readMatrix(width, isTwoMode: isTwoMode)
    } else {
      readList(width, isTwoMode: isTwoMode)
    }
    return try builder.document(direction: .directed, needsDeclarations: false)
  }

  private mutating func declare(_ labels: [Word], _ count: Int, _ prefix: String, mode: Int?)
    -> [Int32]
  {
    if !labels.isEmpty, labels.count != count {
      builder.add(
        text.problem(
          at: word?.at ?? 0, "\(labels.count) labels", expected: "\(count), one for each"))
    }
    return (0..<count).map { index in
      let place =
        index < labels.count ? text.place(of: labels[index].at) : TextPlace(line: 1, column: 1)
      let label = index < labels.count ? labels[index].text : prefix + String(index + 1)
      let node = builder.declare(label, at: place)
      if let mode { builder.set(node: node, "mode", .integer(Int64(mode)), at: place) }
      return node
    }
  }

  private mutating func readMatrix(_ width: Int, isTwoMode: Bool) throws(InterchangeError) {
    if embedsColumns {
      columnLabels = []
      while columnLabels.count < width, let word {
        columnLabels.append(word)
        position += 1
      }
    }
    var rowNodes: [Int32] = []
    var columnNodes: [Int32] = []
    if !embedsRows {
      rowNodes = declare(rowLabels, rows, isTwoMode ? "r" : "", mode: isTwoMode ? 1 : nil)
      columnNodes = isTwoMode ? declare(columnLabels, width, "c", mode: 2) : rowNodes
    } else if !isTwoMode {
      rowNodes = declare(columnLabels, rows, "", mode: nil)
      columnNodes = rowNodes
    }
    var cells: [[(value: GraphValue, at: Int)?]] = []
    for row in 0..<rows {
      if embedsRows {
        guard let label = word else { throw fail("the file ends in row \(row + 1)", "a label") }
        if isTwoMode {
          let node = builder.declare(label.text, at: text.place(of: label.at))
          builder.set(node: node, "mode", .integer(1), at: text.place(of: label.at))
          rowNodes.append(node)
        } else if row < columnLabels.count, label.text != columnLabels[row].text {
          builder.add(
            text.problem(
              at: label.at, "the row “\(label.text)”",
              expected: "“\(columnLabels[row].text)”, as the columns have it"))
        }
        position += 1
      }
      let range =
        form == "lowerhalf"
        ? 0..<(hasDiagonal ? row + 1 : row)
        : form == "upperhalf"
          ? min(width, hasDiagonal ? row : row + 1)..<width : 0..<width
      // Memory follows the cells that are there: a row is as long as what it holds.
      var line: [(value: GraphValue, at: Int)?] = []
      for column in 0..<range.upperBound {
        let isAbsent = !hasDiagonal && !isTwoMode && column == row
        if isAbsent || !range.contains(column) {
          line.append(nil)
          continue
        }
        guard let word else {
          throw fail(
            "the file ends in row \(row + 1)",
            counted(
              range.count - (!hasDiagonal && form == "fullmatrix" && !isTwoMode ? 1 : 0), "cell")
              + " in this row")
        }
        if let value = GraphValue.number(word.text) {
          line.append((value, word.at))
        } else {
          line.append(nil)
          builder.add(
            text.problem(at: word.at, "the cell “\(word.text)”", expected: "a finite number"))
        }
        position += 1
      }
      cells.append(line)
    }
    if let word {
      builder.add(text.problem(at: word.at, "\(found) behind the last row", expected: "the end"))
    }
    if isTwoMode, embedsRows { columnNodes = declare(columnLabels, width, "c", mode: 2) }
    try builder.problems.throwIfErrors()
    add(cells, rowNodes, columnNodes, isTwoMode)
  }

  private mutating func add(
    _ cells: [[(value: GraphValue, at: Int)?]], _ rowNodes: [Int32], _ columnNodes: [Int32],
    _ isTwoMode: Bool
  ) {
    // Nil where there is no tie.
    func number(_ row: Int, _ column: Int) -> Double? {
      guard column < cells[row].count, let cell = cells[row][column] else { return nil }
      let number: Double? =
        switch cell.value {
        case .integer(let number): Double(number)
        case .real(let number): number
        case .text(let text): Double(text)
        case .boolean: nil
        }
      return number == 0 ? nil : number
    }
    let isHalf = form.hasSuffix("half")
    let isSymmetric =
      !isTwoMode
      && (isHalf
        || cells.indices.allSatisfy { row in
          cells.indices.allSatisfy { number(row, $0) == number($0, row) }
        })
    for row in cells.indices {
      for column in cells[row].indices {
        guard let cell = cells[row][column], number(row, column) != nil else { continue }
        // The two cells of a pair of a symmetric matrix are one tie.
        if isSymmetric, !isHalf, column < row { continue }
        let place = self.text.place(of: cell.at)
        let edge = builder.edge(
          rowNodes[row], columnNodes[column], isDirected: !isTwoMode && !isSymmetric, at: place)
        builder.set(edge: edge, "weight", cell.value, at: place)
      }
    }
  }

  private mutating func readList(_ width: Int, isTwoMode: Bool) {
    var byRow: [String: Int32] = [:]
    var byColumn: [String: Int32] = [:]
    if !embedsRows {
      for (index, node) in declare(rowLabels, rows, isTwoMode ? "r" : "", mode: isTwoMode ? 1 : nil)
        .enumerated()
      {
        byRow[String(index + 1)] = node
      }
    }
    if isTwoMode, !embedsColumns {
      for (index, node) in declare(columnLabels, width, "c", mode: 2).enumerated() {
        byColumn[String(index + 1)] = node
      }
    }
    var line: [Word] = []
    while position <= words.count {
      if let word, !word.startsLine || line.isEmpty {
        line.append(word)
        position += 1
        continue
      }
      if !line.isEmpty { read(line, &byRow, &byColumn, isTwoMode) }
      line = []
      if position == words.count { break }
    }
    let used = isTwoMode ? byRow.count : byRow.count
    if embedsRows, used > rows {
      builder.add(
        text.problem(at: 0, "\(used) labels in the data", expected: "at most \(rows), as n says"))
    } else if embedsRows, used < rows {
      builder.remark("nodes that n counts are not in the data and have no name", rows - used)
    }
  }

  private mutating func node(
    _ word: Word, _ known: inout [String: Int32], embeds: Bool, mode: Int?
  ) -> Int32? {
    if let node = known[word.text] { return node }
    guard embeds else {
      builder.add(
        text.problem(
          at: word.at, "the node “\(word.text)”", expected: "a number from 1 to \(known.count)"))
      return nil
    }
    let place = text.place(of: word.at)
    let node = builder.declare(word.text, at: place)
    if let mode { builder.set(node: node, "mode", .integer(Int64(mode)), at: place) }
    known[word.text] = node
    return node
  }

  private mutating func read(
    _ line: [Word], _ byRow: inout [String: Int32], _ byColumn: inout [String: Int32],
    _ isTwoMode: Bool
  ) {
    guard let source = node(line[0], &byRow, embeds: embedsRows, mode: isTwoMode ? 1 : nil) else {
      return
    }
    func target(_ reader: inout DLReader, _ word: Word) -> Int32? {
      if isTwoMode { return reader.node(word, &byColumn, embeds: reader.embedsColumns, mode: 2) }
      return reader.node(word, &byRow, embeds: reader.embedsRows, mode: nil)
    }
    let place = text.place(of: line[0].at)
    if form.hasPrefix("nodelist") {
      for word in line.dropFirst() {
        guard let end = target(&self, word) else { continue }
        builder.edge(source, end, isDirected: !isTwoMode, at: place)
      }
      return
    }
    guard line.count == 2 || line.count == 3 else {
      return builder.add(
        text.problem(
          at: line[0].at, "a line of \(line.count) words",
          expected: "two ends, and a weight or none",
          advice: "put labels with blanks in quotes"))
    }
    guard let end = target(&self, line[1]) else { return }
    let edge = builder.edge(source, end, isDirected: !isTwoMode, at: place)
    if line.count == 3 {
      guard let value = GraphValue.number(line[2].text) else {
        return builder.add(
          text.problem(at: line[2].at, "the weight “\(line[2].text)”", expected: "a finite number"))
      }
      builder.set(edge: edge, "weight", value, at: text.place(of: line[2].at))
    }
  }
}
