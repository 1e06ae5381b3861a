// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Clew

/// `clew find`.
struct Find: ClewSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "find", abstract: "Find entities by name, alias, number or address.",
    discussion: """
      Every word must begin a word of what is looked for; case, accents and script make no difference. \
      Numbers are found by their last digits, with or without the code of the country, and names that \
      differ by a letter or two come last. The table says how each matched.

      Examples:
        clew find harbour.case loosveldt
        clew find harbour.case 900101
        clew find harbour.case "ivanof sergey"
        clew find harbour.case "zuidhal fruit" --format json
      """)

  @Argument(help: ArgumentHelp("The case file.", valueName: "case"))
  var path: String

  @Argument(help: ArgumentHelp("The words to look for.", valueName: "text"))
  var text: [String]

  @Option(help: ArgumentHelp("The most entities to show.", valueName: "n"))
  var limit = 50

  @OptionGroup(title: "Results") var outputOptions: OutputOptions
  @OptionGroup(title: "Running") var runOptions: RunOptions

  func validate() throws {
    guard (1...10_000).contains(limit) else {
      throw ValidationError("--limit \(limit): expected a number from 1 to 10000.")
    }
    if text.joined().allSatisfy(\.isWhitespace) {
      throw ValidationError("Missing the words to look for.")
    }
  }

  func execute(_ session: Session) async throws {
    let document = try CaseStore(path).findDocument(text.joined(separator: " "), limit: limit)
    var options = outputOptions
    options.top = options.top ?? "all"
    try session.write(document, options)
  }
}
