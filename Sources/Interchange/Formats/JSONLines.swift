// SPDX-License-Identifier: Apache-2.0

/// The lines of a text that each hold a JSON object; empty lines and lines that begin with # are none.
struct JSONLines {
  /// An object, and where its lists and objects end.
  struct Line {
    var object: JSONNode
    var ends: [Int: Int]
  }

  private let text: WholeText
  private var position = 0
  /// What the lines that begin with # say.
  private(set) var comments: [String] = []

  init(_ text: WholeText) { self.text = text }

  /// The next object; nil at the end.
  ///
  /// Lines that hold none are reported to the builder.
  mutating func next(_ builder: inout DocumentBuilder) throws(InterchangeError) -> Line? {
    while true {
      do {
        return try next()
      } catch .refused(let problems) {
        for problem in problems.problems { builder.add(problem) }
      }
    }
  }

  /// The next object; nil at the end.
  ///
  /// - Throws: `InterchangeError` for a line that is no JSON object; the lines behind it can be read.
  private mutating func next() throws(InterchangeError) -> Line? {
    let bytes = text.bytes
    while position < bytes.count {
      let start = position
      let end = bytes[start...].firstIndex { $0 == 10 || $0 == 13 } ?? bytes.count
      position = end + 1
      guard let first = bytes[start..<end].firstIndex(where: { $0 != 32 && $0 != 9 }) else {
        continue
      }
      if bytes[first] == UInt8(ascii: "#") {
        comments.append(text.text(first + 1..<end))
        continue
      }
      var reader = JSONReader(text, start..<end)
      let value = try reader.value()
      guard case .object = value.content else {
        throw .refused(
          text.problem(at: first, "a line that is no object", expected: "{ … } in each line"))
      }
      return Line(object: value, ends: reader.ends)
    }
    return nil
  }
}
