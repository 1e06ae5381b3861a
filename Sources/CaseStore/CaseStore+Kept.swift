// SPDX-License-Identifier: Apache-2.0

internal import CaseModel
internal import Foundation
internal import GRDB

/// What files beside a case that were made from it, such as kept networks, are known and sealed by.
public struct CaseSeal: Hashable, Sendable {
  /// The digest of what counts in the case; see `CaseStore.digest`.
  public let digest: String
  /// 32 bytes that differ whenever the case has another import, decision or erasure.
  public let state: [UInt8]
  /// A key that only who holds the case has.
  public let key: [UInt8]
}

extension CaseStore {
  /// By what files that are made from the case are known and sealed.
  ///
  /// - Complexity: O(b) in the number of imports and decisions.
  public func seal() throws -> CaseSeal { try file.read { try Self.seal($0) } }

  static func seal(_ database: Database) throws -> CaseSeal {
    let digest = try digest(database)
    var encoder = RecordEncoder()
    encoder.add(digest)
    for batch in try BatchRow.all(database) {
      encoder.add(Int(batch.id))
      encoder.add(batch.kind)
      encoder.add(Int(batch.recorded))
      encoder.add(batch.reverts.map(Int.init))
      encoder.add(batch.drops.map(Int.init))
      encoder.add(SHA256.Digest(bytes: batch.digest))
    }
    return CaseSeal(
      digest: digest, state: encoder.digest.bytes, key: try Tombstones(database).keptKey)
  }

  /// How the names of files begin that are made from the case and lie beside it.
  public var keptPrefix: String { Self.name(of: path) + ".kept-" }

  /// The files that were made from the case and lie beside it, those that a killed program has left
  /// among them.
  public func keptFiles() -> [String] {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasPrefix(keptPrefix) }.sorted()
      .map { (folder == "/" ? "" : folder) + "/" + $0 }
  }

  /// Takes away the files that were made from the case.
  ///
  /// - Throws: `CaseStoreError.noAccess` naming one that cannot be taken away.
  public func removeKeptFiles() throws(CaseStoreError) {
    for file in keptFiles() {
      do {
        try FileManager.default.removeItem(atPath: file)
      } catch {
        if FileManager.default.fileExists(atPath: file) {
          throw .noAccess(path: file, reason: "what was made from the case cannot be taken away")
        }
      }
    }
  }

  /// Calls `body` if the case is still in a state, and keeps it there until `body` returns.
  ///
  /// - Returns: whether it was.
  public func holding(_ seal: CaseSeal, _ body: () throws -> Void) throws -> Bool {
    try file.read { database in
      guard try Self.seal(database) == seal else { return false }
      try body()
      return true
    }
  }

  private static func name(of path: String) -> String {
    String(path.split(separator: "/").last ?? Substring(path))
  }
}
