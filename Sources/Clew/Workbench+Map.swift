// SPDX-License-Identifier: Apache-2.0

internal import CaseModel
public import Diagrams
internal import GraphCore
internal import Interchange

/// What a map shows.
public struct MapRequest: Sendable, Hashable {
  /// The line at the top; nil for the name of the input.
  public var title: String?
  /// The sheet.
  public var page: Page = .a3Landscape

  /// Creates the request for all that has coordinates.
  public init() {}
}

extension Workbench {
  /// A map of what has coordinates, and of what leads from one such place to another.
  ///
  /// Of a case the ties between located entities are drawn, the voyages of vessels from one port call to
  /// the next, and trips; of a graph file its ties.
  ///
  /// - Parameters:
  ///   - request: what of the input is looked at.
  ///   - shown: how it is shown.
  /// - Returns: a map that `DiagramRenderer` draws.
  /// - Throws: `ClewError` when nothing has coordinates, or the request does not fit the input.
  public func map(
    _ request: ViewRequest, _ shown: MapRequest = MapRequest()
  ) throws(ClewError) -> RouteMap {
    let network = try network(request)
    let (places, notes) = try locations(of: network, request)
    var frame = PictureFrame(title: shown.title ?? input.name)
    frame.page = shown.page
    frame.handling = network.marking
    var map = RouteMap(frame: frame)
    if let weight = request.weight, weight.meaning == .strength { map.unit = weight.property }
    var placeOf: [String: Int] = [:]
    // Among ties, what is tied to nothing would only spread the map over the whole world.
    let hasTies = network.graph.edgeCount > 0
    var untied = 0
    for node in network.graph.nodes {
      guard let place = places[node] else { continue }
      if hasTies, network.graph.degree(of: node) == 0 {
        untied += 1
        continue
      }
      placeOf[network.items[node].id] = map.places.count
      map.places.append(
        RouteMap.Place(
          id: network.items[node].id, label: network.items[node].label, latitude: place.latitude,
          longitude: place.longitude, count: 0))
    }
    guard !map.places.isEmpty else {
      throw .usage(
        "\(input.name): nothing in this view has coordinates; a map needs them as latitude and longitude, "
          + "in degrees" + (notes.isEmpty ? "" : ": " + notes.joined(separator: "; ")))
    }
    var routes = tieRoutes(network, placeOf)
    if let extract = try extract(request) { addVoyages(of: extract, placeOf, to: &routes) }
    map.routes = routes.sorted { ($0.from, $0.to, $0.detail) < ($1.from, $1.to, $1.detail) }
    for route in map.routes {
      map.places[route.from].count += route.count
      map.places[route.to].count += route.count
    }
    let unlocated = network.graph.nodeCount - map.places.count - untied
    let bare = map.routes.count { $0.from == $0.to }
    map.frame.subtitles = network.subtitles([
      counted(map.places.count, "place"), counted(map.routes.count - bare, "route"),
    ])
    map.frame.footnotes =
      (unlocated > 0
        ? [
          "\(counted(unlocated, "entity", "entities")) of this view \(unlocated == 1 ? "has" : "have") no coordinates and "
            + "\(unlocated == 1 ? "is" : "are") not on the map."
        ] : [])
      + (untied > 0 ? ["\(counted(untied, "place")) without any tie left out."] : [])
      + notes.map { $0.prefix(1).uppercased() + $0.dropFirst() + "." }
      + network.footnotes
    return map
  }

  private struct Location {
    var latitude: Double
    var longitude: Double
  }

