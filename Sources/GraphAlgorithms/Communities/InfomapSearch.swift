// SPDX-License-Identifier: Apache-2.0

internal import CVectorKernels
internal import GraphCore

/// One search for the division with the shortest description: from every node alone to one that no
/// step shortens.
///
/// A start moves nodes and then whole modules. Each round after it moves single nodes again, finds
/// submodules inside the modules, and goes on with those as nodes until nothing moves.
///
/// - Invariant: between nodes `strength` is all 0 and `touched` holds nothing of meaning. Modules are
///   numbered below the node count of the network in hand, and so is every target; the kernels index
///   without checks by that alone.
struct InfomapSearch {
  /// What the map equation knows of a module.
  private struct Module {
    var flow = 0.0
    var exit = 0.0
    var enter = 0.0
    /// The terms of the module: what describes being in it less what describes coming and going.
    var terms = 0.0
  }

  /// q log q for the flow q into all modules, and how it changes.
  private struct IndexTerm {
    private var entering: Double
    private var term: Double
    private var slope: Double

    init(_ entering: Double, _ log: BinaryLogarithm) {
      self.entering = entering
      term = log.plogp(entering)
      slope = entering > 0 ? term / entering + 1.4426950408889634 : 0
    }

    /// Small changes, as nearly all are, by the series: its rest is below 10⁻¹⁴ of q.
    @inline(__always)
    func change(by more: Double, _ log: BinaryLogarithm) -> Double {
      guard abs(more) < 2e-4 * entering else { return log.plogp(entering + more) - term }
      let part = more / entering
      return more * (slope + part * (0.7213475204444817 - part * 0.2404491734814939))
    }

    mutating func add(_ more: Double, _ log: BinaryLogarithm) {
      self = IndexTerm(max(0, entering + more), log)
    }
  }

  private let log: BinaryLogarithm
  private var generator: SeededGenerator
  private let run: Run
  private let strength: Space<Double>
  private let touched: Space<Int32>
  // A step that gains less, in bits, is none.
  private let leastGain = 1e-11

  init(nodeCount: Int, _ log: BinaryLogarithm, generator: SeededGenerator, run: Run) {
    self.log = log
    strength = Space(repeating: 0, count: nodeCount)
    touched = Space(repeating: 0, count: nodeCount + 1)
    self.generator = generator
    self.run = run
  }

  /// Finds a first division of `network`.
  ///
  /// Nodes move, then the modules found, until nothing moves.
  ///
  /// - Returns: the division, its modules numbered densely.
  mutating func start(on network: FlowNetwork) throws(AnalysisError) -> (
    module: [Int32], count: Int
  ) {
    var network = network
    var place = Array(0..<Int32(network.nodeCount))
    while true {
      let n = network.nodeCount
      var module = try moveNodes(of: network, Array(0..<Int32(n)))
      let count = Self.compact(&module)
      for u in place.indices { place[u] = module[Int(place[u])] }
      if count == n { return (place, count) }
      network = network.aggregated(by: module, count: count)
    }
  }

  /// Shortens the description of a division of `network` in one round.
  ///
  /// Nodes move, then submodules and what they join to, until nothing moves.
  ///
  /// - Returns: the division, its modules numbered densely.
  mutating func improve(
    _ start: [Int32], of network: FlowNetwork
  ) throws(AnalysisError) -> (module: [Int32], count: Int) {
    var network = network
    var module = start
    var place = Array(0..<Int32(network.nodeCount))
    while true {
      let n = network.nodeCount
      module = try moveNodes(of: network, module)
      let count = Self.compact(&module)
      if count == n { break }
      var part = try submodules(of: network, module)
      let partCount = Self.compact(&part)
      if partCount == n { break }
      var coarse = [Int32](repeating: 0, count: partCount)
      for u in 0..<n { coarse[Int(part[u])] = module[u] }
      network = network.aggregated(by: part, count: partCount)
      module = coarse
      for u in place.indices { place[u] = part[Int(place[u])] }
    }
    var result = place.map { module[Int($0)] }
    let count = Self.compact(&result)
    return (result, count)
  }

  // MARK: Moving nodes

