// SPDX-License-Identifier: Apache-2.0

/// A map: places on coastlines, and the routes and ties between them.
public struct RouteMap: Hashable, Sendable {
  /// A place on the map.
  public struct Place: Hashable, Sendable {
    /// What it is called by machines.
    public var id: String
    /// The name beside it.
    public var label: String
    /// Its latitude in degrees, from −90 to 90.
    public var latitude: Double
    /// Its longitude in degrees, from −180 to 180.
    public var longitude: Double
    /// How many records lead there or away; it sets the size of the sign.
    public var count: Int

    /// Creates a place.
    public init(id: String, label: String, latitude: Double, longitude: Double, count: Int = 1) {
      self.id = id
      self.label = label
      self.latitude = latitude
      self.longitude = longitude
      self.count = count
    }

    var point: GeoPoint { GeoPoint(longitude: longitude, latitude: latitude) }
  }

  /// What leads from one place to another.
  public struct Route: Hashable, Sendable {
    /// The place among the places where it starts.
    public var from: Int
    /// The place where it ends.
    public var to: Int
    /// How many records say so.
    public var count: Int
    /// Whether the direction means something.
    public var isDirected: Bool
    /// How sure it is.
    public var line: DiagramEdge.Line
    /// A sentence on it.
    public var detail: String

    /// Creates a route.
    public init(
      from: Int, to: Int, count: Int = 1, isDirected: Bool = true,
      line: DiagramEdge.Line = .confirmed, detail: String = ""
    ) {
      self.from = from
      self.to = to
      self.count = count
      self.isDirected = isDirected
      self.line = line
      self.detail = detail
    }
  }

  /// The places; those with most records are named first.
  public var places: [Place] = []
  /// The routes.
  public var routes: [Route] = []
  /// What the width of a route counts, such as `records`.
  public var unit = "records"
  /// Title, dates, sources and sheet.
  public var frame: PictureFrame

  /// Creates an empty map.
  public init(frame: PictureFrame) { self.frame = frame }

  /// The same map with every text made fit to be drawn.
  func cleaned() -> RouteMap {
    var copy = self
    for index in places.indices {
      copy.places[index].id = LabelText.clean(places[index].id)
      copy.places[index].label = LabelText.clean(places[index].label, limit: 60)
    }
    for index in routes.indices {
      copy.routes[index].detail = LabelText.clean(routes[index].detail, limit: 400)
    }
    return copy
  }
}

extension RouteMap: Picture {
  public func bytes(
    as format: PictureFormat, by renderer: DiagramRenderer
  ) async throws(DiagramError) -> [UInt8] {
    try await renderer.render(RouteMapDrawing(cleaned()).drawing, as: format)
  }
}
