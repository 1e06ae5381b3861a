// SPDX-License-Identifier: Apache-2.0

import CaseModel
import CaseStore
import Foundation
import GraphCore
import Testing

/// The promises of a case file over histories in which imports and decisions alternate.
struct DecisionPromiseTests {
  private static let seeds =
    ProcessInfo.processInfo.environment["CLEW_LONG_TESTS"] == nil
    ? Array(UInt64(1)...6) : Array(UInt64(1)...200)
  let fixture: StoreFixture

  init() throws { fixture = try StoreFixture() }

  /// Something that is done to a case.
  enum Step {
    /// An import, by its place in the generated case.
    case add(Int)
    /// Taking back what an earlier step did, by its place among the steps.
    case revert(Int)
    /// Letting nothing of a source count.
    case drop(String)
  }

  /// A generated case and steps in a random order; imports may come twice.
  private func history(_ seed: UInt64) -> (GeneratedCase, [Step]) {
    let generated = GeneratedCase(seed: seed)
    var generator = SeededGenerator(seed: seed &* 31 &+ 7)
    func below(_ count: Int) -> Int { Int.random(in: 0..<count, using: &generator) }
    var steps: [Step] = [.add(0)]
    while steps.count < 14 {
      switch below(5) {
      case 0: steps.append(.revert(below(steps.count)))
      case 1: steps.append(.drop(generated.sourceNames[below(generated.sourceNames.count)]))
      default: steps.append(.add(below(generated.imports.count)))
      }
    }
    return (generated, steps)
  }

  /// Takes a step; the number of the batch, or nil when there is nothing to do.
  private func take(
    _ step: Step, _ place: Int, _ generated: GeneratedCase, _ store: CaseStore, _ taken: [Int?],
    without source: String? = nil
  ) throws -> Int? {
    let time = Int64(place + 1)
    switch step {
    case .add(let index):
      var entry = generated.imports[index]
      entry.assertions.removeAll { $0.source == source }
      entry.sources.removeAll { $0.name == source }
      if entry.assertions.isEmpty { return nil }
      let report = try generated.add(entry, to: store, at: time)
      return report.isRepeat ? nil : report.batch
    case .revert(let earlier):
      guard let number = taken[earlier],
        try store.batches().first(where: { $0.number == number })?.counts == true
      else { return nil }
      return try store.revert(number, recorded: time * 1_000)
    case .drop(let name):
      guard name != source, try store.summary().sources.contains(where: { $0.source.name == name })
      else { return nil }
      return try store.dropSource(name, recorded: time * 1_000)
    }
  }

  private func play(
    _ history: (GeneratedCase, [Step]), _ store: CaseStore, without source: String? = nil
  ) throws {
    var taken: [Int?] = []
    for (place, step) in history.1.enumerated() {
      taken.append(try take(step, place, history.0, store, taken, without: source))
    }
  }

  @Test(arguments: seeds)
  func `the same imports and decisions give the same case`(_ seed: UInt64) throws {
    let history = history(seed)
    let (a, b) = (try fixture.store("a.case"), try fixture.store("b.case"))
    try play(history, a)
    try play(history, b)
    #expect(try a.digest() == b.digest())
    #expect(try description(of: a) == description(of: b))
    #expect(try a.summary() == b.summary())
    #expect(try a.verify() == [] && b.verify() == [])
  }

  @Test(arguments: seeds)
  func `any step that is taken back leaves the case as it was`(_ seed: UInt64) throws {
    let (generated, steps) = history(seed)
    let store = try fixture.store()
    var taken: [Int?] = []
    for (place, step) in steps.enumerated() {
      let (digest, lines) = (try store.digest(), try description(of: store))
      let number = try take(step, place, generated, store, taken)
      taken.append(number)
      guard let number else {
        #expect(try store.digest() == digest)
        continue
      }
      let (after, afterLines) = (try store.digest(), try description(of: store))
      let decision = try store.revert(number)
      #expect(try store.digest() == digest)
      #expect(try description(of: store) == lines)
      try store.revert(decision)
      #expect(try store.digest() == after)
      #expect(try description(of: store) == afterLines)
    }
    #expect(try store.verify() == [])
  }

  @Test(arguments: seeds)
  func `a source that is dropped at last was never there, whatever was decided`(
    _ seed: UInt64
  ) throws {
    let history = history(seed)
    for (index, name) in history.0.sourceNames.enumerated() {
      let (store, never) = (
        try fixture.store("a\(index).case"), try fixture.store("b\(index).case")
      )
      // The source's own withdrawals fall away with it.
      var steps = history.1
      for place in steps.indices {
        if case .drop(name) = steps[place] { steps[place] = .add(0) }
      }
      try play((history.0, steps), store)
      try play((history.0, steps), never, without: name)
      guard try store.summary().sources.contains(where: { $0.source.name == name }) else {
        continue
      }
      try store.dropSource(name)
      #expect(try description(of: store) == description(of: never))
      #expect(try store.digest() == never.digest())
      #expect(try store.summary() == never.summary())
      #expect(try store.verify() == [])
    }
  }

  @Test(arguments: seeds)
  func `what counts already changes nothing when it comes again`(_ seed: UInt64) throws {
    let history = history(seed)
    let store = try fixture.store()
    try play(history, store)
    for entry in history.0.imports {
      let first = try history.0.add(entry, to: store, at: 90)
      let bytes = try Data(contentsOf: URL(fileURLWithPath: store.path))
      let again = try history.0.add(entry, to: store, at: 91)
      #expect(again.isRepeat && again.batch == first.batch)
      #expect(try Data(contentsOf: URL(fileURLWithPath: store.path)) == bytes)
    }
  }
}
