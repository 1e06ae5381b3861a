// SPDX-License-Identifier: Apache-2.0

public import CaseModel
internal import GRDB

/// A file that an import read.
public struct ImportedFile: Hashable, Sendable, Codable {
  /// The number of the import.
  public var batch: Int
  /// The name of the file, without its folder.
  public var name: String
  /// The SHA-256 of its content.
  public var sha256: String
}

extension CaseStore {
  /// The files of the imports that count, in the order of the imports.
  public func importedFiles() throws -> [ImportedFile] {
    try file.read { database in
      let liveness = try Liveness(database)
      let rows = try SQLStatement(
        database,
        """
        SELECT batch, name, sha256 FROM file JOIN batch ON batch.id = file.batch
        WHERE batch.kind = 'import' ORDER BY batch, file.id
        """)
      var files: [ImportedFile] = []
      while try rows.step() {
        if liveness.reverted.contains(rows.int(0)) { continue }
        files.append(
          ImportedFile(batch: Int(rows.int(0)), name: rows.text(1), sha256: rows.text(2)))
      }
      return files
    }
  }

  /// The imports that count of which some files are another version: each read files of the same names
  /// only, and one of them had another content.
  ///
  /// - Parameter files: the files that are to be imported.
  /// - Returns: the numbers of the imports, in order.
  /// - Throws: `CaseStoreError` when the file cannot be read.
  public func earlierVersions(of files: [SourceFile]) throws -> [Int] {
    var hashes: [String: Set<String>] = [:]
    for file in files { hashes[file.name, default: []].insert(file.sha256) }
    var byBatch: [Int: [ImportedFile]] = [:]
    for file in try importedFiles() { byBatch[file.batch, default: []].append(file) }
    return byBatch.filter { _, earlier in
      earlier.allSatisfy { hashes[$0.name] != nil }
        && earlier.contains { !(hashes[$0.name]?.contains($0.sha256) ?? false) }
    }.keys.sorted()
  }

  /// The schema of each entity that counts, by id, but for what some imports say.
  ///
  /// - Complexity: O(n) in the number of entities.
  public func schemaOfEntities(without batches: [Int] = []) throws -> [String: String] {
    try file.read { database in
      let liveness = try Liveness(database)
      let terms = try Terms(database, isWriting: false)
      let others =
        batches.isEmpty
        ? "" : " AND claim.batch NOT IN (" + batches.map(String.init).joined(separator: ", ") + ")"
      // The first claim that counts says the schema; it is read last.
      let rows = try SQLStatement(
        database,
        """
        SELECT key, schema, value FROM claim JOIN entity ON entity.id = claim.entity
        WHERE property IS NULL\(others)\(liveness.condition("claim")) ORDER BY claim.id DESC
        """)
      var schemata: [String: String] = [:]
      while try rows.step() {
        let other = rows.text(2)
        schemata[rows.text(0)] = other.isEmpty ? try terms.text(rows.int(1)) : other
      }
      return schemata
    }
  }
}
