// SPDX-License-Identifier: Apache-2.0

import Diagrams
import GraphCore

/// Diagrams made up for the tests.
enum Samples {
  /// A network of groups with hubs, links between them, all lines, arrows and icons.
  static func network(groups: Int, size: Int, seed: UInt64 = 1) -> Diagram {
    var random = SeededGenerator(seed: seed)
    var diagram = Diagram(title: "Operation Sample")
    diagram.subtitles = ["Made up for a test"]
    diagram.handling = "EXERCISE"
    diagram.sizeMeaning = "degree"
    diagram.widthMeaning = "number of records"
    let words = ["Ana", "Bodil", "Cyrus", "Dagny", "Ελένη", "Фёдор", "Gao 高", "Håkon", "Íñigo"]
    for group in 0..<groups {
      diagram.groups.append("Group \(group + 1)")
      for member in 0..<size {
        let node = DiagramNode(
          id: "e\(diagram.nodes.count)",
          label: "\(words[random.below(words.count)]) \(words[random.below(words.count)])",
          detail: member % 3 == 0 ? "role \(member)" : nil,
          icon: Icon.allCases[random.below(Icon.allCases.count)], size: Double(random.below(50)),
          group: group, isFlagged: member == 0)
        diagram.nodes.append(node)
      }
    }
    func link(_ a: Int, _ b: Int, _ label: String?) {
      diagram.edges.append(
        DiagramEdge(
          from: a, to: b, label: label,
          line: DiagramEdge.Line.allCases[random.below(3)], weight: Double(1 + random.below(20)),
          arrow: DiagramEdge.Arrow.allCases[random.below(3)]))
    }
    for group in 0..<groups {
      let first = group * size
      for member in 1..<size { link(first + (member > size / 2 ? 1 : 0), first + member, nil) }
      if group > 0 {
        for _ in 0..<3 { link(random.below(first), first + random.below(size), "meets") }
      }
    }
    return diagram.withoutLoops
  }
}

extension Diagram {
  var withoutLoops: Diagram {
    var copy = self
    copy.edges.removeAll { $0.from == $0.to }
    return copy
  }
}
