// SPDX-License-Identifier: Apache-2.0

import Foundation
import GraphCore

/// A file in the layout of a ready mapping, made from a seed, with what is in it.
///
/// Persons, companies and numbers are invented: syllables, and numbers of zeros.
struct GeneratedLayout: Sendable {
  var mapping: String
  var file: String
  var text = ""
  var entities: Set<String> = []
  var relationships = 0
  var events = 0
  /// The lines or rows that the mapping passes over.
  var passedOver = 0
  var rows = 0

  static let names = [
    "bill-of-lading", "calls", "calls-operator", "opencorporates", "passengers-pnr",
    "payments-amlsim", "payments-ibm-aml", "payments-saml-d", "seizures-unodc", "tenders-ocds",
    "tenders-ted", "tower-dump", "uk-companies", "uk-psc", "vessel-calls", "vessel-positions",
  ]

  init(_ mapping: String, seed: UInt64, rows: Int = 60) {
    self.mapping = mapping
    self.rows = rows
    file =
      mapping
      + (["opencorporates", "tenders-ocds", "uk-psc"].contains(mapping) ? ".jsonl" : ".csv")
    var make = Maker(seed: seed)
    switch mapping {
    case "bill-of-lading": lading(&make)
    case "calls": calls(&make)
    case "calls-operator": operatorReport(&make)
    case "opencorporates": companies(&make)
    case "passengers-pnr": passengers(&make)
    case "payments-amlsim": amlsim(&make)
    case "payments-ibm-aml": ibm(&make)
    case "payments-saml-d": saml(&make)
    case "seizures-unodc": seizures(&make)
    case "tenders-ocds": releases(&make)
    case "tenders-ted": notices(&make)
    case "tower-dump": towerDump(&make)
    case "uk-companies": register(&make)
    case "uk-psc": control(&make)
    case "vessel-calls": portCalls(&make)
    default: positions(&make)
    }
  }

  /// Invents what stands in cells.
  struct Maker {
    private var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    mutating func below(_ count: Int) -> Int { Int.random(in: 0..<count, using: &generator) }
    mutating func isRare() -> Bool { below(4) == 0 }
    mutating func one(_ words: [String]) -> String { words[below(words.count)] }
    func number(_ value: Int, _ digits: Int) -> String {
      let text = "\(value)"
      return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
    mutating func name() -> String {
      let syllables = ["ba", "ko", "ri", "len", "dé", "mi", "so", "va", "tu", "ñe", "žo", "gra"]
      let parts = (0..<(2 + below(2))).map { _ in one(syllables) }
      return parts.joined().capitalized
    }
    mutating func company() -> String {
      name() + one([" Esempio SRL", " & \"Figli\", SA", " Example Ltd", " Ejemplo, S.L."])
    }
    mutating func day() -> (day: Int, month: Int) { (1 + below(28), 1 + below(12)) }
    mutating func isoDay() -> String {
      let (day, month) = day()
      return "2024-\(number(month, 2))-\(number(day, 2))"
    }
    mutating func clock() -> String {
      "\(number(below(24), 2)):\(number(below(60), 2)):\(number(below(60), 2))"
    }
    mutating func phone() -> String { "39000000" + number(below(40), 4) }
  }

  static func csv(_ header: String, _ rows: [[String]], mark: String = ",") -> String {
    let lines = rows.map { row in
      row.map { cell in
        cell.contains(mark) || cell.contains("\"")
          ? "\"" + cell.replacing("\"", with: "\"\"") + "\"" : cell
      }.joined(separator: mark)
    }
    return ([header] + lines).joined(separator: "\n") + "\n"
  }

  static func json(_ objects: [[String: Any]]) -> String {
    objects.map { object in
      let data =
        (try? JSONSerialization.data(withJSONObject: object, options: [.sortedKeys])) ?? Data()
      return String(decoding: data, as: UTF8.self) + "\n"
    }.joined()
  }

  // MARK: Phones

  private mutating func calls(_ make: inout Maker) {
    var table: [[String]] = []
    for _ in 0..<rows {
      let (a, b) = (make.phone(), make.phone())
      entities.formUnion(["phone:\(a)", "phone:\(b)"])
      let day = make.day()
      table.append([
        "\(make.number(day.day, 2))-\(make.number(day.month, 2))-2024 \(make.clock())", a, b,
        "\(make.below(900))", make.one(["MO-Voice", "MT-Voice", "MO-SMS"]), "350000000000011",
        "222100000000101", "12345-\(make.below(90))", "Via Esempio 1, Porto", "44.4056", "8.9463",
        "120",
      ])
      events += 1
    }
    text = Self.csv(
      "Date/Time,A-Party,B-Party,Duration,Type,IMEI,IMSI,Cell ID,Cell Address,Lat,Lon,Azimuth",
      table)
  }

