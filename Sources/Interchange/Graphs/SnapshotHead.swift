// SPDX-License-Identifier: Apache-2.0

internal import GraphCore

/// The first 64 bytes of a graph snapshot and what follows from them.
struct SnapshotHead {
  static let alignment = 64
  private static let word: UInt64 = 0x4641_5247_5745_4C43  // CLEWGRAF in little-endian order
  private static let version: UInt64 = 1

  /// Eight words: the word, the version, the kind, nodes, arcs, edges, texts, checksum.
  private(set) var words: [UInt64]

  /// The head of a graph; nil when the texts are longer than a snapshot can hold.
  init?(_ graph: Graph, idByteCount: Int, originByteCount: Int) {
    guard idByteCount >> 40 == 0, originByteCount >> 24 == 0 else { return nil }
    let kind: UInt64 =
      (graph.direction == .directed ? 1 : 0)
      | (graph.weighting == nil ? 0 : graph.weighting == .strength ? 2 : 4)
    words = [
      Self.word, Self.version, kind, UInt64(graph.nodeCount), UInt64(graph.outgoing.targets.count),
      UInt64(graph.edgeCount), UInt64(idByteCount) | UInt64(originByteCount) << 40, 0,
    ]
  }

  /// Whether a file begins with the word of all snapshots, whatever their version.
  static func begins(_ file: MappedFile) -> Bool {
    guard file.byteCount >= 8 else { return false }
    let column: Column<UInt64> = file.column(at: 0, count: 1)
    return column[0] == word
  }

  /// Reads the head of a file; nil when it is none, or one of another version.
  init?(_ file: MappedFile) {
    guard file.byteCount >= Self.alignment else { return nil }
    let column: Column<UInt64> = file.column(at: 0, count: 8)
    words = Array(column)
    guard words[0] == Self.word, words[1] == Self.version, [0, 1, 2, 3, 4, 5].contains(words[2])
    else { return nil }
  }

  var isDirected: Bool { words[2] & 1 == 1 }
  var weighting: Graph.Weighting? {
    words[2] & 2 != 0 ? .strength : words[2] & 4 != 0 ? .length : nil
  }
  var checksum: UInt64 {
    get { words[7] }
    set { words[7] = newValue }
  }

  static func aligned(_ count: Int) -> Int { (count + alignment - 1) / alignment * alignment }

  /// Where each column stands; nil when the counts cannot be those of a graph.
  var layout: (parts: [(offset: Int, byteCount: Int)], byteCount: Int)? {
    guard words[3] < Int32.max, words[4] < Int32.max, words[5] <= words[4] else { return nil }
    let (n, arcs, edges) = (Int(words[3]), Int(words[4]), Int(words[5]))
    var counts = [4 * (n + 1), 4 * arcs]
    if isDirected { counts += counts }
    if weighting != nil { counts.append(8 * edges) }
    counts += [8 * n, Int(words[6] & (1 << 40 - 1)), Int(words[6] >> 40)]
    var offset = Self.alignment
    var parts: [(offset: Int, byteCount: Int)] = []
    for count in counts {
      parts.append((offset, count))
      offset += Self.aligned(count)
    }
    return (parts, offset)
  }
}

/// A sum that differs when bytes were changed by accident; it is no seal against intent.
struct Checksum {
  private var lanes: (UInt64, UInt64, UInt64, UInt64) = (1, 2, 3, 4)

  mutating func add(_ bytes: RawSpan) {
    func mixed(_ lane: UInt64, _ word: UInt64) -> UInt64 {
      let product = (lane ^ word) &* 0x9E37_79B9_7F4A_7C15
      return product ^ product >> 29
    }
    let count = bytes.byteCount
    var i = 0
    // Safe: each load lies inside the span.
    while i + 32 <= count {
      lanes.0 = unsafe mixed(lanes.0, bytes.unsafeLoadUnaligned(fromByteOffset: i, as: UInt64.self))
      lanes.1 = unsafe mixed(
        lanes.1, bytes.unsafeLoadUnaligned(fromByteOffset: i + 8, as: UInt64.self))
      lanes.2 = unsafe mixed(
        lanes.2, bytes.unsafeLoadUnaligned(fromByteOffset: i + 16, as: UInt64.self))
      lanes.3 = unsafe mixed(
        lanes.3, bytes.unsafeLoadUnaligned(fromByteOffset: i + 24, as: UInt64.self))
      i += 32
    }
    while i < count {
      lanes.0 = unsafe mixed(
        lanes.0, UInt64(bytes.unsafeLoad(fromByteOffset: i, as: UInt8.self)))
      i += 1
    }
    lanes.1 = mixed(lanes.1, UInt64(count))
  }

  var value: UInt64 {
    var value = lanes.0
    for lane in [lanes.1, lanes.2, lanes.3] {
      value = (value ^ lane) &* 0xD6E8_FEB8_6659_FD93
      value ^= value >> 32
    }
    return value
  }
}
