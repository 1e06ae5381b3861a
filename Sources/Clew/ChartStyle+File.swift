// SPDX-License-Identifier: Apache-2.0

internal import CaseModel
public import Diagrams
internal import Interchange

extension ChartStyle {
  /// The style of a name, or that of a file of settings.
  ///
  /// A name without a slash or a suffix is that of a ready style. A file extends a ready one
  /// (`extends: dark`; without it `investigation`) and says what differs:
  ///
  ///     extends: greyscale
  ///     groups: ["#1a1a1a", "#595959"]
  ///     labelSize: 10
  ///
  /// - Throws: `ClewError.usage` for a name that is none, `ClewError.badData` for a file that says
  ///   something that is no style, with every mistake by line and column.
  public init(named name: String) throws(ClewError) {
    if let known = Self.ready.first(where: { $0.name == name }) {
      self = known.style
      return
    }
    guard name.contains(".") || name.contains("/") else {
      let names = Self.ready.map(\.name)
      throw .usage(
        "\(name): no such style" + Self.hint(to: name, among: names) + "; there are "
          + names.joined(separator: ", ") + ", or give a file: FILE.yaml")
    }
    try self.init(yaml: try Output.text(of: name, what: "a style (YAML)"), file: name)
  }

  /// Reads a style from the text of a file.
  ///
  /// - Parameters:
  ///   - yaml: The text.
  ///   - file: The name of the file, for messages.
  /// - Throws: `ClewError.badData` with every mistake by line and column.
  public init(yaml: String, file: String) throws(ClewError) {
    let root: YAMLValue
    do {
      root = try YAMLValue(yaml: yaml)
    } catch {
      throw .badData("\(file):\(error.line):\(error.column): \(error.what)")
    }
    var reader = ChartStyleReader(file: file)
    let style = reader.style(root)
    guard reader.problems.isEmpty else {
      throw .badData(reader.problems.joined(separator: "\n"))
    }
    self = style
  }

  /// A few words that name the known one nearest to a word, or nothing.
  fileprivate static func hint(to word: String, among known: [String]) -> String {
    NearWord.nearest(to: word, in: known).map { "; did you mean '\($0)'?" } ?? ""
  }