  private mutating func moveNodes(
    of network: FlowNetwork, _ start: [Int32]
  ) throws(AnalysisError) -> [Int32] {
    let n = network.nodeCount
    let isBalanced = network.isBalanced
    let log = log
    let groupSpace = Space(start)
    let modulesSpace = modules(of: network, start)
    let sizesSpace = Space<Int32>(repeating: 0, count: n)
    let sizes = unsafe sizesSpace.base
    for g in start { unsafe sizes[Int(g)] += 1 }
    var empty: [Int32] = []
    for g in 0..<n where unsafe sizes[g] == 0 { empty.append(Int32(g)) }
    let queueSpace = Space(randomOrder(n))
    let isQueuedSpace = Space(repeating: true, count: n)
    let (group, modules) = unsafe (groupSpace.base, modulesSpace.base)
    let (queue, isQueued) = unsafe (queueSpace.base, isQueuedSpace.base)
    let (offsets, targets) = unsafe (network.offsets.base, network.targets.base)
    let (weights, strength, touched) = unsafe (
      network.weights.base, strength.base, touched.base
    )
    let (flow, exit, enter) = (network.flow.span, network.exit.span, network.enter.span)
    var entering = 0.0
    for g in 0..<n { entering += unsafe modules[g].enter }
    var index = IndexTerm(entering, log)
    var head = 0
    var waiting = n
    var taken = 0
    while waiting > 0 {
      if taken & 1023 == 0, run.isCancelled() { throw .cancelled }
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
      unsafe clew_fetch(weights + Int(offsets[Int(near)]))
      unsafe clew_fetch(weights + Int(offsets[Int(near)]) + 8)
      let first = unsafe Int(offsets[u])
      let end = unsafe Int(offsets[u + 1])
      var touchedCount = 0
      for a in first..<end {
        let g = unsafe group[Int(targets[a])]
        let before = unsafe strength[Int(g)]
        unsafe touched[touchedCount] = g
        touchedCount &+= before == 0 ? 1 : 0
        unsafe strength[Int(g)] = before + weights[a]
      }
      guard touchedCount > 0 else { continue }
      let own = unsafe Int(group[u])
      let (uFlow, uExit, uEnter) = unsafe (
        flow[unchecked: u], exit[unchecked: u], enter[unchecked: u]
      )
      // The module without the node, and what that changes.
      let left = unsafe Self.removing(
        uFlow, uExit, uEnter, strength[own], from: modules[own], sizes[own] == 1, isBalanced, log)
      let remaining = unsafe left.enter - modules[own].enter
      let base = unsafe left.terms - modules[own].terms
      var best = own
      var bestChange = -leastGain
      var bestModule = left
      for i in 0..<touchedCount {
        let g = unsafe Int(touched[i])
        let tie = unsafe strength[g]
        unsafe strength[g] = 0
        if g == own { continue }
        let joined = unsafe Self.adding(uFlow, uExit, uEnter, tie, to: modules[g], isBalanced, log)
        let more = unsafe remaining - modules[g].enter + joined.enter
        let change = unsafe base + index.change(by: more, log) + joined.terms - modules[g].terms
        if change < bestChange {
          best = g
          bestChange = change
          bestModule = joined
        }
      }
      if unsafe sizes[own] > 1, let alone = empty.last {
        let single = Self.adding(uFlow, uExit, uEnter, 0, to: Module(), isBalanced, log)
        let change = base + index.change(by: remaining + single.enter, log) + single.terms
        if change < bestChange {
          best = Int(alone)
          bestModule = single
        }
      }
      guard best != own else { continue }
      if unsafe sizes[best] == 0 { empty.removeLast() }
      index.add(unsafe remaining - modules[best].enter + bestModule.enter, log)
      unsafe modules[own] = left
      unsafe modules[best] = bestModule
      unsafe sizes[own] -= 1
      unsafe sizes[best] += 1
      if unsafe sizes[own] == 0 { empty.append(Int32(own)) }
      unsafe group[u] = Int32(truncatingIfNeeded: best)
      for a in first..<end {
        let v = unsafe Int(targets[a])
        if unsafe isQueued[v] || Int(group[v]) == best { continue }
        unsafe isQueued[v] = true
        let tail = head + waiting
        unsafe queue[tail >= n ? tail - n : tail] = Int32(truncatingIfNeeded: v)
        waiting += 1
      }
    }
    return groupSpace.take(leaving: 0)
  }

  // MARK: Submodules

