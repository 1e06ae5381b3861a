// SPDX-License-Identifier: Apache-2.0

extension CaseExtract {
  /// Checks that something here can have the property of a weight, in one currency if it is money.
  func check(_ weight: ProjectionRule.EdgeWeight) throws(CaseModelError) {
    if weight.quantity == "count" { return }
    let schemata = schemataOfEdges
    guard schemata.contains(where: { $0.property(weight.quantity) != nil }) else {
      let numbers = schemata.flatMap(\.properties).filter {
        $0.type == .number || $0.type == .integer
      }
      throw .unknownWeight(
        weight.quantity, known: Array(Set(numbers.map(\.name))).inByteOrder { $0 })
    }
    guard weight.quantity == "amount" else { return }
    let currencies = currenciesOfAmounts
    if currencies.count > 1 { throw .severalCurrencies(currencies) }
  }

  // Where the view has left nothing, every schema of a relationship or event could have been there.
  private var schemataOfEdges: [Schema] {
    let names = Set(relationships.map(\.schema)).union(events.map(\.schema))
      .union(usedKinds.map(\.schema))
    return ontology.schemata.filter {
      names.isEmpty ? $0.kind != .entity : names.contains($0.name)
    }
  }

  private var usedKinds: [EventAggregates.Kind] {
    zip(aggregates.kinds, aggregates.countsOfKinds).filter { $0.1 > 0 }.map(\.0)
  }

  private var currenciesOfAmounts: [String] {
    var result: Set<String> = []
    func note(_ subject: Claim.Subject, _ own: [PropertyValue]) {
      func value(_ property: String) -> String? {
        own.first { $0.property == property }?.value ?? bestValue(of: property, about: subject)
      }
      guard let currency = value("currency"), !currency.isEmpty, value("amount") != nil else {
        return
      }
      result.insert(currency.uppercased())
    }
    for relationship in relationships { note(.relationship(relationship.id), []) }
    for kind in usedKinds {
      if let currency = kind.currency, !currency.isEmpty { result.insert(currency.uppercased()) }
    }
    for event in events { note(.event(event.id), event.properties) }
    return Array(result).inByteOrder { $0 }
  }
}
