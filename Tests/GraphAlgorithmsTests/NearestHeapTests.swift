// SPDX-License-Identifier: Apache-2.0

import GraphCore
import Testing

@testable import GraphAlgorithms

@Suite struct NearestHeapTests {
  @Test func `nodes leave as from the heap of the core, whatever is lowered between`() {
    let n = 200
    var state: UInt64 = 7
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    var heap = NearestHeap(nodeCount: n)
    var other = IndexedHeap(nodeCount: n)
    var waiting: [Int32: Double] = [:]
    for _ in 0..<4_000 {
      if next(3) > 0 {
        let (node, distance) = (Int32(next(n)), Double(next(40)))
        guard distance < waiting[node] ?? .infinity else { continue }
        waiting[node] = distance
        heap.lower(node, to: distance)
        other.lower(node, to: distance)
      } else {
        let (a, b) = (heap.popNearest(), other.popNearest())
        #expect(a?.node == b?.node)
        #expect(a?.distance == b?.distance)
        if let a { #expect(waiting.removeValue(forKey: a.node) == a.distance) }
      }
    }
    while let (node, _) = heap.popNearest() { #expect(node == other.popNearest()?.node) }
    #expect(other.isEmpty)
  }
}