  // Inside each module, nodes that are still alone join the part where that shortens the description
  // most, as if the parts were modules.
  private mutating func submodules(
    of network: FlowNetwork, _ module: [Int32]
  ) throws(AnalysisError) -> [Int32] {
    let n = network.nodeCount
    let isBalanced = network.isBalanced
    let log = log
    let alone = Array(0..<Int32(n))
    let partSpace = Space(alone)
    let partsSpace = modules(of: network, alone)
    let isAloneSpace = Space(repeating: true, count: n)
    let (part, parts, isAlone) = unsafe (partSpace.base, partsSpace.base, isAloneSpace.base)
    let (offsets, targets) = unsafe (network.offsets.base, network.targets.base)
    let (weights, strength, touched) = unsafe (
      network.weights.base, strength.base, touched.base
    )
    let (flow, exit, enter) = (network.flow.span, network.exit.span, network.enter.span)
    let moduleOf = module.span
    var entering = 0.0
    for g in 0..<n { entering += unsafe parts[g].enter }
    var index = IndexTerm(entering, log)
    let order = randomOrder(n)
    for done in 0..<n {
      if done & 1023 == 0, run.isCancelled() { throw .cancelled }
      let u = Int(order[done])
      let far = order[done + 16 < n ? done + 16 : done]
      let near = order[done + 6 < n ? done + 6 : done]
      unsafe clew_fetch(offsets + Int(far))
      unsafe clew_fetch(targets + Int(offsets[Int(near)]))
      unsafe clew_fetch(weights + Int(offsets[Int(near)]))
      guard unsafe isAlone[u] else { continue }
      let g = moduleOf[u]
      var touchedCount = 0
      for a in unsafe Int(offsets[u])..<Int(offsets[u + 1]) {
        let v = unsafe Int(targets[a])
        guard unsafe moduleOf[unchecked: v] == g else { continue }
        let p = unsafe Int(part[v])
        if unsafe strength[p] == 0 {
          unsafe touched[touchedCount] = Int32(truncatingIfNeeded: p)
          touchedCount += 1
        }
        unsafe strength[p] += weights[a]
      }
      let remaining = unsafe -parts[u].enter
      let base = unsafe -parts[u].terms
      var best = u
      var bestChange = -leastGain
      var bestPart = Module()
      for i in 0..<touchedCount {
        let p = unsafe Int(touched[i])
        let tie = unsafe strength[p]
        unsafe strength[p] = 0
        let joined = unsafe Self.adding(
          flow[u], exit[u], enter[u], tie, to: parts[p], isBalanced, log)
        let more = unsafe remaining - parts[p].enter + joined.enter
        let change = unsafe base + index.change(by: more, log) + joined.terms - parts[p].terms
        if change < bestChange {
          best = p
          bestChange = change
          bestPart = joined
        }
      }
      guard best != u else { continue }
      index.add(unsafe remaining - parts[best].enter + bestPart.enter, log)
      unsafe parts[best] = bestPart
      unsafe parts[u] = Module()
      unsafe part[u] = Int32(truncatingIfNeeded: best)
      unsafe isAlone[u] = false
      unsafe isAlone[best] = false
    }
    return partSpace.take(leaving: 0)
  }

  // MARK: Modules

  private func modules(of network: FlowNetwork, _ group: [Int32]) -> Space<Module> {
    let n = network.nodeCount
    let result = Space(repeating: Module(), count: n)
    let modules = unsafe result.base
    let (offsets, targets) = unsafe (network.offsets.base, network.targets.base)
    let weights = unsafe network.weights.base
    let groupOf = group.span
    for u in 0..<n {
      let g = groupOf[u]
      var inside = 0.0
      for a in unsafe Int(offsets[u])..<Int(offsets[u + 1]) {
        if unsafe groupOf[unchecked: Int(targets[a])] == g { inside += unsafe weights[a] }
      }
      unsafe modules[Int(g)].flow += network.flow[u]
      unsafe modules[Int(g)].exit += network.exit[u] - inside / 2
      unsafe modules[Int(g)].enter += network.enter[u] - inside / 2
    }
    for g in 0..<n {
      unsafe Self.complete(&modules[g], network.isBalanced, log)
    }
    return result
  }

  @inline(__always)
  private static func complete(_ module: inout Module, _ isBalanced: Bool, _ log: BinaryLogarithm) {
    // What is left of a flow that was taken away whole is rounding.
    if module.exit < 1e-15 * module.flow { module.exit = 0 }
    if isBalanced {
      module.enter = module.exit
      module.terms = log.plogp(module.exit + module.flow) - 2 * log.plogp(module.exit)
    } else {
      if module.enter < 1e-15 * module.flow { module.enter = 0 }
      module.terms =
        log.plogp(module.exit + module.flow) - log.plogp(module.exit) - log.plogp(module.enter)
    }
  }

  // `tie` is the flow over the ties between node and module, both ways.
  @inline(__always)
  private static func adding(
    _ flow: Double, _ exit: Double, _ enter: Double, _ tie: Double, to module: Module,
    _ isBalanced: Bool, _ log: BinaryLogarithm
  ) -> Module {
    var result = Module(
      flow: module.flow + flow, exit: module.exit + exit - tie, enter: module.enter + enter - tie)
    complete(&result, isBalanced, log)
    return result
  }

  @inline(__always)
  private static func removing(
    _ flow: Double, _ exit: Double, _ enter: Double, _ tie: Double, from module: Module,
    _ isLast: Bool, _ isBalanced: Bool, _ log: BinaryLogarithm
  ) -> Module {
    if isLast { return Module() }
    var result = Module(
      flow: module.flow - flow, exit: module.exit - exit + tie, enter: module.enter - enter + tie)
    complete(&result, isBalanced, log)
    return result
  }

  private mutating func randomOrder(_ n: Int) -> [Int32] {
    var order = Array(0..<Int32(n))
    generator.shuffle(&order)
    return order
  }

  /// Renumbers labels below the node count from 0 in the order of first appearance.
  static func compact(_ labels: inout [Int32]) -> Int {
    var number = [Int32](repeating: -1, count: labels.count)
    var count: Int32 = 0
    for u in labels.indices {
      let label = Int(labels[u])
      if number[label] < 0 {
        number[label] = count
        count += 1
      }
      labels[u] = number[label]
    }
    return Int(count)
  }
}
