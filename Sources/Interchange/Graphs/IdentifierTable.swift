// SPDX-License-Identifier: Apache-2.0

/// Numbers identifiers in the order in which they appear.
///
/// Identifiers compare as text does in Unicode (canonical equivalence, so composed and decomposed
/// accents are the same); nothing else is folded. The spelling met first is kept.
struct IdentifierTable {
  /// The identifiers in order.
  private(set) var names: [String] = []
  /// Spellings that were merged because they differ only in composition.
  private(set) var mergedTwins: [(kept: String, merged: String)] = []

  // Small whole numbers have a table of their own; the others are hashed. Open addressing; a number of -1 marks a free slot. An ASCII identifier of up to seven bytes is
  // its own key; a longer one has a hash for a key and is compared byte by byte with the pool; the
  // few others go through Swift's canonical equality.
  private struct Slot {
    var key: UInt64 = 0
    var number: Int32 = -1
  }
  private var slots = [Slot](repeating: Slot(), count: 64)
  private var usedSlots = 0
  private var small = SmallIntegers()
  private var pool: [UInt8] = []
  private var ends: [Int] = [0]
  private var wide: [String: Int32] = [:]

  var count: Int { names.count }

  /// The number of an identifier, given now if it is new.
  mutating func number(of cell: ByteCell) -> Int32 {
    guard cell.isASCII else { return wideNumber(cell.text) }
    if let key = Self.key(of: cell) { return number(ofShort: key) }
    let key = Self.hash(of: cell)
    let slot = slot(of: cell, key)
    if slots[slot].number >= 0 { return slots[slot].number }
    return fill(slot, key, cell.text, pooled: cell)
  }

  /// The number of an identifier, given now if it is new.
  mutating func number(of name: String) -> Int32 {
    guard name.utf8.count <= 7 else { return number(of: ByteCell(name)) }
    var key = UInt64(truncatingIfNeeded: name.utf8.count) << 56
    var shift: UInt64 = 0
    for byte in name.utf8 {
      if byte >= 0x80 { return number(of: ByteCell(name)) }
      key |= UInt64(byte) << shift
      shift += 8
    }
    return number(ofShort: key)
  }

  /// The number of an ASCII identifier of one to seven bytes, given now if it is new.
  ///
  /// - Parameter key: the bytes, the first lowest, and how many there are in the highest byte.
  /// - Returns: the number, from 0.
  private mutating func number(ofShort key: UInt64) -> Int32 {
    let value = ShortKey.value(key)
    guard value >= 0 else { return hashed(key) }
    let known = small[value]
    return known >= 0 ? known : newNumber(ofValue: value, key)
  }

  /// The number of a whole number as people write it, if it is small and has one; else -1.
  @inline(__always)
  func number(ifKnown value: Int) -> Int32 { small[value] }

  private mutating func newNumber(ofValue value: Int, _ key: UInt64) -> Int32 {
    if !small.covers(value) {
      guard small.isWorth(value, count: names.count) else { return hashed(key) }
      small.grow(to: value)
      // What the slots hold of them stays there too, under the same numbers.
      for entry in slots where entry.number >= 0 && entry.key >> 56 < 8 {
        let known = ShortKey.value(entry.key)
        if known >= 0, small.covers(known) { small.set(known, entry.number) }
      }
      if small[value] >= 0 { return small[value] }
    }
    let number = add(ShortKey.text(key), pooled: nil)
    small.set(value, number)
    return number
  }

  private mutating func hashed(_ key: UInt64) -> Int32 {
    let mask = slots.count - 1
    var slot = Self.place(of: key) & mask
    while true {
      let found = slots[slot]
      if found.number >= 0, found.key == key { return found.number }
      if found.number < 0 { break }
      slot = (slot + 1) & mask
    }
    return fill(slot, key, ShortKey.text(key), pooled: nil)
  }

  /// The number of an identifier; nil when it is not known.
  func find(_ name: String) -> Int32? {
    let cell = ByteCell(name)
    if cell.isASCII {
      let key = Self.key(of: cell)
      if let key {
        let known = small[ShortKey.value(key)]
        if known >= 0 { return known }
      }
      let number = slots[slot(of: cell, key ?? Self.hash(of: cell))].number
      return number < 0 ? nil : number
    }
    return wide[name] ?? narrow(name).flatMap { find($0) }
  }

  private mutating func wideNumber(_ name: String) -> Int32 {
    if let known = wide[name] {
      note(name, known)
      return known
    }
    if let ascii = narrow(name) {
      let number = number(of: ByteCell(ascii))
      note(name, number)
      return number
    }
    let number = add(name, pooled: nil)
    wide[name] = number
    return number
  }

  private mutating func note(_ name: String, _ number: Int32) {
    let kept = names[Int(number)]
    guard !kept.utf8.elementsEqual(name.utf8) else { return }
    let isNew = !mergedTwins.contains { $0.merged.utf8.elementsEqual(name.utf8) }
    if isNew, mergedTwins.count < 1_000 { mergedTwins.append((kept, name)) }
  }

