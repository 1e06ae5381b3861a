// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Clew

/// `clew styles`.
struct Styles: ClewSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "styles",
    abstract:
      "Print the ready styles of charts, and every setting as a file to begin one's own from.",
    discussion: """
      Examples:
        clew styles > house.yaml
        clew diagram harbour.case --style house.yaml -o chart.pdf
      """)

  @OptionGroup(title: "Running") var runOptions: RunOptions

  func execute(_ session: Session) async throws {
    try session.write(ChartStyle.settingsText, to: nil)
  }
}