  private mutating func operatorReport(_ make: inout Maker) {
    var table: [[String]] = []
    for _ in 0..<rows {
      let (a, b) = (make.phone(), make.phone())
      let cells = [
        "222-10-4101-\(make.below(9))", make.isRare() ? "" : "222-10-4102-\(make.below(9))",
      ]
      entities.formUnion(["phone:\(a)", "phone:\(b)"])
      entities.formUnion(cells.filter { !$0.isEmpty }.map { "cell:\($0)" })
      let day = make.day()
      table.append([
        a, b, "\(make.number(day.day, 2))/\(make.number(day.month, 2))/2024", make.clock(),
        "\(make.below(900))", cells[0], cells[1], make.one(["MOC", "MTC", "SMS-MO"]),
        "350000000000011", "222100000000101", "PREPAID", "", "",
      ])
      events += 1
    }
    let blank = String(repeating: ";", count: 12)
    text =
      """
      Operator: EXAMPLE MOBILE;Request ref: 2024/0117\(blank.dropFirst())
      Target MSISDN: 390000000101;Period: 01/01/2024 - 31/12/2024\(blank.dropFirst())
      \(blank)

      """
      + Self.csv(
        "CALLING_NO;CALLED_NO;CALL_DATE;CALL_TIME;DURATION;FIRST_CELL;LAST_CELL;CALL_TYPE;IMEI;IMSI;"
          + "TYPE_OF_CONN;SMSC_CENTER;ROAM_CIRCLE", table, mark: ";")
      + "\(blank)\nLegend: MOC = mobile originated call; MTC = mobile terminated call\(blank)\n"
    passedOver = 2
  }

  private mutating func towerDump(_ make: inout Maker) {
    var table: [[String]] = []
    for _ in 0..<rows {
      let (phone, site) = (make.phone(), make.below(5))
      let imei = make.isRare() ? "" : "35000000000\(make.number(make.below(30), 4))"
      let kind = make.one(["DATA", "MOC", "MTC"])
      let other = kind == "DATA" ? "" : make.phone()
      entities.formUnion(["phone:\(phone)", "cell:222-10-4101-\(site)"])
      if !imei.isEmpty { entities.insert("device:\(imei)") }
      if !other.isEmpty { entities.insert("phone:\(other)") }
      events += other.isEmpty ? 1 : 2
      table.append([
        "222-10-4101-\(site)", "PORT GATE \(site)", "\(make.isoDay())T\(make.clock())Z", phone,
        imei,
        "222100000000101", kind, other,
      ])
    }
    text = Self.csv("CELL_ID,SITE_NAME,EVENT_TIME,MSISDN,IMEI,IMSI,EVENT_TYPE,OTHER_PARTY", table)
  }

  // MARK: Money

  private mutating func ibm(_ make: inout Maker) {
    var table: [[String]] = []
    for _ in 0..<rows {
      let ends = (0..<2).map { _ in
        (make.number(make.below(30), 3), "8000A\(make.number(make.below(9), 4))")
      }
      entities.formUnion(ends.map { "account:\($0.0):\($0.1)" })
      events += 1
      let amount = "\(make.below(9_000)).\(10 + make.below(90))"
      let day = make.isoDay().replacing("-", with: "/")
      table.append([
        "\(day) \(make.clock().prefix(5))", ends[0].0, ends[0].1, ends[1].0, ends[1].1, amount,
        "Euro",
        amount, "Euro", make.one(["Wire", "ACH", "Cash"]), "0",
      ])
    }
    text = Self.csv(
      "Timestamp,From Bank,Account,To Bank,Account,Amount Received,Receiving Currency,Amount Paid,"
        + "Payment Currency,Payment Format,Is Laundering", table)
  }

  private mutating func saml(_ make: inout Maker) {
    var table: [[String]] = []
    for _ in 0..<rows {
      let ends = (0..<2).map { _ in "10000000\(make.number(make.below(30), 2))" }
      entities.formUnion(ends.map { "account:\($0)" })
      events += 1
      table.append([
        make.clock(), make.isoDay(), ends[0], ends[1], "\(make.below(9_000)).15", "Euro", "Dirham",
        "Italy", "UAE", make.one(["Cash Deposit", "Cross-border"]), "0", "Normal_Small_Fan_Out",
      ])
    }
    text = Self.csv(
      "Time,Date,Sender_account,Receiver_account,Amount,Payment_currency,Received_currency,"
        + "Sender_bank_location,Receiver_bank_location,Payment_type,Is_laundering,Laundering_type",
      table)
  }

  private mutating func amlsim(_ make: inout Maker) {
    var table: [[String]] = []
    for row in 0..<rows {
      let ends = (0..<2).map { _ in "\(make.below(30))" }
      entities.formUnion(ends.map { "account:\($0)" })
      events += 1
      table.append([
        "\(row + 1)", ends[0], ends[1], "TRANSFER", "\(make.below(9_000)).5",
        "\(make.isoDay())T00:00:00Z", "False", "-1",
      ])
    }
    text = Self.csv(
      "tran_id,orig_acct,bene_acct,tx_type,base_amt,tran_timestamp,is_sar,alert_id", table)
  }

