// SPDX-License-Identifier: Apache-2.0

import Clew
import Testing

/// Styles of charts from files.
struct ChartStyleTests {
  private func problems(_ yaml: String) -> [String] {
    do {
      _ = try ChartStyle(yaml: yaml, file: "s.yaml")
      return []
    } catch {
      return error.description.split(separator: "\n").map(String.init)
    }
  }

  @Test func `a file extends a ready style and changes what it says`() throws {
    let style = try ChartStyle(
      yaml: """
        extends: greyscale
        labelSize: 11.5
        groups: ["#1a1a1a", "#444"]
        breaksOutlines: false
        mostNames: 12
        wordsOnLines: none
        """, file: "s.yaml")
    var expected = ChartStyle.greyscale
    expected.labelSize = 11.5
    expected.groups = [Color(0x1A1A1A), Color(0x444444)]
    expected.breaksOutlines = false
    expected.mostNames = 12
    expected.wordsOnLines = .none
    #expect(style == expected)
    #expect(try ChartStyle(yaml: "{}", file: "s.yaml") == .investigation)
  }

  @Test func `every mistake is named by line and column with the setting it may have meant`() {
    #expect(
      problems("extends: grayscale\nlabelsise: 9\ngroups: blue\ntext: \"#12\"\nflagRings: 3\n") == [
        "s.yaml:1:10: there is no ready style 'grayscale'; did you mean 'greyscale'?; expected "
          + "investigation, greyscale, presentation, dark",
        "s.yaml:2:1: 'labelsise' is no setting of a style; did you mean 'labelSize'?; "
          + "`clew styles` lists them",
        "s.yaml:3:9: groups: expected a list of 1 to 24 colours",
        "s.yaml:4:7: '#12' is no colour; expected six digits in quotes, such as \"#0072b2\"",
        "s.yaml:5:12: flagRings: '3' is neither 1 nor 2",
      ])
    #expect(
      problems(
        "labelSize: big\nregionFill: 0.9\nsecondLines: yes\nmostNames: -1\nwordsOnLines: all")
        == [
          "s.yaml:1:12: labelSize: 'big' is no number from 5 to 30",
          "s.yaml:2:13: regionFill: '0.9' is no number from 0 to 0.5",
          "s.yaml:3:14: secondLines: 'yes' is neither true nor false",
          "s.yaml:4:12: mostNames: '-1' is neither a number from 0 nor all",
          "s.yaml:5:15: wordsOnLines: 'all' is neither chosen nor none",
        ])
    #expect(problems("- a\n").first?.hasPrefix("s.yaml:1:1: no settings") == true)
    #expect(problems("a: [").first?.hasPrefix("s.yaml:") == true)
    #expect(problems("") == ["s.yaml:1:1: the file is empty"])
  }

  @Test func `a style that cannot be read is refused at the setting that makes it so`() {
    let found = problems("extends: investigation\nquietText: \"#999999\"\n")
    #expect(
      found.first
        == "s.yaml:2:12: quietText has a contrast of 2.85 to background; expected at least 4.5 so "
        + "that it can be read")
    #expect(
      problems("groups: [\"#ffff00\"]").contains { $0.contains("icon has a contrast of 1.07") })
  }

  @Test func `a name that is none is refused with those that are`() {
    #expect {
      try ChartStyle(named: "drak")
    } throws: {
      "\($0)" == "drak: no such style; did you mean 'dark'?; there are investigation, greyscale, "
        + "presentation, dark, or give a file: FILE.yaml"
    }
    #expect(throws: ClewError.self) { try ChartStyle(named: "missing.yaml") }
  }

  @Test func `the settings that help prints are a file that gives the default`() throws {
    #expect(try ChartStyle(yaml: ChartStyle.settingsText, file: "s.yaml") == .investigation)
    for (name, _, _) in ChartStyle.ready {
      #expect(ChartStyle.settingsText.contains("  \(name): "))
    }
  }
}
