// SPDX-License-Identifier: Apache-2.0

internal import GraphAlgorithms

extension ResultDocument {
  /// The document in a format, as text that ends with a line break.
  ///
  /// - Parameters:
  ///   - format: the form.
  ///   - tableKey: which table CSV, TSV and NDJSON hold; nil for the first.
  ///   - top: how many rows of each table are shown for people (in `table` and `markdown`); nil
  ///     for all.
  /// - Precondition: the form is text; a workbook is made by `workbook(table:)`.
  /// - Returns: the text; empty when there is no table of that key.
  public func text(as format: TableFormat, table tableKey: String? = nil, top: Int? = nil) -> String
  {
    switch format {
    case .table: plainText(top: top)
    case .markdown: markdown(top: top)
    case .json: json.text() + "\n"
    case .csv: table(tableKey)?.delimited(by: ",") ?? ""
    case .tsv: table(tableKey)?.delimited(by: "\t") ?? ""
    case .ndjson:
      (table(tableKey)?.json ?? []).map { $0.compactText() + "\n" }.joined()
    case .xlsx: preconditionFailure("a workbook is no text")
    }
  }

  /// One line for each analysis that states the convention of its numbers.
  public var conventionLines: [String] {
    analyses.compactMap { record in
      record.convention.map { convention in
        "\(record.title): \(convention.direction); weights \(convention.weights); "
          + "components: \(convention.components); normalisation: \(convention.normalisation); "
          + "ties: equal within one part in 10⁹ share a rank"
      }
    }
  }

  private func originLine(quote: String) -> String {
    let read = input.map { input in
      "Input \(quote)\(printable(input.name))\(quote) (\(input.kind)), "
        + "\(input.hashName) \(quote)\(input.sha256)\(quote); "
    }
    return (read ?? "") + "clew \(version)"
  }

  private var viewLine: String {
    view.map { "\($0.name) \(plain($0.value))" }.joined(separator: " · ")
  }

  private func plainText(top: Int?) -> String {
    var lines: [String] = []
    if let handling { lines += ["[\(printable(handling))]", ""] }
    lines += [printable(title), printable(viewLine)]
    if !figures.isEmpty {
      lines.append("")
      let width = figures.map(\.title.count).max() ?? 0
      for figure in figures {
        let value = figure.value.shown
        lines.append(
          figure.title.padded(to: width) + "  " + value
            + (figure.definition.isEmpty ? "" : "   (\(figure.definition))"))
      }
    }
    for table in tables where !table.rows.isEmpty {
      let shown = top.map(table.top) ?? table
      lines += ["", printable(table.title), ""] + shown.alignedLines
      if shown.rows.count < table.rows.count {
        lines.append("… \(table.rows.count - shown.rows.count) more (--top all shows them)")
      }
    }
    if !conventionLines.isEmpty {
      lines += ["", "Conventions"] + conventionLines.map { "  \($0)" }
    }
    if !notices.isEmpty { lines += ["", "Note"] + notices.map { "  \(printable($0))" } }
    lines += ["", originLine(quote: "")]
    return lines.joined(separator: "\n") + "\n"
  }

  private func markdown(top: Int?) -> String {
    var lines = ["# \(markdownEscaped(title))", ""]
    if let handling { lines += ["**\(markdownEscaped(handling))**", ""] }
    lines += [markdownEscaped(viewLine), ""]
    if !figures.isEmpty {
      lines += ["| Figure | Value | Definition |", "| --- | ---: | --- |"]
      lines += figures.map { "| \($0.title) | \($0.value.shown) | \($0.definition) |" }
      lines.append("")
    }
    for table in tables where !table.rows.isEmpty {
      let shown = top.map(table.top) ?? table
      lines += ["## \(markdownEscaped(table.title))", ""] + shown.markdownLines + [""]
      if shown.rows.count < table.rows.count {
        lines += ["\(table.rows.count - shown.rows.count) more rows are not shown.", ""]
      }
    }
    if !conventionLines.isEmpty {
      lines += ["## Conventions", ""] + conventionLines.map { "- \($0)" } + [""]
    }
    if !analyses.isEmpty {
      lines += ["## References", ""]
      var seen: Set<String> = []
      for record in analyses where seen.insert(record.reference.text).inserted {
        lines.append("- \(record.reference.text)")
      }
      lines.append("")
    }
    if !notices.isEmpty {
      lines += ["## Notes", ""] + notices.map { "- \(markdownEscaped($0))" } + [""]
    }
    lines.append(originLine(quote: "`"))
    return lines.joined(separator: "\n") + "\n"
  }
}

/// The value of a view in plain words.
public func plainText(_ value: JSONValue) -> String { plain(value) }

func plain(_ value: JSONValue) -> String {
  switch value {
  case .string(let text): text
  case .array(let values): values.map(plain).joined(separator: ", ")
  default: value.compactText()
  }
}
