// SPDX-License-Identifier: Apache-2.0

internal import CaseModel

/// Writes entities of FollowTheMoney, one in a line, for OpenAleph, yente and `ftm`.
///
/// The columns `schema` of nodes and edges say what things are; what has no schema is a LegalEntity or an
/// UnknownLink, which is counted. Values of properties that FollowTheMoney has not are counted too.
public struct FollowTheMoneyWriter: GraphWriter {
  public let format = GraphFormat.followTheMoney

  /// Creates a writer.
  public init() {}

  public func write(_ document: GraphDocument) throws(InterchangeError) -> WrittenGraph {
    var writing = Writing(document)
    writing.addNodes()
    writing.addEdges()
    return WrittenGraph(
      bytes: Array(writing.records.map(\.line).joined().utf8), nodeTable: nil,
      losses: writing.statedLosses())
  }

  private struct Writing {
    let document: GraphDocument
    let rules = FollowTheMoneyRules()
    var records: [FollowTheMoneyRecord] = []
    private var losses = LossReport()
    private var substituted: [String: Int] = [:]
    private var homeless: [String: Int] = [:]
    private var plainNodes = 0
    private var plainEdges = 0

    init(_ document: GraphDocument) { self.document = document }

    mutating func addNodes() {
      let schemata = document.nodeColumns.first { $0.name == "schema" }?.values
      for node in 0..<document.nodeCount {
        let own = schemata?.text(at: node)
        let schema = own.flatMap(rules.entitySchema)
        if let own, let schema, own != schema {
          substituted["\(own) as \(schema)", default: 0] += 1
        }
        if schema == nil { plainNodes += 1 }
        var record = FollowTheMoneyRecord(
          id: document.nodeIDs[node], schema: schema ?? "LegalEntity")
        if let label = document.nodeLabels?[node] { add("name", label, to: &record) }
        add(document.nodeColumns, node, ["schema"], to: &record)
        records.append(record)
      }
    }

    mutating func addEdges() {
      let schemata = ["schema", "kind", "type"].lazy.compactMap { [document] name in
        document.edgeColumns.first { $0.name == name }
      }.first
      let ids = document.edgeColumns.first { $0.name == "id" }?.values
      var used = Set(document.nodeIDs)
      var placeOf: [String: Int] = [:]
      let nodeCount = records.count
      for edge in 0..<document.edgeCount {
        let (source, target) = (Int(document.sources[edge]), Int(document.targets[edge]))
        let word = schemata?.values.text(at: edge)
        let own = ids?.text(at: edge)
        if own == nil, let word, isReference(word) {
          records[source].add(word, document.nodeIDs[target])
          continue
        }
        let known = word.flatMap(rules.tieSchema).flatMap { tie in
          fits(tie, source, target) ? tie : nil
        }
        let schema = known?.schema ?? "UnknownLink"
        if known == nil { plainEdges += 1 }
        // An ownership with several owners is several edges of one id.
        let key = own.map { "\(schema) \($0)" }
        let place: Int
        if let key, let known = placeOf[key] {
          place = known
        } else {
          var id = own ?? "tie-\(edge + 1)"
          while !used.insert(id).inserted { id += "-" }
          place = records.count
          records.append(FollowTheMoneyRecord(id: id, schema: schema))
          if let key { placeOf[key] = place }
        }
        let arc = known?.arc ?? .init(source: "subject", target: "object", isDirected: false)
        for (role, node) in [(arc.source, source), (arc.target, target)] {
          if let property = rules.property(ofRole: role, in: schema) {
            records[place].add(property, document.nodeIDs[node])
          }
        }
        if known == nil, let word { records[place].add("role", word) }
        var record = records[place]
        add(document.edgeColumns, edge, ["id", schemata?.name ?? "schema"], to: &record)
        records[place] = record
      }
      precondition(records.count >= nodeCount, "entities are only added")
    }

    // Whether both ends are what FollowTheMoney lets stand there.
    private func fits(
      _ tie: (schema: String, arc: Schema.Arc), _ source: Int, _ target: Int
    ) -> Bool {
      [(tie.arc.source, source), (tie.arc.target, target)].allSatisfy { role, node in
        guard let property = rules.property(ofRole: role, in: tie.schema) else { return false }
        return rules.accepts(records[node].schema, as: property, of: tie.schema)
      }
    }

    // A property such as addressEntity, which is read as an edge of its name.
    private func isReference(_ word: String) -> Bool {
      guard let first = word.unicodeScalars.first, ("a"..."z").contains(first) else { return false }
      return word.unicodeScalars.contains { ("A"..."Z").contains($0) }
        && word.unicodeScalars.allSatisfy { $0.properties.isAlphabetic && $0.isASCII }
    }

    private mutating func add(
      _ columns: [AttributeColumn], _ index: Int, _ taken: Set<String>,
      to record: inout FollowTheMoneyRecord
    ) {
      for column in columns where !taken.contains(column.name) {
        guard let text = column.values.text(at: index) else { continue }
        switch column.name {
        case "dataset":
          let names = text.split(separator: ";").map { JSONGraphWriter.quoted(String($0)) }
          record.further += ", \"datasets\": [" + names.joined(separator: ", ") + "]"
        case "first_seen", "last_seen":
          record.further += ", \"\(column.name)\": \(JSONGraphWriter.quoted(text))"
        default:
          for value in Self.values(text) { add(column.name, value, to: &record) }
        }
      }
    }

    private mutating func add(
      _ name: String, _ value: String, to record: inout FollowTheMoneyRecord
    ) {
      if rules.has(name, in: record.schema) {
        record.add(name, value)
      } else {
        homeless[name, default: 0] += 1
      }
    }

    // Several values are read as a list in JSON.
    private static func values(_ text: String) -> [String] {
      guard text.hasPrefix("[\""), text.hasSuffix("]"),
        let whole = try? WholeText(ByteStream(.text(text)), encoding: .utf8)
      else { return [text] }
      var reader = JSONReader(whole)
      guard let value = try? reader.value(), case .list(let items) = value.content else {
        return [text]
      }
      let words = items.compactMap(\.word)
      return words.count == items.count ? words : [text]
    }

    mutating func statedLosses() -> LossReport {
      losses.add(
        plainNodes, "nodes have no schema of FollowTheMoney and are written as LegalEntity")
      losses.add(
        plainEdges,
        "ties have no schema of FollowTheMoney for their ends and are written as UnknownLink")
      losses.add(
        substituted.values.reduce(0, +),
        "entities are written as something less special: "
          + substituted.keys.sorted().joined(separator: ", "))
      losses.add(
        homeless.values.reduce(0, +),
        "values are of properties that FollowTheMoney has not: "
          + homeless.keys.sorted().joined(separator: ", "))
      losses.add(document.graphAttributes.count, "attributes of the graph have no place")
      return losses
    }
  }
}
