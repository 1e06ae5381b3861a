// SPDX-License-Identifier: Apache-2.0

import CaseModel
import Testing

struct GradingTests {
  let schemes = GradingSchemes.standard

  @Test func `the schemes have their codes`() throws {
    #expect(try schemes.scheme("admiralty").codes.count == 36)
    #expect(try schemes.scheme("europol4x4").codes.count == 16)
    #expect(try schemes.scheme("europol4x4").codes.last == "X4")
    #expect(try schemes.scheme("uk3x5x2").codes.count == 15)
    #expect(try schemes.grade("b2", scheme: "admiralty").code == "B2")
    #expect(try schemes.handlingCode("tlp:amber+strict") == "TLP:AMBER+STRICT")
  }

  @Test func `an unknown code is refused with the allowed ones`() {
    #expect(
      throws: CaseModelError.unknownGrade(
        "B5", scheme: "europol4x4",
        allowed: ["A", "B", "C", "X"].flatMap { letter in (1...4).map { "\(letter)\($0)" } })
    ) { try schemes.grade("B5", scheme: "europol4x4") }
    #expect(
      throws: CaseModelError.unknownGradingScheme(
        "nato", known: ["admiralty", "europol4x4", "uk3x5x2"])
    ) { try schemes.grade("B2", scheme: "nato") }
    #expect(throws: CaseModelError.self) { try schemes.handlingCode("H4") }
    for code in ["", "B", "2", "B22", "2B", "G1", "A7"] {
      #expect(throws: CaseModelError.self) { try schemes.grade(code, scheme: "admiralty") }
    }
  }

  @Test(arguments: [
    ("A1", "B2", true), ("B2", "B2", true), ("B1", "A1", false), ("A3", "B2", false),
    ("C1", "B2", false), ("F1", "E6", false), ("F6", "F6", true),
  ])
  func `a grade meets a floor when both letters do`(
    _ code: String, _ floor: String, _ expected: Bool
  ) {
    #expect(
      schemes.isGrade(
        Grade(scheme: "admiralty", code: code), atLeast: Grade(scheme: "admiralty", code: floor))
        == expected)
  }

  @Test func `grades of different schemes are not compared`() {
    #expect(
      schemes.isGrade(
        Grade(scheme: "admiralty", code: "A1"), atLeast: Grade(scheme: "europol4x4", code: "X4"))
        == nil)
    #expect(schemes.isHandling("P", within: "H3") == nil)
    #expect(schemes.isHandling("H1", within: "H2") == true)
    #expect(schemes.isHandling("H3", within: "H2") == false)
  }

  @Test(arguments: [
    ("admiralty", "A1", LineClass.confirmed), ("admiralty", "B2", .confirmed),
    ("admiralty", "B3", .probable), ("admiralty", "C1", .probable),
    ("admiralty", "C4", .unconfirmed), ("admiralty", "F6", .unconfirmed),
    ("europol4x4", "A2", .confirmed), ("europol4x4", "A3", .probable),
    ("europol4x4", "X1", .unconfirmed), ("uk3x5x2", "1B", .confirmed),
    ("uk3x5x2", "2A", .probable), ("uk3x5x2", "3A", .unconfirmed), ("none", "A1", .unconfirmed),
  ])
  func `a grade decides how a line is drawn`(
    _ scheme: String, _ code: String, _ expected: LineClass
  ) {
    #expect(schemes.lineClass(of: Grade(scheme: scheme, code: code)) == expected)
  }

  @Test func `the strongest single grade wins whatever the order`() {
    let grades = [
      Grade(scheme: "admiralty", code: "C3"), Grade(scheme: "europol4x4", code: "A1"),
      Grade(scheme: "admiralty", code: "B3"), Grade(scheme: "uk3x5x2", code: "3E"),
    ]
    #expect(schemes.strongest(of: grades)?.code == "A1")
    #expect(schemes.strongest(of: grades.reversed())?.code == "A1")
    #expect(schemes.strongest(of: grades[2...])?.code == "B3")
    #expect(schemes.strongest(of: []) == nil)
  }

  @Test func `the most restrictive code is told for each scheme`() {
    #expect(schemes.mostRestrictive(of: ["H1", "P", "H2", "H0"]) == ["H2", "P"])
    #expect(schemes.mostRestrictive(of: []) == [])
  }
}
