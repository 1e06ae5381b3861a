// SPDX-License-Identifier: Apache-2.0

internal import CaseModel

/// The ready mapping whose layout a file has, and the columns that it leaves unused.
struct RecognizedLayout {
  let ready: ReadyMapping
  private let unused: [String]

  /// Records are looked at up to this many when a file is no table.
  private static let records = 200

  /// Finds the ready mapping of which a file has every column; nil when there is none.
  ///
  /// Of several the one with most columns is taken. Records of JSON need not have every path: those
  /// that the mapping's first entity is known by, and a third of the others, are enough.
  init?(_ input: Input) {
    if case .standardInput = input { return nil }
    let isJSON = Self.beginsAsJSON(input)
    var best: (ready: ReadyMapping, used: Set<String>, header: [String])?
    for ready in ReadyMapping.all {
      guard let mapping = try? ImportMapping(yaml: ready.yaml(file: "t")),
        let rule = mapping.rules.first, (rule.format != nil) == isJSON,
        rule.columns.count > best?.used.count ?? 0,
        let header = isJSON ? Self.paths(input, rule) : Self.header(input, rule)
      else { continue }
      best = (ready, Set(rule.columns.map(\.name)), header)
    }
    guard let best else { return nil }
    ready = best.ready
    unused = best.header.filter { !best.used.contains($0) }
  }

  /// Whether the first character of a file that is not blank opens an object or a list.
  static func beginsAsJSON(_ input: Input) -> Bool {
    if case .standardInput = input { return false }
    guard let head = try? ByteStream(input).peek() else { return false }
    let first = head.first { ![9, 10, 13, 32, 0xEF, 0xBB, 0xBF].contains($0) }
    return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
  }

  private static func header(_ input: Input, _ rule: FileRule) -> [String]? {
    guard let header = try? MappedRows(input, rule).header else { return nil }
    let known = Set(header)
    return rule.columns.allSatisfy { known.contains($0.name) } ? header : nil
  }

  private static func paths(_ input: Input, _ rule: FileRule) -> [String]? {
    guard var rows = try? MappedRows(input, rule) else { return nil }
    var met: Set<Int> = []
    for _ in 0..<records {
      guard let row = try? rows.next() else { break }
      guard let record = row.record else { continue }
      for slot in rule.columns.indices where !record.entries(slot).isEmpty { met.insert(slot) }
    }
    let needed = rule.things.first { $0.schema.kind == .entity }?.id?.slots ?? []
    let isEnough = needed.allSatisfy { met.contains($0) } && met.count * 3 >= rule.columns.count
    return isEnough ? met.sorted().map { rule.columns[$0].name } : nil
  }

  /// The text of the mapping, with what it leaves out and why.
  func yaml(file: String, source: String?, grade: String?, handling: String?) -> String {
    var lines = ready.yaml(file: file, source: source).split(
      separator: "\n", omittingEmptySubsequences: false
    ).map(String.init)
    lines[0] =
      "# Proposed from the columns of \(MappingSuggestion.plain(file)), which are those of the ready "
      + "mapping \(ready.name): check every line before you import."
    if let index = lines.firstIndex(of: "sources:"), lines.indices.contains(index + 1) {
      var marks: [String] = []
      if let grade { marks.append("grade: \(MappingSuggestion.scalar(grade))") }
      if let handling { marks.append("handling: \(MappingSuggestion.scalar(handling))") }
      let line = lines[index + 1]
      if let end = line.range(of: grade == nil ? " }" : ", grade:"), !marks.isEmpty {
        lines[index + 1] = line[..<end] + ", " + marks.joined(separator: ", ") + " }"
      }
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    if !unused.isEmpty {
      lines.append(
        "    # not mapped, for the ready mapping takes nothing from them: "
          + unused.map(MappingSuggestion.plain).joined(separator: ", "))
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension String {
  // Where a text begins that occurs last.
  fileprivate func range(of text: String) -> Index? {
    var found: Index?
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { found = start }
      start = index(after: start)
    }
    return found
  }
}
