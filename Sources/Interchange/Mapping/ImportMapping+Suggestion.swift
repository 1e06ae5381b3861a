// SPDX-License-Identifier: Apache-2.0

public import CaseModel

extension ImportMapping {
  /// A mapping for one table, proposed from its header and its first rows, to be edited.
  ///
  /// A file in the layout of a ready mapping gets that mapping. A table with two columns of ends becomes ties (calls, payments, directorships or links)
  /// between the entities in them; a table with a column of ids or names becomes entities, and any
  /// other is refused. What was guessed is said in comments, and a column for which no property
  /// was found is listed with what it holds.
  ///
  /// - Parameters:
  ///   - input: the table.
  ///   - source: the name of the source; nil for the file's name.
  ///   - grade: its grade.
  ///   - handling: its handling code.
  /// - Returns: the text of a mapping file.
  /// - Throws: `InterchangeError` when the table cannot be read or nothing says what a row is.
  public static func suggestion(
    for input: Input, source: String? = nil, grade: String? = nil, handling: String? = nil
  ) throws(InterchangeError) -> String {
    if let layout = RecognizedLayout(input) {
      return layout.yaml(
        file: MappedTables.baseName(input), source: source ?? Self.stem(input), grade: grade,
        handling: handling)
    }
    guard !RecognizedLayout.beginsAsJSON(input) else {
      throw .refused(
        Problem(
          file: input.description, line: 1,
          what: "cannot tell what a record is: its paths are those of no ready mapping",
          expected: "one of the layouts that clew import --list-mappings shows",
          advice:
            "write a mapping with 'format: jsonlines'; the guide page Importing tables shows one"
        ))
    }
    var options = DelimitedReader.Options()
    options.header = .present
    options.duplicateNames = .number
    var reader = try DelimitedReader(input, options: options)
    var sample = reader.header.map { TableSample.Column(name: $0) }
    var joined = TableSample.Joined(reader.header)
    while reader.rowCount < TableSample.rows, let row = try reader.next() {
      guard row.defect == nil else { continue }
      for field in sample.indices { sample[field].add(row.text(field)) }
      joined?.add(row)
    }
    let suggestion = MappingSuggestion(
      file: MappedTables.baseName(input), sheet: input.sheetName, columns: sample, joined: joined,
      source: source, grade: grade, handling: handling)
    guard let yaml = suggestion.yaml else {
      throw .refused(
        Problem(
          file: input.description, line: reader.headerLine,
          what: "cannot tell what a row is: no column names an id, a name or two ends",
          expected: "columns such as id and name, caller and called, or payer and payee",
          advice: "write a mapping; the guide page Importing tables shows one"))
    }
    return yaml
  }

  private static func stem(_ input: Input) -> String {
    MappingSuggestion.stem(MappedTables.baseName(input))
  }

  /// The mapping that `suggestion` proposes, ready for use: an import without a mapping file.
  ///
  /// - Parameters:
  ///   - input: the table.
  ///   - source: the name of the source; nil for the file's name.
  ///   - grade: its grade.
  ///   - handling: its handling code.
  ///   - ontology: the schemata that it may use.
  ///   - grading: the grading schemes that it may use.
  /// - Throws: `InterchangeError` when the table cannot be read, nothing says what a row is, or a
  ///   code is not known.
  public init(
    suggestedFor input: Input, source: String? = nil, grade: String? = nil,
    handling: String? = nil, ontology: Ontology = .standard, grading: GradingSchemes = .standard
  ) throws(InterchangeError) {
    let yaml = try Self.suggestion(for: input, source: source, grade: grade, handling: handling)
    try self.init(
      yaml: yaml, name: "the mapping suggested for \(input)", ontology: ontology, grading: grading)
  }
}
