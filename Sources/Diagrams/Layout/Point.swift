// SPDX-License-Identifier: Apache-2.0

/// A place in the plane, x to the right and y down.
///
/// On a page the unit is the point; of a `StressLayout` it is the mean length of an edge.
public struct Point: Hashable, Codable, Sendable {
  /// How far to the right.
  public var x: Double
  /// How far down.
  public var y: Double

  /// Creates the place at `x` and `y`.
  public init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }

  /// How far it is from here to `other`.
  public func distance(to other: Point) -> Double { (self - other).length }

  static func + (a: Point, b: Point) -> Point { Point(x: a.x + b.x, y: a.y + b.y) }
  static func - (a: Point, b: Point) -> Point { Point(x: a.x - b.x, y: a.y - b.y) }
  static func * (a: Point, k: Double) -> Point { Point(x: a.x * k, y: a.y * k) }
  var length: Double { (x * x + y * y).squareRoot() }
}
