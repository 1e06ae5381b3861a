// SPDX-License-Identifier: Apache-2.0

extension MappingSuggestion {
  /// What a table of ties tells, and where its ends stand.
  struct Tie {
    enum Kind { case call, payment, office, link }

    let kind: Kind
    let source: Int
    let target: Int

    var sourceKind: String {
      switch kind {
      case .call: "callRecords"
      case .payment: "bankRecords"
      case .office: "register"
      case .link: "other"
      }
    }

    var schema: String {
      switch kind {
      case .call: "Call"
      case .payment: "Payment"
      case .office: "Directorship"
      case .link: "UnknownLink"
      }
    }

    var isEvent: Bool { kind == .call || kind == .payment }

    var roles: (source: String, target: String) {
      switch kind {
      case .call: ("caller", "receiver")
      case .payment: ("payer", "beneficiary")
      case .office: ("director", "organization")
      case .link: ("subject", "object")
      }
    }

    // Property and the names of its column; the first ones are numbers.
    var properties: (numbers: [(String, [String])], words: [(String, [String])]) {
      switch kind {
      case .call:
        (
          [("duration", ["duration", "seconds", "callduration", "durationseconds"])],
          [("callType", ["type", "calltype"])]
        )
      case .payment:
        (
          [("amount", ["amount", "value"])],
          [("currency", ["currency"]), ("purpose", ["purpose", "reference", "description"])]
        )
      case .office:
        ([], [("role", ["position", "role", "officerrole"])])
      case .link:
        (
          [("strength", ["weight", "strength", "count", "value"])],
          [("relationship", ["type", "relation", "relationship", "kind"])]
        )
      }
    }
  }

  private static let startNames = [
    "date", "since", "start", "startdate", "from", "validfrom", "begin", "appointed",
    "appointedon", "appointmentdate", "time", "datetime", "timestamp", "starttime", "calldate",
    "when", "booked", "bookingdate", "valuedate", "day",
  ]
  private static let endNames = [
    "until", "end", "enddate", "to", "validto", "resigned", "resignedon", "resignationdate",
  ]

  /// The tie that each row of the table tells; nil when no two columns are ends.
  var tie: Tie? {
    let keys = keys
    for pair in ColumnNames.ends {
      guard let a = keys.firstIndex(of: pair.source), let b = keys.firstIndex(of: pair.target),
        !columns[a].isDate, !columns[b].isDate
      else { continue }
      return Tie(kind: kind(keys[a], keys[b], pair.isDirected), source: a, target: b)
    }
    let officers = ["personid", "officerid", "directorid", "officer", "director", "officername"]
    let companies = ["companyid", "company", "companynumber", "companyname", "organization"]
    let signs = [
      "appointed", "appointedon", "appointmentdate", "resigned", "resignedon", "position",
      "officerrole",
    ]
    if let person = keys.firstIndex(where: { officers.contains($0) }),
      let company = keys.firstIndex(where: { companies.contains($0) }),
      keys.contains(where: { signs.contains($0) })
    {
      return Tie(kind: .office, source: person, target: company)
    }
    return nil
  }

  private func kind(_ source: String, _ target: String, _ isDirected: Bool) -> Tie.Kind {
    let keys = keys
    func has(_ names: [String]) -> Bool { keys.contains { names.contains($0) } }
    func ends(_ parts: [String]) -> Bool {
      parts.contains { source.contains($0) || target.contains($0) }
    }
    if ends(["call", "aparty", "phone", "msisdn"])
      || (isDirected && has(["duration", "seconds", "callduration"]))
    {
      return .call
    }
    return ends(["pay", "acc", "iban"]) || has(["amount", "currency"]) ? .payment : .link
  }

