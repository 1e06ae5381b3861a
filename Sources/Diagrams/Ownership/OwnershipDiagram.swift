// SPDX-License-Identifier: Apache-2.0

/// A hierarchy of ownership: owners above what they own, with shares on the lines.
///
/// Lines lead down, except those that close a ring, which are drawn apart. What a chain of shares comes
/// to stands in a table beside it, computed by whoever made the diagram.
public struct OwnershipDiagram: Hashable, Sendable {
  /// An owner, or what is owned, or both.
  public struct Party: Hashable, Sendable {
    /// What it is called by machines.
    public var id: String
    /// The name.
    public var label: String
    /// The pictogram.
    public var icon: Icon
    /// What is not known of its owners, such as "55 % not recorded"; nil where nothing is missing.
    public var gap: String?

    /// Creates a party.
    public init(id: String, label: String, icon: Icon, gap: String? = nil) {
      self.id = id
      self.label = label
      self.icon = icon
      self.gap = gap
    }
  }

  /// A holding of one party in another.
  public struct Holding: Hashable, Sendable {
    /// The place of the owner among the parties.
    public var owner: Int
    /// The place of what is owned.
    public var asset: Int
    /// The share as it is recorded, such as "60 %" or "25–50 %".
    public var share: String
    /// How sure it is.
    public var line: DiagramEdge.Line
    /// Whether it is held on behalf of somebody else.
    public var isNominee: Bool
    /// A sentence on it: dates, sources.
    public var detail: String
    /// The numbers of the claims behind it.
    public var claims: [Int]

    /// Creates a holding.
    public init(
      owner: Int, asset: Int, share: String, line: DiagramEdge.Line, isNominee: Bool = false,
      detail: String = "", claims: [Int] = []
    ) {
      self.owner = owner
      self.asset = asset
      self.share = share
      self.line = line
      self.isNominee = isNominee
      self.detail = detail
      self.claims = claims
    }
  }

  /// A line of the table beside the hierarchy.
  public struct Effective: Hashable, Sendable {
    /// The place of the ultimate owner.
    public var owner: Int
    /// The place of what is owned.
    public var asset: Int
    /// The share through all chains, such as "27.2 %".
    public var share: String

    /// Creates a line.
    public init(owner: Int, asset: Int, share: String) {
      self.owner = owner
      self.asset = asset
      self.share = share
    }
  }

  /// The parties.
  public var parties: [Party] = []
  /// The holdings.
  public var holdings: [Holding] = []
  /// The shares through chains, in the order in which they are shown.
  public var effective: [Effective] = []
  /// How they were computed, in a sentence.
  public var method = ""
  /// Title, dates, sources and sheet.
  public var frame: PictureFrame

  /// Creates an empty hierarchy.
  public init(frame: PictureFrame) { self.frame = frame }

  /// The same hierarchy with every text made fit to be drawn.
  func cleaned() -> OwnershipDiagram {
    var copy = self
    for index in parties.indices {
      copy.parties[index].id = LabelText.clean(parties[index].id)
      copy.parties[index].label = LabelText.clean(parties[index].label, limit: 120)
      copy.parties[index].gap = parties[index].gap.map { LabelText.clean($0, limit: 60) }
    }
    for index in holdings.indices {
      copy.holdings[index].share = LabelText.clean(holdings[index].share, limit: 40)
      copy.holdings[index].detail = LabelText.clean(holdings[index].detail, limit: 400)
    }
    return copy
  }
}

extension OwnershipDiagram: Picture {
  public func bytes(
    as format: PictureFormat, by renderer: DiagramRenderer
  ) async throws(DiagramError) -> [UInt8] {
    try await renderer.render(OwnershipDrawing(cleaned()).drawing, as: format)
  }
}
