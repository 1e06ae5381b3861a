// SPDX-License-Identifier: Apache-2.0

/// How the records of a mapped file are written, when they are no table.
enum RecordFormat: String, CaseIterable, Sendable {
  /// One JSON object in each line.
  case jsonLines = "jsonlines"
  /// One JSON document: an object, or a list of objects.
  case json
}

/// Reads the records of a JSON file as rows, of which the columns are the paths that a mapping names.
///
/// A path such as `data.address.locality` leads through objects by their keys, and through lists to
/// each of their items; see `RecordValues`. Every line (of lines of JSON) or object (of a document)
/// that is not blank is one row; one that is no JSON object is returned with its defect.
struct RecordReader {
  /// The paths that are asked for.
  let header: [String]
  /// The objects returned so far.
  private(set) var rowCount = 0
  /// The paths that some record had, by their place in `header`.
  private(set) var met: Set<Int> = []

  private let file: String
  private let format: RecordFormat
  private var lines: TextBuffer?
  private var document: (text: WholeText, items: ArraySlice<JSONNode>, ends: [Int: Int])?

  static let maximumRecordBytes = 16 << 20

  /// Opens an input.
  ///
  /// - Parameters:
  ///   - input: the input.
  ///   - format: how the records are written.
  ///   - list: the path of the list of records within a document; nil when the document is the list.
  ///   - paths: what the mapping asks for.
  ///   - encoding: the encoding; nil to detect it.
  /// - Throws: `InterchangeError` when the input cannot be opened or a document is no JSON.
  init(
    _ input: Input, format: RecordFormat, list: String?, paths: [String], encoding: TextEncoding?
  ) throws(InterchangeError) {
    self.format = format
    header = paths
    let stream = try ByteStream(input)
    file = stream.name
    switch format {
    case .jsonLines:
      let buffer = try TextBuffer(
        stream, encoding: encoding, maximumRowBytes: Self.maximumRecordBytes)
      guard !buffer.isEmpty else {
        throw .refused(
          Problem(
            file: file, line: 1, what: "the file is empty", expected: "a JSON object in each line",
            advice: "check that the export was finished"))
      }
      lines = buffer
    case .json:
      let text = try WholeText(stream, encoding: encoding)
      var reader = JSONReader(text)
      let root = try reader.value()
      document = (text, try Self.items(of: root, list, text)[...], reader.ends)
    }
  }

  private static func items(
    of root: JSONNode, _ path: String?, _ text: WholeText
  ) throws(InterchangeError) -> [JSONNode] {
    var node = root
    for key in path?.split(separator: ".") ?? [] {
      guard let next = node[String(key)] else {
        throw .refused(
          text.problem(
            at: node.at, "no “\(key)” here", expected: "the list of records under \(path ?? "")",
            advice: "correct 'records' in the mapping"))
      }
      node = next
    }
    if case .list(let items) = node.content { return items }
    return [node]
  }

  /// What was read, as a sentence for the user.
  var detections: [String] {
    let kind = format == .jsonLines ? "lines of JSON" : "JSON"
    return ["\(file.fileName.printable()): \(kind), \(header.count) paths"]
  }

  /// How much of the input has been read, from 0 to 1.
  var fractionRead: Double { lines?.fractionRead ?? 1 }

  /// The next record; nil at the end of the file.
  mutating func next() throws(InterchangeError) -> Row? {
    let row = lines == nil ? nextItem() : try nextLine()
    guard var row else { return nil }
    rowCount += 1
    row.number = rowCount
    return row
  }

  private mutating func nextLine() throws(InterchangeError) -> Row? {
    while let line = try lines?.nextLine() {
      guard line.bytes.contains(where: { $0 != 32 && $0 != 9 }) else { continue }
      return row(of: line.bytes, line: line.number)
    }
    return nil
  }

  private mutating func row(of bytes: [UInt8], line: Int) -> Row {
    func broken(_ problem: Problem?) -> Row {
      var row = Row(
        file: file, line: line, start: 0, end: bytes.count, bytes: bytes,
        fields: Array(repeating: .none, count: header.count), quote: nil)
      row.defect = problem
      return row
    }
    if let nul = bytes.firstIndex(of: 0) {
      return broken(
        Problem(file: file, line: line, column: nul + 1, what: "a NUL byte", expected: "text"))
    }
    let text = WholeText(bytes: bytes, file: file, firstLine: line)
    var reader = JSONReader(text)
    do {
      let node = try reader.value()
      guard case .object = node.content else {
        return broken(
          text.problem(at: node.at, "a line that is no object", expected: "{ … } in each line"))
      }
      return row(of: node, bytes, 0..<bytes.count, line: line)
    } catch {
      guard case .refused(let list) = error else { return broken(nil) }
      return broken(list.problems.first)
    }
  }

  private mutating func nextItem() -> Row? {
    guard let node = document?.items.popFirst(), let (text, _, ends) = document else { return nil }
    let line = text.place(of: node.at).line
    guard case .object = node.content, let end = ends[node.at] else {
      var row = Row(
        file: file, line: line, start: node.at, end: node.at, bytes: text.bytes,
        fields: Array(repeating: .none, count: header.count), quote: nil)
      row.defect = text.problem(
        at: node.at, "a record that is no object", expected: "a list of objects",
        advice: "say with 'records' in the mapping where the list stands")
      return row
    }
    // Each row keeps its own bytes: places are counted from the start of its first line.
    let start = text.bytes[..<node.at].lastIndex { $0 == 10 || $0 == 13 }.map { $0 + 1 } ?? 0
    return row(of: node, Array(text.bytes[start..<end]), start..<end, line: line)
  }

  private mutating func row(
    of node: JSONNode, _ bytes: [UInt8], _ range: Range<Int>, line: Int
  ) -> Row {
    let values = RecordValues(node, paths: header)
    for field in header.indices where !values.entries(field).isEmpty { met.insert(field) }
    let fields = header.indices.map { field in
      guard let at = values.entries(field).first?.at, range.contains(at) else {
        return FieldBounds.none
      }
      let place = Int32(at - range.lowerBound)
      return FieldBounds(start: place, end: place, isQuoted: false, hasDoubledQuotes: false)
    }
    var row = Row(
      file: file, line: line, start: 0, end: bytes.count, bytes: bytes, fields: fields, quote: nil)
    row.record = values
    return row
  }
}

extension FieldBounds {
  /// A field that is not there.
  fileprivate static let none = FieldBounds(
    start: 0, end: 0, isQuoted: false, hasDoubledQuotes: false)
}
