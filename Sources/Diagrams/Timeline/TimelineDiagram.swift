// SPDX-License-Identifier: Apache-2.0

/// A timeline: a line for each entity, its events along it, and lines between those that an event joins.
///
/// The place along the axis is the time. An event that is dated to a month or a year is drawn over its
/// whole span. Where events stand too close to be told apart, those of a kind between the same entities
/// are gathered and counted; undated ones stand in a column of their own.
public struct TimelineDiagram: Hashable, Sendable {
  /// The line of an entity.
  public struct Lane: Hashable, Sendable {
    /// What it is called by machines.
    public var id: String
    /// The name at its line.
    public var label: String
    /// The pictogram.
    public var icon: Icon

    /// Creates a lane.
    public init(id: String, label: String, icon: Icon = .unknown) {
      self.id = id
      self.label = label
      self.icon = icon
    }
  }

  /// Something that happened.
  public struct Occurrence: Hashable, Sendable {
    /// What it is called by machines.
    public var id: String
    /// The place of its kind in `kinds`.
    public var kind: Int
    /// The places of those that took part among the lanes, the origin first.
    public var lanes: [Int]
    /// Whether it leads from the first lane to the others.
    public var isDirected: Bool
    /// When it began at the earliest, in milliseconds since 1970-01-01T00:00Z; nil where undated.
    public var start: Int64?
    /// When it ended at the latest, exclusive; nil where undated.
    public var end: Int64?
    /// How sure it is.
    public var line: DiagramEdge.Line
    /// A sentence on it: who else, when exactly, how much, by whom.
    public var detail: String
    /// The numbers of the claims behind it.
    public var claims: [Int]

    /// Creates an occurrence.
    public init(
      id: String, kind: Int, lanes: [Int], isDirected: Bool = false, start: Int64?, end: Int64?,
      line: DiagramEdge.Line, detail: String, claims: [Int] = []
    ) {
      self.id = id
      self.kind = kind
      self.lanes = lanes
      self.isDirected = isDirected
      self.start = start
      self.end = end
      self.line = line
      self.detail = detail
      self.claims = claims
    }
  }

  /// The lanes from top to bottom.
  public var lanes: [Lane] = []
  /// The names of the kinds of events; of many, the last share a sign.
  public var kinds: [String] = []
  /// The events.
  public var occurrences: [Occurrence] = []
  /// Title, dates, sources and sheet.
  public var frame: PictureFrame

  /// The most lanes of which the names can be read on a page.
  public static let mostLanes = 44

  /// Creates an empty timeline.
  public init(frame: PictureFrame) { self.frame = frame }

  /// Puts lanes that share many events next to each other.
  ///
  /// Each goes to the mean place of those it shares events with, over and over; ties keep their order.
  ///
  /// - Complexity: O(r(n log n + e)) in lanes and events, r = 24.
  public mutating func arrangeLanes() {
    guard lanes.count > 2 else { return }
    var order = Array(lanes.indices)
    var best = order
    var least = linkLength(order)
    for _ in 0..<24 {
      var place = [Double](repeating: 0, count: lanes.count)
      for (position, lane) in order.enumerated() { place[lane] = Double(position) }
      var sum = place
      var weight = [Double](repeating: 1, count: lanes.count)
      for event in occurrences where event.lanes.count > 1 {
        let mean =
          event.lanes.reduce(0.0) { $0 + place[$1] } / Double(event.lanes.count)
        for lane in event.lanes {
          sum[lane] += mean * 2
          weight[lane] += 2
        }
      }
      let target = lanes.indices.map { sum[$0] / weight[$0] }
      order.sort { (target[$0], place[$0]) < (target[$1], place[$1]) }
      let length = linkLength(order)
      if length < least {
        least = length
        best = order
      }
    }
    improve(&best)
    var place = [Int](repeating: 0, count: lanes.count)
    for (position, lane) in best.enumerated() { place[lane] = position }
    lanes = best.map { lanes[$0] }
    for index in occurrences.indices {
      occurrences[index].lanes = occurrences[index].lanes.map { place[$0] }
    }
  }

  // Moves single lanes as long as that shortens the links.
  private func improve(_ order: inout [Int]) {
    var least = linkLength(order)
    for _ in 0..<4 {
      var isBetter = false
      for from in order.indices {
        var (best, place) = (least, from)
        for to in order.indices where to != from {
          var moved = order
          moved.insert(moved.remove(at: from), at: to)
          let length = linkLength(moved)
          if length < best { (best, place) = (length, to) }
        }
        if place != from {
          order.insert(order.remove(at: from), at: place)
          least = best
          isBetter = true
        }
      }
      if !isBetter { break }
    }
  }

  // How many lanes the links cross in all; many events count as some hundred kinds of link.
  private func linkLength(_ order: [Int]) -> Int {
    var place = [Int](repeating: 0, count: lanes.count)
    for (position, lane) in order.enumerated() { place[lane] = position }
    var sum = 0
    for event in occurrences.prefix(2_000) where event.lanes.count > 1 {
      let places = event.lanes.map { place[$0] }
      sum += (places.max() ?? 0) - (places.min() ?? 0)
    }
    return sum
  }

  /// The same timeline with every text made fit to be drawn.
  func cleaned() -> TimelineDiagram {
    var copy = self
    for index in lanes.indices {
      copy.lanes[index].id = LabelText.clean(lanes[index].id)
      copy.lanes[index].label = LabelText.clean(lanes[index].label, limit: 120)
    }
    copy.kinds = kinds.map { LabelText.clean($0, limit: 40) }
    for index in occurrences.indices {
      copy.occurrences[index].id = LabelText.clean(occurrences[index].id)
      copy.occurrences[index].detail = LabelText.clean(occurrences[index].detail, limit: 400)
    }
    return copy
  }
}

extension TimelineDiagram: Picture {
  public func bytes(
    as format: PictureFormat, by renderer: DiagramRenderer
  ) async throws(DiagramError) -> [UInt8] {
    try await renderer.render(TimelineDrawing(cleaned()).drawing, as: format)
  }
}
