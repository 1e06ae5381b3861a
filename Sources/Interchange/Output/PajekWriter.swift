// SPDX-License-Identifier: Apache-2.0

/// Writes a network of Pajek (.net), or a project (.paj) that has the attributes of nodes too.
///
/// In a project, whole numbers, truth values and categories become partitions, other numbers vectors.
/// The categories of a partition are numbered in the order of their names, which a comment above it
/// lists. Coordinates stand with the vertices in both.
public struct PajekWriter: GraphWriter {
  public let format = GraphFormat.pajek
  /// Whether partitions and vectors are written behind the network.
  public var isProject: Bool

  /// The most categories that text is written as a partition for.
  public static let maximumCategories = 1_000

  /// Creates a writer.
  ///
  /// - Parameter isProject: whether partitions and vectors are written behind the network.
  public init(isProject: Bool = false) { self.isProject = isProject }

  public func write(_ given: GraphDocument) throws(InterchangeError) -> WrittenGraph {
    var parts = WrittenParts(given)
    let document = parts.document
    parts.noteGraphAttributes()
    let weights = parts.weights()
    let coordinates = Self.coordinates(document)
    var text = isProject ? "*Network \(Self.line(document.name))\n" : ""
    text += try vertices(document, coordinates, &parts)
    text += ties(document, weights, parts.isDirected)
    if document.isNearlySymmetric {
      parts.losses.add(document.edgeCount, "cells of a nearly symmetric matrix are written as arcs")
    }
    let others = document.nodeColumns.filter { column in
      !coordinates.contains { $0.name == column.name }
    }
    var homeless: [String] = []
    for column in others {
      if isProject, let part = Self.part(column, &parts.losses) {
        text += part
      } else {
        homeless.append(column.name)
      }
    }
    parts.losses.add(
      homeless.count, "attributes of nodes have no place: " + homeless.joined(separator: ", "))
    if document.nodeLabels != nil {
      parts.losses.add(document.nodeCount, "labels of nodes have no place")
    }
    return WrittenGraph(bytes: Array(text.utf8), nodeTable: nil, losses: parts.losses)
  }

  private func vertices(
    _ document: GraphDocument, _ coordinates: [AttributeColumn], _ parts: inout WrittenParts
  ) throws(InterchangeError) -> String {
    var changed = 0
    var text = "*Vertices \(document.nodeCount)\n"
    var used: Set<String> = []
    for node in 0..<document.nodeCount {
      let label = Self.line(document.nodeIDs[node])
      if label != document.nodeIDs[node] { changed += 1 }
      guard used.insert(label).inserted else {
        throw .request(
          "Pajek cannot tell the identifiers apart that are written as “\(label.printable())”; "
            + "choose another format")
      }
      text += "\(node + 1) \"\(label)\""
      for column in coordinates { text += " \(column.values.text(at: node) ?? "0")" }
      text += "\n"
    }
    parts.losses.add(changed, "identifiers hold quotes or control characters and are changed")
    return text
  }

  private func ties(
    _ document: GraphDocument, _ weights: AttributeColumn?, _ isDirected: Bool
  ) -> String {
    var text = ""
    let directions = (0..<document.edgeCount).map { document.mixedDirections?[$0] ?? isDirected }
    for directed in [true, false] where directions.contains(directed) {
      text += directed ? "*Arcs\n" : "*Edges\n"
      for edge in 0..<document.edgeCount where directions[edge] == directed {
        text += "\(document.sources[edge] + 1) \(document.targets[edge] + 1)"
        if let weight = weights?.values.text(at: edge) { text += " \(weight)" }
        text += "\n"
      }
    }
    return text
  }

  // Coordinates that every vertex has.
  private static func coordinates(_ document: GraphDocument) -> [AttributeColumn] {
    func whole(_ name: String) -> AttributeColumn? {
      guard let column = document.nodeColumns.first(where: { $0.name == name }),
        case .real(let values) = column.values,
        !values.isEmpty, values.allSatisfy({ $0?.isFinite ?? false })
      else { return nil }
      return column
    }
    guard let x = whole("x"), let y = whole("y") else { return [] }
    return [x, y, whole("z")].compactMap(\.self)
  }

  // A column as a partition or a vector; nil for text of too many kinds.
  private static func part(_ column: AttributeColumn, _ losses: inout LossReport) -> String? {
    let name = line(column.name)
    var lines: [String] = []
    var kind = "Partition"
    let code = PajekValues.missingClass
    switch column.values {
    case .integer(let values):
      // Classes are numbers that fit 32 bits; others go into a vector.
      let isPartition = values.allSatisfy { ($0 ?? 0).magnitude < UInt64(code) }
      guard isPartition || values.allSatisfy({ ($0 ?? 0).magnitude < 1 << 53 }) else { return nil }
      kind = isPartition ? "Partition" : "Vector"
      let missing = isPartition ? code : PajekValues.missingNumber
      lines = values.map { String($0 ?? Int64(missing)) }
    case .real(let values):
      guard values.allSatisfy({ ($0 ?? 0).isFinite }) else { return nil }
      kind = "Vector"
      lines = values.map { $0.map(\.description) ?? String(PajekValues.missingNumber) }
    case .boolean(let values):
      losses.add(1, "truth values are written as 0 and 1: \(column.name)")
      lines = values.map { $0.map { $0 ? "1" : "0" } ?? String(code) }
    case .text(let values):
      let categories = Set(values.compactMap(\.self)).sorted()
      guard categories.count <= maximumCategories else { return nil }
      let numbers = Dictionary(uniqueKeysWithValues: zip(categories, 1...max(1, categories.count)))
      losses.add(
        categories.count, "categories are numbered, their names in comments: \(column.name)")
      let legend = categories.enumerated().map { "% \($0 + 1) = \(line($1))\n" }.joined()
      let classes = values.map { $0.flatMap { numbers[$0] }.map(String.init) ?? String(code) }
      return "*Partition \(name)\n*Vertices \(values.count)\n" + legend
        + classes.joined(separator: "\n") + "\n"
    }
    return "*\(kind) \(name)\n*Vertices \(lines.count)\n" + lines.joined(separator: "\n")
      + (lines.isEmpty ? "" : "\n")
  }

  // A text without what would end its line or its quotes.
  private static func line(_ text: String) -> String {
    var line = ""
    for scalar in text.unicodeScalars {
      if scalar == "\"" {
        line += "'"
      } else if scalar.endsLine {
        line += " "
      } else {
        line.unicodeScalars.append(scalar)
      }
    }
    return line
  }
}
