// SPDX-License-Identifier: Apache-2.0

/// A place on the globe, in degrees.
struct GeoPoint: Hashable, Sendable {
  var longitude: Double
  var latitude: Double
}

/// The coasts and borders that maps are drawn on: Natural Earth 1:110 million, which is in the public
/// domain (made by `tools/coast/make.py`).
struct Coastline: Sendable {
  static let source = "Coastlines and borders: Natural Earth 1:110 million, public domain."

  /// The outlines of land, closed; those that the cut of the world at 180 degrees touches run along it.
  private(set) var coasts: [[GeoPoint]] = []
  /// The borders between countries, as lines.
  private(set) var borders: [[GeoPoint]] = []

  static let standard = Coastline(PackageResources.coast_txt)

  /// Reads lines of a letter and steps in hundredths of a degree.
  init(_ bytes: some Collection<UInt8>) {
    for line in bytes.split(separator: 10) {
      guard let kind = line.first, kind == UInt8(ascii: "c") || kind == UInt8(ascii: "b") else {
        continue
      }
      var points: [GeoPoint] = []
      var (x, y) = (0, 0)
      var steps: [Int] = []
      for word in line.dropFirst().split(separator: 32) {
        steps.append(Int(String(decoding: word, as: UTF8.self)) ?? 0)
      }
      for index in stride(from: 0, to: steps.count - 1, by: 2) {
        x += steps[index]
        y += steps[index + 1]
        points.append(GeoPoint(longitude: Double(x) / 100, latitude: Double(y) / 100))
      }
      if kind == UInt8(ascii: "c") { coasts.append(points) } else { borders.append(points) }
    }
  }

  /// Whether a piece of an outline is the cut of the world and no coast.
  static func isCut(_ a: GeoPoint, _ b: GeoPoint) -> Bool {
    abs(a.longitude) >= 179.99 && abs(b.longitude) >= 179.99
      || a.latitude <= -89.99 || b.latitude <= -89.99
  }
}
