// SPDX-License-Identifier: Apache-2.0

/// What the columns of a table offer and the options leave open.
extension GraphDocument {
  /// Says which column could weigh the ties, unless one was chosen.
  func unusedWeights(_ options: GraphOptions) -> [Notice] {
    guard options.weight == nil else { return [] }
    switch format {
    case .graphML, .gexf, .gml, .pajek, .dl, .dot, .json, .gdf, .cx2, .vna, .ndjson,
      .followTheMoney, .bods:
      return []
    case .matrix, .twoMode:
      guard let column = edgeColumn("weight"),
        (0..<edgeCount).contains(where: { column.values.number(at: $0) != 1 })
      else { return [] }
      return [.note("every tie weighs 1; the cells could weigh them (--weight weight:strength)")]
    case .edgeList, .events:
      let known = edgeColumns.first {
        $0.values.isNumeric && ColumnNames.weights.contains(ColumnNames.key($0.name))
      }
      guard let known else { return [] }
      return [
        .note(
          "every tie weighs 1; the column \(known.name) could weigh them "
            + "(--weight \(known.name):strength or :length)")
      ]
    }
  }

  /// Says which column holds several networks in one list, unless some were chosen.
  ///
  /// Such a column has few values, and the same pair of nodes recurs under different ones.
  func unchosenLayers(_ options: GraphOptions) -> [Notice] {
    guard format == .edgeList, options.layers.isEmpty else { return [] }
    let names = ["layer", "matrix", "relation", "network"]
    var notices: [Notice] = []
    for column in edgeColumns where names.contains(ColumnNames.key(column.name)) {
      guard !options.conditions.contains(where: { edgeColumn($0.column)?.name == column.name }),
        let count = layerCount(column.values)
      else { continue }
      // A layer is looked for under these names; under another the column has to be named.
      let isFound = names.dropLast().contains(ColumnNames.key(column.name))
      notices.append(
        .note(
          "column \(column.name) has \(count) values; "
            + (isFound
              ? "--layer or --where picks one"
              : "--where \(column.name)=VALUE, or --layer with --layer-column, picks one")))
    }
    return notices
  }

  // The number of values, where they are few and divide the ties of some pair.
  private func layerCount(_ values: AttributeValues) -> Int? {
    struct Pair: Hashable {
      let low: Int32
      let high: Int32
    }
    var numbers: [String: Int] = [:]
    var layerOf: [Pair: Int] = [:]
    var recurs = false
    for edge in 0..<edgeCount {
      guard let text = values.text(at: edge), !text.isEmpty else { continue }
      let next = numbers.count
      let number = numbers[text, default: next]
      if number == next {
        guard next < 50 else { return nil }
        numbers[text] = number
      }
      guard !recurs else { continue }
      let pair = Pair(
        low: min(sources[edge], targets[edge]), high: max(sources[edge], targets[edge]))
      if let other = layerOf[pair] {
        recurs = other != number
      } else {
        layerOf[pair] = number
      }
    }
    return recurs && numbers.count >= 2 ? numbers.count : nil
  }
}
