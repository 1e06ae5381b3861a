// SPDX-License-Identifier: Apache-2.0

public import GraphCore

/// Places for the nodes of a large graph, such that distances in the plane follow those in the
/// graph.
///
/// Two people three steps apart stand about three times as far from each other as two who know each
/// other. What is close in the network stands close, as far as a plane allows; in a dense picture
/// strangers may stand close as well. *Left*, *right*, *up* and *down* mean nothing, and parts
/// without a connection stand side by side wherever there is room. Small charts, with icons, names
/// and regions, are laid out by other means; these places are for the shape of the whole.
///
/// ```swift
/// let graph = try Graph(nodeCount: 3, direction: .undirected, sources: [0, 1], targets: [1, 2])
/// let places = try StressLayout()(graph)
/// places[Node(0)].distance(to: places[Node(2)])  // 2, and node 1 halfway
/// ```
///
/// What is made small is the normalised stress: the mean over pairs of ((*l* − *d*) / *d*)² for
/// pairs *d* apart in the graph and *l* in the plane (`stress(of:in:)` measures it). A path or a
/// grid reaches almost 0; a graph of small worlds cannot be flat, and .15 to .2 is then the least
/// there is.
///
/// The direction of edges, self-loops and all but the shortest of parallel edges are ignored.
/// Weights that mean length are the lengths of edges; weights that mean strength are ignored,
/// because nothing says how strength becomes distance. One unit is the mean length of an edge. The
/// least x and y are 0, and the longer way of each part lies along x.
///
/// The start is that of Brandes and Pich (2007, doi:10.1007/978-3-540-70904-6_6); the descent is
/// that of Zheng, Pawar and Goodman (2019, doi:10.1109/TVCG.2018.2859997) over all pairs up to
/// 1,024 nodes, and beyond over the distances from `passes` nodes (where edges have lengths, from
/// an eighth as many), with the near pairs of Ortmann, Klimenta and Brandes (2017,
/// doi:10.7155/jgaa.00440). Last, nodes that stand on one another are moved a little apart.
///
/// The same graph and options give the same bytes: it runs on one thread, and uses the four
/// operations and square roots alone. Another order of nodes or edges gives another layout of about
/// the same stress.
///
/// - Complexity: O(`passes` (n + m)) time for edges of length 1, O(`passes` (m + n log n))
///   otherwise; memory as `memory(for:)` says.
public struct StressLayout: Codable, Hashable, Sendable {
  /// The seed of everything drawn at random.
  public var seed: UInt64 = 1
  /// How many times all nodes of a part are moved.
  ///
  /// 1,000 make a draft, 10,000 gain the last percent. Parts of up to 1,024 nodes take a hundredth
  /// of it a node where that is more.
  public var passes = 3_000
  /// Whether weights that mean length are the lengths of edges; otherwise every edge has length 1.
  public var usesLengths = true

  /// Creates a layout with the default options.
  public init() {}

  /// Lays out `graph`.
  ///
  /// - Parameters:
  ///   - graph: what to lay out.
  ///   - isCancelled: asked now and then; once true, the layout throws `DiagramError.cancelled`.
  ///   - progress: called now and then with the part done, from 0 to 1.
  /// - Returns: a place for each node; finite always.
  /// - Throws: `DiagramError.invalid` where an edge has a length of zero or less, or where `passes`
  ///   is not from 1 to 1,000,000; `DiagramError.cancelled`.
  public func callAsFunction(
    _ graph: Graph, isCancelled: () -> Bool = { false }, progress: ((Double) -> Void)? = nil
  ) throws(DiagramError) -> NodeMap<Point> {
    guard (1...1_000_000).contains(passes) else {
      throw .invalid("a layout takes from 1 to 1,000,000 passes, not \(passes)")
    }
    if isCancelled() { throw .cancelled }
    let whole = try LayoutGraph(graph, usesLengths: usesLengths)
    let work = whole.parts.map {
      Double(SourceDescent.passes(count: $0.count, most: passes)) * Double($0.count)
    }
    var total = 1.0
    for part in work { total += part }
    var done = 0.0
    var blocks: [Block] = []
    for (part, share) in zip(whole.parts, work) {
      if isCancelled() { throw .cancelled }
      let count = Double(part.count)
      let places = try places(of: part) { pass throws(DiagramError) in
        if isCancelled() { throw .cancelled }
        progress?((done + Double(pass) * count) / total)
      }
      blocks.append(Block(nodes: part.nodes, places: places))
      done += share
    }
    let places = Self.assemble(blocks, isolates: whole.isolates, count: graph.nodeCount)
    progress?(1)
    return places
  }

