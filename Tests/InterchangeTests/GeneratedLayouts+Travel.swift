// SPDX-License-Identifier: Apache-2.0

import Foundation

// The layouts of travel, freight and tenders.
extension GeneratedLayout {
  // MARK: Travel and freight

  mutating func passengers(_ make: inout Maker) {
    var table: [[String]] = []
    for row in 0..<rows {
      let (surname, given) = (make.name().uppercased(), make.name().uppercased())
      let locator = "AB\(make.number(row, 4))"
      let document = make.isRare() ? "" : "YA\(make.number(row, 7))"
      let phone = make.isRare() ? "" : "+39000000\(make.number(make.below(20), 4))"
      let agency = make.isRare() ? "" : "Example Travel \(make.below(5))"
      let ports = [make.one(["UIO", "GYE", "BOG"]), make.one(["MAD", "FCO", "AMS"])]
      if document.isEmpty {
        entities.insert("traveller:\(locator):\(surname)/\(given)")
      } else {
        entities.formUnion(["traveller:ITA:\(document)", "passport:ITA:\(document)"])
        relationships += agency.isEmpty ? 1 : 2
      }
      if !phone.isEmpty {
        entities.insert("phone:\(phone)")
        relationships += 1
      }
      if !agency.isEmpty { entities.insert("agency:\(agency)") }
      entities.formUnion(ports.map { "airport:\($0)" })
      events += 1
      let day = make.isoDay()
      table.append([
        locator, "2024-01-20", "2024-01-27", day, surname, given, "", "1 Example Street", phone,
        "p@example.org", "CASH", "", "", ports.joined(separator: "-"), "", agency, "AG7", "FLOWN",
        "",
        "", "000000000\(make.number(row, 4))", "Y", "31K", "", "1", "EX000001", "1",
        document.isEmpty ? "" : "P", document, document.isEmpty ? "" : "ITA", "2030-04-01", "ITA",
        "1970-04-01", "M", "EX", "EX123", ports[0], "\(day)T06:00", ports[1], "\(day)T19:30", "",
      ])
    }
    text = Self.csv(
      "pnr_locator,reservation_date,ticket_issue_date,travel_date,surname,given_name,"
        + "other_names_on_pnr,address,phone,email,payment_form,card_masked,billing_address,itinerary,"
        + "frequent_flyer,agency,agent,travel_status,split_from_pnr,general_remarks,ticket_number,"
        + "one_way,seat,code_share,bag_count,bag_tags,travellers_on_pnr,doc_type,doc_number,"
        + "doc_country,doc_expiry,nationality,birth_date,gender,airline,flight,dep_port,dep_time,"
        + "arr_port,arr_time,change_history", table)
  }

  mutating func portCalls(_ make: inout Maker) {
    var table: [[String]] = []
    for _ in 0..<rows {
      let (imo, port) = (
        "IMO90000\(make.number(make.below(30), 2))", make.one(["ITGOA", "ECGYE", "NLRTM"])
      )
      entities.formUnion(["vessel:\(imo)", "port:\(port)"])
      events += 1
      let day = make.isoDay()
      table.append([imo, port, day, make.isRare() ? "" : "\(day.dropLast(2))28"])
    }
    text = Self.csv("imo,locode,arrived,departed", table)
  }

  mutating func positions(_ make: inout Maker) {
    var table: [[String]] = []
    for _ in 0..<rows {
      let ship = make.below(9)
      let place = ("44.\(10_000 + make.below(9_999))", "8.\(10_000 + make.below(9_999))")
      entities.formUnion(["vessel:mmsi:24700000\(ship)", "position:\(place.0),\(place.1)"])
      events += 1
      let hasDetails = ship % 3 > 0
      table.append([
        "24700000\(ship)", "\(make.isoDay())T\(make.clock())", place.0, place.1, "14.2", "231.0",
        "511",
        "ESEMPIO \(ship)", hasDetails ? "IMO900000\(ship)" : "", "IXXX\(ship)",
        hasDetails ? "70" : "",
        "5", "180", "28", "9.1", "70",
      ])
    }
    text = Self.csv(
      "MMSI,BaseDateTime,LAT,LON,SOG,COG,Heading,VesselName,IMO,CallSign,VesselType,Status,Length,"
        + "Width,Draft,Cargo", table)
  }

