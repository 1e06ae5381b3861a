// SPDX-License-Identifier: Apache-2.0

import CaseModel
import Foundation
import Testing

struct CaseViewTests {
  /// Each person differs from `plain` in one mark; each is linked to `hub`.
  private var contents: CaseContents {
    var small = SmallCase()
    let good = Evidence(
      source: "s", valid: Interval(start: PartialDate("2020"), end: PartialDate("2021")),
      grade: SmallCase.grade("A1"), handling: "H0", recorded: 100)
    small.add("hub", evidence: good)
    func add(_ id: String, category: String? = nil, _ change: (inout Evidence) -> Void = { _ in }) {
      var evidence = good
      change(&evidence)
      small.add(id, category: category, evidence: evidence)
      small.link(
        "link:\(id)", "Associate", [("person", "hub"), ("associate", id)], evidence: good)
    }
    add("plain")
    add("late") { $0.recorded = 5_000_000_000_000 }
    add("withdrawn") { $0.withdrawn = 200 }
    add("weak") { $0.grade = SmallCase.grade("B3") }
    add("otherScheme") { $0.grade = Grade(scheme: "admiralty", code: "A1") }
    add("ungraded") { $0.grade = nil }
    add("secret") { $0.handling = "H3" }
    add("unmarked") { $0.handling = nil }
    add("past") {
      $0.valid = Interval(start: PartialDate("2010"), end: PartialDate("2011"))
    }
    add("undated") { $0.valid = nil }
    add("suspect", category: "suspect")
    return small.contents
  }

