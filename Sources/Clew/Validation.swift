// SPDX-License-Identifier: Apache-2.0

internal import CaseStore
public import Interchange
public import Reports

/// The check of one file: everything that is wrong with it or deserves a look.
public struct Validation: Sendable {
  /// The file as it was named.
  public var file: String
  /// What was found, as `Problem`s.
  public var problems: ProblemList
  /// What the file is; nil where that could not be found out.
  public var kind: String?

  /// The number of errors.
  public var errorCount: Int { problems.errorCount }

  /// Checks a graph file or a case file.
  ///
  /// - Throws: `ClewError` when the file cannot be read at all.
  public static func file(
    _ path: String, _ reading: Workbench.Reading = Workbench.Reading()
  ) throws(ClewError) -> Validation {
    var check = Validation(file: path, problems: ProblemList())
    do {
      if path != "-", Workbench.isCaseFile(path) {
        check.kind = "case file"
        for sentence in try CaseStore(path).verify() {
          check.problems.add(Problem(file: path, what: sentence))
        }
        return check
      }
      if path != "-", GraphSnapshot.isSnapshot(path) {
        check.kind = "graph snapshot"
        _ = try GraphSnapshot(opening: path)
        return check
      }
      let document = try GraphDocument(reading: Input(argument: path), reading.file)
      check.kind = document.format.title
      for notice in document.notices where notice.level == .warning {
        check.problems.add(Problem(.warning, file: path, what: notice.text))
      }
    } catch InterchangeError.refused(let problems) {
      check.problems.add(problems)
    } catch let error as CaseStoreError {
      check.problems.add(Problem(file: path, what: error.description))
    } catch {
      throw ClewError(error)
    }
    return check
  }

  /// Checks tables as an import by a mapping would read them.
  ///
  /// - Throws: `ClewError` when a file cannot be read at all.
  public static func tables(
    _ paths: [String], mapping: String
  ) throws(ClewError) -> [Validation] {
    var check = Validation(
      file: paths.joined(separator: ", "), problems: ProblemList(), kind: "tables")
    let text = try Output.text(of: mapping, what: "a mapping (YAML)")
    do {
      let rules = try ImportMapping(yaml: text, name: mapping)
      let tables =
        try CaseStore.folder(of: paths).map { MappedTables(mapping: rules, folder: $0) }
        ?? MappedTables(mapping: rules, inputs: paths.map { Input(argument: $0) })
      let summary = try tables.read { _ in }
      for warning in summary.warnings {
        check.problems.add(Problem(.warning, file: check.file, what: warning))
      }
    } catch InterchangeError.refused(let problems) {
      check.problems.add(problems)
    } catch {
      throw ClewError(error)
    }
    return [check]
  }

  /// Checks of several files as a document with the tables `files` and `problems`.
  public static func document(_ checks: [Validation]) -> ResultDocument {
    var files = Table(
      key: "files", title: "Files",
      columns: [
        .init("file", "File"), .init("kind", "Kind"), .init("errors", "Errors"),
        .init("warnings", "Warnings"),
      ])
    var problems = Table(
      key: "problems", title: "Problems",
      columns: [
        .init("severity", "Severity"), .init("file", "File"), .init("line", "Line"),
        .init("column", "Column"), .init("what", "What"), .init("expected", "Expected"),
        .init("advice", "What to do"),
      ])
    var notices: [String] = []
    for check in checks {
      files.rows.append([
        .text(check.file), .init(check.kind), .integer(check.problems.errorCount),
        .integer(check.problems.warningCount),
      ])
      for problem in check.problems.problems {
        problems.rows.append([
          .text(problem.severity.rawValue), .text(problem.file),
          problem.line.map(Table.Cell.integer) ?? .missing,
          problem.column.map(Table.Cell.integer) ?? .missing, .text(problem.what),
          .init(problem.expected), .init(problem.advice),
        ])
      }
      let listed = check.problems.problems.count
      let total = check.problems.errorCount + check.problems.warningCount
      if listed < total { notices.append("\(check.file): \(total - listed) more are not listed") }
    }
    let errors = checks.reduce(0) { $0 + $1.errorCount }
    return ResultDocument(
      schema: "clew.validate/1",
      title: errors == 0 ? "No errors" : "\(errors) errors", input: nil, view: [], analyses: [],
      tables: [problems, files], notices: notices, version: clewVersion)
  }
}
