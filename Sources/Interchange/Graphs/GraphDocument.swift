// SPDX-License-Identifier: Apache-2.0

public import GraphCore

/// A graph file as it stands: nodes, ties and their attributes, nothing merged or dropped.
///
/// ```swift
/// let document = try GraphDocument(reading: .file("calls.csv"))
/// let projected = try document.project(GraphOptions())
/// projected.graph.nodeCount
/// ```
///
/// `project` makes the graph that is analysed and states what it merged and left out.
public struct GraphDocument: Sendable {
  /// The name of the graph or, where it has none, of the file.
  public var name: String
  /// The format it was read from.
  public var format: GraphFormat
  /// The identifier of each node; all differ.
  public var nodeIDs: [String]
  /// What people call each node, where the file says; nil where it has no labels at all.
  public var nodeLabels: [String?]?
  /// The attributes of the nodes.
  public var nodeColumns: [AttributeColumn]
  /// The node at which each edge starts.
  public var sources: [Int32]
  /// The node to which each edge leads.
  public var targets: [Int32]
  /// The attributes of the edges.
  public var edgeColumns: [AttributeColumn]
  /// The line each edge stands on; empty where that means nothing.
  ///
  /// - Complexity: O(m), to get and to set: take it once.
  public var edgeLines: [Int32] {
    get { lines.all }
    set { lines = EdgeLines(newValue) }
  }
  /// The same lines, one by one and in little memory.
  var lines = EdgeLines()
  /// Whether the graph is best taken as directed.
  public var direction: Graph.Direction
  /// For each edge whether it has a direction, in a file that mixes both.
  public var mixedDirections: [Bool]?
  /// Whether the edges are the cells of a matrix that is taken as undirected although some pairs
  /// are one-sided or unequal: the two cells of a pair are one tie.
  public var isNearlySymmetric: Bool
  /// The number of rows, cells or elements that the edges were read from.
  public var recordCount: Int
  /// What is said of the graph as a whole, as name and text.
  public var graphAttributes: [(name: String, text: String)]
  /// What was detected and assumed in reading.
  public var notices: [Notice]

  /// Creates a document.
  ///
  /// - Parameters:
  ///   - name: the name of the graph.
  ///   - format: the format it was read from.
  ///   - direction: whether the graph is best taken as directed.
  ///   - nodeIDs: the identifier of each node.
  ///   - sources: the node at which each edge starts.
  ///   - targets: the node to which each edge leads.
  ///   - nodeColumns: the attributes of the nodes.
  ///   - edgeColumns: the attributes of the edges.
  public init(
    name: String, format: GraphFormat = .graphML, direction: Graph.Direction, nodeIDs: [String],
    sources: [Int32], targets: [Int32], nodeColumns: [AttributeColumn] = [],
    edgeColumns: [AttributeColumn] = []
  ) {
    self.name = name
    self.format = format
    self.direction = direction
    self.nodeIDs = nodeIDs
    self.sources = sources
    self.targets = targets
    self.nodeColumns = nodeColumns
    self.edgeColumns = edgeColumns
    nodeLabels = nil
    mixedDirections = nil
    isNearlySymmetric = false
    recordCount = sources.count
    graphAttributes = []
    notices = []
  }

  /// The number of nodes.
  public var nodeCount: Int { nodeIDs.count }
  /// The number of edges, parallel edges and self-loops included.
  public var edgeCount: Int { sources.count }
  /// The number of edges that join a node to itself.
  public var selfLoopCount: Int {
    var count = 0
    for edge in sources.indices where sources[edge] == targets[edge] { count += 1 }
    return count
  }

  /// What people call a node: its label, else its identifier.
  public func label(ofNode node: Int) -> String { nodeLabels?[node] ?? nodeIDs[node] }

  /// Whether an edge has a direction that can be followed when the graph is taken as directed.
  ///
  /// The rows of an edge list name a first and a second end also where the list is taken as
  /// undirected.
  public func isDirected(edge: Int) -> Bool {
    mixedDirections?[edge] ?? (direction == .directed || isNearlySymmetric || format == .edgeList)
  }

  /// The attribute of the edges with a name; nil when there is none.
  public func edgeColumn(_ name: String) -> AttributeColumn? {
    edgeColumns.first { $0.name == name }
      ?? edgeColumns.first { ColumnNames.key($0.name) == ColumnNames.key(name) }
  }

  /// The attribute of the nodes with a name; nil when there is none.
  public func nodeColumn(_ name: String) -> AttributeColumn? {
    nodeColumns.first { $0.name == name }
      ?? nodeColumns.first { ColumnNames.key($0.name) == ColumnNames.key(name) }
  }
}

/// The formats of graph files that are read.
public enum GraphFormat: String, Codable, CaseIterable, Sendable {
  /// A table with a tie in each row.
  case edgeList = "edge-list"
  /// A table with an event in each row, added up to one edge for each ordered pair.
  case events
  /// A table with the same nodes along both sides.
  case matrix
  /// A table with nodes of two kinds along its sides.
  case twoMode = "two-mode"
  /// GraphML.
  case graphML = "graphml"
  /// GEXF of Gephi.
  case gexf
  /// The graph modelling language GML.
  case gml
  /// A network of Pajek.
  case pajek
  /// The data language of UCINET.
  case dl
  /// The graph language of Graphviz.
  case dot
  /// JSON in the node-link form of networkx and d3, or that of Cytoscape.js.
  case json
  /// GDF of GUESS and Gephi.
  case gdf
  /// CX2 of Cytoscape and NDEx.
  case cx2
  /// VNA of NetDraw.
  case vna
  /// Lines of JSON, a node or an edge in each.
  case ndjson
  /// Entities of FollowTheMoney, one in a line.
  case followTheMoney = "ftm"
  /// Tables of nodes and relationships for Neo4j's import.
  case neo4j
  /// The lists of neighbours of METIS.
  case metis
  /// GeoJSON: points and the lines between them.
  case geoJSON = "geojson"
  /// Beneficial ownership statements of BODS 0.4.
  case bods
  /// A chart of i2 Analyst's Notebook in its XML exchange form.
  case anx
  /// A graph of Maltego, in its archive or by itself.
  case maltego
}
