// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// Stochastic descent of the stress of one connected part.
///
/// Zheng, Pawar and Goodman (2019, doi:10.1109/TVCG.2018.2859997) move the two ends of one pair at
/// a time. Here a pass takes one node, the source, and moves all others toward their distances from
/// it, so that a pass is one search and one loop without dependences; the sources come in random
/// order, each once before any comes again. Where there are fewer passes than nodes, a pair that
/// stands near is seldom met: ties, and random pairs with a neighbour in common, are then moved in
/// sweeps in between (the local terms of Ortmann, Klimenta and Brandes 2017,
/// doi:10.7155/jgaa.00440). They also keep apart the leaves of one hub, which all other nodes pull
/// to one place.
struct SourceDescent {
  private(set) var x: [Float]
  private(set) var y: [Float]
  private var kernel: StressKernel
  private var random: SeededGenerator
  private let passes: Int
  /// How many nodes are sources before one comes again.
  private let sourceCount: Int
  private let meanDistance: Double

  // Pivots of the start; more change no stress measured by more than 1 %.
  static let pivots = 50
  // The share of what it lacks that a node at the mean distance goes in the first and last passes.
  private static let firstShare = 0.3
  private static let lastMoves = 6.0
  // The largest share that a node goes toward one source.
  private static let largestShare: Float = 0.3
  // Sweeps over near pairs, and the least step of one.
  private static let sweeps = 30
  private static let leastSweepStep: Float = 0.01

  // Parts of up to so many nodes descend over all pairs, whose distances are kept: 4 MiB.
  static let wholeCount = 1_024
  // So many distances are kept at most: 64 MiB.
  private static let keptDistances = 1 << 24

  /// The passes that a part of `count` nodes takes when `most` are asked for.
  static func passes(count: Int, most: Int) -> Int {
    count <= wholeCount ? max(min(most, 100 * count), most / 100 * count) : most
  }

  /// From how many nodes distances are kept: all of a small part, and in a large one with lengths,
  /// where a search takes ten times as long as a pass, one for eight passes.
  static func kept(count: Int, hasLengths: Bool, passes: Int) -> Int {
    if count <= wholeCount { return count }
    return hasLengths ? max(1, min(count, passes / 8, keptDistances / count)) : 0
  }

  /// Sets the part out from its pivots.
  init(
    _ part: LayoutPart, passes: Int, seed: UInt64,
    checkpoint: () throws(DiagramError) -> Void
  ) throws(DiagramError) {
    var searches = StressKernel(part)
    var random = SeededGenerator(seed: seed)
    let start = try PivotStart(
      &searches, pivots: Self.pivots, random: &random, checkpoint: checkpoint)
    (x, y, meanDistance) = (start.x, start.y, start.meanDistance)
    let kept = Self.kept(count: part.count, hasLengths: part.lengths != nil, passes: passes)
    kernel = StressKernel(part, keeping: kept)
    sourceCount = kept > 0 ? kept : part.count
    self.random = random
    self.passes = passes
  }

  /// Descends; `checkpoint` hears how many passes are done.
  mutating func run(checkpoint: (Int) throws(DiagramError) -> Void) throws(DiagramError) {
    let count = kernel.part.count
    var sources = Array(0..<Int32(count))
    shuffle(&sources)
    sources.removeLast(count - sourceCount)
    var nextSource = 0
    let needsSweeps = passes < count
    var ties = needsSweeps ? self.ties() : []
    shuffle(&ties)
    var hubs = needsSweeps ? Array(0..<Int32(count)) : []
    shuffle(&hubs)
    let every = max(1, passes / Self.sweeps)
    // A sweep meets each pair once where the passes since the last met the share `every / count`.
    let sweepShare = Double(every) / Double(count)

    let last = min(Self.firstShare / 2, Self.lastMoves / Double(passes))
    let decay = Self.root(last / Self.firstShare, passes)
    var step = Self.firstShare * meanDistance * meanDistance
    // A pass and a checkpoint cost the same in a part of some 256 nodes.
    let between = max(1, 4_096 / count)
    for pass in 0..<passes {
      if pass % between == 0 { try checkpoint(pass) }
      if nextSource == sourceCount {
        shuffle(&sources)
        nextSource = 0
      }
      let source = Int(sources[nextSource])
      nextSource += 1
      kernel.measure(from: source)
      kernel.pull(&x, &y, to: source, step: Float(step), largest: Self.largestShare)
      if needsSweeps, pass % every == every - 1 {
        let sweepStep = Float(sweepShare * step)
        sweep(ties, step: sweepStep)
        sweepSiblings(of: hubs, step: sweepStep)
      }
      step *= decay
    }
  }

