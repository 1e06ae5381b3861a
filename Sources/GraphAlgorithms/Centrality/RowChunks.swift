// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// The rows of an adjacency cut in chunks of about the same work, by the graph alone.
struct RowChunks: Sendable {
  /// The first row of each chunk, and the number of rows.
  let bounds: [Int]

  /// The number of chunks.
  var count: Int { bounds.count - 1 }

  /// Cuts the rows in at most `count` chunks; a row weighs its arcs and four more.
  init(_ arcs: Adjacency, count: Int) {
    let rows = arcs.offsets.count - 1
    let offsets = arcs.offsets.span
    func work(before row: Int) -> Int { Int(offsets[row]) + 4 * row }
    let total = work(before: rows)
    var bounds = [0]
    for k in 1..<max(1, count) {
      let goal = total / count * k
      var low = bounds[bounds.count - 1]
      var high = rows
      while low < high {
        let middle = (low + high) / 2
        if work(before: middle) < goal { low = middle + 1 } else { high = middle }
      }
      if low > bounds[bounds.count - 1], low < rows { bounds.append(low) }
    }
    bounds.append(rows)
    self.bounds = bounds
  }

  /// The rows of a chunk.
  subscript(chunk: Int) -> Range<Int> { bounds[chunk]..<bounds[chunk + 1] }
}
