// SPDX-License-Identifier: Apache-2.0

/// Writes a mapping for a table of which only the columns are known.
struct MappingSuggestion {
  let file: String
  let sheet: String?
  let columns: [TableSample.Column]
  /// The date and the time of day of each row as one text, where they stand in two columns.
  let joined: TableSample.Joined?
  let source: String?
  let grade: String?
  let handling: String?

  /// A schema and the names that the columns of its tables have.
  struct Kind {
    let schema: String
    let prefix: String
    /// Names of columns that tables of this kind have and others do not.
    let signs: [String]
    /// Names of the column by which the rows are known, before those that all kinds share.
    let ids: [String]
    /// Property and the names of its column.
    let properties: [(property: String, names: [String])]
  }

  private static let shared: [(property: String, names: [String])] = [
    ("alias", ["alias", "aliases", "nickname", "aka"]), ("country", ["country", "countrycode"]),
    ("notes", ["note", "notes", "remark", "remarks", "comment"]),
  ]

  private static let naming = [
    "name", "fullname", "personname", "companyname", "label", "caption", "title", "displayname",
  ]

  // The title of a person is no name, and a title in such a table may be that of a book.
  private static let personNaming = naming.filter { $0 != "title" && $0 != "companyname" }

  // What the rows of any kind may be known by.
  private static let sharedIDs = [
    "id", "nodeid", "uid", "node", "identifier", "key", "code", "entityid", "vertex", "actor",
  ]

  private static let kinds: [Kind] = [
    Kind(
      schema: "Vessel", prefix: "vessel",
      signs: ["imo", "imonumber", "mmsi", "vesselname", "callsign"],
      ids: ["imo", "imonumber", "mmsi", "vesselid", "vesselname"],
      properties: [
        ("name", naming + ["vesselname"]), ("imoNumber", ["imo", "imonumber"]),
        ("mmsi", ["mmsi"]), ("flag", ["flag"]), ("callSign", ["callsign"]),
      ]),
    Kind(
      schema: "BankAccount", prefix: "account",
      signs: ["iban", "accountnumber", "bankname", "bic"],
      ids: ["iban", "accountnumber", "accountid", "acctid", "account"],
      properties: [
        ("name", naming), ("iban", ["iban"]), ("bankName", ["bank", "bankname"]),
        ("accountNumber", ["accountnumber", "account"]), ("bic", ["bic"]),
      ]),
    Kind(
      schema: "Company", prefix: "company",
      signs: [
        "companyname", "companynumber", "registrationnumber", "legalform", "incorporationdate",
        "founded", "jurisdiction", "jurisdictioncode",
      ],
      ids: ["companynumber", "registrationnumber", "companyid", "companyname"],
      properties: [
        ("name", naming), ("registrationNumber", ["registrationnumber", "companynumber"]),
        ("legalForm", ["legalform", "companytype"]),
        ("incorporationDate", ["incorporationdate", "founded"]),
        ("dissolutionDate", ["dissolutiondate"]),
        ("jurisdiction", ["jurisdiction", "jurisdictioncode"]),
        ("address", ["address", "registeredaddress"]),
      ]),
    Kind(
      schema: "Container", prefix: "container", signs: ["containernumber", "sizetype"],
      ids: ["containernumber", "number"],
      properties: [
        ("containerNumber", ["containernumber"]), ("type", ["sizetype", "containertype"]),
      ]
    ),
    Kind(
      schema: "Phone", prefix: "phone", signs: ["msisdn", "phonenumber", "imsi"],
      ids: ["msisdn", "phonenumber", "number"],
      properties: [("number", ["msisdn", "phonenumber", "number"]), ("operator", ["operator"])]),
    Kind(
      schema: "Vehicle", prefix: "vehicle",
      signs: ["plate", "licenseplate", "licenceplate", "vin"],
      ids: ["plate", "licenseplate", "licenceplate", "vin"],
      properties: [
        ("registrationNumber", ["plate", "licenseplate", "licenceplate"]), ("vin", ["vin"]),
        ("model", ["model"]), ("color", ["color", "colour"]),
      ]),
    Kind(
      schema: "Port", prefix: "port", signs: ["locode", "unlocode"], ids: ["locode", "unlocode"],
      properties: [("name", naming), ("unLocode", ["locode", "unlocode"])]),
    Kind(
      schema: "Address", prefix: "address", signs: ["street", "postcode", "postalcode"],
      ids: ["addressid"],
      properties: [
        ("street", ["street"]), ("city", ["city", "town"]),
        ("postalCode", ["postcode", "postalcode", "zip"]),
      ]),
    Kind(
      schema: "Person", prefix: "person", signs: [],
      ids: ["personid"],
      properties: [
        ("name", personNaming), ("firstName", ["firstname", "forename", "givenname"]),
        ("lastName", ["lastname", "surname", "familyname"]),
        ("birthDate", ["birthdate", "born", "dob", "dateofbirth"]),
        ("birthPlace", ["birthplace", "placeofbirth"]), ("gender", ["gender", "sex"]),
        ("function", ["role", "crimerole"]), ("profession", ["profession", "occupation"]),
        ("position", ["position"]), ("phone", ["phone", "telephone"]), ("email", ["email"]),
      ]),
  ]

