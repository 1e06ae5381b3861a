// SPDX-License-Identifier: Apache-2.0

/// A view that was saved in a case under a name.
public struct SavedView: Hashable, Sendable, Codable {
  /// The number of the decision that saved it.
  public var number: Int
  /// Its name.
  public var name: String
  /// What it states, in a form that the caller chose.
  public var definition: String
  /// When it was saved, in milliseconds since 1970-01-01T00:00Z.
  public var recorded: Int64
  /// Who saved it, where that is known.
  public var enteredBy: String?
  /// Why.
  public var reason: String?
}

extension CaseStore {
  /// Saves a view under a name; an earlier one of that name is kept as history.
  ///
  /// - Parameters:
  ///   - name: up to 64 letters, digits, `-`, `_` or `.`.
  ///   - definition: what the view states; not empty.
  ///   - enteredBy: who saves it.
  ///   - reason: why, for the log.
  ///   - recorded: the time in milliseconds since 1970; nil for now.
  /// - Returns: the number of the decision, which `revert` takes back.
  /// - Throws: `CaseStoreError.badViewName`.
  @discardableResult
  public func saveView(
    _ name: String, definition: String, enteredBy: String? = nil, reason: String? = nil,
    recorded: Int64? = nil
  ) throws -> Int {
    precondition(!definition.isEmpty, "an empty definition removes a view")
    let isName =
      (1...64).contains(name.utf8.count)
      && name.utf8.allSatisfy { byte in
        byte >= 0x80 || "-_.".utf8.contains(byte)
          || Unicode.Scalar(byte).properties.isAlphabetic || (0x30...0x39).contains(byte)
      }
    guard isName else { throw CaseStoreError.badViewName(name) }
    return try write(view: name, definition, enteredBy, reason, recorded)
  }

  /// Removes a saved view; its history stays, and `revert` brings it back.
  ///
  /// - Throws: `CaseStoreError.noView`.
  @discardableResult
  public func removeView(
    _ name: String, enteredBy: String? = nil, reason: String? = nil, recorded: Int64? = nil
  ) throws -> Int {
    _ = try savedView(name)
    return try write(view: name, "", enteredBy, reason, recorded)
  }

  /// The saved views, by name.
  public func savedViews() throws -> [SavedView] {
    try file.read { database in
      let liveness = try Liveness(database)
      var views: [String: SavedView] = [:]
      for row in try BatchRow.all(database)
      where row.kind == "view" && !liveness.reverted.contains(row.id) {
        views[row.label] = SavedView(
          number: Int(row.id), name: row.label, definition: row.mapping ?? "",
          recorded: row.recorded, enteredBy: row.enteredBy, reason: row.reason)
      }
      return views.values.filter { !$0.definition.isEmpty }
        .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }
  }

  /// The saved view of a name.
  ///
  /// - Throws: `CaseStoreError.noView`, which lists those that there are.
  public func savedView(_ name: String) throws -> SavedView {
    let views = try savedViews()
    guard let view = views.first(where: { $0.name == name }) else {
      throw CaseStoreError.noView(name, known: views.map(\.name))
    }
    return view
  }

  private func write(
    view name: String, _ definition: String, _ enteredBy: String?, _ reason: String?,
    _ recorded: Int64?
  ) throws -> Int {
    try decide { database in
      (
        .view,
        BatchRow(
          id: try Self.nextBatch(database), kind: "view", label: name,
          recorded: recorded ?? Self.now, enteredBy: enteredBy, reason: reason,
          mapping: definition, digest: [])
      )
    }
  }
}