  /// The ready styles, and every setting with its value in the default, as a file to begin from.
  public static var settingsText: String {
    var lines = ["# Ready styles, for --style or extends:"]
    for (name, _, purpose) in ready { lines.append("#   \(name): \(purpose)") }
    lines += ["# A file of one's own extends one and says what differs:", "extends: investigation"]
    for setting in ChartStyleReader.settings {
      lines.append("# \(setting.meaning)")
      lines.append("\(setting.key): \(setting.shown(investigation))")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

/// Reads the settings of a style and lists what is wrong with them.
private struct ChartStyleReader {
  struct Setting: Sendable {
    enum Kind: Sendable {
      case color(any WritableKeyPath<ChartStyle, Color> & Sendable)
      case colors(any WritableKeyPath<ChartStyle, [Color]> & Sendable)
      case number(any WritableKeyPath<ChartStyle, Double> & Sendable, ClosedRange<Double>)
      case flag(any WritableKeyPath<ChartStyle, Bool> & Sendable)
      case rings, mostNames, words
    }
    let key: String
    let kind: Kind
    let meaning: String

    func shown(_ style: ChartStyle) -> String {
      switch kind {
      case .color(let path): "\"\(style[keyPath: path].hex)\""
      case .colors(let path):
        "[" + style[keyPath: path].map { "\"\($0.hex)\"" }.joined(separator: ", ") + "]"
      case .number(let path, _): plain(style[keyPath: path])
      case .flag(let path): "\(style[keyPath: path])"
      case .rings: "\(style.flagRings)"
      case .mostNames: style.mostNames.map { "\($0)" } ?? "all"
      case .words: style.wordsOnLines.rawValue
      }
    }
  }

  static let settings: [Setting] = [
    Setting(key: "background", kind: .color(\.background), meaning: "The paper."),
    Setting(key: "text", kind: .color(\.text), meaning: "Names and the title."),
    Setting(key: "quietText", kind: .color(\.quietText), meaning: "Second lines and the foot."),
    Setting(
      key: "icon", kind: .color(\.icon), meaning: "Pictograms, on the colour of their group."),
    Setting(key: "groups", kind: .colors(\.groups), meaning: "Groups, 1 to 24 colours."),
    Setting(key: "neutral", kind: .color(\.neutral), meaning: "Icons of no group."),
    Setting(key: "innerLine", kind: .color(\.innerLine), meaning: "Lines within a group."),
    Setting(key: "outerLine", kind: .color(\.outerLine), meaning: "Lines between groups."),
    Setting(key: "flag", kind: .color(\.flag), meaning: "The ring of what is flagged."),
    Setting(key: "flagRings", kind: .rings, meaning: "One ring or two: 1 or 2."),
    Setting(key: "accused", kind: .color(\.accused), meaning: "The sign of suspects and convicts."),
    Setting(key: "protected", kind: .color(\.protected), meaning: "That of victims and witnesses."),
    Setting(key: "added", kind: .color(\.added), meaning: "What is new since an earlier chart."),
    Setting(key: "gone", kind: .color(\.gone), meaning: "The sign of what is gone since."),
    Setting(
      key: "regraded", kind: .color(\.regraded), meaning: "That of what was graded anew since."),
    Setting(key: "banner", kind: .color(\.banner), meaning: "The band with the handling marking."),
    Setting(key: "bannerText", kind: .color(\.bannerText), meaning: "The marking on it."),
    Setting(
      key: "regionFill", kind: .number(\.regionFill, 0...0.5),
      meaning: "How much of its colour fills a region: 0 to 0.5."),
    Setting(
      key: "regionOutline", kind: .number(\.regionOutline, 0...1),
      meaning: "How much of its colour outlines it: 0 to 1."),
    Setting(
      key: "breaksOutlines", kind: .flag(\.breaksOutlines),
      meaning: "Outlines solid, dashed and dotted by turns: true or false."),
    Setting(
      key: "labelSize", kind: .number(\.labelSize, 5...30),
      meaning: "Names, in points before fitting to the page: 5 to 30."),
    Setting(
      key: "strongLabelSize", kind: .number(\.strongLabelSize, 5...36),
      meaning: "Names of the few largest: 5 to 36."),
    Setting(
      key: "detailSize", kind: .number(\.detailSize, 4...24), meaning: "Second lines: 4 to 24."),
    Setting(
      key: "iconScale", kind: .number(\.iconScale, 0.5...3),
      meaning: "Icons, times their usual size: 0.5 to 3."),
    Setting(
      key: "lineScale", kind: .number(\.lineScale, 0.3...4),
      meaning: "Lines, times their usual width: 0.3 to 4."),
    Setting(
      key: "furnitureScale", kind: .number(\.furnitureScale, 0.6...2),
      meaning: "Title, legend and foot, times their usual size: 0.6 to 2."),
    Setting(
      key: "mostNames", kind: .mostNames,
      meaning: "How many entities are named, the largest first: a number from 0, or all."),
    Setting(
      key: "secondLines", kind: .flag(\.secondLines),
      meaning: "Whether names have a second line: true or false."),
    Setting(
      key: "wordsOnLines", kind: .words,
      meaning: "Words on lines: chosen (where there is room) or none."),
  ]

  let file: String
  private(set) var problems: [String] = []

  init(file: String) { self.file = file }

  private mutating func report(_ line: Int, _ column: Int, _ what: String) {
    problems.append("\(file):\(line):\(column): \(what)")
  }

  private mutating func report(_ value: YAMLValue, _ what: String) {
    report(value.line, value.column, what)
  }

  mutating func style(_ root: YAMLValue) -> ChartStyle {
    var style = ChartStyle.investigation
    guard case .map(let entries) = root.content else {
      report(root, "no settings; expected lines such as 'extends: dark' and 'labelSize: 10'")
      return style
    }
    if let entry = entries.first(where: { $0.key == "extends" }), let name = word(entry.value) {
      if let known = ChartStyle.ready.first(where: { $0.name == name }) {
        style = known.style
      } else {
        let names = ChartStyle.ready.map(\.name)
        report(
          entry.value,
          "there is no ready style '\(name)'" + ChartStyle.hint(to: name, among: names)
            + "; expected " + names.joined(separator: ", "))
      }
    }
    var places: [String: YAMLValue] = [:]
    for entry in entries where entry.key != "extends" {
      guard let setting = Self.settings.first(where: { $0.key == entry.key }) else {
        let keys = ["extends"] + Self.settings.map(\.key)
        report(
          entry.line, entry.column,
          "'\(entry.key)' is no setting of a style" + ChartStyle.hint(to: entry.key, among: keys)
            + "; `clew styles` lists them")
        continue
      }
      places[entry.key] = entry.value
      read(entry.value, setting, into: &style)
    }
    if problems.isEmpty { checkContrast(of: style, places, root) }
    return style
  }

  // A chart that does not read is refused, at the setting that makes it so.
  private mutating func checkContrast(
    of style: ChartStyle, _ places: [String: YAMLValue], _ root: YAMLValue
  ) {
    for fault in style.contrastFaults {
      let ground = fault.ground.hasPrefix("region") ? "regionFill" : fault.ground
      let key = ground.hasPrefix("groups") ? "groups" : ground
      let value = places[fault.color] ?? places[key] ?? places["groups"] ?? places["background"]
      report(
        value ?? root,
        "\(fault.color) has a contrast of \(plain((fault.contrast * 100).rounded() / 100)) to "
          + "\(fault.ground); expected at least \(plain(fault.needed)) so that it can be read")
    }
  }

  private mutating func word(_ value: YAMLValue) -> String? {
    if case .text(let text) = value.content, !text.isEmpty { return text }
    report(value, "expected a word")
    return nil
  }

  private mutating func color(_ value: YAMLValue) -> Color? {
    if case .text(let text) = value.content, let color = Color(hex: text) { return color }
    let found = if case .text(let text) = value.content { "'\(text)'" } else { "this" }
    report(value, "\(found) is no colour; expected six digits in quotes, such as \"#0072b2\"")
    return nil
  }

  private mutating func read(
    _ value: YAMLValue, _ setting: Setting, into style: inout ChartStyle
  ) {
    let text = if case .text(let text) = value.content { text } else { "" }
    switch setting.kind {
    case .color(let path):
      if let color = color(value) { style[keyPath: path] = color }
    case .colors(let path):
      guard case .list(let values) = value.content, (1...24).contains(values.count) else {
        report(value, "\(setting.key): expected a list of 1 to 24 colours")
        return
      }
      style[keyPath: path] = values.compactMap { color($0) }
    case .number(let path, let range):
      guard let number = Double(text), range.contains(number) else {
        report(
          value,
          "\(setting.key): '\(text)' is no number from \(plain(range.lowerBound)) to "
            + plain(range.upperBound))
        return
      }
      style[keyPath: path] = number
    case .flag(let path):
      guard text == "true" || text == "false" else {
        report(value, "\(setting.key): '\(text)' is neither true nor false")
        return
      }
      style[keyPath: path] = text == "true"
    case .rings:
      guard let number = Int(text), (1...2).contains(number) else {
        report(value, "\(setting.key): '\(text)' is neither 1 nor 2")
        return
      }
      style.flagRings = number
    case .mostNames:
      guard text == "all" || Int(text) ?? -1 >= 0 else {
        report(value, "\(setting.key): '\(text)' is neither a number from 0 nor all")
        return
      }
      style.mostNames = Int(text)
    case .words:
      guard let words = ChartStyle.Words(rawValue: text) else {
        report(value, "\(setting.key): '\(text)' is neither chosen nor none")
        return
      }
      style.wordsOnLines = words
    }
  }
}

// As one would write it: 9, 0.45.
private func plain(_ number: Double) -> String {
  number == number.rounded() ? "\(Int(number))" : "\(number)"
}
