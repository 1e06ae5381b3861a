// SPDX-License-Identifier: Apache-2.0

/// Two kinds of things in two columns, and the ties between them: persons and companies, persons and
/// meetings.
///
/// Each column is ordered so that ties cross little; those of one kind have no tie to each other here.
public struct TwoModeDiagram: Hashable, Sendable {
  /// One thing in a column.
  public struct Item: Hashable, Sendable {
    /// What it is called by machines.
    public var id: String
    /// The name beside it.
    public var label: String
    /// The pictogram.
    public var icon: Icon
    /// The number of its group, for the colour; nil for none.
    public var group: Int?

    /// Creates an item.
    public init(id: String, label: String, icon: Icon = .unknown, group: Int? = nil) {
      self.id = id
      self.label = label
      self.icon = icon
      self.group = group
    }
  }

  /// A tie between the columns.
  public struct Tie: Hashable, Sendable {
    /// The place among the left items.
    public var left: Int
    /// The place among the right items.
    public var right: Int
    /// How many records say so.
    public var count: Int
    /// How sure it is.
    public var line: DiagramEdge.Line
    /// A word or two on it.
    public var detail: String

    /// Creates a tie.
    public init(
      left: Int, right: Int, count: Int = 1, line: DiagramEdge.Line = .confirmed,
      detail: String = ""
    ) {
      self.left = left
      self.right = right
      self.count = count
      self.line = line
      self.detail = detail
    }
  }

  /// The heading of the left column.
  public var leftTitle: String
  /// The heading of the right column.
  public var rightTitle: String
  /// The items on the left, from top to bottom.
  public var left: [Item] = []
  /// The items on the right, from top to bottom.
  public var right: [Item] = []
  /// The ties.
  public var ties: [Tie] = []
  /// Title, dates, sources and sheet.
  public var frame: PictureFrame

  /// The most items of a column whose names can be read on a page.
  public static let mostItems = 90

  /// Creates an empty picture.
  public init(left leftTitle: String, right rightTitle: String, frame: PictureFrame) {
    self.leftTitle = leftTitle
    self.rightTitle = rightTitle
    self.frame = frame
  }

  /// Keeps the items with most ties where a column has more than can be read.
  ///
  /// - Returns: how many were left out on each side.
  public mutating func keepMostTied(_ most: Int = mostItems) -> (left: Int, right: Int) {
    func kept(_ count: Int, _ end: KeyPath<Tie, Int>) -> [Int] {
      var degrees = [Int](repeating: 0, count: count)
      for tie in ties { degrees[tie[keyPath: end]] += 1 }
      return (0..<count).sorted { (degrees[$1], $0) < (degrees[$0], $1) }.prefix(most).sorted()
    }
    let (keptLeft, keptRight) = (kept(left.count, \.left), kept(right.count, \.right))
    let gone = (left.count - keptLeft.count, right.count - keptRight.count)
    choose(keptLeft, keptRight)
    return gone
  }

  /// Orders both columns so that ties cross little.
  ///
  /// Each item goes to the mean place of those it is tied to, left and right in turn (the barycentre
  /// method); the best of the orders that were seen is kept.
  ///
  /// - Complexity: O(r (n log n + m log m)) for r = 24 rounds.
  /// - SeeAlso: Sugiyama, Tagawa and Toda 1981, doi:10.1109/TSMC.1981.4308636.
  public mutating func arrange() {
    guard !ties.isEmpty else { return }
    var best = (left: Array(left.indices), right: Array(right.indices))
    var least = crossings(best.left, best.right)
    var (a, b) = best
    for round in 0..<24 where least > 0 {
      if round % 2 == 0 {
        b = ordered(right.count, by: a, from: \.left, to: \.right, before: b)
      } else {
        a = ordered(left.count, by: b, from: \.right, to: \.left, before: a)
      }
      let count = crossings(a, b)
      if count < least { (best, least) = ((a, b), count) }
    }
    choose(best.left, best.right)
  }

