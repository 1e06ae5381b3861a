// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Clew

/// The command `clew`.
@main
struct Root: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clew",
    abstract: "Map criminal networks: every number and every picture with its evidence.",
    discussion: """
      INPUT is a case file (made by `clew new` and filled by `clew import`) or a graph file: an \
      edge list or matrix (CSV, XLSX), GraphML, GEXF, GML, Pajek, DL, DOT, JSON or GDF; - is standard \
      input. Results go to standard output or \
      -o FILE; messages go to standard error.

      Start here:
        clew centrality network.csv
        clew diagram network.csv -o chart.svg
        clew new my.case && clew import my.case tables/ --mapping tables/mapping.yaml

      Exit codes: 0 done; 1 failed; 2 problems found; 64 usage; 65 bad data; 66 input missing; \
      73 output cannot be made; 74 input or output failed; 130 interrupted.
      """,
    version: clewVersion,
    subcommands: [RenderWorkerCommand.self],
    groupedSubcommands: [
      CommandGroup(
        name: "Case",
        subcommands: [
          New.self, Import.self, Show.self, Find.self, Why.self, Resolve.self, ViewCommand.self,
          Log.self, Revert.self, DropSource.self, Erase.self, Retain.self, Export.self,
          Convert.self, Snapshot.self, Validate.self,
        ]),
      CommandGroup(
        name: "Analysis",
        subcommands: [
          Centrality.self, CommunitiesCommand.self, Cohesion.self, Paths.self, Compare.self,
          Ties.self,
        ]),
      CommandGroup(
        name: "Show",
        subcommands: [
          DiagramCommand.self, MatrixCommand.self, TimelineCommand.self, OwnershipCommand.self,
          MapCommand.self, TwoModeCommand.self,
          ReportCommand.self, Styles.self, Formats.self,
        ]),
    ])
}
