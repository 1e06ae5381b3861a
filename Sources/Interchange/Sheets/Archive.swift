// SPDX-License-Identifier: Apache-2.0

internal import CArchive

/// The parts of a ZIP archive in memory, within limits; nothing is written to disk, and the names of
/// parts are only compared.
struct Archive {
  /// The largest part.
  static let largestPart = 256 << 20
  /// The largest ratio of unpacked to packed bytes that is taken for honest.
  static let largestRatio = 200

  private(set) var parts: [String: [UInt8]] = [:]

  /// Unpacks the parts whose names a closure wants.
  ///
  /// An error is thrown when the archive is damaged, protected by a password, or too large unpacked.
  init(
    _ bytes: [UInt8], name: String, wants: (String) -> Bool
  ) throws(InterchangeError) {
    var failure: InterchangeError?
    var parts: [String: [UInt8]] = [:]
    // Safe: libarchive reads the bytes only while the closure runs, and the handle is freed in it.
    unsafe bytes.withUnsafeBytes { raw in
      do throws(InterchangeError) {
        parts = try unsafe Self.read(raw, name: name, wants: wants)
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    self.parts = parts
  }

  // Whether the record that ends an archive is there; behind it stands a comment of 64 KB at most.
  private static func hasDirectory(_ raw: UnsafeRawBufferPointer) -> Bool {
    var start = raw.count - 22
    let last = max(0, start - 65_535)
    while start >= last {
      // Safe: 22 bytes stand from `start` on.
      let mark = unsafe Array(raw[start..<start + 4])
      if mark == [0x50, 0x4B, 5, 6] { return true }
      start -= 1
    }
    return false
  }

  private static func read(
    _ raw: UnsafeRawBufferPointer, name: String, wants: (String) -> Bool
  ) throws(InterchangeError) -> [String: [UInt8]] {
    let archive = unsafe archive_read_new()
    defer { _ = unsafe archive_read_free(archive) }
    func refusal(_ what: String, _ expected: String, _ advice: String) -> InterchangeError {
      .refused(Problem(file: name, what: what, expected: expected, advice: advice))
    }
    func damaged() -> InterchangeError {
      let reason =
        unsafe archive_error_string(archive).map { unsafe String(cString: $0) } ?? "no detail"
      return refusal(
        "the archive is damaged (\(reason))", "a whole ZIP archive", "copy the file again")
    }
    guard unsafe hasDirectory(raw) else {
      throw refusal(
        "the archive is damaged: it ends before its directory", "a whole ZIP archive",
        "copy the file again")
    }
    _ = unsafe archive_read_support_format_zip(archive)
    guard unsafe archive_read_open_memory(archive, raw.baseAddress, raw.count) == ARCHIVE_OK
    else { throw damaged() }
    var parts: [String: [UInt8]] = [:]
    var total = 0
    var entry: OpaquePointer?
    while true {
      let status = unsafe archive_read_next_header(archive, &entry)
      if status == ARCHIVE_EOF { return parts }
      guard status == ARCHIVE_OK || status == ARCHIVE_WARN else { throw damaged() }
      let path = unsafe archive_entry_pathname(entry).map { unsafe String(cString: $0) } ?? ""
      guard wants(path) else { continue }
      if unsafe archive_entry_is_data_encrypted(entry) != 0 {
        throw refusal(
          "the workbook is protected by a password", "one that is not",
          "open it, and save it without a password")
      }
      if parts[path] != nil {
        throw refusal("the part \(path) occurs twice", "once", "save the file again")
      }
      var part: [UInt8] = []
      var chunk = [UInt8](repeating: 0, count: 1 << 18)
      while true {
        // Safe: no more than the chunk holds is written into it.
        let count = unsafe chunk.withUnsafeMutableBytes {
          unsafe archive_read_data(archive, $0.baseAddress, $0.count)
        }
        if count == 0 { break }
        guard count > 0 else { throw damaged() }
        part += chunk[..<count]
        total += count
        guard part.count <= largestPart, total <= max(1 << 20, largestRatio * raw.count) else {
          throw refusal(
            "it unpacks to more than \(part.count > largestPart ? "256 MB a part" : "200 times its size")",
            "a table", "save the table as CSV")
        }
      }
      parts[path] = part
    }
  }
}
