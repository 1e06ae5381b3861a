// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Clew

/// `clew ownership`.
struct OwnershipCommand: ClewSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "ownership",
    abstract: "Draw who owns whom: owners above, shares on the lines, and what chains come to.",
    discussion: """
      Each line bears the share as it is recorded, exact or as a range; "? %" says that none is. A table \
      beside the hierarchy states what ultimate owners hold through chains: the products of the shares \
      along each chain, added up; round a ring of companies the limit of the series. Owners that are \
      not recorded, and holdings as a nominee, are marked.

      Examples:
        clew ownership harbour.case -o owners.svg
        clew ownership harbour.case --of company:C01 --as-of 2024-06-30 -o zuidhal.pdf
        clew ownership harbour.case --min-share 25 -o large.png
      """)

  @OptionGroup var picture: PictureOptions

  @Option(
    help: ArgumentHelp(
      "Only the owners of this company and their owners, by id or name.", valueName: "id"))
  var of: String?

  @Option(
    help: ArgumentHelp("Leave out holdings of less than this, in percent.", valueName: "percent"))
  var minShare = 0.0

  @OptionGroup(title: "View") var filterOptions: FilterOptions
  @OptionGroup(title: "Running") var runOptions: RunOptions

  func validate() throws {
    guard (0...100).contains(minShare) else {
      throw ValidationError("--min-share \(minShare): expected a number from 0 to 100.")
    }
  }

  func execute(_ session: Session) async throws {
    var shown = OwnershipRequest()
    (shown.of, shown.leastShare) = (of, minShare)
    (shown.title, shown.page) = (picture.title, picture.sheet)
    let ownership = try Workbench(picture.input).ownership(filterOptions.request(), shown)
    let bytes = try await ownership.rendered(
      as: try picture.pictureFormat(), by: DiagramCommand.worker)
    try session.write(bytes, to: picture.output)
    if picture.output != "-" {
      session.note(
        "\(picture.output): \(ownership.parties.count) parties, \(ownership.holdings.count) holdings"
      )
    }
  }
}
