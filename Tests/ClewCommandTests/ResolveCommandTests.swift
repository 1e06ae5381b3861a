// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

/// Records that may be one: found, decided, seen in every command, and taken apart again.
struct ResolveCommandTests {
  private let clew: ClewProcess

  init() throws {
    clew = try ClewProcess()
    #expect(try clew("new", "h.case").status == 0)
    let harbour = ClewProcess.package.appending(path: "datasets/harbour").path
    #expect(try clew("import", "h.case", harbour, "-q").status == 0)
  }

  private func rows(_ arguments: String...) throws -> [String] {
    let outcome = try clew(arguments + ["--format", "csv", "-q"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    return outcome.output.split(separator: "\n").dropFirst().map(String.init)
  }

  @Test func `the man with two records in harbour is found, merged and parted again`() throws {
    let found = try rows("resolve", "h.case")
    #expect(found.count == 1)
    #expect(found[0].hasPrefix("likely,person:P016,"))
    #expect(found[0].contains("person:P058") && found[0].contains("same birth date 1995-05-05"))
    let explained = try clew("resolve", "h.case", "person:P016", "person:P058").output
    #expect(explained.contains("2 contacts in common") && explained.contains("Merged    no"))

    let before = try rows("centrality", "h.case", "--measure", "degree")
    let accepted = try clew(
      "resolve", "h.case", "person:P016", "person:P058", "--accept", "--reason", "the same flat")
    #expect(accepted.status == 0 && accepted.errors.contains("this is decision 2"))
    let after = try rows("centrality", "h.case", "--measure", "degree")
    #expect(after.count == before.count - 1)
    #expect(!after.contains { $0.contains("person:P058") })
    let table = try clew("centrality", "h.case", "--measure", "degree", "--top", "1").output
    #expect(table.contains("1 record is merged with another"))
    #expect(try rows("resolve", "h.case").isEmpty)

    // Either id leads to the entity, and what each record says is told apart.
    let shown = try clew("show", "h.case", "person:P058", "--top", "all").output
    #expect(shown.contains("Person person:P016") && shown.contains("the same flat"))
    #expect(shown.contains("persons.csv:17") && shown.contains("persons.csv:59"))
    let why = try clew("why", "h.case", "person:P058", "phone:+447700900116").output
    #expect(why.contains("Why these records are one") && why.contains("phones.csv:14"), "\(why)")
    let half = try clew("resolve", "h.case", "P016", "person:P058")
    #expect(half.status == 64 && half.errors.contains("no entity 'P016'; give its whole id"))
    let paths = try clew("paths", "h.case", "person:P058", "person:P001")
    #expect(paths.status == 0 && paths.output.contains("person:P016"))
    #expect(try clew("diagram", "h.case", "--around", "person:P058", "-o", "c.svg").status == 0)
    #expect(try clew("log", "h.case", "--verify").status == 0)
    #expect(try clew("validate", "h.case").status == 0)

    let undone = try clew(
      "resolve", "h.case", "person:P058", "person:P016", "--undo", "--reason", "twins")
    #expect(undone.status == 0, "\(undone.errors)")
    #expect(try rows("centrality", "h.case", "--measure", "degree") == before)
    #expect(
      try clew(
        "resolve", "h.case", "person:P016", "person:P058", "--reject", "--reason", "twins"
      ).status == 0)
    #expect(try rows("resolve", "h.case").isEmpty)
    let list = try rows("resolve", "h.case", "--list")
    #expect(list.count == 2 && list[1].contains("not,person:P058,twins"))
    let again = try clew(
      "resolve", "h.case", "person:P016", "person:P058", "--accept", "--reason", "x")
    #expect(again.status == 64 || again.status == 65, "\(again.status)")
    #expect(again.errors.contains("decision 4") && again.errors.contains("clew revert"))
  }

  @Test func `decisions without reason, pair or sense are refused`() throws {
    for wrong in [
      ["person:P016"], ["person:P016", "person:P058", "--accept"],
      ["person:P016", "person:P058", "--accept", "--reason", "  "], ["--accept", "--reason", "x"],
      ["person:P016", "person:P058", "--accept", "--reject", "--reason", "x"],
      ["person:P016", "person:P058", "--reason", "x"], ["--list", "--min-grade", "B2"],
      ["person:P016", "person:P058", "--undo", "--reason", "x"], ["person:P016", "nobody"],
    ] {
      let outcome = try clew(["resolve", "h.case"] + wrong)
      #expect(outcome.status == 64, "\(wrong): \(outcome.status) \(outcome.errors)")
    }
    let unlike = try clew(
      "resolve", "h.case", "person:P016", "company:C01", "--accept", "--reason", "x")
    #expect(unlike.status != 0 && unlike.errors.contains("a relationship says how"))
    #expect(
      try clew("log", "h.case", "--format", "csv", "-q").output.split(separator: "\n").count == 2)
  }
}
