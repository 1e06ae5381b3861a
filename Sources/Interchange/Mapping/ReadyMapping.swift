// SPDX-License-Identifier: Apache-2.0

/// A mapping for a layout of tables that many agencies hold.
///
/// Its text names the file `FILE` and the source `SOURCE`; `yaml(file:source:)` puts both in.
public struct ReadyMapping: Sendable, Hashable {
  /// The name by which it is asked for.
  public let name: String
  /// What it takes: the layout and its main columns.
  public let summary: String
  private let text: String

  /// All that there are, by name.
  public static let all: [ReadyMapping] = [
    ReadyMapping("bill-of-lading", PackageResources.bill_of_lading_yaml),
    ReadyMapping("calls", PackageResources.calls_yaml),
    ReadyMapping("calls-operator", PackageResources.calls_operator_yaml),
    ReadyMapping("opencorporates", PackageResources.opencorporates_yaml),
    ReadyMapping("passengers-pnr", PackageResources.passengers_pnr_yaml),
    ReadyMapping("payments-amlsim", PackageResources.payments_amlsim_yaml),
    ReadyMapping("payments-ibm-aml", PackageResources.payments_ibm_aml_yaml),
    ReadyMapping("payments-saml-d", PackageResources.payments_saml_d_yaml),
    ReadyMapping("seizures-unodc", PackageResources.seizures_unodc_yaml),
    ReadyMapping("tenders-ocds", PackageResources.tenders_ocds_yaml),
    ReadyMapping("tenders-ted", PackageResources.tenders_ted_yaml),
    ReadyMapping("tower-dump", PackageResources.tower_dump_yaml),
    ReadyMapping("uk-companies", PackageResources.uk_companies_yaml),
    ReadyMapping("uk-psc", PackageResources.uk_psc_yaml),
    ReadyMapping("vessel-calls", PackageResources.vessel_calls_yaml),
    ReadyMapping("vessel-positions", PackageResources.vessel_positions_yaml),
  ]

  /// The mapping of a name; nil when there is none.
  public static func named(_ name: String) -> ReadyMapping? { all.first { $0.name == name } }

  private init(_ name: String, _ bytes: [UInt8]) {
    self.name = name
    text = String(decoding: bytes, as: UTF8.self)
    let lines = text.split(separator: "\n")
    summary = lines.count > 1 ? String(lines[1].drop { $0 == "#" || $0 == " " }) : name
  }

  /// The text of the mapping for a file and a source.
  ///
  /// - Parameters:
  ///   - file: the name of the file, without its folder.
  ///   - source: the name of the source; nil for that of the file.
  /// - Returns: YAML, to be used or edited.
  public func yaml(file: String, source: String? = nil) -> String {
    func quoted(_ word: String) -> String {
      "\""
        + word.split(separator: "\"", omittingEmptySubsequences: false)
        .joined(separator: "'").split(separator: "\\", omittingEmptySubsequences: false)
        .joined(separator: "/") + "\""
    }
    return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      if line.hasPrefix("  - file: FILE") { return "  - file: " + quoted(file) }
      if line.hasPrefix("    source: SOURCE") { return "    source: " + quoted(source ?? file) }
      if line.hasPrefix("  SOURCE:") {
        return "  " + quoted(source ?? file) + line.dropFirst("  SOURCE".count)
      }
      return String(line)
    }.joined(separator: "\n")
  }
}
