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
  /// Where refused rows are written; nil to refuse everything when one row is bad.
  public var rejects: String?
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
  ///   - rejects: where refused rows are written.
  ///   - isDryRun: whether nothing is kept.
  ///   - enteredBy: who imports.
  ///   - reason: for what purpose.
  public init(
    paths: [String], mapping: String? = nil, rejects: String? = nil, isDryRun: Bool = false,
    enteredBy: String? = nil, reason: String? = nil
  ) {
    self.paths = paths
    self.mapping = mapping
    self.rejects = rejects
    self.isDryRun = isDryRun
    self.enteredBy = enteredBy
    self.reason = reason
  }
}

extension CaseStore {
  /// Imports tables by a mapping, all of them or nothing.
  ///
  /// - Throws: `ClewError` with every problem of every file; the case is then as it was.
  public func importTables(
    _ request: TableImportRequest
  ) throws(ClewError) -> ImportReport<ImportSummary> {
    do {
      let folder = Self.folder(of: request.paths)
      let mappingPath = try request.mapping ?? Self.usualMapping(in: folder)
      let text = try Output.text(of: mappingPath, what: "a mapping (YAML)")
      let mapping = try ImportMapping(
        yaml: text, name: mappingPath, ontology: ontology, grading: grading)
      let tables =
        try folder.map { MappedTables(mapping: mapping, folder: $0) }
        ?? MappedTables(mapping: mapping, inputs: request.paths.map { Input(argument: $0) })
      let paths = folder.map { folder in mapping.files.map { folder + "/" + $0 } } ?? request.paths
      let known = try schemaOfEntities()
      return try self.import(
        label: request.paths.map(Workbench.name).joined(separator: ", "),
        sources: mapping.sources, files: try paths.map(Self.record), mappingText: text,
        enteredBy: request.enteredBy, reason: request.reason, isDryRun: request.isDryRun
      ) { append in
        guard let rejects = request.rejects else {
          return try tables.read(known: { known[$0] }, into: append)
        }
        var refused: [RefusedRow] = []
        let summary = try tables.read(
          known: { known[$0] }, rejects: { refused.append($0) }, into: append)
        // Inside the transaction: when the rejects cannot be written, nothing comes in.
        if !refused.isEmpty, !request.isDryRun {
          let rows = RefusedRow.csvHeader + refused.map(\.csv).joined()
          try Output.write(Array(rows.utf8), to: rejects)
        }
        return summary
      }
    } catch { throw ClewError(error) }
  }

  private func schemaOfEntities() throws -> [String: String] {
    guard try batches().contains(where: { $0.kind == .import && $0.counts }) else { return [:] }
    let extract = try CaseView().filter(try contents())
    return Dictionary(uniqueKeysWithValues: extract.entities.map { ($0.id, $0.schema) })
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

  private static func usualMapping(in folder: String?) throws(ClewError) -> String {
    guard let folder else {
      throw .usage(
        "a table needs a mapping that says what its columns mean: --mapping FILE; "
          + "--suggest proposes one to edit")
    }
    let path = folder + "/mapping.yaml"
    guard FileManager.default.fileExists(atPath: path) else {
      throw .inputMissing("\(path): no mapping in this folder; name one with --mapping FILE")
    }
    return path
  }

  private static func record(of path: String) throws(ClewError) -> SourceFile {
    let size = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? nil
    return SourceFile(
      name: Workbench.name(of: path), sha256: try Workbench.sha256(ofFile: path),
      byteCount: size ?? 0)
  }
}
