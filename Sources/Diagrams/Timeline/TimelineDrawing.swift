// SPDX-License-Identifier: Apache-2.0

/// A timeline with every sign at its place.
struct TimelineDrawing: Sendable {
  /// One sign, for one event or for several that were gathered.
  struct Sign: Hashable, Sendable {
    var kind: Int
    var lanes: [Int]
    var isDirected: Bool
    var line: DiagramEdge.Line
    var members: [Int]
    /// Where it should stand, and where it stands.
    var ideal: Double
    var x: Double
    var radius: Double
    /// The ends of its stretch of time on the page, where this is wider than its sign.
    var span: ClosedRange<Double>?

    var top: Int { lanes.min() ?? 0 }
    var bottom: Int { lanes.max() ?? 0 }
  }

  /// How events are gathered.
  enum Gathering: String, CaseIterable, Sendable {
    case none, day, week, month, quarter, year, all
  }

  static let meaning =
    "Time runs from left to right, in UTC; signs that would cover each other stand a little beside their "
    + "time, which their title states."

  let timeline: TimelineDiagram
  let scale: TimeScale?
  let gathering: Gathering
  /// Whether lines say which entities an event joins; false where there are too many.
  let showsLinks: Bool
  let signs: [Sign]
  let undated: [Sign]
  let furniture: PageFurniture
  let laneHeight: Double
  let top: Double
  let omissions: [String]
  let labelWidth: Double
  let undatedX: Double
  let unit: Double

  /// Settles a timeline, with just those signs in the legend that occur.
  init(_ timeline: TimelineDiagram) {
    self.init(timeline, explains: [.bin, .span])
    let used = occurring
    if used.count < 2 {
      let other = TimelineDrawing(timeline, explains: used)
      // A row less in the legend may, at worst, make room for what was to be left out.
      if other.occurring.isSubset(of: used) { self = other }
    }
  }

  private var occurring: Set<PictureSample> {
    let all = signs + undated
    var used: Set<PictureSample> = []
    if all.contains(where: { $0.members.count > 1 }) { used.insert(.bin) }
    if all.contains(where: { $0.span != nil }) { used.insert(.span) }
    return used
  }

  private init(_ timeline: TimelineDiagram, explains samples: Set<PictureSample>) {
    self.timeline = timeline
    let furniture = timeline.frame.furniture(
      legend: Self.legend(timeline, samples), meaning: Self.meaning,
      omissions: [String(repeating: "n", count: 120)])
    self.furniture = furniture
    let unit = furniture.unit
    self.unit = unit
    let content = furniture.content
    top = content.minY + 26 * unit
    let room = content.maxY - top - 8 * unit
    let laneHeight = min(34 * unit, room / Double(max(1, timeline.lanes.count)))
    self.laneHeight = laneHeight
    let size = Self.labelSize(laneHeight, unit)
    let widest = timeline.lanes.map { TextMetrics.width($0.label, size: size) }.max() ?? 0
    let labelWidth = min(widest + laneHeight * 0.9 + 14 * unit, 230 * unit)
    self.labelWidth = labelWidth
    let lanes = timeline.occurrences.map { $0.lanes }
    let dated = timeline.occurrences.indices.filter {
      timeline.occurrences[$0].start != nil && !lanes[$0].isEmpty
    }
    let others = timeline.occurrences.indices.filter {
      timeline.occurrences[$0].start == nil && !lanes[$0].isEmpty
    }
    let undatedWidth = others.isEmpty ? 0.0 : 92 * unit
    undatedX = content.maxX - undatedWidth
    var omissions: [String] = []
    // Undated events, those alike in one sign; or by line, where there are too many.
    var drawn: [Sign]?
    for isJoined in [true, false] where drawn == nil {
      let groups = Self.gathered(others, timeline, isJoined: isJoined) { _ in 0 }
      let signs = Self.signs(groups, timeline, laneHeight, unit) { _ in
        (content.maxX - undatedWidth / 2, nil)
      }
      drawn = Self.placed(
        signs, within: undatedWidth / 2, step: unit,
        between: (content.maxX - undatedWidth)...content.maxX)
    }
    undated = drawn ?? []
    if drawn == nil {
      omissions.append("\(others.count) undated events are too many to be drawn.")
    }
    guard let scale = Self.scale(timeline, dated, content, labelWidth, undatedWidth, unit) else {
      self.scale = nil
      gathering = .none
      showsLinks = true
      signs = []
      self.omissions = omissions
      return
    }
    self.scale = scale
    var found: [Sign]?
    var way = Gathering.none
    var isJoined = true
    let ways = [true, false].flatMap { joined in Gathering.allCases.map { ($0, joined) } }
    for (step, joined) in ways where found == nil {
      // Beyond this no sign of its own for each would find room.
      if step == .none, dated.count > 900 || !joined { continue }
      (way, isJoined) = (step, joined)
      let groups = Self.gathered(dated, timeline, isJoined: joined) { Self.bin($0, step) }
      if groups.count > 1_000, joined || step != .all { continue }
      let signs = Self.signs(groups, timeline, laneHeight, unit) { members in
        Self.place(members, timeline, scale, unit)
      }
      found = Self.placed(
        signs, within: Self.drift(step, scale, unit), step: unit, between: scale.minX...scale.maxX)
    }
    gathering = way
    showsLinks = isJoined
    signs = found ?? []
    if way != .none {
      let which = isJoined ? "between the same entities" : "of an entity"
      let time = way == .all ? "" : " within a \(way.rawValue)"
      omissions.append(
        "Events of a kind \(which)\(time) are gathered in one sign with their number."
          + (isJoined ? "" : " There are too many to show which entities they join."))
    }
    if found == nil {
      omissions.append(
        "\(dated.count) events are too many to be drawn: choose entities, kinds or a time.")
    }
    self.omissions = omissions
  }

