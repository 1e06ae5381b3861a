// SPDX-License-Identifier: Apache-2.0

internal import CaseModel
internal import Glibc

/// What is known of each ordered pair after the events read so far.
struct EventSums {
  struct Pair {
    let ends: UInt64
    var count = 0
    var units: Int64 = 0
    var first = EventTime.none
    var last = EventTime.none

    init(ends: UInt64) { self.ends = ends }

    var source: Int32 { Int32(truncatingIfNeeded: ends >> 32) }
    var target: Int32 { Int32(truncatingIfNeeded: ends) }
  }

  /// An event whose amount is given in the units of the column.
  struct Event {
    var ends: UInt64
    var time: EventTime
    var units: Int64
  }

  /// The pairs in the order of their first events.
  private(set) var pairs: [Pair] = []
  /// The line of the first event of each pair.
  private(set) var lines: [Int32] = []
  /// The decimals of the units in which amounts are added.
  private(set) var decimals = 0
  /// The part of an amount that does not fit units, by pair.
  private(set) var rest: [Int32: CompensatedSum] = [:]
  private(set) var untimedCount = 0
  private(set) var negativeCount = 0

  private var oddFirst: [Int32: String] = [:]
  private var oddLast: [Int32: String] = [:]
  private var texts = EventTimeTexts()
  // Open addressing; -1 marks a free slot.
  private var slots = [Int32](repeating: -1, count: 1_024)
  // The pair that the slot of each event of a batch names first; a sum that keeps their fetching.
  private var guesses: [Int32] = []
  private var fetched: Int64 = 0

  /// Adds events that stand on one line each, from `line`.
  ///
  /// Nearly every event meets a pair that no cache holds: all are fetched before the first is
  /// changed, so that the processor waits for many at once.
  mutating func add(_ events: [Event], count: Int, line: Int) {
    if guesses.count < count { guesses = [Int32](repeating: -1, count: count) }
    let mask = slots.count - 1
    for row in 0..<count { guesses[row] = slots[Self.place(of: events[row].ends) & mask] }
    var fetched: Int64 = 0
    for row in 0..<count where guesses[row] >= 0 {
      let index = Int(guesses[row])
      fetched ^= Int64(truncatingIfNeeded: pairs[index].ends) ^ pairs[index].last.word
    }
    self.fetched = fetched
    for row in 0..<count {
      let event = events[row]
      var index = Int(guesses[row])
      if index < 0 || pairs[index].ends != event.ends {
        index = self.index(event.ends, line: line + row)
      }
      add(index, event.time, event.units)
    }
  }

  @inline(__always)
  private mutating func add(_ index: Int, _ time: EventTime, _ units: Int64) {
    pairs[index].count += 1
    let (sum, overflows) = pairs[index].units.addingReportingOverflow(units)
    if overflows { spill(index) }
    pairs[index].units = overflows ? units : sum
    if units < 0 { negativeCount += 1 }
    if time.isNone {
      untimedCount += 1
    } else {
      let pair = pairs[index]
      if pair.first.isNone {
        (pairs[index].first, pairs[index].last) = (time, time)
      } else {
        if time.order < pair.first.order { setFirst(index, time, nil) }
        if time.order > pair.last.order { setLast(index, time, nil) }
        if time.order == pair.first.order || time.order == pair.last.order {
          breakTies(index, time, nil)
        }
      }
    }
  }

