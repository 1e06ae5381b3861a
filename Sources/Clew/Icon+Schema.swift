// SPDX-License-Identifier: Apache-2.0

public import Diagrams

extension Icon {
  /// The pictogram of a schema of the ontology; nil for one that Clew does not bring with it.
  ///
  /// Schemata that are drawn alike share one: every relationship drawn as a node is a link of a chain,
  /// every move of goods or people a journey.
  public init?(schema: String) {
    guard let icon = Self.bySchema[schema] else { return nil }
    self = icon
  }

  private static let bySchema: [String: Icon] = [
    "Thing": .object, "Asset": .object, "LegalEntity": .organization, "Person": .person,
    "CriminalNetwork": .group, "Organization": .organization, "Company": .company,
    "PublicBody": .publicBody, "Position": .position, "Marketplace": .marketplace,
    "Phone": .phone, "SIM": .sim, "Device": .device, "CellSite": .cellSite,
    "OnlineHandle": .handle, "BankAccount": .bankAccount, "CryptoWallet": .cryptoWallet,
    "Debt": .money, "Vehicle": .vehicle, "Vessel": .vessel, "Airplane": .aircraft,
    "Container": .container, "Shipment": .shipment, "Booking": .shipment,
    "Substance": .substance, "Precursor": .precursor, "Address": .address, "Place": .place,
    "Port": .port, "Terminal": .terminal, "Airport": .airport, "BorderPoint": .borderPoint,
    "RealEstate": .realEstate, "Document": .document, "Identification": .identification,
    "Passport": .identification, "Contract": .contract, "ContractAward": .contract,
    "CallForTenders": .tender, "TenderBid": .tender, "Investigation": .investigation,
    "UnderInvestigation": .investigation, "Sanction": .document, "Mention": .document,
    "Event": .event, "Call": .call, "Message": .message, "Payment": .payment,
    "Meeting": .meeting, "Sighting": .sighting, "Trip": .trip, "RouteLeg": .trip,
    "Carriage": .trip, "BorderCrossing": .trip, "ContainerMove": .trip, "PortCall": .trip,
    "Location": .place, "Seizure": .seizure, "Incident": .incident, "Alert": .alert,
    "Interest": .link, "Ownership": .link, "Directorship": .link, "Membership": .link,
    "Employment": .link, "Representation": .link, "Family": .link, "Associate": .link,
    "Role": .link, "Occupancy": .link, "UnknownLink": .link, "Use": .link, "Holding": .link,
    "Pairing": .link,
  ]
}