  mutating func lading(_ make: inout Maker) {
    var table: [[String]] = []
    let firms = (0..<9).map { _ in make.company() }
    for row in 0..<rows {
      let (shipper, consignee) = (firms[make.below(9)], firms[make.below(9)])
      let notify = make.isRare() ? "" : firms[make.below(9)]
      let container = make.isRare() ? "" : "EXMU000\(make.number(make.below(40), 4))"
      let ship = make.isRare() ? "" : "EJEMPLO \(make.below(4))"
      entities.formUnion(["company:\(shipper)", "company:\(consignee)", "shipment:B\(row)"])
      entities.formUnion(["carrier:EXMU", "port:ECGYE", "port:ITGOA"])
      if !notify.isEmpty { entities.insert("company:\(notify)") }
      if !container.isEmpty { entities.insert("container:\(container)") }
      if !ship.isEmpty { entities.insert("vessel:\(ship)") }
      relationships += 3 + (notify.isEmpty ? 0 : 1)
      if !container.isEmpty { relationships += ship.isEmpty ? 1 : 2 }
      table.append([
        "B\(row)", "", "HOUSE", make.isoDay(), shipper, "GUAYAQUIL", consignee, "GENOVA", notify,
        notify.isEmpty ? "" : "GENOVA", "EXMU", "EXAMPLE LINE", ship, "024E", "LR", "GUAYAQUIL",
        "ECGYE",
        "ITGOA", container, "40RH", container.isEmpty ? "" : "SEAL\(container.suffix(4))", "1",
        "FRESH BANANAS", "1080", "CTN", "22500", "EC", "BRAND X",
      ])
    }
    text = Self.csv(
      "BILL_OF_LADING,MASTER_B_L,HOUSE_VS_MASTER,ARRIVAL_DATE,SHIPPER,SHIPPER_ADDRESS,CONSIGNEE,"
        + "CONSIGNEE_ADDRESS,NOTIFY_PARTY,NOTIFY_ADDRESS,CARRIER_CODE,CARRIER_NAME,VESSEL_NAME,"
        + "VOYAGE_NUMBER,SHIP_REGISTERED_IN,PLACE_OF_RECEIPT,FOREIGN_PORT,US_PORT,CONTAINER_NUMBER,"
        + "CONTAINER_TYPE,SEAL,NO_OF_CONTAINERS,PRODUCT_DESCRIPTION,QUANTITY,QUANTITY_UNIT,"
        + "GROSS_WIGHT_KG,COUNTRY_OF_ORIGIN,MARKS_AMP_NUMBERS", table)
  }

  mutating func seizures(_ make: inout Maker) {
    var table: [[String]] = []
    for _ in 0..<rows {
      let (drug, place) = (
        make.one(["Cocaine", "Cocaine HCL", "Heroin"]), make.isRare() ? "" : make.name()
      )
      entities.insert("substance:\(drug)")
      if !place.isEmpty { entities.insert("place:Italy:\(place)") }
      events += 1
      table.append([
        "Europe", "West & Central Europe", "Italy", "Liguria", place, make.isoDay(), drug,
        "\(make.below(900)).5", make.one(["Kilogram", "Gram"]), "Container", "Port",
        "Commercial sea", "Unknown", "Ecuador", "Italy", "",
      ])
    }
    text = Self.csv(
      "REGION;SUBREGION;COUNTRY;ADMINISTRATIVE_DIVISION;PLACE;SEIZURE_DATE;DRUG_NAME;AMOUNT;DRUG_UNIT;"
        + "HIDING_PLACE;INSTALLATION;TRANSPORT;PRODUCING_COUNTRY;DEPARTURE_COUNTRY;"
        + "DESTINATION_COUNTRY;ROUTING", table, mark: ";")
  }

  // MARK: Tenders