  /// Adds an event in full generality.
  mutating func add(
    _ source: Int32, _ target: Int32, line: Int, time: EventTime, oddText: String?,
    amount: EventAmount?
  ) {
    var units: Int64 = 0
    var extra: Double?
    switch amount {
    case nil: break
    case .real(let value): extra = value
    case .units(let given, let givenDecimals):
      if givenDecimals > decimals { rescale(to: givenDecimals) }
      let (scaled, overflows) = given.multipliedReportingOverflow(
        by: EventAmount.powers[decimals - givenDecimals])
      if overflows {
        extra = EventAmount.number(units: given, decimals: givenDecimals)
      } else {
        units = scaled
      }
    }
    let isTimed = !time.isNone
    let index = index(Self.ends(source, target), line: line)
    add(index, .none, units)
    if let extra {
      rest[Int32(truncatingIfNeeded: index), default: CompensatedSum()].add(extra)
      if extra < 0 { negativeCount += 1 }
    }
    guard isTimed else { return }
    untimedCount -= 1
    let pair = pairs[index]
    if pair.first.isNone || time.order < pair.first.order { setFirst(index, time, oddText) }
    if pair.last.isNone || time.order > pair.last.order { setLast(index, time, oddText) }
    breakTies(index, time, oddText)
  }

