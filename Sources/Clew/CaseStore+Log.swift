// SPDX-License-Identifier: Apache-2.0

internal import CaseModel
public import CaseStore
public import Reports

/// An instant in milliseconds since 1970, as tables show it.
func instant(_ milliseconds: Int64) -> String? { PartialDate(milliseconds: milliseconds)?.text }

/// What of a log is shown.
public struct LogRequest: Sendable, Hashable {
  /// Only entries of these actions; empty for all.
  public var actions: [LogAction]
  /// Only entries at or after this date.
  public var since: String?
  /// Whether the chain and the whole case are checked.
  public var isVerified: Bool
  /// The number and hash of an entry as an export or report bears them, `NUMBER:HASH`.
  public var anchor: String?

  /// Creates a request; without arguments the whole log is shown.
  public init(
    actions: [LogAction] = [], since: String? = nil, isVerified: Bool = false,
    anchor: String? = nil
  ) {
    self.actions = actions
    self.since = since
    self.isVerified = isVerified
    self.anchor = anchor
  }
}

extension CaseStore {
  /// The log of the case, as a document with the table `log`, and `problems` where it was checked.
  ///
  /// - Returns: the document, and how many problems the check found.
  /// - Throws: `ClewError.usage` when the request is not understood.
  public func logDocument(
    _ request: LogRequest
  ) throws(ClewError) -> (document: ResultDocument, problemCount: Int) {
    do {
      let log = try self.log()
      var shown = log
      if let since = request.since {
        guard let date = PartialDate(since) else {
          throw ClewError.usage(
            "--since \(since): expected a date such as 2024, 2024-06 or 2024-06-30")
        }
        shown = shown.filter { $0.recorded >= date.earliest }
      }
      if !request.actions.isEmpty { shown = shown.filter { request.actions.contains($0.action) } }
      var tables = [table(of: shown, title: "Log: \(shown.count) of \(log.count) entries")]
      var notices = [
        "who can write the file can write the log anew: an entry's number and hash, kept outside "
          + "(each export and report bears them), show that"
      ]
      var problems: [String] = []
      if request.isVerified || request.anchor != nil {
        problems = try verify()
        if let anchor = request.anchor {
          let (problem, notice) = try check(anchor, log)
          if let problem { problems.append(problem) }
          if let notice { notices.append(notice) }
        }
        if problems.isEmpty {
          notices.insert("checked: the log and all records are as they were written", at: 0)
        }
        tables.insert(
          Table(
            key: "problems",
            title: "\(problems.count) problem\(problems.count == 1 ? "" : "s")",
            columns: [.init("problem", "Problem")], rows: problems.map { [.text($0)] }), at: 1)
      }
      if let last = log.last {
        notices.append("last entry: \(last.number):\(last.hash)")
      }
      return (
        ResultDocument(
          schema: "clew.log/1", title: "Log of \(Workbench.name(of: path))",
          input: try resultInput(), view: [], analyses: [], tables: tables, notices: notices,
          version: clewVersion), problems.count
      )
    } catch { throw ClewError(error) }
  }

  private func check(
    _ anchor: String, _ log: [LogEntry]
  ) throws(ClewError) -> (problem: String?, notice: String?) {
    let parts = anchor.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let number = Int(parts[0]), number > 0, parts[1].count == 64,
      parts[1].allSatisfy(\.isHexDigit)
    else {
      throw .usage(
        "--anchor \(anchor): expected NUMBER:HASH as an export or a report bears it, the hash in 64 "
          + "hexadecimal digits")
    }
    guard let entry = log.first(where: { $0.number == number }) else {
      return ("the log ends before entry \(number), to which the anchor holds it", nil)
    }
    guard entry.hash == parts[1].lowercased() else {
      return ("entry \(number) is not the one to which the anchor holds the log", nil)
    }
    let later = log.count - number
    return (
      nil,
      "the log is as it was up to entry \(number)"
        + (later > 0 ? "; the \(later) after it hold by no anchor yet" : "")
    )
  }

  func table(of log: [LogEntry], title: String) -> Table {
    Table(
      key: "log", title: title,
      columns: [
        .init("number", "Number"), .init("time", "Time (UTC)"), .init("action", "Action"),
        .init("batch", "About"), .init("who", "Who"), .init("reason", "Reason"),
        .init("recipient", "Recipient"), .init("hash", "Hash"),
      ],
      rows: log.map { entry in
        [
          .integer(entry.number), .init(instant(entry.recorded)), .text(entry.action.rawValue),
          entry.batch.map(Table.Cell.integer) ?? .missing, .init(entry.who), .init(entry.reason),
          .init(entry.recipient), .text(entry.hash),
        ]
      })
  }

  /// What should no longer be in the case at a date, as a document with the tables `due` and `rules`.
  ///
  /// - Throws: `ClewError.usage` when the date is not one.
  public func dueDocument(at date: String?) throws(ClewError) -> ResultDocument {
    do {
      var time = Self.currentTime
      if let date {
        guard let parsed = PartialDate(date) else {
          throw ClewError.usage(
            "--due \(date): expected a date such as 2024, 2024-06 or 2024-06-30, or now")
        }
        time = parsed.latest
      }
      let items = try due(at: time)
      let rules = try retentionRules()
      return ResultDocument(
        schema: "clew.due/1", title: "Due in \(Workbench.name(of: path))",
        input: try resultInput(), view: [("at", .string(date ?? "now"))], analyses: [],
        tables: [
          Table(
            key: "due",
            title: "\(items.count) due for review or erasure",
            columns: [
              .init("due", "Due since (UTC)"), .init("rule", "Rule"), .init("entity", "Entity"),
              .init("schema", "Schema"), .init("reason", "Reason"), .init("number", "Number"),
            ],
            rows: items.map { item in
              [
                .init(instant(item.due)), .text(item.rule.words), .init(item.entity?.id),
                .init(item.entity?.schema), .init(item.reason), .integer(item.number),
              ]
            }),
          Table(
            key: "rules", title: "Rules of retention",
            columns: [
              .init("number", "Number"), .init("rule", "Rule"), .init("reason", "Reason"),
            ],
            rows: rules.map { [.integer($0.number), .text($0.rule.words), .init($0.reason)] }),
        ],
        notices: (items.isEmpty ? ["nothing is due"] : []) + [
          "clew erase CASE ID, or --source NAME, erases for good; clew retain sets another rule"
        ], version: clewVersion)
    } catch { throw ClewError(error) }
  }
}

extension RetentionRule {
  /// The rule in words, such as `source register until 2027`.
  public var words: String {
    switch term {
    case .until(let date): "\(scope.label) until \(date)"
    case .months(let count):
      "\(scope.label) for \(count) month\(count == 1 ? "" : "s") after the last import about it"
    }
  }
}
