// SPDX-License-Identifier: Apache-2.0

internal import CVectorKernels

/// Distance sums over arcs of length 1 by one search at a time, for places along chains; the sums
/// are those of `WideSearch` to the bit.
///
/// - Invariant: no mark is above `mark`; the spaces have room for every place. Indices come from
///   `FoldedArcs` and are less than the place count.
final class LoneSearch {
  /// What a place takes, in bytes.
  static let memory = 20
  /// How many places a look around takes in at most.
  private static let sight = 4096

  private let arcs: FoldedArcs
  private let reciprocals: Space<UInt64>
  private let marks: Space<Int32>
  private let queue: Space<Int32>
  private var mark: Int32 = 0

  init(_ arcs: FoldedArcs) {
    self.arcs = arcs
    // Distances are less than the number of places, and 2 are added to them.
    reciprocals = Space((0..<UInt64(arcs.placeCount + 2)).map { ReciprocalSum.part(max(1, $0)) })
    marks = Space(repeating: 0, count: arcs.placeCount)
    queue = Space(repeating: 0, count: arcs.placeCount)
  }

  /// Adds the sums of a place.
  func add(_ place: Int, to sums: Space<clew_reach_sums>) {
    mark += 1
    // The arrays outlive the calls that get their addresses.
    unsafe arcs.backward.offsets.withUnsafeBufferPointer { offsets in
      unsafe arcs.backward.targets.withUnsafeBufferPointer { sources in
        unsafe arcs.leafCounts.withUnsafeBufferPointer { leaves in
          guard let offsets = offsets.baseAddress, let sources = sources.baseAddress,
            let leaves = leaves.baseAddress
          else { return }
          unsafe clew_reach_alone(
            sums.base + place, Int32(place), offsets, sources, leaves, reciprocals.base, marks.base,
            mark, queue.base)
        }
      }
    }
  }

  /// Whether a search from the first of `places`, whatever the directions, meets the others one
  /// after another.
  func isStretched(_ places: Range<Int>) -> Bool {
    mark += 1
    let (marks, queue) = unsafe (marks.base, queue.base)
    unsafe queue[0] = Int32(places.lowerBound)
    unsafe marks[places.lowerBound] = mark
    var (front, end, level) = (0, 1, 0)
    var (met, farthest) = (1, 0)
    while front < end, end < Self.sight {
      level += 1
      let last = end
      for i in front..<last {
        let u = unsafe Int(queue[i])
        for rows in [arcs.backward, arcs.forward] {
          for position in rows.range(u) {
            let w = Int(rows.targets[position])
            if unsafe marks[w] == mark { continue }
            unsafe marks[w] = mark
            unsafe queue[end] = Int32(w)
            end += 1
            if places.contains(w) { (met, farthest) = (met + 1, level) }
          }
        }
      }
      front = last
    }
    return met >= min(64, places.count) && met < 2 * (farthest + 1)
  }
}

/// A sum of reciprocals of whole numbers, the same to the bit in whichever order they are added.
struct ReciprocalSum {
  private var units: (UInt64, UInt64) = (0, 0)

  /// Adds `count` / `number`, as a search over many bits does.
  mutating func add(_ count: Int, over number: Int) {
    let product = UInt64(count).multipliedFullWidth(by: Self.part(UInt64(number)))
    units = clew_reach_sums.sum(units, (product.low, product.high))
  }

  /// 1 / `number` in units of 2⁻⁶³, rounded.
  static func part(_ number: UInt64) -> UInt64 { (1 << 63 + number / 2) / number }

  /// The sum, rounded as if once.
  var value: Double { clew_reach_sums.value(units, halves: 0) }
}
