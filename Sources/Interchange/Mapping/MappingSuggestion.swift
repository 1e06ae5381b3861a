// SPDX-License-Identifier: Apache-2.0

/// Writes a mapping for a table of which only the columns are known.
struct MappingSuggestion {
  let file: String
  let columns: [TableSample.Column]
  let source: String?
  let grade: String?
  let handling: String?

  /// A schema and the names that the columns of its tables have.
  private struct Kind {
    let schema: String
    let prefix: String
    /// Names of columns that tables of this kind have and others do not.
    let signs: [String]
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

  private static let kinds: [Kind] = [
    Kind(
      schema: "Vessel", prefix: "vessel", signs: ["imo", "mmsi", "vesselname", "callsign"],
      properties: [
        ("name", naming + ["vesselname"]), ("imoNumber", ["imo", "imonumber"]),
        ("mmsi", ["mmsi"]), ("flag", ["flag"]), ("callSign", ["callsign"]),
      ]),
    Kind(
      schema: "BankAccount", prefix: "account",
      signs: ["iban", "accountnumber", "bankname", "bic"],
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
      properties: [
        ("containerNumber", ["containernumber"]), ("type", ["sizetype", "containertype"]),
      ]
    ),
    Kind(
      schema: "Phone", prefix: "phone", signs: ["msisdn", "phonenumber", "imsi"],
      properties: [("number", ["msisdn", "phonenumber", "number"]), ("operator", ["operator"])]),
    Kind(
      schema: "Person", prefix: "person", signs: [],
      properties: [
        ("name", naming), ("firstName", ["firstname", "forename", "givenname"]),
        ("lastName", ["lastname", "surname", "familyname"]),
        ("birthDate", ["birthdate", "born", "dob", "dateofbirth"]),
        ("birthPlace", ["birthplace", "placeofbirth"]), ("gender", ["gender", "sex"]),
        ("function", ["role", "crimerole"]), ("profession", ["profession", "occupation"]),
        ("position", ["position"]), ("phone", ["phone", "telephone"]), ("email", ["email"]),
      ]),
  ]

  var yaml: String {
    let sourceName = source ?? Self.stem(file)
    var declared = ["kind: register"]
    if let grade { declared.append("grade: \(Self.scalar(grade))") }
    if let handling { declared.append("handling: \(Self.scalar(handling))") }
    var lines = [
      "# Proposed from the columns of \(Self.plain(file)): check every line before you import.",
      "grading: admiralty   # or europol4x4, uk3x5x2", "sources:",
      "  \(Self.scalar(sourceName)): { \(declared.joined(separator: ", ")) }"
        + (grade == nil ? "   # add grade: B2, handling: H1" : ""),
      "files:", "  - file: \(Self.scalar(file))", "    source: \(Self.scalar(sourceName))",
    ]
    if columns.contains(where: \.needsDecimalComma) { lines.append("    decimal: \",\"") }
    if let (source, target, isDirected) = ends {
      lines += ties(source, target, isDirected)
    } else {
      lines += entities
    }
    return lines.joined(separator: "\n") + "\n"
  }

  // MARK: Tables of entities

  private var entities: [String] {
    let keys = columns.map { ColumnNames.key($0.name) }
    let kind =
      Self.kinds.first { kind in kind.signs.contains { keys.contains($0) } }
      ?? Self.kinds[Self.kinds.count - 1]
    let id =
      ColumnNames.identifiers.lazy.compactMap { keys.firstIndex(of: $0) }.first
      ?? kind.signs.lazy.compactMap { keys.firstIndex(of: $0) }.first ?? 0
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
    lines += properties
    return lines + leftOver(used)
  }

  // MARK: Tables of ties

  private var ends: (Int, Int, Bool)? {
    let keys = columns.map { ColumnNames.key($0.name) }
    for pair in ColumnNames.ends {
      guard let a = keys.firstIndex(of: pair.source), let b = keys.firstIndex(of: pair.target),
        !(columns[a].isISODate && columns[b].isISODate), columns[a].dateForms.isEmpty
      else { continue }
      return (a, b, pair.isDirected)
    }
    return nil
  }

