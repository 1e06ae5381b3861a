// SPDX-License-Identifier: Apache-2.0

public import GraphAlgorithms

extension ResultDocument {
  /// The document as JSON: `schema`, `version`, `input`, `view`, `analysis`, `convention`,
  /// `results`, `notices`.
  public var json: JSONValue {
    .object([
      .init("schema", .string(schema)),
      .init("version", .string(version)),
      .init("input", input?.json ?? .null),
      .init("view", .object(view.map { .init($0.name, $0.value) })),
      .init(
        "analysis",
        .array(
          analyses.map { record in
            .object([
              .init("name", .string(record.word)), .init("options", .literal(record.options)),
              .init("reference", .string(record.reference.text)),
            ])
          })),
      .init(
        "convention",
        .object(
          analyses.compactMap { record in
            record.convention.map { .init(record.word, $0.json) }
          })),
      .init("handling", handling.map(JSONValue.string) ?? .null),
      .init("results", results),
      .init("notices", .array(notices.map(JSONValue.string))),
    ])
  }

  private var results: JSONValue {
    var fields =
      figures.isEmpty
      ? []
      : [JSONValue.Field("figures", .object(figures.map { .init($0.key, JSONValue($0.value)) }))]
    fields += tables.map { .init($0.key, .array($0.json)) }
    return .object(fields)
  }
}

extension Table {
  /// The rows as JSON objects, their fields in column order.
  public var json: [JSONValue] {
    rows.map { row in
      .object(zip(columns, row).map { .init($0.key, JSONValue($1)) })
    }
  }
}

extension ResultDocument.Input {
  var json: JSONValue {
    .object([
      .init("name", .string(name)), .init("kind", .string(kind)), .init("sha256", .string(sha256)),
    ])
  }
}

extension Convention {
  var json: JSONValue {
    .object([
      .init("direction", .string(direction)), .init("weights", .string(weights)),
      .init("components", .string(components)), .init("normalisation", .string(normalisation)),
      .init("ties", .string("equal within one part in 10^9 share a rank; node order")),
    ])
  }
}

extension Citation {
  /// The citation as in a list of references.
  public var text: String {
    "\(authors) (\(year)). \(title). \(venue)." + (doi.map { " doi:\($0)" } ?? "")
  }
}
