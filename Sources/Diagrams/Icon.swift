// SPDX-License-Identifier: Apache-2.0

/// The pictogram of a node, one for each kind of thing that occurs in a case.
public enum Icon: String, CaseIterable, Codable, Sendable {
  case person, minor, group
  case organization, company, publicBody, marketplace, position
  case phone, sim, device, cellSite, handle
  case bankAccount, cryptoWallet, money
  case vehicle, vessel, aircraft, container, shipment, substance, precursor, object
  case address, place, port, terminal, airport, borderPoint, realEstate
  case document, identification, contract, tender, investigation
  case event, call, message, payment, meeting, sighting, trip, seizure, incident, alert, link
  case unknown

  /// What a kind of thing belongs to; it sets the shape behind the pictogram.
  ///
  /// People are discs, organisations squares, communications diamonds, finance hexagons, goods and
  /// means of transport octagons, places pentagons that point up, records pentagons that point down,
  /// so that a family is told apart without colour.
  public enum Family: String, CaseIterable, Codable, Sendable {
    case people, organizations, communications, finance, transport, places, records
  }

  /// The family whose shape the pictogram sits on.
  public var family: Family {
    switch self {
    case .person, .minor, .group, .unknown: .people
    case .organization, .company, .publicBody, .marketplace, .position: .organizations
    case .phone, .sim, .device, .cellSite, .handle: .communications
    case .bankAccount, .cryptoWallet, .money: .finance
    case .vehicle, .vessel, .aircraft, .container, .shipment, .substance, .precursor, .object:
      .transport
    case .address, .place, .port, .terminal, .airport, .borderPoint, .realEstate: .places
    case .document, .identification, .contract, .tender, .investigation, .event, .call, .message,
      .payment, .meeting, .sighting, .trip, .seizure, .incident, .alert, .link:
      .records
    }
  }

  /// The word for the legend.
  public var name: String {
    switch self {
    case .person: "Person"
    case .minor: "Minor"
    case .group: "Group"
    case .organization: "Organisation"
    case .company: "Company"
    case .publicBody: "Public body"
    case .marketplace: "Marketplace"
    case .position: "Position"
    case .phone: "Phone"
    case .sim: "SIM card"
    case .device: "Device"
    case .cellSite: "Cell site"
    case .handle: "Online handle"
    case .bankAccount: "Bank account"
    case .cryptoWallet: "Crypto wallet"
    case .money: "Money"
    case .vehicle: "Vehicle"
    case .vessel: "Vessel"
    case .aircraft: "Aircraft"
    case .container: "Container"
    case .shipment: "Shipment"
    case .substance: "Substance"
    case .precursor: "Precursor"
    case .object: "Object"
    case .address: "Address"
    case .place: "Place"
    case .port: "Port"
    case .terminal: "Terminal"
    case .airport: "Airport"
    case .borderPoint: "Border point"
    case .realEstate: "Real estate"
    case .document: "Document"
    case .identification: "Identity document"
    case .contract: "Contract"
    case .tender: "Call for tenders"
    case .investigation: "Investigation"
    case .event: "Event"
    case .call: "Call"
    case .message: "Message"
    case .payment: "Payment"
    case .meeting: "Meeting"
    case .sighting: "Sighting"
    case .trip: "Journey"
    case .seizure: "Seizure"
    case .incident: "Incident"
    case .alert: "Alert"
    case .link: "Relationship"
    case .unknown: "Not specified"
    }
  }
}