  // MARK: Registers

  private mutating func register(_ make: inout Maker) {
    var table: [[String]] = []
    for row in 0..<rows {
      let number = make.number(row + 1, 8)
      entities.insert("company:gb:\(number)")
      let day = make.day()
      table.append([
        make.company(), number, "", "", "\(row) EXAMPLE STREET", "", "LONDON", "", "ENGLAND",
        "EX1 1EX",
        "Private Limited Company", "Active", "United Kingdom", "",
        "\(make.number(day.day, 2))/\(make.number(day.month, 2))/2016",
        "46310 - Wholesale of fruit and vegetables", "", "", "", "",
        make.isRare() ? make.company() : "",
      ])
    }
    text = Self.csv(
      "CompanyName, CompanyNumber,RegAddress.CareOf,RegAddress.POBox,RegAddress.AddressLine1,"
        + " RegAddress.AddressLine2,RegAddress.PostTown,RegAddress.County,RegAddress.Country,"
        + "RegAddress.PostCode,CompanyCategory,CompanyStatus,CountryOfOrigin,DissolutionDate,"
        + "IncorporationDate,SICCode.SicText_1,SICCode.SicText_2,SICCode.SicText_3,"
        + "SICCode.SicText_4,PreviousName_1.CONDATE, PreviousName_1.CompanyName", table)
  }

  private mutating func control(_ make: inout Maker) {
    var objects: [[String: Any]] = []
    for row in 0..<rows {
      let company = make.number(1 + make.below(rows), 8)
      let link = "/company/\(company)/persons-with-significant-control/x/\(row)"
      var data: [String: Any] = ["etag": "\(row)", "links": ["self": link]]
      let kind = make.one([
        "individual-person-with-significant-control",
        "corporate-entity-person-with-significant-control",
        "legal-person-person-with-significant-control",
        "super-secure-person-with-significant-control",
        "persons-with-significant-control-statement",
      ])
      data["kind"] = kind
      data["notified_on"] = "2016-04-06"
      if make.isRare() { data["ceased_on"] = make.isoDay() }
      if kind == "persons-with-significant-control-statement" {
        data["statement"] = "no-individual-or-entity-with-signficant-control"
        passedOver += 1
        objects.append(["company_number": company, "data": data])
        continue
      }
      var natures = ["ownership-of-shares-25-to-50-percent"]
      if make.isRare() { natures.append("voting-rights-25-to-50-percent-as-trust") }
      data["natures_of_control"] = natures
      if kind.hasPrefix("individual") {
        let (first, last) = (make.name(), make.name())
        data["name"] = "Mr \(first) \(last)"
        data["name_elements"] = ["title": "Mr", "forename": first, "surname": last]
        data["date_of_birth"] = ["year": 1_950 + make.below(50), "month": 1 + make.below(12)]
        data["nationality"] = "British"
        data["address"] = [
          "premises": "1", "address_line_1": "Example Street", "locality": "London",
        ]
      } else if !kind.hasPrefix("super") {
        data["name"] = make.company()
        data["identification"] = [
          "legal_form": "Limited", "legal_authority": "Example Act", "registration_number": company,
        ]
      }
      entities.formUnion(["company:gb:\(company)", "psc:\(link)"])
      relationships += 1
      objects.append(["company_number": company, "data": data])
    }
    text = Self.json(objects)
  }

  private mutating func companies(_ make: inout Maker) {
    var objects: [[String: Any]] = []
    for row in 0..<rows {
      let company = "gb:\(make.number(row, 8))"
      entities.insert("company:\(company)")
      var officers: [[String: Any]] = []
      for _ in 0..<make.below(4) {
        let name = "\(make.name()) \(make.name())"
        entities.insert("officer:\(company):\(name)")
        relationships += 1
        officers.append([
          "name": name, "position": make.one(["director", "secretary"]), "start_date": "2016-04-06",
          "end_date": NSNull(), "uid": "\(make.below(9_999))",
        ])
      }
      objects.append([
        "company_number": make.number(row, 8), "name": make.company(), "jurisdiction_code": "gb",
        "incorporation_date": "2016-04-06", "dissolution_date": NSNull(),
        "current_status": "Active",
        "retrieved_at": "2024-03-01T00:00:00Z", "company_type": "Private Limited Company",
        "registry_url": "https://example.org/\(row)", "officers": officers,
        "registered_address": ["street_address": "1 Example Street", "locality": "London"],
        "previous_names": [["company_name": make.company()]], "alternative_names": [String](),
        "industry_codes": [["code": "46310", "name": "Wholesale of fruit"]],
      ])
    }
    text = Self.json(objects)
  }
}
