// SPDX-License-Identifier: Apache-2.0

public import GraphCore

/// A computation on a graph, as a value: its stored properties are everything that can change the
/// answer, and calling it gives the answer.
///
/// ```swift
/// let scores = try Betweenness()(graph, Run())
/// ```
///
/// One value serves as options, as record in a manifest and as key of a result. What cannot change
/// the answer (threads, progress, cancellation) is in `Run`.
public protocol Analysis<Output>: Codable, Hashable, Sendable {
  /// What the analysis gives.
  associatedtype Output: Sendable

  /// The word on the command line and the key in a manifest: lower case, words joined by hyphens.
  static var name: String { get }
  /// The publication that defines the analysis.
  static var reference: Citation { get }

  /// Creates the analysis with its default options.
  init()

  /// Runs the analysis.
  ///
  /// - Throws: `AnalysisError` when the graph is outside the domain of the analysis or the run is
  ///   cancelled.
  func callAsFunction(_ graph: Graph, _ run: Run) throws(AnalysisError) -> Output

  /// An upper estimate, in bytes, of what a run allocates beyond the graph, its result included.
  ///
  /// It is known before anything is computed, from the numbers of nodes and arcs and the options.
  func memory(for graph: Graph, threads: Int) -> Int
}

extension Analysis {
  /// Refuses a run that may need more memory than its limit.
  ///
  /// - Throws: `AnalysisError.tooMuchMemory` with the estimate.
  public func checkMemory(for graph: Graph, _ run: Run) throws(AnalysisError) {
    guard let limit = run.memoryLimit else { return }
    let needed = memory(for: graph, threads: run.threads)
    if needed > limit {
      throw .tooMuchMemory(analysis: Self.name, needed: needed, limit: limit)
    }
  }

  /// Runs the analysis on one thread.
  public func callAsFunction(_ graph: Graph) throws(AnalysisError) -> Output {
    try self(graph, Run())
  }
}

/// How an analysis runs, never what it computes: no field changes a bit of the answer.
public struct Run: Sendable {
  /// The number of threads that a kernel may use; at least 1.
  public var threads: Int
  /// Called now and then with the part done, from 0 to 1, from any thread.
  public var progress: (@Sendable (Double) -> Void)?
  /// Asked now and then; once true, the analysis throws `AnalysisError.cancelled`.
  public var isCancelled: @Sendable () -> Bool
  /// The most memory, in bytes, that an analysis may need beyond the graph; nil for no limit.
  ///
  /// `Analysis.checkMemory` holds it; an analysis that is called by itself does not ask.
  public var memoryLimit: Int?

  /// Creates a run.
  public init(
    threads: Int = 1, memoryLimit: Int? = nil, progress: (@Sendable (Double) -> Void)? = nil,
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) {
    self.threads = max(1, threads)
    self.memoryLimit = memoryLimit
    self.progress = progress
    self.isCancelled = isCancelled
  }

  /// Reports the part done and throws when the run has been cancelled.
  public func checkpoint(_ done: Int, of total: Int) throws(AnalysisError) {
    if isCancelled() { throw .cancelled }
    if let progress, total > 0 { progress(Double(done) / Double(total)) }
  }
}

/// Why an analysis gave no answer.
public enum AnalysisError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The run was cancelled.
  case cancelled
  /// The analysis is not defined for a weight that occurs. `requirement` completes "needs …".
  case weightOutsideDomain(analysis: String, edge: Int, weight: Double, requirement: String)
  /// The analysis needs weights of the other meaning.
  case wrongWeighting(analysis: String, found: Graph.Weighting, advice: String)
  /// An iteration did not reach its tolerance.
  case notConverged(analysis: String, iterations: Int, residual: Double)
  /// An option is outside its range. `requirement` completes "must be …".
  case invalidOption(analysis: String, option: String, value: String, requirement: String)
  /// The analysis may need more memory than it was given; both figures are in bytes.
  case tooMuchMemory(analysis: String, needed: Int, limit: Int)
  /// The analysis is not defined for this graph. `reason` is a whole sentence.
  case undefined(analysis: String, reason: String)

  public var description: String {
    switch self {
    case .cancelled: "cancelled"
    case .weightOutsideDomain(let analysis, let edge, let weight, let requirement):
      "\(analysis) needs \(requirement), but edge \(edge) weighs \(weight)"
    case .wrongWeighting(let analysis, let found, let advice):
      "\(analysis) cannot use weights that mean \(found.rawValue); \(advice)"
    case .notConverged(let analysis, let iterations, let residual):
      "\(analysis) did not settle in \(iterations) iterations (last change \(residual))"
    case .invalidOption(let analysis, let option, let value, let requirement):
      "\(analysis): \(option) must be \(requirement), not \(value)"
    case .tooMuchMemory(let analysis, let needed, let limit):
      "\(analysis) may need \(size(needed)) of memory for this graph, more than the limit of "
        + size(limit)
    case .undefined(let analysis, let reason): "\(analysis): \(reason)"
    }
  }

  private func size(_ bytes: Int) -> String {
    let (divisor, unit) =
      bytes < 10_000 ? (1, "bytes") : bytes < 10_000_000 ? (1_000, "KB") : (1_000_000, "MB")
    return "\((bytes + divisor - 1) / divisor) \(unit)"
  }
}

/// The publication that defines an analysis.
public struct Citation: Hashable, Sendable, Codable {
  /// The authors, as in a list of references.
  public let authors: String
  /// The year of publication.
  public let year: Int
  /// The title of the work.
  public let title: String
  /// Where it appeared.
  public let venue: String
  /// The digital object identifier, without a prefix; nil where the work has none.
  public let doi: String?

  /// Creates a citation.
  public init(authors: String, year: Int, title: String, venue: String, doi: String?) {
    self.authors = authors
    self.year = year
    self.title = title
    self.venue = venue
    self.doi = doi
  }
}
