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

  // Open addressing; -1 marks a free slot. ASCII identifiers are compared byte by byte with the
  // pool, the few others go through Swift's canonical equality.
  private var slots: [Int32] = Array(repeating: -1, count: 64)
  private var pool: [UInt8] = []
  private var ends: [Int] = [0]
  private var isPooled: [Bool] = []
  private var wide: [String: Int32] = [:]

  var count: Int { names.count }

  /// The number of an identifier, given now if it is new.
  mutating func number(of cell: ByteCell) -> Int32 {
    guard cell.isASCII else { return wideNumber(cell.text) }
    let slot = slot(of: cell)
    if slots[slot] >= 0 { return slots[slot] }
    slots[slot] = add(cell.text, pooled: cell)
    let number = slots[slot]
    if 2 * names.count > slots.count { grow() }
    return number
  }

  /// The number of an identifier; nil when it is not known.
  func find(_ name: String) -> Int32? {
    let cell = ByteCell(name)
    if cell.isASCII {
      let number = slots[slot(of: cell)]
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

  private mutating func add(_ name: String, pooled cell: ByteCell?) -> Int32 {
    names.append(name)
    if let cell { pool += cell.bytes[cell.start..<cell.end] }
    ends.append(pool.count)
    isPooled.append(cell != nil)
    return Int32(truncatingIfNeeded: names.count - 1)
  }

  // The slot that holds the identifier, or the free slot where it belongs.
  private func slot(of cell: ByteCell) -> Int {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    var i = cell.start
    while i < cell.end {
      hash = (hash ^ UInt64(cell.bytes[i])) &* 0x100_0000_01B3
      i += 1
    }
    let mask = slots.count - 1
    // The high bits of a product are the well-mixed ones.
    var slot = Int(truncatingIfNeeded: (hash &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
    while slots[slot] >= 0, !isSame(Int(slots[slot]), cell) { slot = (slot + 1) & mask }
    return slot
  }

  private func isSame(_ number: Int, _ cell: ByteCell) -> Bool {
    let start = ends[number]
    let count = ends[number + 1] - start
    guard count == cell.end - cell.start, isPooled[number] else { return false }
    var i = 0
    while i < count {
      if pool[start + i] != cell.bytes[cell.start + i] { return false }
      i += 1
    }
    return true
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: 4 * slots.count)
    for number in 0..<names.count where isPooled[number] {
      let slot = slot(of: ByteCell(pool, from: ends[number], to: ends[number + 1]))
      slots[slot] = Int32(truncatingIfNeeded: number)
    }
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
          "\(file): \(mergedTwins.count) identifiers are written both composed and decomposed; "
            + "each pair is one node: " + examples.joined(separator: ", ")))
    }
    let pairs = lookAlikes()
    if !pairs.isEmpty {
      let examples = pairs.prefix(10).map { "“\(shown($0.0))” and “\(shown($0.1))”" }
      notices.append(
        .warning(
          "\(file): \(pairs.count) pairs of identifiers look alike but differ; they stay apart: "
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
