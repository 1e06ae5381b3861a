// SPDX-License-Identifier: Apache-2.0

internal import CaseModel
public import Diagrams
internal import GraphCore

/// What a hierarchy of ownership shows of a case.
public struct OwnershipRequest: Sendable, Hashable {
  /// The id or name of a company whose owners alone are shown; nil for all holdings.
  public var of: String?
  /// Holdings of less than this, in percent, are left out.
  public var leastShare = 0.0
  /// The line at the top; nil for the name of the input.
  public var title: String?
  /// The sheet.
  public var page: Page = .a3Landscape

  /// Creates the request for all holdings.
  public init() {}
}

extension Workbench {
  /// The hierarchy of ownership of the companies of a case in a view.
  ///
  /// - Parameters:
  ///   - request: what of the case is looked at.
  ///   - shown: which company and which shares.
  /// - Returns: a hierarchy that `DiagramRenderer` draws.
  /// - Throws: `ClewError` when the input is no case, or an option names what is not there.
  public func ownership(
    _ request: ViewRequest, _ shown: OwnershipRequest = OwnershipRequest()
  ) throws(ClewError) -> OwnershipDiagram {
    let (extract, network) = try picture(request, "a hierarchy of ownership")
    var reader = OwnershipReader(extract: extract, network: network)
    reader.read(leastShare: shown.leastShare)
    if let name = shown.of {
      let id = network.items[try network.node(like: name)].id
      guard reader.place[id] != nil else {
        throw .usage("--of \(name): no ownership of it is recorded in this view")
      }
      reader.keepOwners(of: id)
    }
    var frame = PictureFrame(title: shown.title ?? input.name)
    frame.page = shown.page
    frame.handling = network.marking
    frame.subtitles = network.subtitles(
      [
        "\(reader.parties.count) parties", "\(reader.holdings.count) holdings",
        shown.of == nil ? nil : "owners of \(shown.of ?? "")",
        shown.leastShare > 0 ? "shares from \(OwnershipReader.percent(shown.leastShare))" : nil,
      ].compactMap(\.self))
    frame.footnotes = reader.notes + network.footnotes
    var diagram = OwnershipDiagram(frame: frame)
    diagram.parties = reader.parties.enumerated().map { index, id in
      let node = network.node(id: id)
      return OwnershipDiagram.Party(
        id: id, label: extract.displayName(of: id),
        icon: node.map { network.icon(of: network.items[$0]) } ?? .unknown, gap: reader.gap(index))
    }
    diagram.holdings = reader.holdings.map { holding in
      OwnershipDiagram.Holding(
        owner: holding.owner, asset: holding.asset, share: holding.words,
        line: Self.line(of: holding.grade, extract), isNominee: holding.isNominee,
        detail: holding.detail, claims: holding.claims)
    }
    diagram.effective = reader.effective()
    diagram.method =
      "Shares through chains: products of the shares along each chain, added up over all chains of an owner "
      + "who has no recorded owner; round a ring the limit of the series. Where a share is not stated "
      + "it may be anything from 0 to 100 %."
    return diagram
  }
}

/// Reads holdings with their shares from the ownerships of a case.
private struct OwnershipReader {
  struct Holding {
    var owner: Int
    var asset: Int
    var least: Double
    var most: Double
    var words: String
    var isNominee: Bool
    var grade: Grade?
    var detail: String
    var claims: [Int]
  }

  let extract: CaseExtract
  let network: Network
  var parties: [String] = []
  var place: [String: Int] = [:]
  var holdings: [Holding] = []
  var notes: [String] = []

  init(extract: CaseExtract, network: Network) {
    self.extract = extract
    self.network = network
  }

  mutating func read(leastShare: Double) {
    var schema: [String: String] = [:]
    for entity in extract.entities { schema[entity.id] = entity.schema }
    var (small, things) = (0, 0)
    for relationship in extract.relationships
    where extract.ontology[relationship.schema]?.isA("Ownership") == true {
      let owners = relationship.ends.filter { $0.role == "owner" }.map(\.entity)
      let assets = relationship.ends.filter { $0.role == "asset" }.map(\.entity)
      for asset in assets {
        guard extract.ontology[schema[asset] ?? ""]?.isA("LegalEntity") == true else {
          things += 1
          continue
        }
        for owner in owners {
          let holding = holding(relationship, owner, asset, isJoint: owners.count > 1)
          if holding.most * 100 < leastShare {
            small += 1
          } else {
            holdings.append(holding)
          }
        }
      }
    }
    holdings.sort {
      (parties[$0.owner], parties[$0.asset]) < (parties[$1.owner], parties[$1.asset])
    }
    keepUsed()
    if small > 0 { notes.append("\(small) holdings of smaller shares are left out.") }
    if things > 0 {
      notes.append("\(things) ownerships of vehicles, vessels and other things are not shown.")
    }
    for (party, id) in parties.enumerated() {
      let sum = holdings.filter { $0.asset == party }.reduce(0) { $0 + $1.least }
      if sum > 1.0001 {
        notes.append(
          "The shares in \(extract.displayName(of: id)) add up to \(Self.percent(100 * sum)): some must be "
            + "wrong or of different times.")
      }
    }
  }

  private mutating func number(_ id: String) -> Int {
    if let known = place[id] { return known }
    place[id] = parties.count
    parties.append(id)
    return parties.count - 1
  }

