// SPDX-License-Identifier: Apache-2.0

public import GraphAlgorithms

/// The results of one command with all that is needed to understand and repeat them: the input and
/// its hash, the view, the analyses with every option, their conventions, tables and notices.
public struct ResultDocument: Sendable {
  /// The name and version of the layout of the results, such as `clew.centrality/1`.
  public var schema: String
  /// The heading for people.
  public var title: String
  /// What was read; nil where several files were only checked.
  public var input: Input?
  /// The policy that was applied before anything was computed, as name and value.
  public var view: [(name: String, value: JSONValue)]
  /// What was computed.
  public var analyses: [AnalysisRecord]
  /// Single figures of the whole, such as density.
  public var figures: [Figure]
  /// The tables; the first is the one that CSV holds unless another is asked for.
  public var tables: [Table]
  /// What the reader must know: what was assumed, left out, undefined.
  public var notices: [String]
  /// The most restrictive handling code of what was used; nil where none is stated.
  public var handling: String?
  /// The version of Clew.
  public var version: String

  /// Creates a document.
  public init(
    schema: String, title: String, input: Input?, view: [(name: String, value: JSONValue)],
    analyses: [AnalysisRecord], figures: [Figure] = [], tables: [Table], notices: [String],
    handling: String? = nil, version: String
  ) {
    self.schema = schema
    self.title = title
    self.input = input
    self.view = view
    self.analyses = analyses
    self.figures = figures
    self.tables = tables
    self.notices = notices
    self.handling = handling
    self.version = version
  }

  /// What was read: its name, its kind and the SHA-256 of its content.
  public struct Input: Sendable, Hashable {
    /// The file's name, without its folder, so that the same file gives the same bytes anywhere.
    public var name: String
    /// What kind of input it is, such as `case file` or `adjacency matrix (CSV)`.
    public var kind: String
    /// SHA-256 in hexadecimal: of the file's bytes, or of the content of a case.
    public var sha256: String

    /// What the hash is of, for people: the bytes of a file, or what a case says whatever its bytes.
    public var hashName: String { kind == "case file" ? "content SHA-256" : "SHA-256" }

    /// Creates a record of an input.
    public init(name: String, kind: String, sha256: String) {
      self.name = name
      self.kind = kind
      self.sha256 = sha256
    }
  }

  /// An analysis as it was run.
  public struct AnalysisRecord: Sendable {
    /// The word that names it on the command line.
    public var word: String
    /// The heading of its results.
    public var title: String
    /// Its options as JSON text.
    public var options: String
    /// The convention of its numbers; nil where it gives none.
    public var convention: Convention?
    /// The publication that defines it.
    public var reference: Citation

    /// Creates a record.
    public init(
      word: String, title: String, options: String, convention: Convention?, reference: Citation
    ) {
      self.word = word
      self.title = title
      self.options = options
      self.convention = convention
      self.reference = reference
    }
  }

  /// A single figure with its name and its meaning.
  public struct Figure: Sendable, Hashable {
    /// The field name in JSON and CSV.
    public var key: String
    /// The name for people.
    public var title: String
    /// The value.
    public var value: Table.Cell
    /// How it is defined, in half a sentence; empty where the name says it.
    public var definition: String

    /// Creates a figure.
    public init(_ key: String, _ title: String, _ value: Table.Cell, _ definition: String = "") {
      self.key = key
      self.title = title
      self.value = value
      self.definition = definition
    }
  }

  /// The table that `key` names; the first table when it is nil.
  public func table(_ key: String?) -> Table? {
    guard let key else { return tables.first }
    return tables.first { $0.key == key }
  }
}