  // Three characters outside ASCII are canonically equal to one inside it.
  private func narrow(_ name: String) -> String? {
    let scalars = name.unicodeScalars
    guard scalars.contains(where: { Self.asciiTwins[$0] != nil }) else { return nil }
    var narrow = ""
    for scalar in scalars { narrow.unicodeScalars.append(Self.asciiTwins[scalar] ?? scalar) }
    return narrow.utf8.allSatisfy { $0 < 0x80 } ? narrow : nil
  }

  private static let asciiTwins: [Unicode.Scalar: Unicode.Scalar] = [
    "\u{212A}": "K", "\u{37E}": ";", "\u{1FEF}": "`",
  ]

  private mutating func fill(
    _ slot: Int, _ key: UInt64, _ name: String, pooled cell: ByteCell?
  ) -> Int32 {
    let number = add(name, pooled: cell)
    slots[slot] = Slot(key: key, number: number)
    usedSlots += 1
    if 2 * usedSlots > slots.count { grow() }
    return number
  }

  private mutating func add(_ name: String, pooled cell: ByteCell?) -> Int32 {
    names.append(name)
    if let cell { pool += cell.bytes[cell.start..<cell.end] }
    ends.append(pool.count)
    return Int32(truncatingIfNeeded: names.count - 1)
  }

  // The bytes of a short identifier and their number; nil when it has more than seven.
  private static func key(of cell: ByteCell) -> UInt64? {
    let count = cell.end - cell.start
    guard count <= 7 else { return nil }
    var key = UInt64(truncatingIfNeeded: count) << 56
    for i in 0..<count { key |= UInt64(cell.bytes[cell.start + i]) << UInt64(8 * i) }
    return key
  }

  // The highest byte tells the hash of a long identifier from every short one.
  private static func hash(of cell: ByteCell) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    var i = cell.start
    while i < cell.end {
      hash = (hash ^ UInt64(cell.bytes[i])) &* 0x100_0000_01B3
      i += 1
    }
    return hash | 0xFF << 56
  }

  // The high bits of a product are the well-mixed ones.
  private static func place(of key: UInt64) -> Int {
    let product = (key ^ key >> 29) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: product >> 33)
  }

  // The slot that holds the identifier, or the free slot where it belongs.
  private func slot(of cell: ByteCell, _ key: UInt64) -> Int {
    let mask = slots.count - 1
    var slot = Self.place(of: key) & mask
    while slots[slot].number >= 0, slots[slot].key != key || !isSame(slots[slot], cell) {
      slot = (slot + 1) & mask
    }
    return slot
  }

  private func isSame(_ slot: Slot, _ cell: ByteCell) -> Bool {
    guard slot.key >> 56 == 0xFF else { return true }
    let start = ends[Int(slot.number)]
    let count = ends[Int(slot.number) + 1] - start
    guard count == cell.end - cell.start else { return false }
    var i = 0
    while i < count {
      if pool[start + i] != cell.bytes[cell.start + i] { return false }
      i += 1
    }
    return true
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: Slot(), count: 2 * old.count)
    let mask = slots.count - 1
    for entry in old where entry.number >= 0 {
      var slot = Self.place(of: entry.key) & mask
      while slots[slot].number >= 0 { slot = (slot + 1) & mask }
      slots[slot] = entry
    }
  }
}

/// An ASCII identifier of at most seven bytes: the bytes, the first lowest, and how many there are
/// in the highest byte.
enum ShortKey {
  static func text(_ key: UInt64) -> String {
    let count = Int(key >> 56)
    return unsafe String(unsafeUninitializedCapacity: 7) { text in
      for i in 0..<count { unsafe text[i] = UInt8(truncatingIfNeeded: key >> UInt64(8 * i)) }
      return count
    }
  }

  /// The whole number that a key spells without a superfluous zero; -1 when it spells none.
  static func value(_ key: UInt64) -> Int {
    let count = Int(key >> 56)
    guard count > 0, count == 1 || key & 0xFF != 48 else { return -1 }
    var value = 0
    for i in 0..<count {
      let digit = Int(key >> UInt64(8 * i) & 0xFF) - 48
      guard digit >= 0, digit < 10 else { return -1 }
      value = 10 * value + digit
    }
    return value
  }
}

/// The numbers of identifiers that are small whole numbers, found without hashing.
///
/// The table grows as long as identifiers fill at least a sixteenth of it.
private struct SmallIntegers {
  private var numbers: [Int32] = []

  @inline(__always)
  subscript(value: Int) -> Int32 {
    UInt(bitPattern: value) < UInt(numbers.count) ? numbers[value] : -1
  }

  func covers(_ value: Int) -> Bool { value < numbers.count }

