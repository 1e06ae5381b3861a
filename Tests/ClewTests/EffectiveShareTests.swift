// SPDX-License-Identifier: Apache-2.0

import GraphCore
import Testing

@testable import Clew

struct EffectiveShareTests {
  private func shares(
    _ count: Int, _ holdings: [(Int, Int, Double, Double)], of owner: Int
  ) -> [(least: Double, most: Double)?] {
    EffectiveShares(
      count: count,
      holdings: holdings.map { .init(owner: $0.0, asset: $0.1, least: $0.2, most: $0.3) }
    ).shares(of: owner)
  }

  @Test func `chains multiply and add up`() throws {
    // 0 owns half of 1 and a fifth of 2, 1 owns 60 % of 2.
    let found = shares(3, [(0, 1, 0.5, 0.5), (0, 2, 0.2, 0.2), (1, 2, 0.6, 0.6)], of: 0)
    let share = try #require(found[2])
    #expect(abs(share.least - 0.5) < 1e-12 && abs(share.most - 0.5) < 1e-12)
  }

  @Test func `a range stays a range`() throws {
    let found = shares(3, [(0, 1, 0.25, 0.5), (1, 2, 0, 1)], of: 0)
    let share = try #require(found[2])
    #expect(share.least == 0 && abs(share.most - 0.5) < 1e-12)
  }

  @Test func `a ring is the limit of its series`() throws {
    let found = shares(3, [(0, 1, 0.4, 0.4), (1, 2, 1, 1), (2, 1, 0.6, 0.6)], of: 0)
    #expect(abs(try #require(found[1]).least - 1) < 1e-9)
    #expect(abs(try #require(found[2]).least - 1) < 1e-9)
  }

  @Test func `a ring that belongs to itself has no share, and what is beside it has`() {
    let found = shares(4, [(0, 1, 0.1, 0.1), (1, 2, 1, 1), (2, 1, 1, 1), (0, 3, 0.5, 0.5)], of: 0)
    #expect(found[1] == nil && found[2] == nil)
    #expect(found[3]?.least == 0.5)
  }

  @Test func `where everything is owned the ultimate owners have all of it`() throws {
    var random = SeededGenerator(seed: 7)
    // Two persons and eight companies, each wholly owned by parties picked at random.
    var holdings: [(Int, Int, Double, Double)] = []
    for company in 2..<10 {
      let person = random.below(2)
      let other = 2 + random.below(8)
      let share = other == company ? 1 : 0.25 + 0.5 * Double(random.below(100)) / 100
      holdings.append((person, company, share, share))
      if other != company { holdings.append((other, company, 1 - share, 1 - share)) }
    }
    let (a, b) = (shares(10, holdings, of: 0), shares(10, holdings, of: 1))
    for company in 2..<10 {
      let sum = try #require(a[company]).least + (try #require(b[company])).least
      #expect(abs(sum - 1) < 1e-9)
    }
  }
}
