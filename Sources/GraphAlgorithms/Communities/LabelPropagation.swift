// SPDX-License-Identifier: Apache-2.0

internal import CVectorKernels
public import GraphCore

/// Groups in which everybody has most of their ties, found by talking it over.
///
/// At first every node has a label of its own; then, again and again, a node takes the label that
/// most of its ties lead to, until nobody would change. What is left says where opinions gather:
/// cells and crews whose members deal with each other more than with any other group. There is
/// nothing to tune, and nothing is measured against chance, so that large and small groups are found
/// side by side; but a dense network of few clear groups can end as one.
///
/// Ties are counted by strength unless `ignoresWeights`; directions are ignored, parallel edges add
/// up, self-loops do not count. Of labels that are equally strong a node draws one. Only nodes whose
/// neighbours changed are asked again (Traag and Šubelj), and those that drew, up to twenty times. In
/// the end every node has a label that is among its strongest, and groups that hang together by no
/// tie are parted.
///
/// ```swift
/// // On two complete graphs of five joined by one edge:
/// try LabelPropagation()(graph).partition.sizes  // [5, 5]
/// ```
///
/// Every community is connected by ties of positive strength. Another seed may find other groups:
/// try some, and trust what returns. `modularity` in the result is that of the division with
/// directions ignored; nothing seeks to raise it. The same graph, options and seed give the same
/// division on any machine and with any number of threads.
///
/// - Complexity: about O(m) time, some ten looks at each tie; O(n + m) memory. One thread works.
/// - Throws: `AnalysisError.wrongWeighting` when weights are lengths, `.weightOutsideDomain` for a
///   negative one.
/// - SeeAlso: Raghavan, Albert and Kumara 2007, doi:10.1103/PhysRevE.76.036106; the queue: Traag and
///   Šubelj 2023, doi:10.1038/s41598-023-29610-z.
public struct LabelPropagation: Analysis {
  public static let name = "label-propagation"
  public static let reference = Citation(
    authors: "Raghavan, U. N.; Albert, R.; Kumara, S.", year: 2007,
    title: "Near linear time algorithm to detect community structures in large-scale networks",
    venue: "Physical Review E 76", doi: "10.1103/PhysRevE.76.036106")

  /// Where the random order and the draws start from.
  public var seed: UInt64 = 1
  /// Whether every edge counts 1 instead of its strength.
  public var ignoresWeights = false

  public init() {}

  /// Creates a label propagation.
  public init(seed: UInt64 = 1, ignoresWeights: Bool = false) {
    self.seed = seed
    self.ignoresWeights = ignoresWeights
  }

  public func callAsFunction(_ graph: Graph, _ run: Run) throws(AnalysisError) -> Communities {
    let objective = Modularity(ignoresDirection: true, ignoresWeights: ignoresWeights)
    try objective.validate(graph, analysis: Self.name)
    try run.checkpoint(0, of: 1)
    let ties = TieLists(graph, ignoresWeights: ignoresWeights)
    var generator = SeededGenerator(seed: seed)
    let labels = try Self.settledLabels(ties, &generator, run)
    let (part, count) = connectedParts(of: labels, ties.offsets, ties.targets)
    let partition = Partition(dense: part, labelCount: max(1, count))
    let modularity = objective.value(
      graph, group: partition.group.values, count: partition.groupCount)
    try run.checkpoint(1, of: 1)
    return Communities(
      partition, modularity: modularity, graph: graph,
      convention: Convention(
        direction: graph.direction == .undirected ? "undirected" : "directions ignored",
        weights: graph.edgeWeights == nil
          ? "every edge counts 1" : ignoresWeights ? "ignored" : "strength",
        components: "a community lies inside one component",
        normalisation: "none: no function is maximised; seed \(seed)"))
  }

  /// An upper estimate of the bytes that a run takes beyond the graph.
  public func memory(for graph: Graph, threads: Int) -> Int {
    TieLists.memory(for: graph, isWeighted: graph.edgeWeights != nil && !ignoresWeights)
      + 80 * graph.nodeCount
  }

