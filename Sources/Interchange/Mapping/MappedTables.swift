// SPDX-License-Identifier: Apache-2.0

public import CaseModel

/// Tables and the mapping that says what they state.
///
/// ```swift
/// let tables = try MappedTables(mapping: mapping, folder: "evidence")
/// let summary = try tables.read { assertion in try append(assertion) }
/// print(summary)  // officers.csv: 27 rows read = 27 stored + 0 refused
/// ```
///
/// The tables are refused whole when anything is wrong: `read` then lists every problem of every
/// file and throws. It hands over assertions before it has seen the last row, so that memory does
/// not grow with the tables; what was handed over counts only when `read` returns. With `rejects`
/// the rows in order come in, and the others are handed to the closure, each with its reasons.
///
/// Files whose rules define entities are read twice, because an end may name an entity of a later
/// row.
public struct MappedTables {
  /// The mapping.
  public let mapping: ImportMapping
  private let inputs: [(rule: Int, input: Input)]

  /// The tables of a folder: every file that the mapping names.
  public init(mapping: ImportMapping, folder: String) {
    self.mapping = mapping
    let prefix = folder.isEmpty || folder.hasSuffix("/") ? folder : folder + "/"
    inputs = mapping.rules.enumerated().map { ($0, Input.file(prefix + $1.file).sheet($1.sheet)) }
  }

  /// Some tables, each known to the mapping by its name without the folder.
  ///
  /// - Throws: `InterchangeError.refused` naming each input that the mapping does not speak of.
  public init(mapping: ImportMapping, inputs: [Input]) throws(InterchangeError) {
    var problems = ProblemList()
    var found: [(rule: Int, input: Input)] = []
    for input in inputs {
      let name = Self.baseName(input)
      if let rule = mapping.rules.firstIndex(where: { $0.file == name }) {
        found.append((rule, input.sheet(mapping.rules[rule].sheet)))
      } else {
        let near = NearWord.nearest(to: name, in: mapping.files).map { "; did you mean '\($0)'?" }
        problems.add(
          Problem(
            file: input.description,
            what: "the mapping \(mapping.name) does not speak of this file",
            expected: "one of " + mapping.files.joined(separator: ", "),
            advice: "add it to the mapping, or leave it out" + (near ?? "")))
      }
    }
    try problems.throwIfErrors()
    self.mapping = mapping
    self.inputs = found.sorted { $0.rule < $1.rule }
  }

  /// Reads the tables.
  ///
  /// - Parameters:
  ///   - known: the schema of an entity that the case has already; nil for any other id.
  ///   - rejects: receives the rows that are refused; without it one refused row refuses all.
  ///   - blocks: receives the events of plain rows many at a time, in their order among the
  ///     assertions; without it each comes as an assertion.
  ///   - progress: is told now and then how much has been read, from 0 to 1.
  ///   - append: receives the assertions, in the order of the mapping and of the rows.
  /// - Returns: what became of the rows of each file.
  /// - Throws: `InterchangeError`, or what a closure throws.
  /// - Complexity: O(rows) in time, O(entities) in memory.
  public func read(
    known: (String) -> String? = { _ in nil }, rejects: ((RefusedRow) throws -> Void)? = nil,
    blocks: ((EventBlock) throws -> Void)? = nil, progress: ((Double) -> Void)? = nil,
    into append: (Assertion) throws -> Void
  ) throws -> ImportSummary {
    var import_ = TableImport(mapping: mapping)
    try import_.open(inputs)
    try withoutActuallyEscaping(known) { known in
      import_.defineEntities(known)
      if rejects != nil { try import_.settleRefusals(known) }
      do {
        try import_.emit(known, rejects: rejects, blocks: blocks, progress: progress, append)
      } catch let error as HandedOver { throw error.error }
    }
    return import_.summary
  }

  static func baseName(_ input: Input) -> String { input.description.fileName }
}