  static func labelSize(_ laneHeight: Double, _ unit: Double) -> Double {
    min(9.5 * unit, max(5.2 * unit, laneHeight * 0.5))
  }

  private static func legend(
    _ timeline: TimelineDiagram, _ samples: Set<PictureSample>
  ) -> [LegendItem] {
    var items: [LegendItem] = []
    let icons = Set(timeline.lanes.map(\.icon))
    for icon in Icon.allCases where icons.contains(icon) {
      items.append(LegendItem(sample: .icon(icon), text: icon.name))
    }
    let used = Set(timeline.occurrences.map { $0.kind })
    for kind in used.sorted() where timeline.kinds.indices.contains(kind) {
      let isShared = kind >= EventSign.kinds - 1 && timeline.kinds.count > EventSign.kinds
      if isShared, kind >= EventSign.kinds { continue }
      items.append(
        LegendItem(
          sample: .picture(.event(kind)), text: isShared ? "other events" : timeline.kinds[kind]))
    }
    for (sample, text) in [
      (PictureSample.bin, "several events"), (.span, "some time within"),
    ] where samples.contains(sample) {
      items.append(LegendItem(sample: .picture(sample), text: text))
    }
    let lines = Set(timeline.occurrences.map { $0.line })
    for line in DiagramEdge.Line.allCases where lines.contains(line) {
      items.append(LegendItem(sample: .line(line.dash), text: line.rawValue))
    }
    if timeline.occurrences.contains(where: { $0.isDirected && $0.lanes.count > 1 }) {
      items.append(LegendItem(sample: .arrow, text: "direction recorded"))
    }
    return items
  }

  private static func scale(
    _ timeline: TimelineDiagram, _ dated: [Int], _ content: Rect, _ labelWidth: Double,
    _ undatedWidth: Double, _ unit: Double
  ) -> TimeScale? {
    let starts = dated.compactMap { timeline.occurrences[$0].start.map(Double.init) }
    let ends = dated.compactMap { timeline.occurrences[$0].end.map(Double.init) }
    guard let first = starts.min(), let last = ends.max() else { return nil }
    let margin = max((last - first) * 0.012, 1_800_000)
    return TimeScale(
      first: first - margin, last: last + margin, minX: content.minX + labelWidth,
      maxX: content.maxX - undatedWidth - 10 * unit)
  }

  // A number for the stretch of the calendar in which an event begins.
  private static func bin(_ event: TimelineDiagram.Occurrence, _ step: Gathering) -> Int {
    let day = Int((Double(event.start ?? 0) / TimeScale.day).rounded(.down))
    let civil = Civil(day: day)
    switch step {
    case .none: return Int(event.start ?? 0)
    case .day: return day
    case .week: return Int((Double(day + 3) / 7).rounded(.down))
    case .month: return civil.year * 12 + civil.month - 1
    case .quarter: return civil.year * 4 + (civil.month - 1) / 3
    case .year: return civil.year
    case .all: return 0
    }
  }

  private struct Group {
    var lanes: [Int]
    var members: [Int]
  }

