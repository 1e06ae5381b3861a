// SPDX-License-Identifier: Apache-2.0

/// Where the nodes of a document are on the globe, as far as its columns say.
struct Coordinates {
  /// A place in degrees of WGS 84, and metres above the ellipsoid.
  struct Place {
    let latitude: Double
    let longitude: Double
    let altitude: Double?

    /// Longitude, latitude and height, joined by commas.
    var text: String {
      "\(longitude),\(latitude)" + (altitude.map { ",\($0)" } ?? "")
    }
  }

  /// The names of the columns of latitudes, longitudes and heights.
  let columns: [String]
  /// The place of each node; nil where none is known, or where the numbers cannot be one.
  let places: [Place?]
  /// What is to be said of places that are missing.
  private(set) var notes: [String] = []
  /// Values that are no place on the globe.
  private(set) var outside = 0

  /// Finds the columns.
  ///
  /// An error is thrown when there are none.
  init(_ document: GraphDocument, _ format: String) throws(InterchangeError) {
    func column(_ names: [String]) -> AttributeColumn? {
      names.lazy.compactMap { name in
        document.nodeColumns.first { ColumnNames.key($0.name) == name && Self.isNumeric($0.values) }
      }.first
    }
    guard let latitudes = column(["latitude", "lat"]),
      let longitudes = column(["longitude", "long", "lon", "lng"])
    else {
      let names = document.nodeColumns.map(\.name)
      throw .request(
        "\(format) needs the coordinates of the nodes in columns latitude and longitude; "
          + (names.isEmpty
            ? "the nodes have no columns" : "there are: " + names.joined(separator: ", ")))
    }
    let altitudes = column(["altitude", "alt", "elevation"])
    columns = [latitudes.name, longitudes.name] + (altitudes.map { [$0.name] } ?? [])
    var (missing, outside, swapped) = (0, 0, 0)
    places = (0..<document.nodeCount).map { node in
      guard let latitude = Self.number(latitudes.values, node),
        let longitude = Self.number(longitudes.values, node)
      else {
        missing += 1
        return nil
      }
      guard abs(latitude) <= 90, abs(longitude) <= 180 else {
        outside += 1
        if abs(latitude) <= 180, abs(longitude) <= 90 { swapped += 1 }
        return nil
      }
      return Place(
        latitude: latitude, longitude: longitude,
        altitude: altitudes.flatMap { Self.number($0.values, node) })
    }
    self.outside = outside
    if missing > 0 { notes.append("\(missing) nodes have no coordinates and are on no map") }
    if outside > 0 {
      notes.append(
        "\(outside) nodes have coordinates outside the globe and are on no map"
          + (swapped > 0
            ? "; \(swapped) look as if \(columns[0]) and \(columns[1]) were swapped" : ""))
    }
    let lines = (0..<document.edgeCount).count { edge in
      places[Int(document.sources[edge])] == nil || places[Int(document.targets[edge])] == nil
    }
    if lines > 0 { notes.append("\(lines) ties have an end on no map and are no lines") }
  }

  private static func isNumeric(_ values: AttributeValues) -> Bool {
    guard case .text(let texts) = values else { return values.isNumeric }
    return texts.allSatisfy { $0.map { Double($0)?.isFinite ?? false } ?? true }
  }

  private static func number(_ values: AttributeValues, _ node: Int) -> Double? {
    let number =
      if case .text(let texts) = values {
        texts[node].flatMap(Double.init)
      } else {
        values.number(at: node)
      }
    return number.flatMap { $0.isFinite ? $0 : nil }
  }
}

extension GraphDocument {
  /// The columns of the nodes that hold latitudes and longitudes in degrees; nil where there are none.
  ///
  /// They are known by their names, and what they hold is not checked.
  public var coordinateColumns: (latitude: AttributeColumn, longitude: AttributeColumn)? {
    func column(_ names: [String]) -> AttributeColumn? {
      names.lazy.compactMap { name in
        nodeColumns.first { ColumnNames.key($0.name) == name }
      }.first
    }
    guard let latitude = column(["latitude", "lat"]),
      let longitude = column(["longitude", "long", "lon", "lng"])
    else { return nil }
    return (latitude, longitude)
  }
}
