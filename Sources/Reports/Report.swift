// SPDX-License-Identifier: Apache-2.0

/// A report on a network: findings, chart and tables in one self-contained document.
public struct Report: Sendable {
  /// The title.
  public var title: String
  /// The main findings, a sentence each.
  public var findings: [String]
  /// The chart as SVG, which Markdown leaves out; nil for none.
  public var chart: String?
  /// The results behind the findings.
  public var documents: [ResultDocument]
  /// How many rows of each table are shown.
  public var rowLimit: Int

  /// The sentence that stands in every report.
  public static let caveat =
    "Association is not guilt. This report describes recorded ties and what computation finds in "
    + "them; it is no judgement of a person, and what is not recorded is not in it."

  /// Creates a report.
  ///
  /// - Parameters:
  ///   - title: the title.
  ///   - findings: the main findings, a sentence each.
  ///   - chart: the chart as SVG.
  ///   - documents: the results behind the findings; at least one.
  ///   - rowLimit: how many rows of each table are shown.
  public init(
    title: String, findings: [String], chart: String? = nil, documents: [ResultDocument],
    rowLimit: Int = 15
  ) {
    self.title = title
    self.findings = findings
    self.chart = chart
    self.documents = documents
    self.rowLimit = rowLimit
  }

  /// The report as Markdown.
  public var markdown: String {
    var lines = ["# \(markdownEscaped(title))", ""]
    if let handling { lines += ["**HANDLING \(markdownEscaped(handling))**", ""] }
    lines += ["## Main findings", ""]
    lines += findings.enumerated().map { "\($0 + 1). \(markdownEscaped($1))" }
    lines += ["", Self.caveat, ""]
    for document in documents {
      let text = document.text(as: .markdown, top: rowLimit)
      // The headings of a part are one level below the report's.
      lines += text.split(separator: "\n", omittingEmptySubsequences: false)
        .map { $0.hasPrefix("#") ? "#" + $0 : String($0) }
    }
    return lines.joined(separator: "\n")
  }

  /// The most restrictive handling code of what was used; nil where none is stated.
  var handling: String? { documents.compactMap(\.handling).first }
}
