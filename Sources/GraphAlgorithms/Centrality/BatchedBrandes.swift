// SPDX-License-Identifier: Apache-2.0

internal import CVectorKernels
internal import GraphCore

/// Brandes' accumulation over arcs of length 1 from up to 64 sources at once.
///
/// One search, in which each source is a bit, finds the levels of all nodes. Paths and dependencies
/// are then pulled along the arcs for eight sources at a time, one to a lane; a node is visited once
/// for all lanes that find it on the same level, so that the arcs of a network of few levels are
/// walked two or three times for eight sources.
///
/// - Invariant: indices come from `PathArcs` and are less than the node count; the arcs of a node in
///   the range of a batch stay in it. What the space holds outside a call is written before it is
///   read; sums are 0 after they are taken.
final class BatchedBrandes: SummingWorker {
  /// The most sources of a batch.
  static let size = Int(CLEW_BRANDES_LANES * CLEW_BRANDES_OCTETS)

  private typealias Lanes = SIMD8<Double>

  private let arcs: PathArcs
  private let padded: BatchedArcs
  private let masses: [Double]
  private let sources: [Int32]
  private let target: BrandesTarget
  private let analysis: String
  private let laneSums: Space<Lanes>
  private let edgeSums: Space<Double>
  private let levels: Space<UInt8>
  private let entries: Space<Int32>
  private let starts: Space<Int32>
  private let bits: (seen: Space<UInt64>, found: Space<UInt64>, wave: Space<UInt64>)
  private let lists: (front: Space<Int32>, next: Space<Int32>)
  private let paths: Space<Lanes>
  private let shares: Space<Lanes>
  /// For sources from which there are too many levels.
  private lazy var single = UnweightedBrandes(arcs, masses: masses, target, for: analysis)
  private var hasSingle = false

  /// Makes space for batches of `sources`; `padded` are the arcs again, and `masses` are as in
  /// `UnweightedBrandes`.
  init(
    _ arcs: PathArcs, padded: BatchedArcs, masses: [Double]? = nil, sources: [Int32],
    _ target: BrandesTarget = .nodes, for analysis: String
  ) {
    let n = arcs.nodeCount
    self.arcs = arcs
    self.padded = padded
    self.masses = masses ?? Array(repeating: 1, count: n)
    self.sources = sources
    self.target = target
    self.analysis = analysis
    let octets = Int(CLEW_BRANDES_OCTETS)
    // And the node that fills arcs up.
    let all = n + 1
    switch target {
    case .nodes:
      laneSums = Space(repeating: .zero, count: n)
      edgeSums = Space(repeating: 0, count: 0)
    case .edges(let count):
      laneSums = Space(repeating: .zero, count: 0)
      edgeSums = Space(repeating: 0, count: count)
    }
    levels = Space(unwritten: Self.size * all)
    entries = Space(unwritten: octets * (8 * all + 1))
    starts = Space(unwritten: octets * 256)
    bits = (Space(unwritten: all), Space(unwritten: all), Space(unwritten: all))
    lists = (Space(unwritten: all + 1), Space(unwritten: all + 1))
    paths = Space(unwritten: all)
    shares = Space(unwritten: all)
  }

  func takeSums() -> [Double] {
    var sums: [Double]
    switch target {
    case .nodes: sums = laneSums.take(leaving: .zero).map { $0.sum() }
    case .edges: sums = edgeSums.take(leaving: 0)
    }
    if hasSingle {
      for (i, sum) in single.takeSums().enumerated() { sums[i] += sum }
    }
    return sums
  }

  func add(_ batch: Int) throws(AnalysisError) {
    let first = Self.size * batch
    try add(first..<min(sources.count, first + Self.size), within: 0..<arcs.nodeCount)
  }

  /// Adds what up to 64 of the sources contribute, from which no path leaves the nodes of `part`.
  func add(_ batch: Range<Int>, within part: Range<Int>) throws(AnalysisError) {
    switch countBatch(batch, part) {
    case .counted: return
    case .tooManyPaths: throw tooManyPaths(analysis)
    case .tooManyLevels:
      hasSingle = true
      for source in sources[batch] { try single.add(Int(source)) }
    }
  }

  private enum Outcome { case counted, tooManyLevels, tooManyPaths }

  private func countBatch(_ batch: Range<Int>, _ part: Range<Int>) -> Outcome {
    // The pointers are used only while the arrays that they point to are held.
    unsafe padded.forward.offsets.withUnsafeBufferPointer { offsets in
      unsafe padded.forward.targets.withUnsafeBufferPointer { targets in
        unsafe padded.backward.offsets.withUnsafeBufferPointer { backOffsets in
          unsafe padded.backward.targets.withUnsafeBufferPointer { origins in
            unsafe masses.withUnsafeBufferPointer { masses in
              var space = unsafe clew_brandes(
                offsets: offsets.baseAddress, targets: targets.baseAddress,
                backOffsets: backOffsets.baseAddress, origins: origins.baseAddress,
                nodeCount: Int64(arcs.nodeCount + 1), first: Int64(part.lowerBound),
                last: Int64(part.upperBound), levels: levels.base, entries: entries.base,
                starts: starts.base, seen: bits.seen.base, found: bits.found.base,
                wave: bits.wave.base, front: lists.front.base, next: lists.next.base,
                paths: Self.numbers(paths), shares: Self.numbers(shares),
                masses: masses.baseAddress)
              return unsafe count(batch, &space)
            }
          }
        }
      }
    }
  }

