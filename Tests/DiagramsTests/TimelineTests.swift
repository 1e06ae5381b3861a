// SPDX-License-Identifier: Apache-2.0

import Foundation
import GraphCore
import Testing

@testable import Diagrams

@Suite struct TimelineTests {
  private static let day: Int64 = 86_400_000
  // 2023-01-01.
  private static let start: Int64 = 19_358 * day

  private func timeline(lanes: Int, events: Int, days: Int, seed: UInt64 = 1) -> TimelineDiagram {
    var random = SeededGenerator(seed: seed)
    var frame = PictureFrame(title: "Calls & <payments>")
    frame.handling = "HANDLING H2"
    frame.subtitles = ["one", "two"]
    frame.footnotes = ["Left out: nothing"]
    var timeline = TimelineDiagram(frame: frame)
    timeline.kinds = ["Call", "Payment", "Meeting"]
    timeline.lanes = (0..<lanes).map {
      .init(id: "e\($0)", label: ["Ann", "مرحبا", "<b>\"x\""][$0 % 3] + " \($0)", icon: .person)
    }
    for number in 0..<events {
      let from = random.below(lanes)
      let to = random.below(lanes)
      let begin = Self.start + Int64(random.below(max(1, days * 24))) * 3_600_000
      // To the hour, the day, the month; every fortieth undated.
      let length: Int64 = [3_600_000, Self.day, 30 * Self.day][number % 3]
      let isUndated = number % 40 == 39
      timeline.occurrences.append(
        .init(
          id: "x\(number)", kind: number % 3, lanes: from == to ? [from] : [from, to],
          isDirected: number % 2 == 0, start: isUndated ? nil : begin,
          end: isUndated ? nil : begin + length,
          line: DiagramEdge.Line.allCases[number % 3], detail: "no \(number)", claims: [number]))
    }
    return timeline
  }

  @Test(arguments: [
    (1, 1, 1), (2, 9, 3), (12, 80, 400), (30, 160, 700), (44, 2_000, 900), (5, 900, 2),
  ])
  func `no sign covers another, all stand on the page, and none is lost`(
    _ lanes: Int, _ events: Int, _ days: Int
  ) {
    let timeline = timeline(lanes: lanes, events: events, days: days)
    let drawing = TimelineDrawing(timeline)
    let content = drawing.furniture.content
    for signs in [drawing.signs, drawing.undated] {
      for (index, sign) in signs.enumerated() {
        for other in signs[(index + 1)...]
        where sign.top <= other.bottom && other.top <= sign.bottom {
          #expect(abs(sign.x - other.x) >= sign.radius + other.radius)
        }
        #expect(sign.x - sign.radius >= content.minX && sign.x + sign.radius <= content.maxX)
        #expect(drawing.y(sign.bottom) + sign.radius <= content.maxY)
      }
    }
    let all = drawing.signs + drawing.undated
    #expect(Set(all.flatMap(\.members)).count == events)
    #expect(drawing.showsLinks == (events <= 80))
    if drawing.showsLinks {
      let dated = timeline.occurrences.count { $0.start != nil }
      #expect(drawing.signs.reduce(0) { $0 + $1.members.count } == dated)
    }
    // Those that are gathered are of one kind and between the same entities.
    for sign in drawing.signs {
      for member in sign.members {
        let event = timeline.occurrences[member]
        #expect(event.kind == sign.kind)
        #expect(Set(event.lanes).isSuperset(of: sign.lanes))
        #expect(!drawing.showsLinks || Set(event.lanes) == Set(sign.lanes))
      }
    }
  }

  @Test func `few events stand at their times, one sign each`() throws {
    let drawing = TimelineDrawing(timeline(lanes: 8, events: 30, days: 600))
    #expect(drawing.gathering == .none)
    #expect(drawing.signs.allSatisfy { $0.members.count == 1 })
    let scale = try #require(drawing.scale)
    for sign in drawing.signs {
      let event = drawing.timeline.occurrences[sign.members[0]]
      let middle = Double(try #require(event.start) + (try #require(event.end))) / 2
      #expect(abs(sign.x - scale.x(middle)) < 15)
    }
    // What is known to the month covers it.
    let wide = drawing.signs.filter { $0.span != nil }
    #expect(wide.count >= 9)
  }

  @Test func `crowded events are gathered by the calendar, and that is said`() {
    let drawing = TimelineDrawing(timeline(lanes: 4, events: 800, days: 365))
    #expect(drawing.gathering != .none)
    #expect(drawing.signs.contains { $0.members.count > 3 })
    #expect(drawing.omissions.contains { $0.contains("gathered in one sign with their number") })
  }

  @Test func `lanes that share events come next to each other`() {
    var timeline = timeline(lanes: 10, events: 0, days: 1)
    for (a, b) in [(0, 9), (9, 4), (1, 8), (2, 7)] {
      for _ in 0..<5 {
        timeline.occurrences.append(
          .init(
            id: "", kind: 0, lanes: [a, b], start: Self.start, end: Self.start + 1,
            line: .confirmed,
            detail: ""))
      }
    }
    timeline.arrangeLanes()
    for event in timeline.occurrences { #expect(abs(event.lanes[0] - event.lanes[1]) == 1) }
    #expect(Set(timeline.lanes.map(\.id)).count == 10)
  }

  @Test func `the calendar agrees with Foundation`() throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
    for day in stride(from: -700_000, to: 800_000, by: 977) {
      let parts = calendar.dateComponents(
        [.year, .month, .day], from: Date(timeIntervalSince1970: Double(day) * 86_400))
      let civil = Civil(day: day)
      #expect(civil.dayNumber == day)
      if day > -140_000 {
        #expect([civil.year, civil.month, civil.day] == [parts.year, parts.month, parts.day])
      }
    }
  }

  @Test func `a timeline is written the same each time, with claims, titles and furniture`()
    async throws
  {
    let renderer = DiagramRenderer()
    let timeline = timeline(lanes: 9, events: 60, days: 300)
    let bytes = try await renderer.render(timeline, as: .svg)
    #expect(try await renderer.render(timeline, as: .svg) == bytes)
    let text = String(decoding: bytes, as: UTF8.self)
    for words in [
      "Calls &amp; &lt;payments&gt;", "HANDLING H2", "Association is not guilt", "undated",
      "data-claims=\"0\"", "<desc>no 0</desc>", ">Call<", ">unconfirmed<",
    ] { #expect(text.contains(words), "\(words)") }
    #expect(!text.contains("<b>"))
    #expect(XMLCheck(bytes).problem == nil)
    #expect(try await renderer.render(timeline, as: .pdf).starts(with: "%PDF".utf8))
    #expect(try await renderer.render(timeline, as: .png(dpi: 50)).starts(with: [0x89, 0x50]))
    await #expect(throws: DiagramError.self) { try await renderer.render(timeline, as: .dot) }
    let empty = try await renderer.render(
      TimelineDiagram(frame: PictureFrame(title: "None")), as: .svg)
    #expect(String(decoding: empty, as: UTF8.self).contains("No events in this view"))
  }
}