  /// An ordered pair in one word.
  @inline(__always)
  static func ends(_ source: Int32, _ target: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: source)) << 32 | UInt64(UInt32(bitPattern: target))
  }

  private mutating func index(_ ends: UInt64, line: Int) -> Int {
    let mask = slots.count - 1
    var slot = Self.place(of: ends) & mask
    while true {
      let index = slots[slot]
      if index < 0 { break }
      if pairs[Int(index)].ends == ends { return Int(index) }
      slot = (slot + 1) & mask
    }
    slots[slot] = Int32(truncatingIfNeeded: pairs.count)
    if pairs.count == pairs.capacity { reservePairs() }
    pairs.append(Pair(ends: ends))
    lines.append(Int32(truncatingIfNeeded: line))
    if 2 * pairs.count > slots.count { grow() }
    return pairs.count - 1
  }

  private static func place(of ends: UInt64) -> Int {
    let product = (ends ^ ends >> 31) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: (product ^ product >> 29) >> 20)
  }

  private mutating func reservePairs() {
    pairs.reserveCapacity(max(1_024, 2 * pairs.count))
    let bytes = pairs.capacity * MemoryLayout<Pair>.stride
    // Safe: the address is that of the array's own storage, of which nothing is read or written.
    unsafe pairs.withUnsafeMutableBytes { unsafe Self.askForLargePages($0.baseAddress, bytes) }
  }

  // Random access over many megabytes waits less when a page covers more of them.
  private static func askForLargePages(_ start: UnsafeMutableRawPointer?, _ bytes: Int) {
    guard bytes >= 4 << 20, let start = unsafe start else { return }
    let page = 4_096
    let skipped = (page - Int(bitPattern: start) % page) % page
    let whole = (bytes - skipped) / page * page
    // Advice alone: it may be refused and changes no content.
    unsafe madvise(start + skipped, whole, MADV_HUGEPAGE)
  }

  private mutating func grow() {
    let count = 4 * slots.count
    slots = []
    // Safe: all `count` elements are initialised before they count.
    slots = unsafe Array(unsafeUninitializedCapacity: count) { free, initialized in
      unsafe Self.askForLargePages(UnsafeMutableRawPointer(free.baseAddress), 4 * count)
      unsafe free.initialize(repeating: -1)
      initialized = count
    }
    let mask = slots.count - 1
    for (index, pair) in pairs.enumerated() {
      var slot = Self.place(of: pair.ends) & mask
      while slots[slot] >= 0 { slot = (slot + 1) & mask }
      slots[slot] = Int32(truncatingIfNeeded: index)
    }
  }

  private mutating func spill(_ index: Int) {
    let value = EventAmount.number(units: pairs[index].units, decimals: decimals)
    rest[Int32(truncatingIfNeeded: index), default: CompensatedSum()].add(value)
    pairs[index].units = 0
  }

  private mutating func rescale(to wanted: Int) {
    let factor = EventAmount.powers[wanted - decimals]
    for index in pairs.indices {
      let (units, overflows) = pairs[index].units.multipliedReportingOverflow(by: factor)
      if overflows { spill(index) } else { pairs[index].units = units }
    }
    decimals = wanted
  }

  private mutating func setFirst(_ index: Int, _ time: EventTime, _ oddText: String?) {
    if pairs[index].first.isOdd { oddFirst[Int32(truncatingIfNeeded: index)] = nil }
    if let oddText { oddFirst[Int32(truncatingIfNeeded: index)] = oddText }
    pairs[index].first = time
  }

  private mutating func setLast(_ index: Int, _ time: EventTime, _ oddText: String?) {
    if pairs[index].last.isOdd { oddLast[Int32(truncatingIfNeeded: index)] = nil }
    if let oddText { oddLast[Int32(truncatingIfNeeded: index)] = oddText }
    pairs[index].last = time
  }

  // Of times of the same instant and precision the text decides, so that the order of rows does not.
  private mutating func breakTies(_ index: Int, _ time: EventTime, _ oddText: String?) {
    let pair = pairs[index]
    if time.order == pair.first.order, time != pair.first || time.isOdd {
      let text = oddText ?? texts.text(of: time)
      if text.utf8.lexicographicallyPrecedes(firstText(index).utf8) {
        setFirst(index, time, oddText)
      }
    }
    if time.order == pair.last.order, time != pair.last || time.isOdd {
      let text = oddText ?? texts.text(of: time)
      if lastText(index).utf8.lexicographicallyPrecedes(text.utf8) {
        setLast(index, time, oddText)
      }
    }
  }

  private mutating func firstText(_ index: Int) -> String {
    oddFirst[Int32(truncatingIfNeeded: index)] ?? texts.text(of: pairs[index].first)
  }

  private mutating func lastText(_ index: Int) -> String {
    oddLast[Int32(truncatingIfNeeded: index)] ?? texts.text(of: pairs[index].last)
  }

  /// The time of a date, with its text where that has to be kept.
  mutating func time(of date: PartialDate) -> (time: EventTime, oddText: String?) {
    let time = EventTime(date, &texts)
    return (time, time.isOdd ? date.text : nil)
  }

  /// The columns of the edges, in the order of the pairs, which are given up.
  mutating func takeColumns(hasAmount: Bool, hasTime: Bool) -> [AttributeColumn] {
    slots = []
    var columns = [
      AttributeColumn(name: "count", values: .integer(pairs.map { Int64($0.count) }))
    ]
    if hasAmount {
      let values: AttributeValues =
        decimals == 0 && rest.isEmpty
        ? .integer(pairs.map { $0.units }) : .real(pairs.indices.map { amount($0) })
      columns.append(AttributeColumn(name: "amount", values: values))
    }
    guard hasTime else { return columns }
    // The texts take the most memory: nothing that is not needed stays beside them.
    var firstTimes = pairs.map(\.first)
    // Pairs of one event share the text.
    let lastTimes = pairs.map { $0.first == $0.last && !$0.first.isOdd ? EventTime.none : $0.last }
    pairs = []
    var firsts: [String?] = []
    firsts.reserveCapacity(firstTimes.count)
    for (index, time) in firstTimes.enumerated() {
      let odd = time.isOdd ? oddFirst[Int32(truncatingIfNeeded: index)] : nil
      firsts.append(time.isNone ? nil : odd ?? texts.text(of: time))
    }
    firstTimes = []
    var lasts: [String?] = []
    lasts.reserveCapacity(lastTimes.count)
    for (index, time) in lastTimes.enumerated() {
      let odd = time.isOdd ? oddLast[Int32(truncatingIfNeeded: index)] : nil
      lasts.append(time.isNone ? firsts[index] : odd ?? texts.text(of: time))
    }
    columns.append(AttributeColumn(name: "first", values: .text(firsts)))
    columns.append(AttributeColumn(name: "last", values: .text(lasts)))
    return columns
  }

  /// The sum of the amounts of a pair.
  func amount(_ index: Int) -> Double {
    let whole = EventAmount.number(units: pairs[index].units, decimals: decimals)
    guard var sum = rest[Int32(truncatingIfNeeded: index)] else { return whole }
    sum.add(whole)
    return sum.value
  }
}
