// SPDX-License-Identifier: Apache-2.0

/// The names under which tables of ties keep their ends and weights.
///
/// Names are compared without case, spaces, dots, dashes and underscores.
enum ColumnNames {
  struct EndNames {
    let source: String
    let target: String
    /// Whether the names say which end acts on which.
    let isDirected: Bool
  }

  /// Pairs of names, the more telling first.
  static let ends: [EndNames] = [
    .init(source: "source", target: "target", isDirected: true),
    .init(source: "sourceid", target: "targetid", isDirected: true),
    .init(source: "sourcenodeid", target: "targetnodeid", isDirected: true),
    .init(source: "src", target: "dst", isDirected: true),
    .init(source: "src", target: "dest", isDirected: true),
    .init(source: "from", target: "to", isDirected: true),
    .init(source: "fromid", target: "toid", isDirected: true),
    .init(source: "sender", target: "receiver", isDirected: true),
    .init(source: "sender", target: "recipient", isDirected: true),
    .init(source: "senderaccount", target: "receiveraccount", isDirected: true),
    .init(source: "senderid", target: "receiverid", isDirected: true),
    .init(source: "fromaccount", target: "toaccount", isDirected: true),
    .init(source: "fromiban", target: "toiban", isDirected: true),
    .init(source: "payeriban", target: "payeeiban", isDirected: true),
    .init(source: "payeriban", target: "beneficiaryiban", isDirected: true),
    .init(source: "origacct", target: "beneacct", isDirected: true),
    .init(source: "accountid", target: "counterpartyaccountnum", isDirected: true),
    .init(source: "payer", target: "payee", isDirected: true),
    .init(source: "payer", target: "beneficiary", isDirected: true),
    .init(source: "caller", target: "called", isDirected: true),
    .init(source: "caller", target: "callee", isDirected: true),
    .init(source: "caller", target: "receiver", isDirected: true),
    .init(source: "callingno", target: "calledno", isDirected: true),
    .init(source: "callingnumber", target: "callednumber", isDirected: true),
    .init(source: "callernumber", target: "receivernumber", isDirected: true),
    .init(source: "aparty", target: "bparty", isDirected: true),
    .init(source: "who", target: "whom", isDirected: true),
    .init(source: "origin", target: "destination", isDirected: true),
    .init(source: "departurecountry", target: "destinationcountry", isDirected: true),
    .init(source: "owner", target: "asset", isDirected: true),
    .init(source: "parent", target: "child", isDirected: true),
    .init(source: "start", target: "end", isDirected: true),
    .init(source: "startid", target: "endid", isDirected: true),
    .init(source: "nodeidstart", target: "nodeidend", isDirected: true),
    .init(
      source: "relationshipstartnodenodeid", target: "relationshipendnodenodeid",
      isDirected: true),
    .init(source: "tail", target: "head", isDirected: true),
    .init(source: "id", target: "tieid", isDirected: false),
    .init(source: "entity1identity", target: "entity2identity", isDirected: false),
    .init(source: "entity1", target: "entity2", isDirected: false),
    .init(source: "node1", target: "node2", isDirected: false),
    .init(source: "person1", target: "person2", isDirected: false),
    .init(source: "actor1", target: "actor2", isDirected: false),
    .init(source: "phone1", target: "phone2", isDirected: false),
    .init(source: "phonea", target: "phoneb", isDirected: false),
    .init(source: "id1", target: "id2", isDirected: false),
    .init(source: "name1", target: "name2", isDirected: false),
    .init(source: "v1", target: "v2", isDirected: false),
    .init(source: "nodea", target: "nodeb", isDirected: false),
    .init(source: "persona", target: "personb", isDirected: false),
    .init(source: "a", target: "b", isDirected: false),
    .init(source: "u", target: "v", isDirected: false),
    .init(source: "i", target: "j", isDirected: false),
    .init(source: "ego", target: "alter", isDirected: false),
  ]

  /// Names that a column of weights has.
  static let weights = [
    "weight", "value", "amount", "strength", "count", "length", "distance", "baseamt",
    "txnamountorig", "duration", "frequency", "ffeperweek",
  ]

  /// Names that the column of the times of events has, the more telling first.
  static let times = [
    "time", "timestamp", "datetime", "calltime", "callstart", "starttime", "transactiontime",
    "eventtime", "senttime", "sentat", "when", "date", "transactiondate", "txndate",
    "bookingdate", "valuedate", "calldate", "eventdate", "startdate", "day",
  ]

  /// Names that the column of the amounts of events has, the more telling first.
  static let amounts = [
    "amount", "sum", "value", "baseamt", "txnamountorig", "duration", "durationseconds",
    "durations", "seconds", "minutes",
  ]

  /// Names that the column of identifiers of a node table has, the more telling first.
  static let identifiers = [
    "id", "nodeid", "uid", "node", "identifier", "key", "name", "acctid", "accountid", "account",
    "code", "unlocode", "personid", "entityid", "vertex", "actor", "label",
  ]

  /// Names that a column of labels has.
  static let labels = ["label", "name", "caption", "title", "displayname", "dsplynm", "pseudonym"]

  static func key(_ name: String) -> String {
    var key = ""
    for scalar in name.unicodeScalars {
      switch scalar {
      case " ", ".", "-", "_", "/", ":": break
      default: key.unicodeScalars.append(scalar)
      }
    }
    return key.lowercased()
  }

  private static let known: Set<String> = Set(
    ends.flatMap { [$0.source, $0.target] }.filter { $0.utf8.count > 1 } + weights + identifiers)

  /// Whether a cell is a name that columns of graphs have.
  static func isKnown(_ name: String) -> Bool { known.contains(key(name)) }
}
