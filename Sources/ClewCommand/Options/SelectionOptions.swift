// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Clew

/// The options that say what of a network a picture shows.
struct SelectionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Only what is around this entity, by id or name; may be repeated. See --hops.",
      valueName: "id"))
  var around: [String] = []

  @Option(help: "How many ties away from the entities of --around.")
  var hops = 1

  @Option(
    help: ArgumentHelp(
      "Only the ways between this entity and the others that are named so; give it twice or more.",
      valueName: "id"))
  var between: [String] = []

  @Option(help: "How many ties longer than the shortest a way of --between may be.")
  var slack = 0

  @Option(help: ArgumentHelp("Only the community (Leiden) of this entity.", valueName: "id"))
  var communityOf: String?

  func validate() throws {
    guard (0...20).contains(hops) else {
      throw ValidationError("--hops \(hops): expected a number from 0 to 20.")
    }
    guard (0...20).contains(slack) else {
      throw ValidationError("--slack \(slack): expected a number from 0 to 20.")
    }
    if between.count == 1 {
      throw ValidationError("--between is between two or more entities: give it again.")
    }
  }

  /// The selection that the options state.
  func selection() -> NetworkSelection {
    NetworkSelection(
      around: around, hops: hops, between: between, slack: slack, communityOf: communityOf)
  }
}
