// SPDX-License-Identifier: Apache-2.0

public import GraphCore

/// How a document becomes the graph that is analysed.
public struct GraphOptions: Hashable, Sendable {
  /// An attribute of the edges and what it means.
  public struct Weight: Hashable, Sendable {
    /// The name of the attribute.
    public var attribute: String
    /// Whether a larger value is closer or farther.
    public var meaning: Graph.Weighting

    /// Creates a choice of weight.
    public init(attribute: String, meaning: Graph.Weighting) {
      self.attribute = attribute
      self.meaning = meaning
    }
  }

  /// How the two directions of a pair become one tie.
  public enum Symmetrization: String, Codable, CaseIterable, Sendable {
    /// A tie where either direction has one; the stronger weight (the shorter length) counts.
    case either
    /// A tie only where both directions have one; the weaker weight (the longer length) counts.
    case both
    /// A tie where either direction has one; the larger number counts.
    case max
    /// A tie where either direction has one; the numbers are added.
    case sum
  }

  /// What becomes of several edges between the same two nodes.
  public enum ParallelEdges: String, Codable, CaseIterable, Sendable {
    /// One edge: strengths are added, of lengths the shortest counts.
    case merge
    /// All of them.
    case keep
  }

  /// What becomes of edges that join a node to itself.
  public enum SelfLoops: String, Codable, CaseIterable, Sendable { case drop, keep }

  /// A column and a value that an edge must have there.
  public struct Condition: Hashable, Sendable {
    /// The name of the edge column.
    public var column: String
    /// The value as text.
    public var value: String

    /// Creates a condition.
    public init(column: String, value: String) {
      self.column = column
      self.value = value
    }

    /// The condition that `COLUMN=VALUE` states; nil without an equals sign.
    public init?(_ text: String) {
      guard let sign = text.firstIndex(of: "="), sign > text.startIndex else { return nil }
      column = String(text[..<sign])
      value = String(text[text.index(after: sign)...])
    }
  }

  /// The weight; nil leaves the graph unweighted.
  public var weight: Weight?
  /// The direction; nil takes the document's.
  public var direction: Graph.Direction?
  /// How the two directions of a pair become one tie; nil is `either` for a matrix and for lengths,
  /// and `sum` for a list.
  public var symmetrization: Symmetrization?
  /// What becomes of parallel edges.
  public var parallelEdges = ParallelEdges.merge
  /// What becomes of self-loops.
  public var selfLoops = SelfLoops.drop
  /// The edges that count: of conditions on one column any must hold, and so for each column.
  public var conditions: [Condition] = []
  /// The layers that count, values of a column; empty for all.
  ///
  /// A value such as `calls+meetings` is of both layers.
  public var layers: [String] = []
  /// The column that names the layer; nil finds layer, matrix, relation or type.
  public var layerColumn: String?

  /// Creates the default options: unweighted, parallel edges merged, self-loops dropped.
  public init() {}
}
