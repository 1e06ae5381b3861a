// SPDX-License-Identifier: Apache-2.0

internal import Foundation

/// The forms of a name or number by which it is found.
enum NameForms {
  /// The text in small Latin letters without marks: `Øst` is `ost`, `Иванов` is `ivanov`.
  static func folded(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.lowercased() }
    return
      (text.applyingTransform(StringTransform("Any-Latin; Latin-ASCII; Lower"), reverse: false)
      ?? text.lowercased())
  }

  /// The letters and digits alone, in small letters: `BE71 0961` is `be710961`.
  static func compact(_ folded: String) -> String {
    String(decoding: folded.utf8.filter(isAlphanumeric), as: UTF8.self)
  }

  /// The digits from the last to the first, as a word of its own; nil for fewer than four.
  ///
  /// A number is then found by its last digits, with or without the code of its country.
  static func reversedDigits(_ text: String) -> String? {
    let digits = text.utf8.filter { (48...57).contains($0) }
    guard digits.count >= 4 else { return nil }
    // No word that people look for begins with this letter.
    return "ꙮ" + String(decoding: digits.reversed(), as: UTF8.self)
  }

  /// What is indexed of a value.
  static func words(_ value: String) -> String {
    var words = value
    let folded = folded(value)
    if folded != value.lowercased() { words += " " + folded }
    let compact = compact(folded)
    if compact != folded, compact.utf8.contains(where: { (48...57).contains($0) }) {
      words += " " + compact
    }
    if let digits = reversedDigits(value) { words += " " + digits }
    if value.utf8.contains(where: { $0 >= 0x80 }) { words += scriptWords(value, folded) }
    return words
  }

  // What is looked for in Latin letters otherwise than the transliteration has it: names in scripts
  // without vowels by their consonants, Chinese ones with their syllables written together.
  private static func scriptWords(_ value: String, _ folded: String) -> String {
    var words: [String] = []
    let scalars = value.unicodeScalars
    if scalars.contains(where: { (0x590...0x77F).contains($0.value) }) {
      words += split(folded).compactMap(consonants)
    }
    if scalars.contains(where: { (0x3400...0x9FFF).contains($0.value) }) {
      let syllables = split(folded)
      if (2...6).contains(syllables.count) {
        words += [syllables.joined(), syllables.dropFirst().joined()]
        if syllables.count > 2 {
          words += [syllables.prefix(2).joined(), syllables.dropFirst(2).joined()]
        }
      }
    }
    return words.map { " " + $0 }.joined()
  }

  /// The consonants of a word in Latin letters, as a word of its own; nil where there is none.
  ///
  /// The vowels that Arabic and Hebrew leave out differ from one Latin spelling to another: `Muhammad`
  /// and `Mohamed` both are `mhmd`. A leading article `al` is left out, and doubled letters are one.
  static func consonants(_ word: String) -> String? {
    var bytes = Array(word.utf8)[...]
    if bytes.starts(with: "al".utf8) { bytes = bytes.dropFirst(2) }
    var result: [UInt8] = []
    for byte in bytes where !"aeiouyw".utf8.contains(byte) && byte != result.last {
      result.append(byte)
    }
    return result.isEmpty ? nil : "ꙟ" + String(decoding: result, as: UTF8.self)
  }

  /// The words of a folded text.
  static func split(_ folded: String) -> [String] {
    folded.utf8.split(whereSeparator: { !isAlphanumeric($0) }).map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  /// Pieces of a word, one of which is whole in every word that differs by few letters.
  static func pieces(_ word: String) -> [String] {
    let bytes = Array(word.utf8)
    guard bytes.count >= 4 else { return [] }
    // A word of up to eight letters may differ by one, a longer one by two.
    let count = max(1, min(bytes.count >= 9 ? 3 : 2, bytes.count / 3))
    if count == 1 { return [String(decoding: bytes.prefix(3), as: UTF8.self)] }
    return (0..<count).map { index in
      String(
        decoding: bytes[bytes.count * index / count..<bytes.count * (index + 1) / count],
        as: UTF8.self)
    }
  }

  /// How many letters differ at most between a word and another that is near it.
  static func tolerance(_ word: String) -> Int {
    let count = word.utf8.count
    return count < 3 ? 0 : count < 9 ? 1 : 2
  }

  /// How many letters of a name differ from the words that were looked for.
  ///
  /// Each word goes with the word of the name that is nearest; nil when some word has none near. How
  /// many letters may differ follows from the longer of the two. Order makes no difference, and a name may have more words.
  static func distance(_ words: [String], _ name: [String]) -> Int? {
    var total = 0
    var free = name.map(Array.init).map { Optional($0) }
    for word in words {
      let letters = Array(word)
      var best: (index: Int, distance: Int)?
      for (index, candidate) in free.enumerated() {
        guard let candidate else { continue }
        let most = max(tolerance(word), candidate.count < 9 ? 0 : 2)
        guard abs(candidate.count - letters.count) <= most else { continue }
        let distance = distance(letters, candidate)
        if distance <= most, distance < best?.distance ?? .max {
          best = (index, distance)
        }
      }
      guard let best else { return nil }
      free[best.index] = nil
      total += best.distance
    }
    return total
  }

  /// The least number of letters put in, left out, replaced, or swapped with the next, no place
  /// changed twice (optimal string alignment).
  static func distance(_ a: [Character], _ b: [Character]) -> Int {
    if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
    var before: [Int] = []
    var last = Array(0...b.count)
    for i in 1...a.count {
      var row = [i] + [Int](repeating: 0, count: b.count)
      for j in 1...b.count {
        let cost = a[i - 1] == b[j - 1] ? 0 : 1
        row[j] = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + cost)
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          row[j] = min(row[j], before[j - 2] + 1)
        }
      }
      (before, last) = (last, row)
    }
    return last[b.count]
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (97...122).contains(byte) || byte >= 0x80
  }
}
