// SPDX-License-Identifier: Apache-2.0

extension TextBuffer {
  /// The most lines above a header.
  static let maximumPreamble = 1_000

  /// Passes over lines until one has a cell.
  ///
  /// Cells are parted by comma, semicolon, tab or bar here; quotes and blanks around them do not count.
  mutating func skip(toLineWith cell: String, file: String) throws(InterchangeError) {
    let wanted = Self.trimmed(Array(cell.utf8)[...])
    for _ in 0...Self.maximumPreamble {
      let end = try lineEnd()
      let cells = bytes[position..<end].split(omittingEmptySubsequences: false) {
        [9, 44, 59, 124].contains($0)
      }
      if cells.contains(where: { Self.trimmed($0) == wanted }) {
        return
      }
      if try nextLine() == nil { break }
    }
    throw .refused(
      Problem(
        file: file, line: 1, what: "no line has the cell “\(cell)”",
        expected: "the header within the first \(Self.maximumPreamble) lines",
        advice: "correct 'headerAt' in the mapping"))
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var bytes = bytes
    while let first = bytes.first, [32, 34, 39].contains(first) { bytes.removeFirst() }
    while let last = bytes.last, [32, 34, 39].contains(last) { bytes.removeLast() }
    return bytes
  }
}