  /// An upper estimate, in bytes, of the memory that laying out `graph` takes beyond the graph
  /// itself.
  public func memory(for graph: Graph) -> Int {
    let (n, m) = (graph.nodeCount, graph.edgeCount)
    let hasLengths = usesLengths && graph.weighting == .length
    // Both directions twice over (all, and by part) and the near pairs; the rows of the pivots,
    // twice; the kept distances; marks and places.
    let ties = 2 * m * (hasLengths ? 16 : 8) + m * 12
    let tied = min(n, 2 * m)
    let many = SourceDescent.kept(count: tied, hasLengths: hasLengths, passes: passes)
    let small = min(tied, SourceDescent.wholeCount)
    let kept = max(tied * many, small * small)
    return ties + 4 * (tied * 2 * SourceDescent.pivots + kept) + n * 160 + 65_536
  }

  private func places(
    of part: LayoutPart, checkpoint: (Int) throws(DiagramError) -> Void
  ) throws(DiagramError) -> [Point] {
    guard part.count > 2 else {
      return [Point(x: 0, y: 0), Point(x: Double(part.lengths?[0] ?? 1), y: 0)]
    }
    let total = SourceDescent.passes(count: part.count, most: passes)
    var descent = try SourceDescent(part, passes: total, seed: seed) { () throws(DiagramError) in
      try checkpoint(0)
    }
    try descent.run(checkpoint: checkpoint)
    var places = zip(descent.x, descent.y).map { Point(x: Double($0), y: Double($1)) }
    Crowding.loosen(&places, unit: 0.5)
    return Self.laidAlong(places)
  }

  // MARK: The whole

  private struct Block {
    var nodes: [Int32]
    /// From (0, 0) on.
    var places: [Point]
  }

  // Turned so that the direction of the largest spread is that of x, with the least x and y at 0.
  private static func laidAlong(_ places: [Point]) -> [Point] {
    let count = Double(places.count)
    var middle = Point(x: 0, y: 0)
    for p in places { middle = middle + p }
    middle = middle * (1 / count)
    var (xx, xy, yy) = (0.0, 0.0, 0.0)
    for p in places {
      let d = p - middle
      xx += d.x * d.x
      xy += d.x * d.y
      yy += d.y * d.y
    }
    // The angle φ of the longer axis has tan 2φ = 2 xy / (xx − yy); cosine and sine by halving.
    let (a, b) = (xx - yy, 2 * xy)
    let length = (a * a + b * b).squareRoot()
    var (cosine, sine) = (1.0, 0.0)
    if length > 1e-9 * (xx + yy) {
      cosine = ((1 + a / length) / 2).squareRoot()
      sine = ((1 - a / length) / 2).squareRoot()
      if b < 0 { sine = -sine }
    }
    var turned = places.map {
      Point(x: $0.x * cosine + $0.y * sine, y: $0.y * cosine - $0.x * sine)
    }
    let corner = turned.reduce(turned[0]) { Point(x: min($0.x, $1.x), y: min($0.y, $1.y)) }
    for i in turned.indices { turned[i] = turned[i] - corner }
    return turned
  }

  // Parts side by side, a unit apart; nodes without a tie in rows as close as nodes stand
  // elsewhere.
  private static func assemble(
    _ blocks: [Block], isolates: [Int32], count: Int
  ) -> NodeMap<Point> {
    var blocks = blocks
    if !isolates.isEmpty {
      let step = spacing(blocks)
      let columns = max(1, Int((Double(isolates.count) * 1.4).squareRoot()))
      let places = isolates.indices.map {
        Point(x: Double($0 % columns) * step, y: Double($0 / columns) * step)
      }
      blocks.append(Block(nodes: isolates, places: places))
    }
    let sizes = blocks.map { extent($0.places) + Point(x: 1, y: 1) }
    let corners = PartPacking.corners(of: sizes)
    var places = NodeMap(repeating: Point(x: 0, y: 0), count: count)
    for (block, corner) in zip(blocks, corners) {
      for (node, place) in zip(block.nodes, block.places) {
        places.values[Int(node)] = place + corner
      }
    }
    return places
  }

  private static func extent(_ places: [Point]) -> Point {
    places.reduce(Point(x: 0, y: 0)) { Point(x: max($0.x, $1.x), y: max($0.y, $1.y)) }
  }

  // The side of the square that a node has for itself in the parts, at most a unit.
  private static func spacing(_ blocks: [Block]) -> Double {
    var (area, nodes) = (0.0, 0.0)
    for block in blocks {
      let extent = extent(block.places)
      area += extent.x * extent.y
      nodes += Double(block.places.count)
    }
    return area > 0 ? min(1, (area / nodes).squareRoot()) : 1
  }
}
