// SPDX-License-Identifier: Apache-2.0

public import CaseModel

/// Why a case file could not be opened, read or changed.
public enum CaseStoreError: Error, Hashable, Sendable, CustomStringConvertible {
  /// There is no file at the path.
  case missing(path: String)
  /// There is a file already where a case should be created.
  case exists(path: String)
  /// The path names a folder.
  case isDirectory(path: String)
  /// The file is not an SQLite database, or too short to be one.
  case notDatabase(path: String)
  /// The file is an SQLite database of another program.
  case notCase(path: String)
  /// The file was written by a later version.
  case newerVersion(path: String, version: Int, known: Int)
  /// The file holds tables, triggers or views that no version writes, or lacks some.
  case foreignContents(path: String, object: String)
  /// Another program is writing and did not finish within five seconds.
  case busy(path: String)
  /// The file may not be read or written.
  case noAccess(path: String, reason: String)
  /// The database reported another error.
  case database(path: String, message: String)
  /// An assertion does not fit the schemata.
  case assertion(place: String, CaseModelError)
  /// Ends that neither the import nor the case defines; the first few, and how many there are.
  case danglingEnds([String], count: Int)
  /// Something is said to be of a schema although the case has it under another.
  case otherSchema(place: String, id: String, schema: String, known: String)
  /// A relationship or event comes with other ends or another time than the case has.
  case otherEnds(place: String, id: String)
  /// An assertion names a source that neither the import nor the case declares.
  case unknownSource(place: String, name: String, known: [String])
  /// An interval ends before it begins.
  case reversedInterval(place: String, interval: String)
  /// An id is empty.
  case emptyID(place: String)
  /// There is no batch of this number.
  case noBatch(Int)
  /// The batch does not count any more.
  case batchNotLive(Int)
  /// The batch is an erasure, which cannot be undone.
  case erasureStands(Int)
  /// An import declares a source that was erased from the case.
  case erasedSource(String)
  /// A name that a saved view cannot have.
  case badViewName(String)
  /// There is no saved view of this name.
  case noView(String, known: [String])
  /// There is no source of this name that counts.
  case noSource(String, known: [String])
  /// There is no entity of this id.
  case noEntity(String)
  /// A record would be merged with itself.
  case mergeOfItself(String)
  /// Two records of schemata of which neither extends the other would be merged.
  case mergeOfUnlike(String, schema: String, String, otherSchema: String)
  /// It is decided already, directly or by way of other records.
  case alreadyResolved(String, String, Resolution.Verdict)
  /// An earlier decision about two records says the opposite.
  case contradictsDecision(Int, String, String, String?)
  /// The caller asked that an import end.
  case cancelled

  public var description: String {
    switch self {
    case .missing(let path):
      "\(path): there is no such file; 'clew new' creates an empty case"
    case .exists(let path):
      "\(path): there is a file already; a new case needs a path of its own"
    case .isDirectory(let path):
      "\(path): this is a folder; expected a case file"
    case .notDatabase(let path):
      "\(path): this is not a case file (it is no SQLite database)"
    case .notCase(let path):
      "\(path): this is not a case file (it is an SQLite database of another program)"
    case .newerVersion(let path, let version, let known):
      "\(path): the case has version \(version), but this program knows versions up to \(known); "
        + "a newer Clew opens it"
    case .foreignContents(let path, let object):
      "\(path): the case file was changed by another program (\(object)); it is not opened, "
        + "because what it holds could act on its own"
    case .busy(let path):
      "\(path): another program has been writing to the case for more than five seconds; "
        + "try again when it has finished"
    case .noAccess(let path, let reason): "\(path): \(reason)"
    case .database(let path, let message): "\(path): the database reports: \(message)"
    case .assertion(let place, let error): "\(place): \(error)"
    case .danglingEnds(let ends, let count):
      "\(count) \(count == 1 ? "end is" : "ends are") defined neither by the import nor by the "
        + "case: " + ends.joined(separator: "; ")
        + (count > ends.count ? "; and \(count - ends.count) more" : "")
    case .otherSchema(let place, let id, let schema, let known):
      "\(place): '\(id)' is said to be of the schema \(schema), but the case has it as \(known)"
    case .otherEnds(let place, let id):
      "\(place): '\(id)' comes with other ends or another time than the case has for it; "
        + "give one of the two another id"
    case .unknownSource(let place, let name, let known):
      "\(place): the source '\(name)' is not declared; declared are "
        + (known.isEmpty ? "none" : known.joined(separator: ", "))
    case .reversedInterval(let place, let interval):
      "\(place): the interval \(interval) ends before it begins"
    case .emptyID(let place): "\(place): the id is empty"
    case .noBatch(let number): "there is no import or decision number \(number)"
    case .batchNotLive(let number):
      "number \(number) was reverted already; nothing is left to revert"
    case .erasureStands(let number):
      "number \(number) is an erasure, which cannot be undone"
    case .erasedSource(let name):
      "the source '\(name)' was erased from this case and does not come back under its name; if it "
        + "may be used again, import it under another"
    case .badViewName(let name):
      "'\(name)' cannot be the name of a view: expected up to 64 letters, digits, '-', '_' or '.'"
    case .noView(let name, let known):
      "the case has no saved view '\(name)'; it has "
        + (known.isEmpty ? "none" : known.joined(separator: ", "))
    case .noSource(let name, let known):
      "the case has no source '\(name)'; it has "
        + (known.isEmpty ? "none" : known.joined(separator: ", "))
    case .mergeOfItself(let id): "'\(id)' is one record; a merge needs two"
    case .mergeOfUnlike(let first, let schema, let second, let otherSchema):
      "'\(first)' is of the schema \(schema) and '\(second)' of \(otherSchema): these are not one and "
        + "the same; a relationship says how the two belong together"
    case .alreadyResolved(let first, let second, let verdict):
      "'\(first)' and '\(second)' are decided to be \(verdict == .same ? "one" : "two") already; "
        + "clew resolve CASE --list shows the decisions"
    case .contradictsDecision(let number, let first, let second, let reason):
      "decision \(number) says the opposite of '\(first)' and '\(second)'"
        + (reason.map { " (\($0))" } ?? "") + "; take it back first: clew revert CASE \(number)"
    case .cancelled: "interrupted; nothing was changed"
    case .noEntity(let id):
      "the case has no entity '\(id)'; give its whole id, which clew find CASE WORD finds by a name, number "
        + "or address"
    }
  }
}
