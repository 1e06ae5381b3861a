// SPDX-License-Identifier: Apache-2.0

/// A picture of a network before it is laid out: what to draw, and what to say about it.
///
/// A diagram knows no case and no graph: whoever makes one has chosen the nodes, their groups and the
/// measure that sets their size, and says so in the texts. `DiagramRenderer` turns it into bytes.
///
///     var chart = Diagram(title: "Operation Example")
///     chart.nodes = [DiagramNode(id: "a", label: "A. Ferry", icon: .person, size: 2),
///                    DiagramNode(id: "b", label: "Quay 9 Ltd", icon: .company, size: 1)]
///     chart.edges = [DiagramEdge(from: 0, to: 1, label: "directs", line: .confirmed)]
///     let bytes = try await DiagramRenderer().render(chart, as: .svg)
public struct Diagram: Hashable, Sendable {
  /// The nodes; edges name them by their place in this array.
  public var nodes: [DiagramNode] = []
  /// The edges.
  public var edges: [DiagramEdge] = []
  /// The names of the groups; a node's `group` is a place in this array.
  public var groups: [String] = []
  /// The title, in one line.
  public var title: String
  /// What is drawn, as of when, from which sources: one line each.
  public var subtitles: [String] = []
  /// The handling marking shown at the top and at the bottom, or nil for none.
  public var handling: String?
  /// Sentences at the foot, after those that every chart carries.
  public var footnotes: [String] = []
  /// The size and orientation of the page.
  public var page: Page = .a3Landscape
  /// How it looks.
  public var style = ChartStyle.investigation
  /// What decides where the nodes stand.
  public var layout = LayoutEngine.automatic
  /// What a node's size means, for the legend ("betweenness"), or nil where it means nothing.
  public var sizeMeaning: String?
  /// What an edge's weight means, for the legend ("number of calls"), or nil where it means nothing.
  public var widthMeaning: String?
  /// Whether the lines say how sure a tie is; false where the input knows no grades.
  ///
  /// Where it is false every line is drawn solid, whatever its edge's `line`, and neither the legend nor
  /// the titles of the lines speak of grades.
  public var statesGrades = true
  /// Where nodes stood on an earlier page, and are to stand again; nil for a fresh layout.
  ///
  /// Nodes that were there keep their places, by id, and new ones find room. It is without effect where
  /// an engine of Graphviz places the nodes, and where there are so many that groups stand for them.
  public var pins: DiagramPlaces?

  /// Creates a diagram without nodes.
  public init(title: String) { self.title = title }
}

/// One thing in a diagram.
public struct DiagramNode: Hashable, Sendable {
  /// What the thing is called by machines; it is written into SVG and DOT, and need not be unique.
  public var id: String
  /// The name under the icon.
  public var label: String
  /// A second, smaller line such as a role.
  public var detail: String?
  /// The pictogram, whose family gives the shape behind it.
  public var icon: Icon
  /// The measure that sets the area of the icon: 0 or more, in any scale.
  public var size: Double
  /// The place of its group in `Diagram.groups`, or nil.
  public var group: Int?
  /// Whether an analyst flagged it: drawn with a red ring.
  public var isFlagged: Bool
  /// The data-subject category, drawn as a frame, or nil where it has none.
  public var category: SubjectCategory?
  /// A few characters on a small plate at the icon's shoulder, such as a count.
  public var badge: String?
  /// Whether it is new or gone against an earlier state; nil where that is not shown.
  public var change: DiagramChange?
  /// The numbers of the claims behind it, for machines that read the SVG.
  public var claims: [Int] = []

  /// Creates a node.
  ///
  /// - Parameters:
  ///   - id: What machines call it.
  ///   - label: The name under the icon.
  ///   - detail: A second line.
  ///   - icon: The pictogram.
  ///   - size: The measure that sets its area.
  ///   - group: The place of its group.
  ///   - isFlagged: Whether it bears a red ring.
  ///   - category: Its data-subject category.
  ///   - badge: A few characters at its shoulder.
  public init(
    id: String, label: String, detail: String? = nil, icon: Icon = .unknown, size: Double = 0,
    group: Int? = nil, isFlagged: Bool = false, category: SubjectCategory? = nil,
    badge: String? = nil
  ) {
    self.id = id
    self.label = label
    self.detail = detail
    self.icon = icon
    self.size = size
    self.group = group
    self.isFlagged = isFlagged
    self.category = category
    self.badge = badge
  }
}

/// One relationship in a diagram.
public struct DiagramEdge: Hashable, Sendable {
  /// How sure the relationship is, shown by the line.
  public enum Line: String, CaseIterable, Codable, Sendable {
    /// Drawn solid.
    case confirmed
    /// Drawn dashed.
    case probable
    /// Drawn dotted.
    case unconfirmed
  }

  /// Which ends bear an arrowhead.
  public enum Arrow: String, CaseIterable, Codable, Sendable {
    /// Neither end.
    case none
    /// The end at `to`.
    case forward
    /// Both ends.
    case both
  }

  /// The node at the start, as a place in `Diagram.nodes`.
  public var from: Int
  /// The node at the end.
  public var to: Int
  /// A word or two on the line, drawn where they fit.
  public var label: String?
  /// How sure it is; without effect where the diagram states no grades.
  public var line: Line
  /// What sets the width: 0 or more, in any scale; the chart states the classes it makes of it.
  public var weight: Double
  /// Which ends bear an arrowhead.
  public var arrow: Arrow
  /// The number of records behind it, shown after the label where above 1.
  public var count: Int
  /// Whether it is new, gone or graded anew against an earlier state; nil where that is not shown.
  public var change: DiagramChange?
  /// The numbers of the claims behind it, for machines that read the SVG.
  public var claims: [Int] = []
  /// The ids of the relationships and events behind it, for machines that read the SVG.
  public var records: [String] = []

  /// Creates an edge.
  ///
  /// - Parameters:
  ///   - from: The node at the start.
  ///   - to: The node at the end.
  ///   - label: A word or two on the line.
  ///   - line: How sure it is.
  ///   - weight: What sets the width.
  ///   - arrow: Which ends bear an arrowhead.
  ///   - count: The number of records behind it.
  public init(
    from: Int, to: Int, label: String? = nil, line: Line = .confirmed, weight: Double = 1,
    arrow: Arrow = .none, count: Int = 1
  ) {
    self.from = from
    self.to = to
    self.label = label
    self.line = line
    self.weight = weight
    self.arrow = arrow
    self.count = count
  }
}

/// What became of something since an earlier state.
public enum DiagramChange: String, CaseIterable, Codable, Sendable {
  /// It was not there.
  case new
  /// It is no longer there; it is drawn pale.
  case gone
  /// A tie that is there as before, but more or less sure.
  case regraded
}

/// What a person is to an investigation, in the words of directive (EU) 2016/680, article 6.
public enum SubjectCategory: String, CaseIterable, Codable, Sendable {
  case suspect, convicted, victim, witness
  case contact = "contact-or-associate"
  case other
  case notDetermined = "not-determined"

  /// The word for the legend.
  public var name: String {
    switch self {
    case .contact: "contact or associate"
    case .notDetermined: "category not determined"
    default: rawValue
    }
  }
}
