// SPDX-License-Identifier: Apache-2.0

import CaseModel
import Foundation
import Testing

struct PartialDateTests {
  @Test(
    arguments: [
      ("2019", 1_546_300_800_000, 1_577_836_800_000),
      ("2019-03", 1_551_398_400_000, 1_554_076_800_000),
      ("2019-12", 1_575_158_400_000, 1_577_836_800_000),
      ("2019-03-04", 1_551_657_600_000, 1_551_744_000_000),
      ("2020-02-29", 1_582_934_400_000, 1_583_020_800_000),
      ("2019-03-04T10Z", 1_551_693_600_000, 1_551_697_200_000),
      ("2019-03-04T10:20Z", 1_551_694_800_000, 1_551_694_860_000),
      ("2019-03-04T10:20", 1_551_694_800_000, 1_551_694_860_000),
      ("2019-03-04 10:20:30", 1_551_694_830_000, 1_551_694_831_000),
      ("2019-03-04T10:20:30+02:00", 1_551_687_630_000, 1_551_687_631_000),
      ("2019-03-04T10:20:30-0330", 1_551_707_430_000, 1_551_707_431_000),
      ("2019-03-04T10:20:30+02", 1_551_687_630_000, 1_551_687_631_000),
      ("2019-03-04T10:20:30.5Z", 1_551_694_830_500, 1_551_694_830_600),
      ("2019-03-04T10:20:30.123456Z", 1_551_694_830_123, 1_551_694_830_124),
      ("1969-12-31T23:59:59Z", -1_000, 0),
      ("0001", -62_135_596_800_000, -62_104_060_800_000),
    ] as [(String, Int64, Int64)])
  func `a date has the bounds that its text allows`(
    _ text: String, _ earliest: Int64, _ latest: Int64
  ) throws {
    let date = try #require(PartialDate(text))
    #expect(date.text == text)
    #expect(date.earliest == earliest)
    #expect(date.latest == latest)
  }

  @Test(arguments: [
    "", "19", "20190", "2019-", "2019-3", "2019-13", "2019-00", "2019-02-29", "2019-04-31",
    "2019-03-00", "2019-03-04T", "2019-03-04T24:00", "2019-03-04T10:60", "2019-03-04T10:20:60",
    "2019-03-04T10:20:30.", "2019-03-04T10:20X", "2019-03-04Z", "04/03/2019", " 2019", "2019 ",
    "2019-03-04T10:20+", "2019-03-04T10:20+15", "0000", "-2019", "２０１９", "1900-02-29",
  ])
  func `what is no date is refused`(_ text: String) {
    #expect(PartialDate(text) == nil)
  }

  @Test func `days agree with Foundation from 1600 to 2400`() throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
    for year in stride(from: 1600, through: 2400, by: 7) {
      for (month, day) in [(1, 1), (2, 28), (3, 1), (12, 31)] {
        let components = DateComponents(year: year, month: month, day: day)
        let seconds = try #require(calendar.date(from: components)).timeIntervalSince1970
        func padded(_ number: Int) -> String { (number < 10 ? "0" : "") + "\(number)" }
        let date = try #require(PartialDate("\(year)-\(padded(month))-\(padded(day))"))
        #expect(date.earliest == Int64(seconds) * 1000)
      }
    }
  }

  @Test func `an instant becomes the text of its second and back`() throws {
    for second in stride(from: Int64(-40_000_000_000), through: 40_000_000_000, by: 987_654_321) {
      let date = try #require(PartialDate(milliseconds: second * 1000 + 250))
      #expect(date.earliest == second * 1000)
      #expect(PartialDate(date.text) == date)
      #expect(date.text.utf8.count == 20)
    }
    #expect(PartialDate(milliseconds: .max) == nil)
    #expect(PartialDate(milliseconds: .min) == nil)
  }

  @Test func `dates order by instant, the more precise first`() {
    let texts = ["2019-03-04", "2019", "2019-03", "2018-12-31T23:00Z", "2019-01-01"]
    let sorted = texts.compactMap { PartialDate($0) }.sorted().map(\.text)
    #expect(sorted == ["2018-12-31T23:00Z", "2019-01-01", "2019", "2019-03", "2019-03-04"])
  }

  @Test func `dates and intervals survive JSON`() throws {
    let interval = Interval(start: PartialDate("2019-03"), end: nil)
    let data = try JSONEncoder().encode(interval)
    #expect(String(decoding: data, as: UTF8.self) == #"{"start":"2019-03"}"#)
    #expect(try JSONDecoder().decode(Interval.self, from: data) == interval)
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(Interval.self, from: Data(#"{"start":"March"}"#.utf8))
    }
  }

  @Test(
    arguments: [
      ("2019", nil, "2019-05", true), ("2019", nil, "2018", false), (nil, "2019", "2018", true),
      (nil, "2019", "2020", false), ("2019-03", "2019-04", "2019-04-30T23:59Z", true),
      ("2019-03", "2019-04", "2019-05", false), ("2019-03", "2019-04", "2019", true),
      (nil, nil, "2019", true), ("2019-03-04T10:20Z", "2019-03-04T10:20Z", "2019-03-04", true),
    ] as [(String?, String?, String, Bool)])
  func `an interval overlaps a date as its ends say`(
    _ start: String?, _ end: String?, _ date: String, _ expected: Bool
  ) throws {
    let interval = Interval(
      start: start.flatMap { PartialDate($0) }, end: end.flatMap { PartialDate($0) })
    #expect(interval.overlaps(try #require(PartialDate(date))) == expected)
    #expect(!interval.isReversed)
  }
}
