// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Diagrams

@Suite struct TextTests {
  @Test func `a text is cut so that it fits, with an ellipsis`() {
    let short = LabelText.shorten("Tropical Fruit Import and Export", to: 60, size: 9)
    #expect(short.hasSuffix("…"))
    #expect(TextMetrics.width(short, size: 9) <= 60)
    #expect(LabelText.shorten("Fits", to: 60, size: 9) == "Fits")
  }

  @Test func `a long name breaks at a space into two lines of like length`() {
    let lines = LabelText.folded("Meridian Consulting Partners", beyond: 60, to: 96, size: 9)
    #expect(lines == ["Meridian", "Consulting Partners"])
    #expect(LabelText.folded("Ana Roe", beyond: 60, to: 96, size: 9) == ["Ana Roe"])
    #expect(LabelText.folded("Unbreakable-in-one-word", beyond: 60, to: 200, size: 9).count == 1)
    let cut = LabelText.folded(
      String(repeating: "word ", count: 50), beyond: 96, to: 96, size: 9)
    #expect(cut.count == 2)
    #expect(cut[1].hasSuffix("…"))
    #expect(cut.allSatisfy { TextMetrics.width($0, size: 9) <= 96 })
  }

  @Test func `cleaning keeps scripts and takes out what would disturb`() {
    #expect(LabelText.clean("  a\n\tb  ") == "a b")
    #expect(LabelText.clean("x\u{0}\u{202E}y") == "x\u{FFFD}\u{FFFD}y")
    #expect(LabelText.clean("می\u{200C}خواهم") == "می\u{200C}خواهم")
    #expect(LabelText.clean(String(repeating: "é", count: 1000)).unicodeScalars.count == 401)
  }

  @Test func `widths of text grow with size and weight`() {
    let thin = TextMetrics.width("Marco Benali", size: 9)
    #expect(TextMetrics.width("Marco Benali", size: 18) == 2 * thin)
    #expect(TextMetrics.width("Marco Benali", size: 9, isBold: true) > thin)
    #expect(TextMetrics.width("王", size: 9) == 9)
    #expect(TextMetrics.width("e\u{301}", size: 9) == TextMetrics.width("e", size: 9))
  }

  @Test func `numbers are written the same everywhere`() {
    #expect(
      [0.0, 1.5, -2.256, 3.004, 0.05, 100].map(decimal) == [
        "0", "1.5", "-2.26", "3", "0.05", "100",
      ])
    #expect(number(1234567) == "1\u{2009}234\u{2009}567")
    #expect(number(0.4567) == "0.457")
  }

  @Test func `classes of strength begin at round numbers and cover all weights`() {
    let scale = WidthScale(weights: [1, 1, 2, 3, 8, 40, 120])
    #expect(scale.names.count == scale.cuts.count + 1)
    #expect(scale.level(1) == 1)
    #expect(scale.level(120) == scale.cuts.count + 1)
    #expect(WidthScale(weights: [2, 2, 2]).cuts.isEmpty)
    #expect(WidthScale(weights: [1, 2]).names == ["1", "2 and more"])
  }
}