  // The place of each node, and what is to be said of coordinates that cannot be.
  private func locations(
    of network: Network, _ request: ViewRequest
  ) throws(ClewError) -> (places: NodeMap<Location?>, notes: [String]) {
    var texts: [(latitude: String?, longitude: String?)] = []
    if let extract = try extract(request) {
      texts = network.items.values.map { item in
        (
          extract.bestValue(of: "latitude", about: .entity(item.id)),
          extract.bestValue(of: "longitude", about: .entity(item.id))
        )
      }
    } else if let document {
      let columns = document.coordinateColumns
      let row = Dictionary(uniqueKeysWithValues: zip(document.nodeIDs, document.nodeIDs.indices))
      texts = network.items.values.map { item in
        guard let columns, let node = row[item.id] else { return (nil, nil) }
        return (columns.latitude.values.text(at: node), columns.longitude.values.text(at: node))
      }
    } else {
      throw .usage(
        "\(input.name): a graph snapshot holds no coordinates; map the file it was made from")
    }
    var (unreadable, outside, swapped) = (0, 0, 0)
    let places = texts.map { text -> Location? in
      guard let latitude = text.latitude, let longitude = text.longitude else {
        if text.latitude != nil || text.longitude != nil { unreadable += 1 }
        return nil
      }
      guard let x = Double(longitude), let y = Double(latitude), x.isFinite, y.isFinite else {
        unreadable += 1
        return nil
      }
      guard abs(y) <= 90, abs(x) <= 180 else {
        outside += 1
        if abs(y) <= 180, abs(x) <= 90 { swapped += 1 }
        return nil
      }
      return Location(latitude: y, longitude: x)
    }
    var notes: [String] = []
    if unreadable > 0 {
      notes.append(
        "\(counted(unreadable, "place")) with a coordinate that is missing or no number is left out"
      )
    }
    if outside > 0 {
      notes.append(
        "\(counted(outside, "place")) outside the globe is left out"
          + (swapped > 0 ? " (\(swapped) as if latitude and longitude were swapped)" : ""))
    }
    return (NodeMap(places), notes)
  }

  private func tieRoutes(_ network: Network, _ placeOf: [String: Int]) -> [RouteMap.Route] {
    var routes: [RouteMap.Route] = []
    network.graph.forEachEdge { edge, source, target in
      guard let from = placeOf[network.items[source].id],
        let to = placeOf[network.items[target].id]
      else { return }
      let tie = network.ties[edge]
      let count =
        network.graph.weighting == .strength
        ? max(1, Int(min(network.graph.weight(of: edge).rounded(), 1e15))) : tie.count
      let isDirected = network.graph.direction == .directed || tie.arrow != .none
      let line: DiagramEdge.Line =
        switch tie.standing {
        case .confirmed: .confirmed
        case .probable: .probable
        case .unconfirmed: .unconfirmed
        }
      func add(_ from: Int, _ to: Int) {
        routes.append(
          RouteMap.Route(
            from: from, to: to, count: count, isDirected: isDirected, line: line,
            detail: [tie.label, tie.grade.map { "grade \($0)" }].compactMap(\.self)
              .joined(separator: "; ")))
      }
      if tie.arrow == .backward { add(to, from) } else { add(from, to) }
      if tie.arrow == .both { add(to, from) }
    }
    return routes
  }

  // What moves from place to place without being a tie of the two: ships from call to call, and trips.
  private func addVoyages(
    of extract: CaseExtract, _ placeOf: [String: Int], to routes: inout [RouteMap.Route]
  ) {
    var legs: [[Int]: (count: Int, movers: [String], grades: [Grade])] = [:]
    func add(_ from: Int, _ to: Int, _ mover: String, _ event: Event) {
      guard from != to else { return }
      var leg = legs[[from, to]] ?? (0, [], [])
      leg.count += 1
      if !leg.movers.contains(mover) { leg.movers.append(mover) }
      leg.grades += extract.evidence(for: event).compactMap(\.grade)
      legs[[from, to]] = leg
    }
    var calls: [String: [(time: Int64, port: Int, event: Event)]] = [:]
    for event in extract.events {
      func place(_ role: String) -> Int? {
        event.participants.first { $0.role == role }.flatMap { placeOf[$0.entity] }
      }
      switch event.schema {
      case "PortCall":
        guard let vessel = event.participants.first(where: { $0.role == "vessel" })?.entity,
          let port = place("port"), let time = event.time, !time.isUnbounded
        else { continue }
        calls[vessel, default: []].append((time.earliest, port, event))
      case "Trip":
        if let from = place("startLocation"), let to = place("endLocation") {
          add(from, to, "a trip", event)
        }
      default: continue
      }
    }
    for (vessel, all) in calls.sorted(by: { $0.key < $1.key }) {
      let sorted = all.sorted { ($0.time, $0.event.id) < ($1.time, $1.event.id) }
      for (a, b) in zip(sorted, sorted.dropFirst()) {
        add(a.port, b.port, extract.displayName(of: vessel), b.event)
      }
    }
    for (ends, leg) in legs {
      routes.append(
        RouteMap.Route(
          from: ends[0], to: ends[1], count: leg.count, isDirected: true,
          line: Self.line(of: extract.grading.strongest(of: leg.grades), extract),
          detail: leg.movers.prefix(5).joined(separator: ", ")
            + (leg.movers.count > 5 ? " and \(leg.movers.count - 5) more" : "")))
    }
  }
}
