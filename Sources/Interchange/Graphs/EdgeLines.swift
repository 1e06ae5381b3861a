// SPDX-License-Identifier: Apache-2.0

/// The line on which each edge stands, kept as runs of edges on successive lines.
///
/// A list without blank lines and comments is one run, however long it is.
struct EdgeLines: Sendable {
  private struct Run {
    var edge: Int32
    var line: Int32
  }

  private var runs: [Run] = []
  private(set) var count = 0

  init() {}

  init(_ lines: [Int32]) {
    for line in lines { append(Int(line)) }
  }

  var isEmpty: Bool { count == 0 }

  /// The lines of all edges.
  var all: [Int32] {
    var all: [Int32] = []
    all.reserveCapacity(count)
    for (index, run) in runs.enumerated() {
      let end = index + 1 < runs.count ? runs[index + 1].edge : Int32(truncatingIfNeeded: count)
      for edge in run.edge..<end { all.append(run.line &+ (edge - run.edge)) }
    }
    return all
  }

  /// The line of an edge.
  ///
  /// - Complexity: O(log of the number of runs).
  subscript(edge: Int) -> Int {
    precondition(edge >= 0 && edge < count, "the edge is not of this document")
    var low = 0
    var high = runs.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if Int(runs[middle].edge) <= edge { low = middle } else { high = middle }
    }
    return Int(runs[low].line) + edge - Int(runs[low].edge)
  }

  /// Adds an edge, or several on successive lines.
  mutating func append(_ line: Int, edges: Int = 1) {
    guard edges > 0 else { return }
    let isNext = runs.last.map { Int($0.line) + count - Int($0.edge) == line } ?? false
    if !isNext {
      runs.append(
        Run(edge: Int32(truncatingIfNeeded: count), line: Int32(truncatingIfNeeded: line)))
    }
    count += edges
  }
}
