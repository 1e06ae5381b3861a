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
  /// How many nodes were read; nil where nothing was.
  public var nodeCount: Int?
  /// How many edges were read; nil where nothing was.
  public var edgeCount: Int?
  /// Directed, undirected or mixed; nil where nothing was read.
  public var direction: String?

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
      check.nodeCount = document.nodeCount
      check.edgeCount = document.edgeCount
      check.direction =
        document.mixedDirections == nil ? document.direction.rawValue : "mixed"
      for notice in document.notices where notice.level == .warning {
        check.add(notice)
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

  /// Checks several files, each as `file(_:_:)` does.
  ///
  /// - Parameters:
  ///   - paths: The files.
  ///   - reading: How graph files are read.
  ///   - unread: Receives the error of each file that cannot be read at all; the others are checked.
  /// - Returns: What was found of the files that could be read, in their order.
  public static func files(
    _ paths: [String], _ reading: Workbench.Reading, unread: inout [ClewError]
  ) -> [Validation] {
    var checks: [Validation] = []
    for path in paths {
      do throws(ClewError) {
        checks.append(try file(path, reading))
      } catch {
        unread.append(error)
      }
    }
    return checks
  }

  // A warning as a problem of the file, whose name stands in a column of its own.
  private mutating func add(_ notice: Notice) {
    if var problem = notice.problem {
      problem.file = file
      return problems.add(problem)
    }
    let prefix = (file.split(separator: "/").last.map(String.init) ?? file).printable() + ": "
    let text =
      notice.text.hasPrefix(prefix) ? String(notice.text.dropFirst(prefix.count)) : notice.text
    problems.add(Problem(.warning, file: file, what: text))
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
        .init("file", "File"), .init("kind", "Kind"), .init("nodes", "Nodes"),
        .init("edges", "Edges"), .init("direction", "Direction"), .init("errors", "Errors"),
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
        .text(check.file), .init(check.kind),
        check.nodeCount.map(Table.Cell.integer) ?? .missing,
        check.edgeCount.map(Table.Cell.integer) ?? .missing, .init(check.direction),
        .integer(check.problems.errorCount),
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
      if listed < total {
        notices.append("\(check.file): \(counted(total - listed, "more problem")) not listed")
      }
    }
    let errors = checks.reduce(0) { $0 + $1.errorCount }
    let warnings = checks.reduce(0) { $0 + $1.problems.warningCount }
    let title =
      (errors == 0 ? "No errors" : counted(errors, "error"))
      + (warnings == 0 ? "" : ", " + counted(warnings, "warning"))
    return ResultDocument(
      schema: "clew.validate/1",
      title: title, input: nil, view: [], analyses: [],
      tables: [problems, files], notices: notices, version: clewVersion)
  }
}