  // MARK: Near pairs

  private struct Tie {
    var a: Int32
    var b: Int32
    var length: Float
  }

  private func ties() -> [Tie] {
    let part = kernel.part
    var ties: [Tie] = []
    ties.reserveCapacity(part.targets.count / 2)
    for u in 0..<part.count {
      for position in part.ties(of: u) where part.targets[position] > u {
        ties.append(
          Tie(a: Int32(u), b: part.targets[position], length: part.lengths?[position] ?? 1))
      }
    }
    return ties
  }

  private mutating func sweep(_ ties: [Tie], step: Float) {
    for tie in ties {
      let step = max(Self.leastSweepStep, step)
      part(Int(tie.a), Int(tie.b), by: tie.length, share: step / (tie.length * tie.length))
    }
  }

  // Each neighbour of a node is paired with another drawn at random; the pair stands for all.
  private mutating func sweepSiblings(of hubs: [Int32], step: Float) {
    let part = kernel.part
    for hub in hubs {
      let ties = part.ties(of: Int(hub))
      guard ties.count > 1 else { continue }
      for position in ties {
        var other = ties.lowerBound + random.below(ties.count - 1)
        if other >= position { other += 1 }
        let (a, b) = (Int(part.targets[position]), Int(part.targets[other]))
        if isTied(a, b) { continue }
        let apart =
          part.lengths.map { $0[position] + $0[other] } ?? 2
        let step = max(Self.leastSweepStep, Float(ties.count - 1) / 2 * step)
        self.part(a, b, by: apart, share: step / (apart * apart))
      }
    }
  }

  private func isTied(_ a: Int, _ b: Int) -> Bool {
    let part = kernel.part
    let (from, to) = part.degree(a) < part.degree(b) ? (a, b) : (b, a)
    for position in part.ties(of: from) where Int(part.targets[position]) == to { return true }
    return false
  }

  // Moves two nodes toward a distance by a share, at most all, of what they lack.
  private mutating func part(_ a: Int, _ b: Int, by distance: Float, share: Float) {
    let (dx, dy) = (x[a] - x[b], y[a] - y[b])
    let length = (dx * dx + dy * dy + 1e-12).squareRoot()
    let move = min(1, share) * (length - distance) / length / 2
    x[a] -= move * dx
    y[a] -= move * dy
    x[b] += move * dx
    y[b] += move * dy
  }

  // MARK: Arithmetic

  // Fisher–Yates, written out: a generic one from another module costs ten times as much.
  private mutating func shuffle<Element>(_ array: inout [Element]) {
    guard array.count > 1 else { return }
    for i in stride(from: array.count - 1, to: 0, by: -1) { array.swapAt(i, random.below(i + 1)) }
  }

  // The n-th root of a number between 0 and 1, by bisection: library functions differ by machine.
  private static func root(_ value: Double, _ n: Int) -> Double {
    var (low, high) = (0.0, 1.0)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      var (power, square, left) = (1.0, middle, n)
      while left > 0 {
        if left & 1 == 1 { power *= square }
        square *= square
        left >>= 1
      }
      if power < value { low = middle } else { high = middle }
    }
    return high
  }
}