  private mutating func holding(
    _ relationship: Relationship, _ owner: String, _ asset: String, isJoint: Bool
  ) -> Holding {
    let subject = Claim.Subject.relationship(relationship.id)
    func value(_ property: String) -> Double? {
      extract.bestValue(of: property, about: subject).flatMap { Double($0) }
        .flatMap { (0...100).contains($0) ? $0 : nil }
    }
    let exact = value("percentage")
    let low = exact ?? value("percentageMinimum")
    let high = exact ?? value("percentageMaximum")
    var words = "? %"
    if let exact {
      words = Self.percent(exact)
    } else if let low, let high {
      words = "\(Self.plain(low))–\(Self.percent(high))"
    } else if let low {
      words = "≥ \(Self.percent(low))"
    } else if let high {
      words = "≤ \(Self.percent(high))"
    }
    if isJoint { words += " jointly" }
    let kind = ["ownershipType", "legalBasis", "role", "description"].compactMap {
      extract.bestValue(of: $0, about: subject)?.lowercased()
    }
    let evidence = extract.evidence(for: subject)
    let valid = evidence.compactMap(\.valid).first { !$0.isUnbounded }
    let detail =
      [valid?.description, evidence.prefix(3).map(Workbench.words).joined(separator: ", ")]
      .compactMap(\.self).joined(separator: "; ")
    return Holding(
      owner: number(owner), asset: number(asset), least: isJoint ? 0 : (low ?? 0) / 100,
      most: (high ?? 100) / 100, words: words,
      isNominee: kind.contains { $0.contains("nominee") || $0.contains("prête-nom") },
      grade: extract.grading.strongest(of: evidence.compactMap(\.grade)), detail: detail,
      claims: extract.claims(about: subject).map(\.id))
  }

  // Parties without a holding go; the others keep their order.
  private mutating func keepUsed() {
    let used = Set(holdings.flatMap { [$0.owner, $0.asset] })
    let kept = parties.indices.filter(used.contains).sorted { parties[$0] < parties[$1] }
    var moved = [Int](repeating: 0, count: parties.count)
    for (index, old) in kept.enumerated() { moved[old] = index }
    for index in holdings.indices {
      holdings[index].owner = moved[holdings[index].owner]
      holdings[index].asset = moved[holdings[index].asset]
    }
    parties = kept.map { parties[$0] }
    place = [:]
    for (index, id) in parties.enumerated() { place[id] = index }
  }

  mutating func keepOwners(of id: String) {
    guard let start = place[id] else { return }
    var kept: Set<Int> = [start]
    var queue = [start]
    while let next = queue.popLast() {
      for holding in holdings where holding.asset == next && kept.insert(holding.owner).inserted {
        queue.append(holding.owner)
      }
    }
    holdings = holdings.filter { kept.contains($0.owner) && kept.contains($0.asset) }
    keepUsed()
    if holdings.isEmpty {
      parties = [id]
      place = [id: 0]
    }
  }

  /// What is missing of the owners of a party.
  func gap(_ party: Int) -> String? {
    if network.node(id: parties[party]).map({ network.items[$0].kind == .person }) == true {
      return nil
    }
    let own = holdings.filter { $0.asset == party }
    if own.isEmpty { return "owners not recorded" }
    let most = own.reduce(0) { $0 + $1.most }
    return most < 0.995 ? "\(Self.percent(100 * (1 - most))) not recorded" : nil
  }

  // Ultimate owners in what they own through at least one other party, asset by asset.
  func effective() -> [OwnershipDiagram.Effective] {
    let shares = EffectiveShares(
      count: parties.count,
      holdings: holdings.map {
        EffectiveShares.Holding(owner: $0.owner, asset: $0.asset, least: $0.least, most: $0.most)
      })
    let assets = Set(holdings.map(\.asset))
    var lines: [OwnershipDiagram.Effective] = []
    var rank: [Double] = []
    for owner in parties.indices where !assets.contains(owner) {
      for (asset, share) in shares.shares(of: owner).enumerated() where asset != owner {
        let direct = holdings.filter { $0.owner == owner && $0.asset == asset }
        if let share {
          guard share.most > 0.0005 else { continue }
          let low = direct.reduce(0) { $0 + $1.least }
          // What is held directly and not otherwise stands on its line.
          if !direct.isEmpty, abs(low - share.least) < 1e-9 { continue }
        }
        lines.append(.init(owner: owner, asset: asset, share: Self.words(share)))
        rank.append(share?.most ?? 0)
      }
    }
    // An asset whose owners are partly shown in the table has all of them there.
    let listed = Set(lines.map(\.asset))
    for holding in holdings where listed.contains(holding.asset) && !assets.contains(holding.owner)
    {
      if lines.contains(where: { $0.owner == holding.owner && $0.asset == holding.asset }) {
        continue
      }
      let share = shares.shares(of: holding.owner)[holding.asset]
      lines.append(.init(owner: holding.owner, asset: holding.asset, share: Self.words(share)))
      rank.append(share?.most ?? 0)
    }
    return lines.indices.sorted {
      (parties[lines[$0].asset], rank[$1], lines[$0].owner)
        < (parties[lines[$1].asset], rank[$0], lines[$1].owner)
    }.map { lines[$0] }
  }

  private static func words(_ share: (least: Double, most: Double)?) -> String {
    guard let share else { return "closed ring: undefined" }
    return share.most - share.least < 5e-4
      ? percent(100 * share.most) : "\(plain(100 * share.least))–\(percent(100 * share.most))"
  }

  static func percent(_ value: Double) -> String { plain(value) + " %" }

  /// A number with at most one decimal.
  static func plain(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return tenths % 10 == 0 ? String(tenths / 10) : "\(tenths / 10).\(tenths % 10)"
  }
}