  // The items of one column by the mean place of their partners in the other; those without one last.
  private func ordered(
    _ count: Int, by partners: [Int], from: KeyPath<Tie, Int>, to: KeyPath<Tie, Int>,
    before: [Int]
  ) -> [Int] {
    var place = [Int](repeating: 0, count: partners.count)
    for (position, item) in partners.enumerated() { place[item] = position }
    var old = [Int](repeating: 0, count: count)
    for (position, item) in before.enumerated() { old[item] = position }
    var sums = [Double](repeating: 0, count: count)
    var counts = [Double](repeating: 0, count: count)
    for tie in ties {
      sums[tie[keyPath: to]] += Double(place[tie[keyPath: from]])
      counts[tie[keyPath: to]] += 1
    }
    let means = (0..<count).map { counts[$0] > 0 ? sums[$0] / counts[$0] : .infinity }
    return (0..<count).sorted { (means[$0], old[$0]) < (means[$1], old[$1]) }
  }

  /// How many pairs of ties cross when the columns stand in these orders.
  func crossings(_ left: [Int], _ right: [Int]) -> Int {
    var (x, y) = (
      [Int](repeating: 0, count: left.count), [Int](repeating: 0, count: right.count)
    )
    for (position, item) in left.enumerated() { x[item] = position }
    for (position, item) in right.enumerated() { y[item] = position }
    let ends = ties.map { (x[$0.left], y[$0.right]) }.sorted { ($0.0, $0.1) < ($1.0, $1.1) }
    // Inversions of the right ends, by a tree of counts (Barth, Mutzel and Jünger 2004).
    var tree = [Int](repeating: 0, count: right.count + 1)
    var crossings = 0
    for (seen, end) in ends.enumerated() {
      var index = end.1 + 1
      var notAfter = 0
      while index > 0 {
        notAfter += tree[index]
        index -= index & -index
      }
      crossings += seen - notAfter
      index = end.1 + 1
      while index <= right.count {
        tree[index] += 1
        index += index & -index
      }
    }
    return crossings
  }

  private mutating func choose(_ leftOrder: [Int], _ rightOrder: [Int]) {
    var (x, y) = (
      [Int](repeating: -1, count: left.count), [Int](repeating: -1, count: right.count)
    )
    for (position, item) in leftOrder.enumerated() { x[item] = position }
    for (position, item) in rightOrder.enumerated() { y[item] = position }
    ties = ties.compactMap { tie in
      guard x[tie.left] >= 0, y[tie.right] >= 0 else { return nil }
      var tie = tie
      (tie.left, tie.right) = (x[tie.left], y[tie.right])
      return tie
    }
    left = leftOrder.map { left[$0] }
    right = rightOrder.map { right[$0] }
  }

  /// The same picture with every text made fit to be drawn.
  func cleaned() -> TwoModeDiagram {
    var copy = self
    copy.leftTitle = LabelText.clean(leftTitle, limit: 80)
    copy.rightTitle = LabelText.clean(rightTitle, limit: 80)
    for index in left.indices {
      copy.left[index].id = LabelText.clean(left[index].id)
      copy.left[index].label = LabelText.clean(left[index].label, limit: 120)
    }
    for index in right.indices {
      copy.right[index].id = LabelText.clean(right[index].id)
      copy.right[index].label = LabelText.clean(right[index].label, limit: 120)
    }
    for index in ties.indices {
      copy.ties[index].detail = LabelText.clean(ties[index].detail, limit: 400)
    }
    return copy
  }
}

extension TwoModeDiagram: Picture {
  public func bytes(
    as format: PictureFormat, by renderer: DiagramRenderer
  ) async throws(DiagramError) -> [UInt8] {
    try await renderer.render(TwoModeDrawing(cleaned()).drawing, as: format)
  }
}
