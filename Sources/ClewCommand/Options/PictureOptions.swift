// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Clew

/// The options of every picture of the records of a case.
struct PictureOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp("A case file; for a map a graph file, too.", valueName: "case"))
  var input: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "The picture; its suffix says which format: svg, pdf, png. - is standard output.",
      valueName: "file"))
  var output: String

  @Option(
    help: ArgumentHelp("The format, whatever the suffix: svg, pdf, png.", valueName: "format"))
  var format: String?

  @Option(help: "The line at the top. [default: the name of the input]")
  var title: String?

  @Option(help: "The sheet: a4, a3, a2, a1, a0.")
  var page = DiagramCommand.PageFormat.a3

  @Flag(help: "Upright rather than landscape.")
  var portrait = false

  @Option(help: "Dots to the inch of a PNG.")
  var dpi = 150

  func validate() throws {
    guard (30...1200).contains(dpi) else {
      throw ValidationError("--dpi \(dpi): expected a number from 30 to 1200.")
    }
    _ = try pictureFormat()
  }

  /// The sheet that the options name.
  var sheet: Page {
    Page(Page.Format(rawValue: page.rawValue) ?? .a3, portrait ? .portrait : .landscape)
  }

  /// The format that the options name.
  func pictureFormat() throws -> PictureFormat {
    let name =
      format ?? output.lastIndex(of: ".").map { String(output[output.index(after: $0)...]) } ?? ""
    guard let picture = PictureFormat(fileExtension: name), picture != .dot else {
      throw ValidationError(
        "\(format == nil ? "-o \(output)" : "--format \(name)"): expected svg, pdf or png.")
    }
    if case .png = picture { return .png(dpi: dpi) }
    return picture
  }
}