  private func count(_ batch: Range<Int>, _ space: inout clew_brandes) -> Outcome {
    unsafe sources.withUnsafeBufferPointer { sources in
      guard let base = unsafe sources.baseAddress.map({ unsafe $0 + batch.lowerBound }) else {
        return .counted
      }
      let levelCount = unsafe clew_brandes_search(&space, base, Int64(batch.count))
      guard levelCount > 0 else { return .tooManyLevels }
      for octet in 0..<(batch.count + 7) / 8 {
        let octetBase = unsafe base + 8 * octet
        let count = min(8, batch.count - 8 * octet)
        var own = Lanes.zero
        for lane in 0..<count { own[lane] = unsafe masses[Int(octetBase[lane])] }
        let isCounted = unsafe withUnsafeBytes(of: &own) { own in
          let own = unsafe own.assumingMemoryBound(to: Double.self).baseAddress
          switch target {
          case .nodes:
            return unsafe clew_brandes_nodes(
              &space, Int64(octet), levelCount, octetBase, Int64(count), own,
              Self.numbers(laneSums))
          case .edges:
            return unsafe padded.forward.edges.withUnsafeBufferPointer { edges in
              unsafe clew_brandes_edges(
                &space, Int64(octet), levelCount, octetBase, Int64(count), own, edges.baseAddress,
                edgeSums.base)
            }
          }
        }
        guard isCounted != 0 else { return .tooManyPaths }
      }
      return .counted
    }
  }

  // Eight lanes are eight numbers side by side.
  private static func numbers(_ lanes: Space<Lanes>) -> UnsafeMutablePointer<Double> {
    unsafe UnsafeMutableRawPointer(lanes.base).assumingMemoryBound(to: Double.self)
  }
}

/// Arcs in both directions, those of each node filled up to a multiple of four by arcs to one more
/// node that no path visits.
struct BatchedArcs: Sendable {
  let forward: PathArcs
  let backward: PathArcs

  /// Copies arcs; where each `isTwoWay` has its reverse, they are their own other direction.
  init(_ arcs: PathArcs, isTwoWay: Bool) {
    forward = Self.fill(arcs)
    backward = isTwoWay ? forward : Self.fill(arcs.reversed)
  }

  /// Whether the arcs, filled up, can still be numbered.
  static func canHold(_ arcs: PathArcs) -> Bool {
    arcs.targets.count + 3 * arcs.nodeCount < Int(Int32.max)
  }

  private static func fill(_ arcs: PathArcs) -> PathArcs {
    let n = arcs.nodeCount
    var offsets: [Int32] = [0]
    var targets: [Int32] = []
    var edges: [Int32] = []
    offsets.reserveCapacity(n + 2)
    targets.reserveCapacity(arcs.targets.count + 3 * n)
    edges.reserveCapacity(arcs.targets.count + 3 * n)
    for node in 0..<n {
      let own = Int(arcs.offsets[node])..<Int(arcs.offsets[node + 1])
      targets += arcs.targets[own]
      edges += arcs.edges[own]
      while targets.count % 4 != 0 {
        targets.append(Int32(n))
        edges.append(0)
      }
      offsets.append(Int32(targets.count))
    }
    offsets.append(Int32(targets.count))
    return PathArcs(offsets: offsets, targets: targets, lengths: nil, edges: edges)
  }
}

extension PathArcs {
  /// The same arcs the other way round; those of a node in the order of where they came from.
  ///
  /// - Complexity: O(n + m) time and memory.
  var reversed: PathArcs {
    var starts = [Int32](repeating: 0, count: nodeCount + 1)
    for target in targets { starts[Int(target) + 1] += 1 }
    for node in 0..<nodeCount { starts[node + 1] += starts[node] }
    var next = starts
    var origins = [Int32](repeating: 0, count: targets.count)
    var arcs = origins
    for node in 0..<nodeCount {
      for arc in Int(offsets[node])..<Int(offsets[node + 1]) {
        let place = Int(next[Int(targets[arc])])
        next[Int(targets[arc])] += 1
        origins[place] = Int32(node)
        arcs[place] = Int32(arc)
      }
    }
    return PathArcs(
      offsets: starts, targets: origins,
      lengths: lengths.map { lengths in arcs.map { lengths[Int($0)] } },
      edges: arcs.map { edges[Int($0)] })
  }
}