  func lines(of tie: Tie) -> [String] {
    let keys = keys
    func first(_ names: [String]) -> Int? {
      names.lazy.compactMap { keys.firstIndex(of: $0) }.first
    }
    var lines = ["    entities:"]
    for end in [tie.source, tie.target] { lines.append(entityLine(tie, end)) }
    let prefixes = [tie.source, tie.target].map { entity(tie, $0).prefix }
    let ends = [
      "\(tie.roles.source): \(Self.template(prefixes[0], columns[tie.source].name))",
      "\(tie.roles.target): \(Self.template(prefixes[1], columns[tie.target].name))",
    ]
    lines += [
      tie.isEvent ? "    events:" : "    relationships:",
      "      - schema: \(tie.schema)   # guessed from the columns",
      "        \(tie.isEvent ? "participants" : "ends"): { \(ends.joined(separator: ", ")) }",
    ]
    var used: Set<Int> = [tie.source, tie.target]
    lines += tie.isEvent ? timeLines(&used) : validLines(&used)
    var properties: [String] = []
    let wanted = tie.properties
    for (property, names) in wanted.numbers {
      guard let index = first(names), !used.contains(index), columns[index].isNumeric
      else { continue }
      used.insert(index)
      properties.append(propertyLine(property, columns[index], isDate: false))
    }
    for (property, names) in wanted.words {
      guard let index = first(names), !used.contains(index) else { continue }
      used.insert(index)
      properties.append(propertyLine(property, columns[index], isDate: false))
    }
    if !properties.isEmpty { lines.append("        properties:") }
    return lines + properties + leftOver(used)
  }

  // MARK: Ends

  private func entity(
    _ tie: Tie, _ end: Int
  ) -> (schema: String, prefix: String, property: String?) {
    let key = keys[end]
    let isID = key.hasPrefix("id") || key.hasSuffix("id") || columns[end].looksLikeCodes
    switch tie.kind {
    case .call: return ("Phone", "phone", "number")
    case .payment:
      return ("BankAccount", "account", key.contains("iban") ? "iban" : "accountNumber")
    case .office where end == tie.target:
      let isNumber = key == "companynumber"
      return ("Company", "company", isNumber ? "registrationNumber" : isID ? nil : "name")
    case .office, .link: return ("Person", "person", isID ? nil : "name")
    }
  }

  private func entityLine(_ tie: Tie, _ end: Int) -> String {
    let (schema, prefix, property) = entity(tie, end)
    let name = columns[end].name
    return "      - { id: \(Self.template(prefix, name)), schema: \(schema), unique: false"
      + (property.map { ", properties: { \($0): \(Self.scalar(name)) }" } ?? "") + " }"
  }

  // MARK: Times

  private func timeLines(_ used: inout Set<Int>) -> [String] {
    if let joined, !used.contains(joined.date), !used.contains(joined.time) {
      let (date, time) = (columns[joined.date], columns[joined.time])
      let isPlain = !(date.name + time.name).utf8.contains { $0 == 123 || $0 == 125 }
      if isPlain, joined.column.isDate, joined.column.filled == date.filled {
        used.formUnion([joined.date, joined.time])
        let form = joined.column.dateForms.first.map { ", date: \"\($0.pattern)\"" } ?? ""
        return [
          "        time: { template: \(Self.quoted("{\(date.name)} {\(time.name)}"))\(form) }"
            + Self.doubt(joined.column)
        ]
      }
      if date.isDate, !time.isDate {
        used.formUnion([joined.date, joined.time])
        return [
          "        time: \(value(date, isDate: true))\(Self.doubt(date))",
          "        # the times of day in \(Self.plain(time.name)) are not read",
        ]
      }
    }
    guard let time = named(Self.startNames, used) ?? anyDate(used) else { return [] }
    used.insert(time)
    return ["        time: \(value(columns[time], isDate: true))\(Self.doubt(columns[time]))"]
  }

  // Only columns that say so: any other date may be one of birth, or of the register.
  private func validLines(_ used: inout Set<Int>) -> [String] {
    var parts: [String] = []
    var doubt = ""
    for (word, names) in [("start", Self.startNames), ("end", Self.endNames)] {
      guard let index = named(names, used) else { continue }
      used.insert(index)
      parts.append("\(word): \(value(columns[index], isDate: true))")
      if doubt.isEmpty { doubt = Self.doubt(columns[index]) }
    }
    return parts.isEmpty ? [] : ["        valid: { \(parts.joined(separator: ", ")) }\(doubt)"]
  }

  // A column by its name: one of dates, else one called a date, which the import then refuses.
  private func named(_ names: [String], _ used: Set<Int>) -> Int? {
    let keys = keys
    let found = names.compactMap { keys.firstIndex(of: $0) }.filter { !used.contains($0) }
    return found.first { columns[$0].isDate }
      ?? found.first { columns[$0].filled > 0 && keys[$0].hasSuffix("date") }
  }

  private func anyDate(_ used: Set<Int>) -> Int? {
    let keys = keys
    return columns.indices.first { index in
      !used.contains(index) && columns[index].isDate
        && !["birth", "born", "dob", "death"].contains { keys[index].contains($0) }
    }
  }
}
