// SPDX-License-Identifier: Apache-2.0

/// The shares that ultimate owners hold through chains of holdings.
///
/// A chain comes to the product of its shares, and what leads from an owner to an asset to the sum over
/// all chains. Round a ring the chains are without end; their sum is the limit of a geometric series, as
/// in the integrated ownership of Brioschi, Buzzacchi and Colombo (Journal of Banking & Finance 13,
/// 1989, 747–772). Where the parts of a ring belong to nobody but each other it has
/// no limit, and there is no share.
struct EffectiveShares {
  /// A holding, its share between two bounds from 0 to 1.
  struct Holding {
    var owner: Int
    var asset: Int
    var least: Double
    var most: Double
  }

  private static let rounds = 4_000

  private let count: Int
  private let holdings: [Holding]

  /// Takes the holdings between so many parties.
  init(count: Int, holdings: [Holding]) {
    self.count = count
    self.holdings = holdings
  }

  /// The bounds of the share of an owner in each party; nil where the series has no limit.
  ///
  /// - Complexity: O(r·h) in holdings, r the rounds until what is added is below 1e-12.
  func shares(of owner: Int) -> [(least: Double, most: Double)?] {
    let least = sums(from: owner, \.least)
    let most = sums(from: owner, \.most)
    return (0..<count).map { party in
      guard let low = least[party], let high = most[party] else { return nil }
      return (min(low, 1), min(high, 1))
    }
  }

  private func sums(from owner: Int, _ share: KeyPath<Holding, Double>) -> [Double?] {
    var total = [Double](repeating: 0, count: count)
    var step = total
    step[owner] = 1
    // Round a ring what is added comes by in turns: the last rounds together say what still grows.
    var grows = [Bool](repeating: false, count: count)
    for round in 0..<Self.rounds {
      var next = [Double](repeating: 0, count: count)
      // What comes back to the owner is his own already.
      for holding in holdings where holding.asset != owner && step[holding.owner] > 0 {
        next[holding.asset] += step[holding.owner] * holding[keyPath: share]
      }
      var largest = 0.0
      for party in 0..<count {
        total[party] += next[party]
        largest = max(largest, next[party])
        if round >= Self.rounds - count, next[party] >= 1e-12 { grows[party] = true }
      }
      step = next
      if largest < 1e-12 { return total }
    }
    return zip(total, grows).map { sum, isOpen in isOpen ? nil : sum }
  }
}