  // Events of a kind, between the same entities and equally sure, in one bin; or those of each entity.
  private static func gathered(
    _ events: [Int], _ timeline: TimelineDiagram, isJoined: Bool,
    _ bin: (TimelineDiagram.Occurrence) -> Int
  ) -> [Group] {
    struct Key: Hashable {
      var kind: Int
      var lanes: [Int]
      var line: DiagramEdge.Line?
      var bin: Int
      var span: Int
    }
    var groups: [Group] = []
    var place: [Key: Int] = [:]
    func add(_ index: Int, _ key: Key, _ lanes: [Int]) {
      if let known = place[key] {
        groups[known].members.append(index)
      } else {
        place[key] = groups.count
        groups.append(Group(lanes: lanes, members: [index]))
      }
    }
    for index in events {
      let event = timeline.occurrences[index]
      guard isJoined else {
        for lane in Set(event.lanes).sorted() {
          add(
            index, Key(kind: event.kind, lanes: [lane], line: nil, bin: bin(event), span: 0), [lane]
          )
        }
        continue
      }
      // What is known to the day is not mixed with what is known to the year.
      let length = Double((event.end ?? 0) - (event.start ?? 0)) / TimeScale.day
      add(
        index,
        Key(
          kind: event.kind, lanes: event.isDirected ? event.lanes : event.lanes.sorted(),
          line: event.line, bin: bin(event), span: length <= 1.01 ? 0 : length < 32 ? 1 : 2),
        event.lanes)
    }
    return groups
  }

  private static func place(
    _ members: [Int], _ timeline: TimelineDiagram, _ scale: TimeScale, _ unit: Double
  ) -> (Double, ClosedRange<Double>?) {
    let events = members.map { timeline.occurrences[$0] }
    let start = Double(events.compactMap { $0.start }.min() ?? 0)
    let end = Double(events.compactMap { $0.end }.max() ?? 0)
    let (low, high) = (scale.x(start), scale.x(end))
    let isWide = high - low > 7 * unit
    return ((low + high) / 2, isWide ? low...high : nil)
  }

  // How far from its time a sign may stand.
  private static func drift(_ step: Gathering, _ scale: TimeScale, _ unit: Double) -> Double {
    let perDay = (scale.maxX - scale.minX) / ((scale.last - scale.first) / TimeScale.day)
    let days: Double =
      switch step {
      case .none, .day: 0
      case .week: 7
      case .month: 30
      case .quarter: 91
      case .year, .all: 365
      }
    return max(14 * unit, min(days * perDay * 0.6, 160 * unit))
  }

  private static func signs(
    _ groups: [Group], _ timeline: TimelineDiagram, _ laneHeight: Double, _ unit: Double,
    _ place: ([Int]) -> (Double, ClosedRange<Double>?)
  ) -> [Sign] {
    groups.map { group in
      let members = group.members
      let event = timeline.occurrences[members[0]]
      let (ideal, span) = place(members)
      let largest = min(laneHeight * 0.44, 7 * unit)
      let radius =
        members.count > 1 ? largest : min(4.2 * unit, laneHeight * 0.32)
      return Sign(
        kind: event.kind, lanes: group.lanes, isDirected: event.isDirected, line: event.line,
        members: members, ideal: ideal, x: ideal, radius: radius, span: span)
    }.sorted { ($0.ideal, $0.top, $0.kind) < ($1.ideal, $1.top, $1.kind) }
  }

  /// The signs beside their times where they would cover each other; nil where one finds no room.
  static func placed(
    _ signs: [Sign], within drift: Double, step: Double, between bounds: ClosedRange<Double>
  ) -> [Sign]? {
    var placed: [Sign] = []
    placed.reserveCapacity(signs.count)
    let widest = (signs.map(\.radius).max() ?? 0) * 2 + 2 * drift + step
    var first = 0
    for sign in signs {
      while first < placed.count, placed[first].ideal < sign.ideal - widest { first += 1 }
      let near = placed[first...].filter { $0.top <= sign.bottom && sign.top <= $0.bottom }
      var offset = 0.0
      var found: Double?
      while offset <= drift {
        for x in offset == 0 ? [sign.ideal] : [sign.ideal + offset, sign.ideal - offset]
        where x - sign.radius >= bounds.lowerBound && x + sign.radius <= bounds.upperBound
          && !near.contains(where: { abs($0.x - x) < $0.radius + sign.radius + 0.8 * step })
        {
          found = x
          break
        }
        if found != nil { break }
        offset += 0.5 * step
      }
      guard let found else { return nil }
      var moved = sign
      moved.x = found
      placed.append(moved)
    }
    return placed
  }
}