  // The queue holds every node whose label may not be among its strongest. While draws are left, a
  // node with several strongest labels draws among them, its own included, and is asked again when
  // the queue has run empty: so the halves of a group that two labels share grow together. After
  // that a node keeps its label where it can; then every move raises the strength between nodes of
  // one label, and there is an end.
  private static func settledLabels(
    _ ties: TieLists, _ generator: inout SeededGenerator, _ run: Run
  ) throws(AnalysisError) -> [Int32] {
    let n = ties.nodeCount
    var order = Array(0..<Int32(n))
    generator.shuffle(&order)
    let queueSpace = Space(order)
    let isQueuedSpace = Space(repeating: true, count: n)
    let labelSpace = Space(Array(0..<Int32(n)))
    let strengthSpace = Space(repeating: 0.0, count: n)
    let touchedSpace = Space<Int32>(repeating: 0, count: n + 1)
    let undecidedSpace = Space<Int32>(repeating: 0, count: n)
    let isUndecidedSpace = Space(repeating: false, count: n)
    // Labels, targets and queue entries are nodes, and so below n; the queue and the list of the
    // undecided hold a node once.
    let (queue, isQueued) = unsafe (queueSpace.base, isQueuedSpace.base)
    let (label, strength, touched) = unsafe (labelSpace.base, strengthSpace.base, touchedSpace.base)
    let (undecided, isUndecided) = unsafe (undecidedSpace.base, isUndecidedSpace.base)
    let (offsets, targets) = unsafe (ties.offsets.base, ties.targets.base)
    let weights = unsafe ties.strengths?.base
    let lastDraw = 20 * n
    var roundsLeft = 20
    var undecidedCount = 0
    var head = 0
    var waiting = n
    var taken = 0
    while waiting > 0 {
      if taken & 1023 == 0 { try run.checkpoint(min(taken, 12 * n), of: 12 * n) }
      taken += 1
      let u = unsafe Int(queue[head])
      head = head + 1 == n ? 0 : head + 1
      waiting -= 1
      unsafe isQueued[u] = false
      // The rows of the nodes to come are fetched while this one is worked on.
      let far = unsafe queue[head + 16 < n ? head + 16 : head]
      let near = unsafe queue[head + 6 < n ? head + 6 : head]
      unsafe clew_fetch(offsets + Int(far))
      unsafe clew_fetch(targets + Int(offsets[Int(near)]))
      let first = unsafe Int(offsets[u])
      let end = unsafe Int(offsets[u + 1])
      var count = 0
      var a = first
      if let weights = unsafe weights {
        while a < end {
          let l = unsafe label[Int(targets[a])]
          let before = unsafe strength[Int(l)]
          unsafe touched[count] = l
          count &+= before == 0 ? 1 : 0
          unsafe strength[Int(l)] = before + weights[a]
          a &+= 1
        }
      } else {
        while a < end {
          let l = unsafe label[Int(targets[a])]
          let before = unsafe strength[Int(l)]
          unsafe touched[count] = l
          count &+= before == 0 ? 1 : 0
          unsafe strength[Int(l)] = before + 1
          a &+= 1
        }
      }
      let own = unsafe label[u]
      let ownStrength = unsafe strength[Int(own)]
      var most = ownStrength
      for i in 0..<count { unsafe most = max(most, strength[Int(touched[i])]) }
      // What is not stronger by more than rounding is as strong.
      let level = most * (1 - 1e-12)
      var equals = 0
      for i in 0..<count {
        let l = unsafe touched[i]
        if unsafe strength[Int(l)] >= level {
          unsafe touched[equals] = l
          equals &+= 1
        }
        unsafe strength[Int(l)] = 0
      }
      if equals > 0, taken <= lastDraw || ownStrength < level {
        let new = unsafe touched[equals == 1 ? 0 : generator.below(equals)]
        if equals > 1, unsafe !isUndecided[u] {
          unsafe isUndecided[u] = true
          unsafe undecided[undecidedCount] = Int32(truncatingIfNeeded: u)
          undecidedCount += 1
        }
        if new != own {
          unsafe label[u] = new
          for a in first..<end {
            let v = unsafe Int(targets[a])
            if unsafe isQueued[v] || label[v] == new { continue }
            unsafe isQueued[v] = true
            let tail = head + waiting
            unsafe queue[tail >= n ? tail - n : tail] = Int32(truncatingIfNeeded: v)
            waiting += 1
          }
        }
      }
      if waiting == 0, roundsLeft > 0, taken < lastDraw {
        roundsLeft -= 1
        for i in 0..<undecidedCount {
          let v = unsafe Int(undecided[i])
          unsafe isUndecided[v] = false
          unsafe isQueued[v] = true
          unsafe queue[i] = undecided[i]
        }
        (head, waiting, undecidedCount) = (0, undecidedCount, 0)
        for i in stride(from: waiting - 1, to: 0, by: -1) {
          let j = generator.below(i + 1)
          unsafe (queue[i], queue[j]) = (queue[j], queue[i])
        }
      }
    }
    return labelSpace.take(leaving: 0)
  }
}