  /// The text of the mapping; nil when nothing says what a row is.
  var yaml: String? {
    let rules: (kind: String, lines: [String])
    if let tie {
      rules = (tie.sourceKind, lines(of: tie))
    } else if let found = entities {
      rules = found
    } else {
      return nil
    }
    let sourceName = source ?? Self.stem(file)
    var declared = ["kind: \(rules.kind)"]
    if let grade { declared.append("grade: \(Self.scalar(grade))") }
    if let handling { declared.append("handling: \(Self.scalar(handling))") }
    var lines = [
      "# Proposed from the columns of \(Self.plain(file)): check every line before you import.",
      "grading: admiralty   # or europol4x4, uk3x5x2", "sources:",
      "  \(Self.scalar(sourceName)): { \(declared.joined(separator: ", ")) }"
        + (grade == nil ? "   # add grade: B2, handling: H1" : ""),
      "files:",
      "  - file: \(Self.scalar(file))"
        + (sheet.map { "\n    sheet: \(Self.scalar($0))" } ?? ""),
      "    source: \(Self.scalar(sourceName))",
    ]
    if columns.contains(where: \.needsDecimalComma) { lines.append("    decimal: \",\"") }
    return (lines + rules.lines).joined(separator: "\n") + "\n"
  }

  /// The names of the columns as they are compared, without a unit in parentheses.
  var keys: [String] {
    columns.map { column in
      var name = Substring(column.name)
      while name.last == " " { name.removeLast() }
      if name.last == ")", let open = name.lastIndex(of: "("), open > name.startIndex {
        name = name[..<open]
      }
      return ColumnNames.key(String(name))
    }
  }

  // MARK: Tables of entities

  private var entities: (kind: String, lines: [String])? {
    let keys = keys
    let sign = Self.kinds.first { kind in kind.signs.contains { keys.contains($0) } }
    let kind = sign ?? Self.kinds[Self.kinds.count - 1]
    let names = kind.properties.first { $0.property == "name" }?.names ?? []
    func first(_ names: [String]) -> Int? {
      names.lazy.compactMap { keys.firstIndex(of: $0) }.first
    }
    guard let id = first(Self.sharedIDs) ?? first(kind.ids) ?? first(names) else { return nil }
    // A bare id beside columns that mean nothing may be that of anything.
    let isKnown = kind.properties.contains { $0.names.contains { keys.contains($0) } }
    guard sign != nil || isKnown || columns.count == 1 else { return nil }
    var lines = [
      "    entities:", "      - id: \(Self.template(kind.prefix, columns[id].name))",
      "        schema: \(kind.schema)   # guessed from the columns",
    ]
    var used: Set<Int> = [id]
    var properties: [String] = []
    for (property, names) in kind.properties + Self.shared {
      guard
        let index = keys.indices.first(where: {
          names.contains(keys[$0]) && ($0 == id || !used.contains($0))
        })
      else { continue }
      used.insert(index)
      properties.append(propertyLine(property, columns[index], isDate: property.hasSuffix("Date")))
    }
    if !properties.isEmpty { lines.append("        properties:") }
    let source = kind.schema == "Company" ? "register" : "other"
    return (source, lines + properties + leftOver(used))
  }

  // MARK: Words

  func propertyLine(_ property: String, _ column: TableSample.Column, isDate: Bool)
    -> String
  {
    "          \(property): \(value(column, isDate: isDate))\(isDate ? Self.doubt(column) : "")"
  }

  static func doubt(_ column: TableSample.Column) -> String {
    // Only day and month can be taken for one another; forms that differ in width agree.
    let forms = column.dateForms
    let other = forms.first { $0.pattern.utf8.first != forms[0].pattern.utf8.first }
    return other.map { "   # or \($0.pattern)?" } ?? ""
  }

  func value(_ column: TableSample.Column, isDate: Bool) -> String {
    guard isDate, let form = column.dateForms.first else { return Self.scalar(column.name) }
    return "{ column: \(Self.scalar(column.name)), date: \"\(form.pattern)\" }"
  }

  func leftOver(_ used: Set<Int>) -> [String] {
    let left = columns.indices.filter { !used.contains($0) }.map { columns[$0] }
    guard !left.isEmpty else { return [] }
    let names = left.map { Self.plain($0.name) }.joined(separator: ", ")
    return ["        # not mapped: " + names]
      + left.map { "        #   \(Self.plain($0.name)): \($0.doubt)" }
  }

  static func template(_ prefix: String, _ column: String) -> String {
    guard !column.utf8.contains(UInt8(ascii: "{")), !column.utf8.contains(UInt8(ascii: "}")) else {
      // Such a name cannot stand in a template; the mapping says so when it is read.
      return scalar("\(prefix):?")
    }
    return quoted("\(prefix):{\(column)}")
  }

  static func stem(_ file: String) -> String {
    guard let dot = file.utf8.lastIndex(of: UInt8(ascii: ".")), dot > file.utf8.startIndex else {
      return file
    }
    return String(file[..<dot])
  }

  // Bare where YAML takes it as a plain word; in double quotes otherwise.
  static func scalar(_ text: String) -> String {
    let isPlain =
      !text.isEmpty
      && text.utf8.enumerated().allSatisfy { index, byte in
        switch byte {
        case 65...90, 97...122: true
        case 48...57, 45, 46, 95: index > 0
        default: false
        }
      }
    return isPlain ? text : quoted(text)
  }

  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\" + String(scalar)
      default:
        if scalar.value < 0x20 || scalar.isDeceptive {
          let digits = String(scalar.value, radix: 16, uppercase: true)
          result += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }

  // For comments: one line, nothing that deceives.
  static func plain(_ text: String) -> String { text.printable(limit: 80) }
}
