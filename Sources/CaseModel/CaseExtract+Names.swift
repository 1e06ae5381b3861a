// SPDX-License-Identifier: Apache-2.0

extension CaseExtract {
  /// What an entity is called.
  public struct Names: Hashable, Sendable {
    /// The name to show: the one that the strongest claim gives, or else the id.
    public var display: String
    /// Whether some claim gives the name that is shown.
    public var isNamed: Bool
    /// The other names, in the order of the claims, each once.
    public var others: [String]
    /// The aliases.
    public var aliases: [String]
    /// Aliases that do not identify by themselves, such as a nickname that many bear.
    public var weakAliases: [String]
  }

  /// The name under which an entity is shown.
  public func displayName(of entity: String) -> String {
    let claims = claims(about: .entity(entity))
    for property in Self.namingProperties {
      if let claim = best(claims.filter { $0.property == property }) { return claim.value }
    }
    return position(of: entity).map { entities[$0].id } ?? entity
  }

  /// Every name of an entity, weak aliases apart.
  public func names(of entity: String) -> Names {
    let claims = claims(about: .entity(entity))
    func values(_ properties: [String]) -> [String] {
      var result: [String] = []
      for claim in claims {
        guard let property = claim.property, properties.contains(property) else { continue }
        if !result.contains(claim.value) { result.append(claim.value) }
      }
      return result
    }
    let display = displayName(of: entity)
    let isNamed = claims.contains {
      $0.property.map(Self.namingProperties.contains) == true
    }
    return Names(
      display: display, isNamed: isNamed,
      others: values(["name", "previousName"]).filter { $0 != display },
      aliases: values(["alias"]).filter { $0 != display }, weakAliases: values(["weakAlias"]))
  }

  // What identifies a thing that bears no name, in the order in which it is tried.
  private static let namingProperties = [
    "name", "title", "number", "iban", "accountNumber", "containerNumber", "registrationNumber",
    "full", "username", "alias", "imei", "iccid", "billOfLading", "cryptoAddress", "caseNumber",
  ]
}
