// SPDX-License-Identifier: Apache-2.0

/// Writes graph documents in one format.
public protocol GraphWriter: Sendable {
  /// The format that is written.
  var format: GraphFormat { get }

  /// The document as the bytes of a file, and what did not survive.
  ///
  /// - Throws: `InterchangeError.request` when the format cannot hold the document.
  func write(_ document: GraphDocument) throws(InterchangeError) -> WrittenGraph
}

/// A document as files.
public struct WrittenGraph: Sendable {
  /// The file of the graph.
  public var bytes: [UInt8]
  /// The table of nodes that goes beside it, where the format has no place for nodes.
  public var nodeTable: [UInt8]?
  /// What did not survive.
  public var losses: LossReport
  /// What else is to be said of the file.
  public var notes: [String] = []
}

/// What a conversion could not carry over, for the user to read.
public struct LossReport: Hashable, Sendable, CustomStringConvertible {
  /// One kind of loss.
  public struct Loss: Hashable, Sendable {
    /// How many values, nodes or edges it concerns.
    public let count: Int
    /// What happened to them.
    public let what: String
  }

  /// The losses in the order in which they were met.
  public private(set) var losses: [Loss] = []

  /// Creates an empty report.
  public init() {}

  /// Whether everything survived.
  public var isEmpty: Bool { losses.isEmpty }

  /// Adds a loss unless it concerns nothing.
  public mutating func add(_ count: Int, _ what: String) {
    if count > 0 { losses.append(Loss(count: count, what: what)) }
  }

  public var description: String {
    isEmpty
      ? "nothing was lost"
      : losses.map { "\($0.count) \($0.what)".printable(limit: 1_000) }.joined(separator: "\n")
  }
}
