// SPDX-License-Identifier: Apache-2.0

/// The strength of a tie, or of all ties between two groups.
///
/// Without weights every such sum is a number of arcs: 32 bits hold it, half the memory of a
/// `Double`, and nothing is ever rounded.
protocol TieNumber: BitwiseCopyable, Comparable, Sendable {
  static var none: Self { get }
  static var one: Self { get }
  var real: Double { get }
  init(strength: Double)
  func plus(_ other: Self) -> Self
  func minus(_ other: Self) -> Self
}

// A graph has fewer than 2³¹ arcs, so no number of arcs overflows.
extension Int32: TieNumber {
  static var none: Int32 { 0 }
  static var one: Int32 { 1 }
  var real: Double { Double(self) }
  init(strength: Double) { self = Int32(strength) }
  func plus(_ other: Int32) -> Int32 { self &+ other }
  func minus(_ other: Int32) -> Int32 { self &- other }
}

extension Double: TieNumber {
  static var none: Double { 0 }
  static var one: Double { 1 }
  var real: Double { self }
  init(strength: Double) { self = strength }
  func plus(_ other: Double) -> Double { self + other }
  func minus(_ other: Double) -> Double { self - other }
}

/// What chance is computed from: the strength of a node in modularity, its number of nodes in the
/// constant Potts model.
protocol TieMass: BitwiseCopyable, Sendable {
  associatedtype Tie: TieNumber
  static var none: Self { get }
  func plus(_ other: Self) -> Self
  func minus(_ other: Self) -> Self
  /// What chance lays between two nodes, but for a factor.
  func times(_ other: Self) -> Double
}

/// A mass that does not know directions.
struct UndirectedMass<Tie: TieNumber>: TieMass {
  var all: Tie

  static var none: Self { Self(all: .none) }
  func plus(_ other: Self) -> Self { Self(all: all.plus(other.all)) }
  func minus(_ other: Self) -> Self { Self(all: all.minus(other.all)) }
  func times(_ other: Self) -> Double { all.real * other.all.real }
}

/// The strengths that leave and enter a node (Leicht and Newman 2008).
struct DirectedMass<Tie: TieNumber>: TieMass {
  var leaving: Tie
  var entering: Tie

  static var none: Self { Self(leaving: .none, entering: .none) }
  func plus(_ other: Self) -> Self {
    Self(leaving: leaving.plus(other.leaving), entering: entering.plus(other.entering))
  }
  func minus(_ other: Self) -> Self {
    Self(leaving: leaving.minus(other.leaving), entering: entering.minus(other.entering))
  }
  func times(_ other: Self) -> Double {
    leaving.real * other.entering.real + entering.real * other.leaving.real
  }
}
