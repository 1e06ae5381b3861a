// SPDX-License-Identifier: Apache-2.0

public import CaseModel

extension ImportMapping {
  /// A mapping for one table, proposed from its header and its first rows, to be edited.
  ///
  /// A table with two columns of ends becomes ties (calls, payments, shares or links) between the
  /// entities in them; any other table becomes entities. What was guessed is said in comments, and
  /// a column for which no property was found is listed.
  ///
  /// - Parameters:
  ///   - input: the table.
  ///   - source: the name of the source; nil for the file's name.
  ///   - grade: its grade.
  ///   - handling: its handling code.
  /// - Returns: the text of a mapping file.
  /// - Throws: `InterchangeError` when the table cannot be read.
  public static func suggestion(
    for input: Input, source: String? = nil, grade: String? = nil, handling: String? = nil
  ) throws(InterchangeError) -> String {
    var options = DelimitedReader.Options()
    options.header = .present
    options.duplicateNames = .number
    var reader = try DelimitedReader(input, options: options)
    var sample = reader.header.map { TableSample.Column(name: $0) }
    while reader.rowCount < TableSample.rows, let row = try reader.next() {
      guard row.defect == nil else { continue }
      for field in sample.indices { sample[field].add(row.text(field)) }
    }
    return MappingSuggestion(
      file: MappedTables.baseName(input), columns: sample,
      source: source, grade: grade, handling: handling
    ).yaml
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
  /// - Throws: `InterchangeError` when the table cannot be read or a code is not known.
  public init(
    suggestedFor input: Input, source: String? = nil, grade: String? = nil,
    handling: String? = nil, ontology: Ontology = .standard, grading: GradingSchemes = .standard
  ) throws(InterchangeError) {
    let yaml = try Self.suggestion(for: input, source: source, grade: grade, handling: handling)
    try self.init(
      yaml: yaml, name: "the mapping suggested for \(input)", ontology: ontology, grading: grading)
  }
}

/// What the first rows of a table show of its columns.
enum TableSample {
  static let rows = 2_000

  struct Column {
    let name: String
    var filled = 0
    var numbers = 0
    var commaNumbers = 0
    var iso = 0
    // How many cells each form fits, in the order of the forms.
    var forms = [Int](repeating: 0, count: TableSample.dateForms.count)
    var values: Set<String> = []

    init(name: String) { self.name = name }

    mutating func add(_ text: String) {
      guard !text.isEmpty else { return }
      filled += 1
      values.insert(text)
      if DecimalText.canonical(text, decimalComma: false) != nil { numbers += 1 }
      if DecimalText.canonical(text, decimalComma: true) != nil { commaNumbers += 1 }
      if text.utf8.count >= 7, PartialDate(text) != nil { iso += 1 }
      for (index, form) in TableSample.dateForms.enumerated() {
        if let iso = form.iso(text), PartialDate(iso) != nil { forms[index] += 1 }
      }
    }

    var isISODate: Bool { filled > 0 && iso == filled }
    var isNumber: Bool { filled > 0 && numbers == filled }
    var needsDecimalComma: Bool { filled > 0 && numbers < filled && commaNumbers == filled }
    /// The forms that fit every cell.
    var dateForms: [DateForm] {
      guard filled > 0, !isISODate else { return [] }
      return TableSample.dateForms.indices.filter { forms[$0] == filled }
        .map { TableSample.dateForms[$0] }
    }
  }

  // The day first, as most of the world writes it; a column that fits several is marked.
  static let dateForms: [DateForm] = [
    "dd/MM/yyyy", "MM/dd/yyyy", "dd.MM.yyyy", "dd-MM-yyyy", "d/M/yyyy", "M/d/yyyy", "yyyy/MM/dd",
    "dd/MM/yyyy HH:mm", "MM/dd/yyyy HH:mm", "dd.MM.yyyy HH:mm", "yyyy/MM/dd HH:mm",
    "dd/MM/yyyy HH:mm:ss", "MM/dd/yyyy HH:mm:ss", "dd.MM.yyyy HH:mm:ss", "yyyy/MM/dd HH:mm:ss",
    "dd-MM-yyyy HH:mm:ss", "yyyyMMddHHmmss",
  ].compactMap { DateForm($0) }
}