  func isWorth(_ value: Int, count: Int) -> Bool { value < max(1_024, 16 * count) }

  mutating func set(_ value: Int, _ number: Int32) { numbers[value] = number }

  mutating func grow(to value: Int) {
    var count = max(1_024, numbers.count)
    while count <= value { count *= 2 }
    var grown = [Int32](repeating: -1, count: count)
    for i in numbers.indices { grown[i] = numbers[i] }
    numbers = grown
  }
}

extension IdentifierTable {
  /// Warnings about identifiers that are one by composition or look like one.
  func notices(file: String) -> [Notice] {
    var notices: [Notice] = []
    if !mergedTwins.isEmpty {
      let examples = mergedTwins.prefix(5).map { "“\($0.kept.printable())”" }
      notices.append(
        .warning(
          "\(file): \(counted(mergedTwins.count, "identifier")) \(mergedTwins.count == 1 ? "is" : "are") "
            + "written both composed and decomposed; each pair is one node: "
            + examples.joined(separator: ", ")))
    }
    let controlled = names.filter {
      $0.unicodeScalars.contains { $0.value < 32 || (127..<160).contains($0.value) }
    }
    if !controlled.isEmpty {
      let examples = controlled.prefix(5).map { "“\($0.printable(limit: 60))”" }
      notices.append(
        .warning(
          "\(file): \(counted(controlled.count, "identifier")) hold\(controlled.count == 1 ? "s" : "") "
            + "control characters, which are kept: " + examples.joined(separator: ", ")))
    }
    let pairs = lookAlikes()
    if !pairs.isEmpty {
      let examples = pairs.prefix(10).map { "“\(shown($0.0))” and “\(shown($0.1))”" }
      notices.append(
        .warning(
          "\(file): \(counted(pairs.count, "pair")) of identifiers look\(pairs.count == 1 ? "s" : "") alike "
            + "but \(pairs.count == 1 ? "differs" : "differ"); they stay apart: "
            + examples.joined(separator: ", ")))
    }
    return notices
  }

  private func shown(_ name: String) -> String {
    var text = name.printable(limit: 60)
    if name.utf8.first == 32 || name.utf8.last == 32 { text += " (with blanks)" }
    if name.unicodeScalars.contains(where: { LookAlikes.latin[$0] != nil || $0 == "\u{A0}" }) {
      let odd = name.unicodeScalars.filter { LookAlikes.latin[$0] != nil || $0 == "\u{A0}" }
      text += " (with U+" + (odd.first.map { hexadecimal($0.value, 4).dropFirst(2) } ?? "") + ")"
    }
    return text
  }

  // Only names with an unusual character can be the odd half of a pair.
  private func lookAlikes() -> [(String, String)] {
    var plain: [String: String] = [:]
    var pairs: [(String, String)] = []
    for name in names where LookAlikes.isSuspicious(name) {
      let skeleton = LookAlikes.skeleton(name)
      if let number = find(skeleton), names[Int(number)] != name {
        pairs.append((names[Int(number)], name))
      } else if let other = plain[skeleton] {
        pairs.append((other, name))
      } else {
        plain[skeleton] = name
      }
    }
    return pairs
  }
}

/// Which texts a reader would take for one another.
enum LookAlikes {
  /// Cyrillic and Greek letters that look like Latin ones.
  static let latin: [Unicode.Scalar: Unicode.Scalar] = [
    "А": "A", "В": "B", "Е": "E", "К": "K", "М": "M", "Н": "H", "О": "O", "Р": "P", "С": "C",
    "Т": "T", "У": "Y", "Х": "X", "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "у": "y",
    "х": "x", "і": "i", "ѕ": "s", "ј": "j", "І": "I", "Ј": "J", "Ѕ": "S", "Α": "A", "Β": "B",
    "Ε": "E", "Ζ": "Z", "Η": "H", "Ι": "I", "Κ": "K", "Μ": "M", "Ν": "N", "Ο": "O", "Ρ": "P",
    "Τ": "T", "Υ": "Y", "Χ": "X", "ο": "o", "ν": "v",
  ]

  static func isSuspicious(_ name: String) -> Bool {
    var previous: UInt8 = 32
    for byte in name.utf8 {
      if byte >= 0x80 || (byte == 32 && previous == 32) { return true }
      previous = byte
    }
    return previous == 32
  }

  /// The name without invisible characters and surplus blanks, look-alikes turned Latin.
  static func skeleton(_ name: String) -> String {
    var skeleton = String.UnicodeScalarView()
    for scalar in name.unicodeScalars where !scalar.isInvisible {
      let plain = scalar.properties.isWhitespace ? " " : latin[scalar] ?? scalar
      if plain == " ", skeleton.last == " " || skeleton.isEmpty { continue }
      skeleton.append(plain)
    }
    if skeleton.last == " " { skeleton.removeLast() }
    return String(skeleton)
  }
}
