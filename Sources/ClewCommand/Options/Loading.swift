// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Clew
internal import Foundation

/// Opens an input and looks at it as the options say.
func load(
  _ path: String, _ view: ViewOptions, _ reading: ReadingOptions?, _ session: Session
) throws -> Network {
  let workbench = try Workbench(path, try reading?.request() ?? Workbench.Reading())
  let network = try workbench.network(view.request(), note: session.note)
  if workbench.isCase, let reason = view.reason, view.include != nil {
    // Ranking a protected group is a consultation for a stated purpose: no log, no ranking.
    try CaseStore(path).note(
      .consultation, who: ProcessInfo.processInfo.userName,
      reason: "ranked \(view.include ?? ""): \(reason)")
  }
  return network
}

/// The parts of a list joined by commas, without blanks around them.
func commaSeparated(_ text: String) -> [String] {
  text.split(separator: ",").map { part in
    var part = part
    while part.first == " " { part.removeFirst() }
    while part.last == " " { part.removeLast() }
    return String(part)
  }.filter { !$0.isEmpty }
}

extension FilterOptions {
  /// The request that the filters state.
  func request() -> ViewRequest {
    ViewRequest(
      asOf: asOf, knownAt: knownAt, lowestGrade: minGrade, handlingCeiling: handling,
      layers: layer.map(commaSeparated) ?? [], schemata: schema.map(commaSeparated) ?? [],
      categories: category.map(commaSeparated) ?? [],
      places: place.map(commaSeparated) ?? [], savedView: view)
  }
}

extension ViewOptions {
  /// The request that the options state.
  func request() -> ViewRequest {
    var request = filters.request()
    request.direction = direction.map { $0 == .directed ? .directed : .undirected }
    request.weight = weight.flatMap(Self.parsed).map {
      .init($0.property, $0.meaning == "length" ? .length : .strength)
    }
    request.largestComponentOnly = component == .largest
    request.including = include.map(commaSeparated) ?? []
    return request
  }
}

extension ReadingOptions {
  /// How a graph file is to be read.
  func request() throws -> Workbench.Reading {
    var reading = Workbench.Reading()
    reading.file.format = try word(inputFormat, "--input-format", GraphFormat.self)
    reading.file.table.encoding = try word(encoding, "--encoding", TextEncoding.self)
    reading.file.table.header =
      try word(header, "--header", DelimitedReader.HeaderRule.self) ?? .detect
    reading.file.sheet = sheet
    reading.file.identifierColumn = idColumn
    reading.file.labelColumn = labelColumn
    reading.file.sourceColumn = sourceColumn
    reading.file.targetColumn = targetColumn
    for (option, value) in [
      ("--time-column", timeColumn), ("--amount-column", amountColumn),
      ("--time-format", timeFormat),
    ] where value != nil && reading.file.format != .events {
      throw ClewError.usage("\(option) is for tables of events: add --input-format events")
    }
    reading.file.timeColumn = timeColumn
    reading.file.amountColumn = amountColumn
    reading.file.timeForm = timeFormat
    reading.file.network = network
    reading.file.nodes = nodes.map { Input(argument: $0) }
    reading.file.incompleteRows =
      try word(incomplete, "--incomplete", GraphReadingOptions.IncompleteRows.self) ?? .refuse
    reading.file.maximumNodes = maxNodes
    reading.graph.layerColumn = layerColumn
    reading.graph.symmetrization = try word(
      symmetrize, "--symmetrize", GraphOptions.Symmetrization.self)
    reading.graph.parallelEdges =
      try word(parallel, "--parallel", GraphOptions.ParallelEdges.self) ?? .merge
    reading.graph.selfLoops = try word(loops, "--loops", GraphOptions.SelfLoops.self) ?? .drop
    reading.graph.conditions = try conditions.map { text in
      guard let condition = GraphOptions.Condition(text) else {
        throw ClewError.usage("--where \(text): expected COLUMN=VALUE, such as drug=Cocaine")
      }
      return condition
    }
    return reading
  }

  private func word<Word: RawRepresentable<String> & CaseIterable>(
    _ text: String?, _ option: String, _ type: Word.Type
  ) throws -> Word? {
    guard let text else { return nil }
    guard let word = Word(rawValue: text) else {
      throw ClewError.usage(
        "\(option) \(text): expected "
          + Word.allCases.map(\.rawValue).joined(separator: ", "))
    }
    return word
  }
}