  mutating func releases(_ make: inout Maker) {
    var objects: [[String: Any]] = []
    for row in 0..<rows {
      let ocid = "ocds-example-\(row)"
      entities.insert("tender:\(ocid)")
      let bidders = (0..<(1 + make.below(4))).map { "XV-\(row)-\($0)" }
      let parties = ["XV-BUYER-\(row)"] + bidders
      entities.formUnion(parties.map { "party:\($0)" })
      events += bidders.count
      var awards: [[String: Any]] = []
      for number in 0..<make.below(3) {
        let suppliers = bidders.prefix(1 + make.below(2))
        relationships += 1
        awards.append([
          "id": "A\(number)", "status": "active", "date": "2024-06-01T00:00:00Z",
          "value": ["amount": 1_000 * (1 + make.below(90)), "currency": "EUR"],
          "suppliers": suppliers.map { ["id": $0, "name": "Supplier \($0)"] },
        ])
      }
      objects.append([
        "ocid": ocid, "id": "\(ocid)-1", "date": "2024-06-02T10:00:00Z", "tag": ["award"],
        "initiationType": "tender",
        "parties": parties.enumerated().map { index, id in
          [
            "id": id, "name": make.company(), "identifier": ["scheme": "XV", "id": id],
            "roles": index == 0 ? ["buyer", "procuringEntity"] : ["tenderer"],
            "address": ["locality": "Haldermond", "countryName": "Example"],
          ] as [String: Any]
        },
        "buyer": ["id": parties[0], "name": "Buyer"],
        "tender": [
          "id": "T\(row)", "title": "Works, part \(row)", "status": "complete",
          "procurementMethod": "open",
          "tenderPeriod": ["startDate": "2024-01-01T00:00:00Z", "endDate": "2024-02-01T12:00:00Z"],
          "tenderers": bidders.map { ["id": $0, "name": "Bidder \($0)"] },
        ] as [String: Any],
        "awards": awards,
      ])
    }
    text = Self.json(objects)
  }

  mutating func notices(_ make: inout Maker) {
    let header =
      "ID_NOTICE_CAN,TED_NOTICE_URL,YEAR,ID_TYPE,DT_DISPATCH,XSD_VERSION,CANCELLED,CORRECTIONS,CAE_NAME,"
      + "CAE_NATIONALID,CAE_ADDRESS,CAE_TOWN,CAE_POSTAL_CODE,ISO_COUNTRY_CODE,CAE_TYPE,"
      + "MAIN_ACTIVITY,TYPE_OF_CONTRACT,TAL_LOCATION_NUTS,CPV,ID_LOT,LOTS_NUMBER,VALUE_EURO,TOP_TYPE,"
      + "NUMBER_AWARDS,ID_AWARD,ID_LOT_AWARDED,INFO_ON_NON_AWARD,WIN_NAME,WIN_NATIONALID,WIN_ADDRESS,"
      + "WIN_TOWN,WIN_POSTAL_CODE,WIN_COUNTRY_CODE,B_CONTRACTOR_SME,CONTRACT_NUMBER,TITLE,"
      + "NUMBER_OFFERS,AWARD_VALUE_EURO,DT_AWARD"
    var table: [[String]] = []
    for row in 0..<rows {
      let (notice, buyer) = ("2019\(make.number(row / 2, 6))", "Example Town \(row / 2)")
      let number = make.isRare() ? "" : "XV\(row)"
      let winner = make.isRare() ? "" : make.company() + " \(row)"
      if winner.isEmpty {
        passedOver += 1
      } else {
        entities.formUnion(["notice:\(notice)", "org:ES:\(buyer)"])
        entities.insert("winner:ES:" + (number.isEmpty ? winner : number))
        relationships += 1
      }
      table.append([
        notice, "ted.example/\(notice)", "2019", "3", "01/02/19", "R2.0.9.S03", "0", "0", buyer, "",
        "Calle 1", "Jaén", "23000", "ES", "3", "General public services", "S", "ES616", "79000000",
        "",
        "1", "400000", "OPE", "1", "\(row)", "1", "", winner, number, "Calle 2", "Jaén", "23001",
        "ES",
        "N", "C\(row)", "Services, lot \(row)", "3", "\(make.below(90_000)).5", "20/01/19",
      ])
    }
    text = Self.csv(header, table)
  }
}
