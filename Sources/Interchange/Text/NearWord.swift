// SPDX-License-Identifier: Apache-2.0

/// Finds the word that somebody who mistyped one may have meant.
public enum NearWord {
  /// The known word whose letters differ least, or nil where none comes near.
  public static func nearest(to word: String, in known: [String]) -> String? {
    let key = ColumnNames.key(word)
    let most = word.count < 4 ? 1 : max(2, word.count / 3)
    var best: (distance: Int, word: String)?
    for candidate in known {
      let distance = distance(
        Array(key.unicodeScalars), Array(ColumnNames.key(candidate).unicodeScalars))
      if distance <= most, distance < best?.distance ?? .max { best = (distance, candidate) }
    }
    return best?.word
  }

  // The edit distance of Levenshtein, row by row.
  private static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    guard abs(a.count - b.count) <= 8, a.count <= 64 else { return .max }
    var row = Array(0...b.count)
    for (i, x) in a.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, y) in b.enumerated() {
        let cost = min(row[j] + 1, row[j + 1] + 1, diagonal + (x == y ? 0 : 1))
        diagonal = row[j + 1]
        row[j + 1] = cost
      }
    }
    return row[b.count]
  }
}
