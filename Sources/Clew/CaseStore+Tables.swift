// SPDX-License-Identifier: Apache-2.0

internal import CaseModel
public import CaseStore
internal import Foundation
public import Interchange

/// Tables that are to come into a case, and how.
public struct TableImportRequest: Sendable {
  /// The tables; one folder stands for all files that the mapping names.
  public var paths: [String]
  /// The mapping file; nil for `mapping.yaml` in the folder.
  public var mapping: String?
  /// Without a mapping: the name of the source of one table, whose columns are then read as
  /// `ImportMapping.suggestion` proposes.
  public var source: String?
  /// Without a mapping: the sheet of a workbook; nil for its first.
  public var sheet: String?
  /// Without a mapping: the grade of the source.
  public var grade: String?
  /// Without a mapping: the handling code of the source.
  public var handling: String?
  /// Where refused rows are written; nil to refuse everything when one row is bad.
  public var rejects: String?
  /// Whether earlier imports of the same files in another version are taken back.
  public var replacesEarlier = false
  /// Whether everything is checked and counted and nothing kept.
  public var isDryRun: Bool
  /// Who imports, for the log.
  public var enteredBy: String?
  /// For what purpose, for the log.
  public var reason: String?

  /// Creates a request.
  ///
  /// - Parameters:
  ///   - paths: the tables, or one folder.
  ///   - mapping: the mapping file.
  ///   - sheet: without a mapping, the sheet of a workbook.
  ///   - source: without a mapping, the name of the source.
  ///   - grade: without a mapping, its grade.
  ///   - handling: without a mapping, its handling code.
  ///   - rejects: where refused rows are written.
  ///   - isDryRun: whether nothing is kept.
  ///   - enteredBy: who imports.
  ///   - reason: for what purpose.
  public init(
    paths: [String], mapping: String? = nil, sheet: String? = nil, source: String? = nil,
    grade: String? = nil,
    handling: String? = nil, rejects: String? = nil, isDryRun: Bool = false,
    enteredBy: String? = nil,
    reason: String? = nil
  ) {
    self.paths = paths
    self.mapping = mapping
    self.source = source
    self.sheet = sheet
    self.grade = grade
    self.handling = handling
    self.rejects = rejects
    self.isDryRun = isDryRun
    self.enteredBy = enteredBy
    self.reason = reason
  }
}

/// What an import of tables read, and how that differs from an earlier version of the same files.
public struct TableImportOutcome: Sendable {
  /// What was read.
  public var summary: ImportSummary
  /// The differences from earlier imports of these files; nil where there are none of another content.
  public var changes: VersionChanges?
  /// Whether the earlier imports were taken back.
  public var hasReplaced: Bool
}

