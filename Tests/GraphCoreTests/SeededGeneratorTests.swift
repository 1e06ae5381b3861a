// SPDX-License-Identifier: Apache-2.0

import GraphCore
import Testing

struct SeededGeneratorTests {
  // Computed once by a separate implementation of SplitMix64 and xoshiro256** in Python.
  @Test func `the numbers of seed 42 are those of the published method`() {
    var random = SeededGenerator(seed: 42)
    #expect(
      (0..<4).map { _ in random.next() } == [
        0x1578_0B2E_0C2E_C716, 0x6104_D986_6D11_3A7E, 0xAE17_5332_39E4_99A1,
        0xECB8_AD47_03B3_60A1,
      ])
  }

  @Test func `numbers below a bound are even within five standard deviations`() {
    var random = SeededGenerator(seed: 1)
    var counts = [Int](repeating: 0, count: 7)
    for _ in 0..<70_000 { counts[random.below(7)] += 1 }
    // Binomial with p = 1/7: the standard deviation of a count is 92.6.
    #expect(counts.allSatisfy { abs($0 - 10_000) < 463 })
  }

  @Test func `a shuffle keeps the elements and depends on the seed alone`() {
    var (first, second) = (Array(0..<100), Array(0..<100))
    var (a, b) = (SeededGenerator(seed: 9), SeededGenerator(seed: 9))
    a.shuffle(&first)
    b.shuffle(&second)
    #expect(first == second)
    #expect(first != Array(0..<100))
    #expect(first.sorted() == Array(0..<100))
  }

  @Test func `a heap gives nodes by distance and equal distances in node order`() {
    var random = SeededGenerator(seed: 3)
    var heap = IndexedHeap(nodeCount: 200)
    var distance = [Double](repeating: .infinity, count: 200)
    for _ in 0..<1_000 {
      let (node, value) = (random.below(200), Double(random.below(20)))
      heap.lower(Int32(node), to: value)
      distance[node] = min(distance[node], value)
    }
    let expected = (0..<200).filter { distance[$0].isFinite }
      .sorted { (distance[$0], $0) < (distance[$1], $1) }
    var popped: [Int] = []
    while let (node, value) = heap.popNearest() {
      #expect(value == distance[Int(node)])
      popped.append(Int(node))
    }
    #expect(popped == expected)
    #expect(heap.isEmpty)
  }
}
