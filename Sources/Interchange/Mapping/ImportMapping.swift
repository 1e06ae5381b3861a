// SPDX-License-Identifier: Apache-2.0

public import CaseModel

/// How the columns of tables become entities, relationships and events.
///
/// A mapping is a YAML file that an analyst writes beside the tables:
///
/// ```yaml
/// grading: admiralty
/// sources:
///   register: { kind: register, grade: A1, handling: H0 }
/// files:
///   - file: officers.csv
///     source: register
///     dates: dd/MM/yyyy
///     entities:
///       - { id: "person:{number}", schema: Person, properties: { name: full_name } }
///       - { id: "company:{company}", schema: Company, properties: { name: company_name } }
///     relationships:
///       - schema: Directorship
///         ends: { director: "person:{number}", organization: "company:{company}" }
///         valid: { start: appointed, end: resigned }
/// ```
///
/// **Columns.** Text in braces is a column; a bare word as the value of a property, a date or a
/// grade is a column too. Long forms say more: `{ column: c, split: ";", values: { M: "true" },
/// date: dd.MM.yyyy }`, `{ template: "{street}, {town}" }`, `{ constant: office }`. A template of
/// which a column is empty has no value; `{ join: [street, town], with: ", " }` takes those that are
/// not empty. `others: ""` says what cells stand for that are not among `values`.
///
/// **Rules.** `when: { type: call, state: [open, closed], note: { not: "" } }` limits a rule or a
/// file to some rows. `each: { column: members, split: ";" }` applies a rule to each part of a
/// cell. An end may be split too, and `optional: true` lets it be missing. `source`,
/// `sourceColumn`, `grade`, `handling`, `standing` and `valid` stand at a file or at a rule, which
/// then wins.
///
/// `once: true` at an entity keeps only the first of the rows that state the same of it, such as the
/// numbers of a table of calls.
///
/// **Ids.** Without an `id`, a relationship is known by its schema and ends (and a number, when a
/// file states it more than once), an event by its file and line.
///
/// **Records.** `format: jsonlines` (an object in each line) and `format: json` (a document, with
/// `records: releases` for the list in it) read records: a column is then a path such as
/// `data.address.locality`. A list of texts is several values of a property; `each: { list: parties }`
/// applies a rule to each item of a list, whose paths then mean that item.
///
/// **Files.** `dates`, `zone` (`+01:00` or `Europe/Brussels`), `decimal` (`","`), `empty: [n/a]`, `delimiter`,
/// `duplicates: number` (two columns `Account` are `Account` and `Account.2`), `encoding`,
/// `header: false`, `skip: 3` and `headerAt: CALLING_NO` (the header is the first line with that cell) and `until: blank` (what is below the first row of empty cells is passed over) say how the cells of a file are written. A file may be a
/// workbook (.xlsx), of which `sheet` names a sheet.
public struct ImportMapping: Sendable {
  /// The name of the mapping file, for messages.
  public let name: String
  /// The sources that it declares, in its order.
  public let sources: [Source]
  /// The names of the files that it maps, in its order.
  public var files: [String] { rules.map(\.file) }

  let rules: [FileRule]
  let ontology: Ontology
  let grading: GradingSchemes

  /// Reads a mapping and checks it against the schemata and grading schemes.
  ///
  /// - Parameters:
  ///   - yaml: the text of the mapping file.
  ///   - name: its name, for messages.
  ///   - ontology: the schemata that it may use.
  ///   - grading: the grading schemes that it may use.
  /// - Throws: `InterchangeError.refused` with every problem, each with line and column.
  public init(
    yaml: String, name: String = "mapping.yaml", ontology: Ontology = .standard,
    grading: GradingSchemes = .standard
  ) throws(InterchangeError) {
    var parser = MappingParser(name: name, ontology: ontology, grading: grading)
    let root: YAMLValue
    do {
      root = try YAMLValue(yaml: yaml)
    } catch {
      throw .refused(
        Problem(
          file: name, line: error.line, column: error.column, what: error.what,
          advice: "correct the mapping file"))
    }
    parser.read(root)
    try parser.problems.throwIfErrors()
    self.name = name
    self.ontology = ontology
    self.grading = grading
    sources = parser.sources
    rules = parser.files
  }
}

/// A place in the mapping file.
struct MappingPlace: Hashable, Sendable {
  var line: Int
  var column: Int
}

/// A column that the rules of a file name, and where they do so first.
struct ColumnUse: Sendable {
  let name: String
  let place: MappingPlace
}

/// What the mapping says of one file.
struct FileRule: Sendable {
  var file: String
  var place: MappingPlace
  /// The sheet of a workbook; nil for its first.
  var sheet: String?
  var reading = DelimitedReader.Options()
  /// How the records of a file that is no table are written.
  var format: RecordFormat?
  /// Whether what stands below the first row of empty cells is no part of the table.
  var endsAtBlankRow = false
  /// The path of the list of records within a document.
  var records: String?
  var columns: [ColumnUse] = []
  var dates: DateForm?
  var zone: MappingZone?
  var decimalComma = false
  var blanks: [String] = []
  var conditions: [MappingCondition] = []
  var things: [ThingRule] = []

  var definesEntities: Bool { things.contains { $0.schema.kind == .entity } }
}

/// A column and the values that it must, or must not, have.
struct MappingCondition: Sendable {
  let slot: Int
  let values: [String]
  let isNegated: Bool

  /// Of a list in a record, one value is enough.
  func holds(_ cells: RowCells) -> Bool {
    if cells.row.record != nil {
      let found = cells.values(slot)
      return found.isEmpty
        ? values.contains("") != isNegated
        : found.contains { values.contains($0) } != isNegated
    }
    return values.contains(cells[slot]) != isNegated
  }
}

/// How one value comes out of a row.
struct ValueRule: Sendable {
  var template: MappingTemplate
  /// What the texts of cells stand for; nil when they stand for themselves.
  var values: [String: String]?
  /// What every text stands for that is not among `values`; nil when there may be no other.
  var otherwise: String?
  var separator: String?
  var dates: DateForm?

  static func constant(_ text: String) -> ValueRule { ValueRule(template: .constant(text)) }
}

/// The entity or entities in a role.
struct EndRule: Sendable {
  let role: String
  let template: MappingTemplate
  let separator: String?
  let isOptional: Bool
  let conditions: [MappingCondition]
}

/// What an entity, relationship or event is made from.
struct ThingRule: Sendable {
  struct PropertyRule: Sendable {
    let property: Schema.Property
    let values: [ValueRule]
  }

  /// What the rule is applied to one by one.
  enum Each: Sendable {
    /// The parts of a cell.
    case part(slot: Int, separator: String)
    /// The items of a list in a record.
    case item(slot: Int)
  }

  struct Evidence: Sendable {
    enum Origin: Sendable {
      case source(Int)
      case column(Int)
    }
    var origin: Origin?
    var scheme: String?
    var grade: ValueRule?
    var handling: ValueRule?
    var standing: ValueRule?
    var validStart: ValueRule?
    var validEnd: ValueRule?
  }

  let schema: Schema
  let place: MappingPlace
  var id: MappingTemplate?
  var isUnique: Bool?
  /// Whether rows of the file that state the same again are not kept: the first row stands for all.
  var isOnce = false
  var each: Each?
  var conditions: [MappingCondition] = []
  var properties: [PropertyRule] = []
  var ends: [EndRule] = []
  var start: ValueRule?
  var end: ValueRule?
  var isPoint = false
  var evidence = Evidence()
}