extension CaseStore {
  /// Imports tables by a mapping, all of them or nothing.
  ///
  /// - Parameters:
  ///   - request: the tables and how they come in.
  ///   - progress: is told now and then how much has been read, from 0 to 1.
  ///   - isCancelled: asked now and then; once true, the import ends with nothing changed.
  /// - Returns: what was read and what it brought.
  /// - Throws: `ClewError` with every problem of every file; the case is then as it was.
  public func importTables(
    _ request: TableImportRequest, progress: ((Double) -> Void)? = nil,
    isCancelled: @escaping () -> Bool = { false }
  ) throws(ClewError) -> ImportReport<TableImportOutcome> {
    do {
      let folder = Self.folder(of: request.paths)
      let (mapping, text) = try mapping(for: request, folder: folder)
      let tables =
        try folder.map { MappedTables(mapping: mapping, folder: $0) }
        ?? MappedTables(mapping: mapping, inputs: request.paths.map { Input(argument: $0) })
      let paths = folder.map { folder in mapping.files.map { folder + "/" + $0 } } ?? request.paths
      let files = try paths.map(Self.record)
      let earlier = try earlierVersions(of: files)
      let replaced = request.replacesEarlier ? earlier : []
      let known = try schemaOfEntities(without: replaced)
      var comparison =
        earlier.isEmpty ? nil : VersionComparison(try contents(), imports: earlier)
      return try importBlocks(
        label: request.paths.map(Workbench.name).joined(separator: ", "),
        sources: mapping.sources, files: files, mappingText: text,
        enteredBy: request.enteredBy, reason: request.reason, replacing: replaced,
        isDryRun: request.isDryRun,
        isCancelled: isCancelled
      ) { append, blocks in
        try withoutActuallyEscaping(blocks) { blocks in
          let appendBlock = { (block: EventBlock) in
            if comparison != nil, let arc = ontology[block.schema]?.arc {
              for event in 0..<block.count {
                comparison?.add(block.assertion(event, arc: (arc.source, arc.target)))
              }
            }
            try blocks(block)
          }
          var refused: [RefusedRow] = []
          let rejects: ((RefusedRow) throws -> Void)? =
            request.rejects == nil ? nil : { refused.append($0) }
          let summary = try tables.read(
            known: { known[$0] }, rejects: rejects, blocks: appendBlock, progress: progress
          ) { assertion in
            comparison?.add(assertion)
            try append(assertion)
          }
          // Inside the transaction: when the rejects cannot be written, nothing comes in.
          if let path = request.rejects, !refused.isEmpty, !request.isDryRun {
            let rows = RefusedRow.csvHeader + refused.map(\.csv).joined()
            try Output.write(Array(rows.utf8), to: path)
          }
          return TableImportOutcome(
            summary: summary, changes: comparison?.changes(),
            hasReplaced: !replaced.isEmpty)
        }
      }
    } catch { throw ClewError(error) }
  }

  /// The folder that a list of paths is; nil when it lists files.
  static func folder(of paths: [String]) -> String? {
    var isFolder: ObjCBool = false
    guard paths.count == 1,
      unsafe FileManager.default.fileExists(atPath: paths[0], isDirectory: &isFolder),
      isFolder.boolValue
    else { return nil }
    return paths[0]
  }

  // A mapping that was not written by the analyst is proposed from the header, and kept with the
  // import like any other.
  private func mapping(
    for request: TableImportRequest, folder: String?
  ) throws -> (ImportMapping, String) {
    // A file of that name comes first.
    if let name = request.mapping, let ready = ReadyMapping.named(name), !Workbench.exists(name) {
      guard request.paths.count == 1, folder == nil else {
        throw ClewError.usage("the ready mapping \(name) is for one table at a time")
      }
      let text = ready.yaml(file: Workbench.name(of: request.paths[0]), source: request.source)
      return (
        try ImportMapping(
          yaml: text, name: "the mapping \(name)", ontology: ontology, grading: grading), text
      )
    }
    if let path = request.mapping ?? folder.map({ $0 + "/mapping.yaml" }) {
      let text = try Output.text(of: path, what: "a mapping (YAML)")
      return (
        try ImportMapping(yaml: text, name: path, ontology: ontology, grading: grading), text
      )
    }
    guard let source = request.source else {
      throw ClewError.usage(
        "a table needs a mapping that says what its columns mean: --mapping FILE; --suggest prints "
          + "one to edit, and --source NAME imports one table as it proposes")
    }
    guard request.paths.count == 1 else {
      throw ClewError.usage("--source imports one table; several need --mapping FILE")
    }
    let text = try ImportMapping.suggestion(
      for: Input(argument: request.paths[0]).sheet(request.sheet), source: source,
      grade: request.grade,
      handling: request.handling)
    let name = "the mapping proposed for \(request.paths[0])"
    return (try ImportMapping(yaml: text, name: name, ontology: ontology, grading: grading), text)
  }

  private static func record(of path: String) throws -> SourceFile {
    // Hashing comes first: it names a file that is not there.
    let hash = try Workbench.sha256(ofFile: path)
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    guard let size = attributes[.size] as? Int else {
      throw ClewError.io("\(path): its size cannot be read")
    }
    return SourceFile(
      name: Workbench.name(of: path), sha256: hash,
      byteCount: size)
  }
}
