// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// The number of triangles that each tie is part of, in the order of `ties.ends`.
///
/// Every triangle is met once, at its corner of lowest rank (see `trianglesOfNodes`).
///
/// - Invariant: marks are 0 outside the turn of a node, and else 1 + the position of a tie. Positions
///   and ranks come from `RankedTies`. A member of the team writes to its own marks and counts only.
func trianglesOfTies(
  _ ties: RankedTies, _ neighbours: Neighbours, _ run: Run
) throws(AnalysisError) -> [Int] {
  let n = neighbours.nodeCount
  return try run.withTeam(isSmall: n < 1000) { team throws(AnalysisError) in
    let scratch = (0..<team.size).map { _ in
      (
        marks: Space<Int32>(repeating: 0, count: n),
        counts: Space<Int32>(repeating: 0, count: neighbours.pairCount)
      )
    }
    let chunkSize = 256
    try run.forEachChunk((n + chunkSize - 1) / chunkSize, on: team) { chunk, member in
      let (starts, ends) = unsafe (ties.starts.base, ties.ends.base)
      let (marks, counts) = unsafe (scratch[member].marks.base, scratch[member].counts.base)
      for u in chunk * chunkSize..<min(n, (chunk + 1) * chunkSize) {
        let own = unsafe Int(starts[u])..<Int(starts[u + 1])
        guard own.count > 1 else { continue }
        for a in own { unsafe marks[Int(ends[a])] = Int32(truncatingIfNeeded: a + 1) }
        for a in own {
          let v = unsafe Int(ends[a])
          var found: Int32 = 0
          var b = unsafe Int(starts[v])
          let last = unsafe Int(starts[v + 1])
          while b < last {
            let mark = unsafe Int(marks[Int(ends[b])])
            if mark > 0 {
              unsafe counts[mark - 1] &+= 1
              unsafe counts[b] &+= 1
              found &+= 1
            }
            b += 1
          }
          unsafe counts[a] &+= found
        }
        for a in own { unsafe marks[Int(ends[a])] = 0 }
      }
    }
    var total = [Int](repeating: 0, count: neighbours.pairCount)
    for (_, counts) in scratch {
      for a in total.indices { total[a] += unsafe Int(counts.base[a]) }
    }
    return total
  }
}

/// For each node the sum over its triangles of the product of the three numbers of their ties.
///
/// The numbers stand in `roots` beside the neighbours and are from 0 to 1. Products are added as whole numbers of 2⁻⁶², so that their order changes nothing.
///
/// - Invariant: as for `trianglesOfTies`; marks are the numbers of ties.
func strengthsOfTriangles(
  _ ties: RankedTies, _ roots: [Double], _ neighbours: Neighbours, _ run: Run
) throws(AnalysisError) -> [Double] {
  let n = neighbours.nodeCount
  let values = Space<Double>(repeating: 0, count: neighbours.pairCount)
  for a in 0..<neighbours.pairCount {
    unsafe values.base[a] = roots[Int(ties.places.base[a])]
  }
  return try run.withTeam(isSmall: n < 1000) { team throws(AnalysisError) in
    let scratch = (0..<team.size).map { _ in
      (
        marks: Space<Double>(repeating: 0, count: n), sums: Space<UInt128>(repeating: 0, count: n)
      )
    }
    let chunkSize = 256
    try run.forEachChunk((n + chunkSize - 1) / chunkSize, on: team) { chunk, member in
      let (starts, ends, values) = unsafe (ties.starts.base, ties.ends.base, values.base)
      let (marks, sums) = unsafe (scratch[member].marks.base, scratch[member].sums.base)
      for u in chunk * chunkSize..<min(n, (chunk + 1) * chunkSize) {
        let own = unsafe Int(starts[u])..<Int(starts[u + 1])
        guard own.count > 1 else { continue }
        for a in own { unsafe marks[Int(ends[a])] = values[a] }
        for a in own {
          let v = unsafe Int(ends[a])
          let first = unsafe values[a]
          var found: UInt128 = 0
          for b in unsafe Int(starts[v])..<Int(starts[v + 1]) {
            let w = unsafe Int(ends[b])
            let second = unsafe marks[w]
            if second == 0 { continue }
            // At most 1, so that the whole number has its place.
            let product = unsafe UInt128(UInt64(first * second * values[b] * 0x1p62))
            unsafe sums[w] &+= product
            found &+= product
          }
          unsafe sums[v] &+= found
          unsafe sums[u] &+= found
        }
        for a in own { unsafe marks[Int(ends[a])] = 0 }
      }
    }
    return (0..<n).map { u in
      let rank = unsafe Int(ties.rank.base[u])
      var sum: UInt128 = 0
      for (_, sums) in scratch { sum &+= unsafe sums.base[rank] }
      return Double(sum) * 0x1p-62
    }
  }
}

/// The cube root of a number from 0 to 1, the same on every machine.
///
/// It is right within a few units in the last place. From a third of the exponent it takes steps of Halley's method, each of which triples the digits.
func cubeRoot(_ x: Double) -> Double {
  guard x > 0 else { return 0 }
  // The least numbers have no exponent to take a third of.
  let isTiny = x < 0x1p-900
  let scaled = isTiny ? x * 0x1p900 : x
  var root = Double(bitPattern: scaled.bitPattern / 3 + 0x2A9F_0000_0000_0000)
  for _ in 0..<4 {
    let cube = root * root * root
    root -= root * (cube - scaled) / (2 * cube + scaled)
  }
  return min(1, isTiny ? root * 0x1p-300 : root)
}