  private func ties(_ source: Int, _ target: Int, _ isDirected: Bool) -> [String] {
    let keys = columns.map { ColumnNames.key($0.name) }
    func first(_ names: [String]) -> Int? { keys.firstIndex { names.contains($0) } }
    let ends = keys[source] + " " + keys[target]
    let isCall =
      ends.contains("call") || ends.contains("aparty")
      || (first(["duration", "seconds", "callduration"]) != nil && isDirected)
    let isPayment =
      !isCall
      && (ends.contains("pay") || ends.contains("acc") || ends.contains("iban")
        || first(["amount", "currency"]) != nil)
    let (schema, prefix, roles, wanted): (String, String, (String, String), [(String, [String])])
    if isCall {
      (schema, prefix, roles) = ("Phone", "phone", ("caller", "receiver"))
      wanted = [
        ("duration", ["duration", "seconds", "callduration"]), ("callType", ["type", "calltype"]),
      ]
    } else if isPayment {
      (schema, prefix, roles) = ("BankAccount", "account", ("payer", "beneficiary"))
      wanted = [
        ("amount", ["amount", "value"]), ("currency", ["currency"]),
        ("purpose", ["purpose", "reference", "description"]),
      ]
    } else {
      (schema, prefix, roles) = ("Person", "person", ("subject", "object"))
      wanted = [
        ("relationship", ["type", "relation", "relationship", "kind"]),
        ("strength", ["weight", "strength", "count", "value"]),
      ]
    }
    var lines = ["    entities:"]
    for end in [source, target] {
      let property = isCall ? "number" : isPayment ? "accountNumber" : "name"
      lines.append(
        "      - { id: \(Self.template(prefix, columns[end].name)), schema: \(schema), "
          + "unique: false, properties: { \(property): \(Self.scalar(columns[end].name)) } }")
    }
    let isEvent = isCall || isPayment
    let tie = isCall ? "Call" : isPayment ? "Payment" : "UnknownLink"
    lines += [
      isEvent ? "    events:" : "    relationships:",
      "      - schema: \(tie)   # guessed from the columns",
      "        \(isEvent ? "participants" : "ends"): { \(roles.0): "
        + "\(Self.template(prefix, columns[source].name)), \(roles.1): "
        + "\(Self.template(prefix, columns[target].name)) }",
    ]
    var used: Set<Int> = [source, target]
    let time = columns.indices.first {
      !used.contains($0) && (columns[$0].isISODate || !columns[$0].dateForms.isEmpty)
    }
    if let time {
      used.insert(time)
      lines.append(
        isEvent
          ? "        time: \(value(columns[time], isDate: true))"
          : "        valid: { start: \(value(columns[time], isDate: true)) }")
    }
    var properties: [String] = []
    for (property, names) in wanted {
      guard let index = first(names), !used.contains(index) else { continue }
      used.insert(index)
      properties.append(propertyLine(property, columns[index], isDate: false))
    }
    if !properties.isEmpty { lines.append("        properties:") }
    return lines + properties + leftOver(used)
  }

  // MARK: Words

  private func propertyLine(_ property: String, _ column: TableSample.Column, isDate: Bool)
    -> String
  {
    let doubt =
      isDate && column.dateForms.count > 1 ? "   # or \(column.dateForms[1].pattern)?" : ""
    return "          \(property): \(value(column, isDate: isDate))\(doubt)"
  }

  private func value(_ column: TableSample.Column, isDate: Bool) -> String {
    guard isDate, let form = column.dateForms.first else { return Self.scalar(column.name) }
    return "{ column: \(Self.scalar(column.name)), date: \"\(form.pattern)\" }"
  }

  private func leftOver(_ used: Set<Int>) -> [String] {
    let names = columns.indices.filter { !used.contains($0) }.map { Self.plain(columns[$0].name) }
    return names.isEmpty ? [] : ["        # not mapped: " + names.joined(separator: ", ")]
  }

  private static func template(_ prefix: String, _ column: String) -> String {
    guard !column.utf8.contains(UInt8(ascii: "{")), !column.utf8.contains(UInt8(ascii: "}")) else {
      // Such a name cannot stand in a template; the mapping says so when it is read.
      return scalar("\(prefix):?")
    }
    return quoted("\(prefix):{\(column)}")
  }

  private static func stem(_ file: String) -> String {
    guard let dot = file.utf8.lastIndex(of: UInt8(ascii: ".")), dot > file.utf8.startIndex else {
      return file
    }
    return String(file[..<dot])
  }

  // Bare where YAML takes it as a plain word; in double quotes otherwise.
  private static func scalar(_ text: String) -> String {
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

  private static func quoted(_ text: String) -> String {
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
  private static func plain(_ text: String) -> String { text.printable(limit: 80) }
}