  private func leftOut(_ view: CaseView) throws -> (Set<String>, LeftOut) {
    let contents = contents
    let extract = try view.filter(contents)
    #expect(
      extract.claims.count + extract.leftOut.counts.reduce(0) { $0 + $1.claims }
        == contents.claims.count)
    #expect(
      extract.relationships.count + extract.leftOut.counts.reduce(0) { $0 + $1.relationships }
        == contents.relationships.count)
    let kept = Set(extract.entities.map(\.id))
    return (Set(contents.entities.map(\.id)).subtracting(kept), extract.leftOut)
  }

  @Test func `an empty view leaves out what was withdrawn and nothing else`() throws {
    let (missing, counts) = try leftOut(CaseView())
    #expect(missing == ["withdrawn"])
    #expect(counts[.withdrawn].entities == 1)
    #expect(counts[.end].relationships == 1)
    #expect(counts.undatedUsed == 0)
  }

  @Test func `an as-of date leaves out what does not hold and counts what has no date`() throws {
    let (missing, counts) = try leftOut(CaseView(asOf: PartialDate("2020-06")))
    #expect(missing == ["withdrawn", "past"])
    #expect(counts[.otherTime].entities == 1)
    #expect(counts.undatedUsed == 1)
    let strict = try leftOut(CaseView(asOf: PartialDate("2020-06"), undated: .leftOut))
    #expect(strict.0 == ["withdrawn", "past", "undated"])
    #expect(strict.1[.undated].entities == 1)
    #expect(strict.1.undatedUsed == 0)
  }

  @Test func `a known-at date leaves out what came later and brings back what was withdrawn later`()
    throws
  {
    let (missing, counts) = try leftOut(CaseView(knownAt: PartialDate("2020")))
    #expect(missing == ["withdrawn", "late"])
    #expect(counts[.notYetKnown].entities == 1)
    var small = SmallCase()
    small.add("p", evidence: Evidence(source: "s", recorded: 0, withdrawn: 4_000_000_000_000))
    #expect(try CaseView(knownAt: PartialDate("2020")).filter(small.contents).entities.count == 1)
    #expect(try CaseView().filter(small.contents).entities.isEmpty)
  }

  @Test func `a lowest grade leaves out the weaker, the ungraded and other schemes`() throws {
    let (missing, counts) = try leftOut(CaseView(lowestGrades: [SmallCase.grade("B2")]))
    #expect(missing == ["withdrawn", "weak", "otherScheme", "ungraded"])
    #expect(counts[.grade].entities == 1)
    #expect(counts[.otherScheme].entities == 1)
    #expect(counts[.ungraded].entities == 1)
    let both = try leftOut(
      CaseView(
        lowestGrades: [SmallCase.grade("B2"), Grade(scheme: "admiralty", code: "B2")]))
    #expect(both.0 == ["withdrawn", "weak", "ungraded"])
  }

  @Test func `a handling ceiling leaves out the more restrictive and the unmarked`() throws {
    let (missing, counts) = try leftOut(CaseView(handlingCeiling: "H1"))
    #expect(missing == ["withdrawn", "secret", "unmarked"])
    #expect(counts[.handling].entities == 1)
    #expect(counts[.noHandlingCode].entities == 1)
  }

  @Test func `categories apply to persons, the undetermined among them`() throws {
    let (missing, counts) = try leftOut(CaseView(categories: [.suspect]))
    #expect(missing.count == 11)
    #expect(counts[.category].entities == 10)
    let open = try leftOut(CaseView(categories: [.suspect, .notDetermined]))
    #expect(open.0 == ["withdrawn"])
  }

  @Test func `schemata and layers stand for those that extend them`() throws {
    var small = SmallCase()
    small.add("p")
    small.add("c", "Company")
    small.add("v", "Vessel")
    small.link("o", "Ownership", [("owner", "c"), ("asset", "v")])
    small.link("d", "Directorship", [("director", "p"), ("organization", "c")])
    small.happen("m", "Meeting", [("participant", "p"), ("participant", "c")])
    let contents = small.contents
    var extract = try CaseView(schemata: ["Organization", "Vehicle"]).filter(contents)
    #expect(extract.entities.map(\.id) == ["c", "v"])
    #expect(extract.relationships.map(\.id) == ["o"])
    #expect(extract.events.isEmpty)
    #expect(extract.leftOut[.schema].entities == 1)
    #expect(extract.leftOut[.end].relationships == 1)
    #expect(extract.leftOut[.end].events == 1)
    extract = try CaseView(layers: ["Interest"]).filter(contents)
    #expect(extract.relationships.count == 2 && extract.events.isEmpty)
    #expect(extract.leftOut[.schema].events == 1)
    extract = try CaseView(layers: ["Meeting", "Ownership"]).filter(contents)
    #expect(extract.relationships.map(\.id) == ["o"] && extract.events.count == 1)
  }

  @Test func `filters work together and tell the first reason`() throws {
    let (missing, counts) = try leftOut(
      CaseView(
        asOf: PartialDate("2020"), knownAt: PartialDate("2021"),
        lowestGrades: [SmallCase.grade("A2")], handlingCeiling: "H2", schemata: ["Person"],
        categories: [.notDetermined], undated: .leftOut))
    #expect(
      missing == [
        "withdrawn", "late", "weak", "otherScheme", "ungraded", "secret", "unmarked", "past",
        "undated", "suspect",
      ])
    #expect(counts.counts.map(\.entities).reduce(0, +) == 10)
    #expect(counts[.end].relationships == 10)
    let reasons = counts.counts.map(\.reason)
    #expect(reasons == LeftOut.Reason.allCases.filter(reasons.contains))
  }

  @Test func `a view that names what is unknown is refused`() {
    for view in [
      CaseView(lowestGrades: [SmallCase.grade("B9")]), CaseView(handlingCeiling: "X"),
      CaseView(layers: ["Person"]), CaseView(schemata: ["Family"]), CaseView(schemata: ["Nobody"]),
      CaseView(lowestGrades: [SmallCase.grade("B2"), SmallCase.grade("A1")]),
    ] {
      #expect(throws: CaseModelError.self) { try view.filter(contents) }
    }
  }

  @Test func `a relationship keeps the ends that remain while it joins something`() throws {
    var small = SmallCase()
    small.add("a")
    small.add("b")
    small.add("v", "Vessel")
    small.claim(.entity("ghost"), nil, "Person", Evidence(source: "s"))
    small.link("o", "Ownership", [("owner", "a"), ("owner", "ghost"), ("asset", "v")])
    let extract = try CaseView().filter(small.contents)
    #expect(extract.relationships.first?.ends.map(\.entity) == ["a", "v"])
    #expect(extract.leftOut[.unsaid].claims == 1)
  }

  @Test func `an extract states its sources, grades and most restrictive handling`() throws {
    let extract = try CaseView().filter(contents)
    #expect(extract.sources == ["s"])
    #expect(extract.handling == ["H3"])
    #expect(extract.grades.map(\.description).first == "A1 (admiralty)")
    #expect(extract.grades.count == 3)
    #expect(extract.ungradedCount == 1)
    #expect(try CaseView(handlingCeiling: "H1").filter(contents).handling == ["H0"])
  }

  @Test func `views survive JSON`() throws {
    let view = CaseView(
      asOf: PartialDate("2020-06"), lowestGrades: [SmallCase.grade("B2")], handlingCeiling: "H1",
      layers: ["Call"], categories: [.suspect], undated: .leftOut)
    let data = try JSONEncoder().encode(view)
    #expect(try JSONDecoder().decode(CaseView.self, from: data) == view)
  }

  @Test func `the name shown is that of the strongest claim, weak aliases apart`() throws {
    var small = SmallCase()
    small.add("p", name: "J. Smith", evidence: Evidence(source: "s", grade: SmallCase.grade("C3")))
    let strong = Evidence(source: "s", grade: SmallCase.grade("A1"))
    small.claim(.entity("p"), "name", "John Smith", strong)
    small.claim(.entity("p"), "alias", "Smithy", strong)
    small.claim(.entity("p"), "weakAlias", "The Boss", strong)
    small.add("q")
    let extract = try CaseView().filter(small.contents)
    let names = extract.names(of: "p")
    #expect(names.display == "John Smith")
    #expect(names.others == ["J. Smith"])
    #expect(names.aliases == ["Smithy"])
    #expect(names.weakAliases == ["The Boss"])
    #expect(extract.displayName(of: "q") == "q")
    #expect(!extract.names(of: "q").isNamed)
  }

  @Test func `victims, witnesses and minors stay out of rankings unless set aside`() throws {
    var small = SmallCase()
    small.add("a", category: "victim")
    small.add("b", category: "witness")
    small.add("c", category: "suspect")
    small.claim(.entity("c"), "minor", "true", Evidence(source: "s"))
    small.add("d")
    // Recorded on 2024-06-01: old enough by then, whatever the clock says.
    small.claim(
      .entity("d"), "birthDate", "2006-02-28", Evidence(source: "s", recorded: 1_717_200_000_000))
    small.add("e", category: "suspect")
    small.claim(.entity("e"), "category", "victim", Evidence(source: "s"))
    small.claim(.entity("e"), "minor", "true", Evidence(source: "s"))
    small.add("f", "Company")
    func excluded(
      _ asOf: String?, _ included: Set<RankingExclusion.Reason> = []
    ) throws -> [String] {
      try CaseView(asOf: asOf.flatMap { PartialDate($0) }).filter(small.contents)
        .rankingExclusions(including: included).map { "\($0.entity) \($0.reason.rawValue)" }
    }
    #expect(try excluded(nil) == ["a victim", "b witness", "c minor", "e victim"])
    #expect(
      try excluded("2024-02-27")
        == ["a victim", "b witness", "c minor", "d minor", "e victim"])
    #expect(try !excluded("2024-02-28").contains("d minor"))
    #expect(try excluded(nil, [.victim]) == ["b witness", "c minor", "e minor"])
    #expect(try excluded(nil, Set(RankingExclusion.Reason.allCases)).isEmpty)
  }

  @Test func `a claim that the view leaves out still protects, one that was withdrawn does not`()
    throws
  {
    var small = SmallCase()
    let good = Evidence(source: "s", grade: SmallCase.grade("A1"), handling: "H0")
    for id in ["a", "b", "c", "d"] { small.add(id, evidence: good) }
    var weak = Evidence(
      source: "s", valid: Interval(start: PartialDate("2001"), end: PartialDate("2001")),
      grade: SmallCase.grade("C3"),
      handling: "H2", recorded: 1_717_200_000_000)
    small.claim(.entity("a"), "category", "victim", weak)
    small.claim(.entity("b"), "category", "witness", weak)
    small.claim(.entity("c"), "minor", "true", weak)
    weak.withdrawn = 1_717_200_000_001
    small.claim(.entity("d"), "category", "victim", weak)
    for view in [
      CaseView(), CaseView(lowestGrades: [SmallCase.grade("B2")]), CaseView(handlingCeiling: "H1"),
      CaseView(asOf: PartialDate("2020")), CaseView(knownAt: PartialDate("2020")),
      CaseView(asOf: PartialDate("2020"), undated: .holdAlways),
    ] {
      let extract = try view.filter(small.contents)
      #expect(extract.entities.count == 4)
      #expect(
        extract.rankingExclusions().map { "\($0.entity) \($0.reason.rawValue)" }
          == ["a victim", "b witness", "c minor"])
      #expect(extract.isMinor("c") && !extract.isMinor("a"))
    }
  }

  @Test func `a birth date protects by the known-at date or the last record, not by the clock`()
    throws
  {
    func excluded(_ view: CaseView, recorded: String, withdrawn: Bool = false) throws -> Bool {
      var small = SmallCase()
      let time = try #require(PartialDate(recorded)).earliest
      small.add("p")
      small.claim(.entity("p"), "birthDate", "2006-02-28", Evidence(source: "s"))
      small.add("q")
      small.happen(
        "e", "Call", [("caller", "p"), ("receiver", "q")],
        evidence: Evidence(source: "s", recorded: time, withdrawn: withdrawn ? time + 1 : nil))
      return try view.filter(small.contents).isMinor("p")
    }
    #expect(try excluded(CaseView(), recorded: "2024-02-27"))
    #expect(try !excluded(CaseView(), recorded: "2024-02-28"))
    #expect(try excluded(CaseView(), recorded: "2024-02-28", withdrawn: true))
    #expect(try excluded(CaseView(knownAt: PartialDate("2024-02-27")), recorded: "2025"))
    #expect(try !excluded(CaseView(knownAt: PartialDate("2024-02-28")), recorded: "2023"))
    let both = CaseView(asOf: PartialDate("2024-02-28"), knownAt: PartialDate("2020"))
    #expect(try !excluded(both, recorded: "2020"))
  }

  @Test func `a further report of an event holds when the event took place`() throws {
    var small = SmallCase()
    let dated = Evidence(source: "s", valid: Interval(start: PartialDate("2000")))
    small.add("a", evidence: dated)
    small.add("b", evidence: dated)
    let ends = [("caller", "a"), ("receiver", "b")]
    small.happen("later", "Call", ends, at: "2024-03-04")
    small.happen("earlier", "Call", ends, at: "2019-03-04")
    small.happen("undated", "Call", ends)
    for id in ["later", "earlier", "undated"] {
      small.claim(.event(id), nil, "Call", Evidence(source: "t"))
      small.claim(
        .event(id), "duration", "60",
        Evidence(source: "t", valid: Interval(start: PartialDate("2019"), end: PartialDate("2019")))
      )
    }
    var extract = try CaseView(asOf: PartialDate("2020")).filter(small.contents)
    #expect(extract.events.map(\.id) == ["earlier", "undated"])
    #expect(extract.claims(about: .event("earlier")).count == 2)
    #expect(extract.leftOut[.otherTime].events == 1)
    #expect(extract.leftOut[.otherTime].claims == 2)
    extract = try CaseView(asOf: PartialDate("2020"), undated: .leftOut).filter(small.contents)
    #expect(extract.events.map(\.id) == ["earlier"])
  }

  @Test func `what was withdrawn for a time is known before and after it`() throws {
    func milliseconds(_ text: String) throws -> Int64 {
      try #require(PartialDate(text)).earliest
    }
    var small = SmallCase()
    let suspension = try milliseconds("2020-02-10")..<milliseconds("2020-03-10")
    small.add("p", evidence: Evidence(source: "s", suspensions: [suspension]))
    for (date, count) in [
      ("2020-02-09", 1), ("2020-02-10", 0), ("2020-02", 0), ("2020-03-09", 0), ("2020-03-10", 1),
    ] {
      let extract = try CaseView(knownAt: PartialDate(date)).filter(small.contents)
      #expect(extract.entities.count == count, "\(date)")
      #expect(extract.leftOut[.withdrawn].entities == 1 - count)
    }
    #expect(try CaseView().filter(small.contents).entities.count == 1)
  }
}
