// SPDX-License-Identifier: Apache-2.0

public import CaseStore
internal import Foundation
internal import Reports

extension ViewRequest {
  /// The request with what the saved view states that it names.
  ///
  /// An error is thrown when `views`, those of the case, have none of that name, or when the request
  /// states again what the view states.
  func resolved(_ views: [SavedView]) throws(ClewError) -> ViewRequest {
    guard let name = savedView else { return self }
    guard let saved = views.first(where: { $0.name == name }) else {
      throw ClewError(CaseStoreError.noView(name, known: views.map(\.name)))
    }
    let base = try ViewRequest(saved: saved)
    var result = base
    result.savedView = name
    func refuse(_ option: String, _ isTwice: Bool) throws(ClewError) {
      if isTwice {
        throw .usage(
          "--view \(name) states \(option) already; leave one of the two out (clew view show)")
      }
    }
    try refuse("--as-of", asOf != nil && base.asOf != nil)
    try refuse("--known-at", knownAt != nil && base.knownAt != nil)
    try refuse("--min-grade", lowestGrade != nil && base.lowestGrade != nil)
    try refuse("--handling", handlingCeiling != nil && base.handlingCeiling != nil)
    try refuse("--layer", !layers.isEmpty && !base.layers.isEmpty)
    try refuse("--schema", !schemata.isEmpty && !base.schemata.isEmpty)
    try refuse("--category", !categories.isEmpty && !base.categories.isEmpty)
    try refuse("--place", !places.isEmpty && !base.places.isEmpty)
    try refuse("--weight", weight != nil && base.weight != nil)
    try refuse("--directed", direction != nil && base.direction != nil)
    result.asOf = asOf ?? base.asOf
    result.knownAt = knownAt ?? base.knownAt
    result.lowestGrade = lowestGrade ?? base.lowestGrade
    result.handlingCeiling = handlingCeiling ?? base.handlingCeiling
    result.layers = layers + base.layers
    result.schemata = schemata + base.schemata
    result.categories = categories + base.categories
    result.places = places + base.places
    result.weight = weight ?? base.weight
    result.direction = direction ?? base.direction
    result.largestComponentOnly = largestComponentOnly || base.largestComponentOnly
    // Who is ranked in spite of the protection is decided anew, with a reason, each time.
    result.including = including
    return result
  }

  /// The request that a saved view states.
  init(saved: SavedView) throws(ClewError) {
    do {
      self = try JSONDecoder().decode(ViewRequest.self, from: Data(saved.definition.utf8))
    } catch {
      throw .badData(
        "the saved view '\(saved.name)' is not one that this version can read; save it again")
    }
  }

  /// The text under which a view is saved.
  var definition: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    guard let data = try? encoder.encode(self) else {
      preconditionFailure("texts, lists and words are always written")
    }
    return String(decoding: data, as: UTF8.self)
  }

  /// What the request states, in the words of the command line.
  var words: String {
    var words: [String] = []
    func add(_ option: String, _ value: String?) {
      if let value, !value.isEmpty { words.append("\(option) \(value)") }
    }
    add("--as-of", asOf)
    add("--known-at", knownAt)
    add("--min-grade", lowestGrade)
    add("--handling", handlingCeiling)
    add("--layer", layers.joined(separator: ","))
    add("--schema", schemata.joined(separator: ","))
    add("--category", categories.joined(separator: ","))
    add("--place", places.joined(separator: ","))
    add("--weight", weight.map { "\($0.property):\($0.meaning.rawValue)" })
    if let direction { words.append("--\(direction.rawValue)") }
    if largestComponentOnly { words.append("--component largest") }
    return words.isEmpty ? "everything that counts" : words.joined(separator: " ")
  }
}

extension CaseStore {
  /// The request with what the saved view states that it names.
  func resolved(_ request: ViewRequest) throws(ClewError) -> ViewRequest {
    guard request.savedView != nil else { return request }
    do { return try request.resolved(savedViews()) } catch { throw ClewError(error) }
  }

  /// Saves a view under a name, once it is sure that it fits the case.
  ///
  /// - Returns: the number of the decision.
  /// - Throws: `ClewError.usage` when the request does not fit the case or names a saved view itself.
  @discardableResult
  public func save(
    _ request: ViewRequest, as name: String, enteredBy: String?, reason: String?
  ) throws(ClewError) -> Int {
    guard request.including.isEmpty else {
      throw .usage("--include is not saved: it is justified each time")
    }
    do {
      let request = try resolved(request)
      let contents = try contents()
      _ = try request.caseView(of: contents).filter(contents)
      var own = request
      own.savedView = nil
      return try saveView(
        name, definition: own.definition, enteredBy: enteredBy, reason: reason)
    } catch { throw ClewError(error) }
  }

  /// The saved views, as a document.
  public func viewsDocument() throws(ClewError) -> ResultDocument {
    do {
      let views = try savedViews()
      return ResultDocument(
        schema: "clew.views/1", title: "Views saved in \(Workbench.name(of: path))",
        input: try resultInput(), view: [], analyses: [],
        tables: [
          Table(
            key: "views", title: views.count == 1 ? "1 view" : "\(views.count) views",
            columns: [
              .init("name", "Name"), .init("states", "States"), .init("number", "Number"),
              .init("time", "Saved (UTC)"), .init("who", "By"), .init("reason", "Reason"),
            ],
            rows: try views.map { view in
              [
                .text(view.name), .text(try ViewRequest(saved: view).words),
                .integer(view.number), .init(instant(view.recorded)), .init(view.enteredBy),
                .init(view.reason),
              ]
            })
        ],
        notices: views.isEmpty
          ? ["none yet; clew view save CASE NAME with options such as --as-of saves one"] : [],
        version: clewVersion)
    } catch { throw ClewError(error) }
  }
}
