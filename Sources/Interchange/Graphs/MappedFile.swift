// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import GraphCore

/// A file that is read by mapping it into memory, as long as somebody holds it.
///
/// - Invariant: `base` is the address of `byteCount` readable bytes until the object ends.
@safe final class MappedFile {
  let byteCount: Int
  private let base: UnsafeMutableRawPointer?

  init(_ path: String) throws(InterchangeError) {
    let descriptor = try ByteStream.open(path)
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else {
      throw .reading(path: path, reason: systemMessage(errno))
    }
    byteCount = Int(status.st_size)
    guard byteCount > 0 else {
      unsafe base = nil
      return
    }
    let address = unsafe mmap(nil, byteCount, PROT_READ, MAP_PRIVATE, descriptor, 0)
    guard let address = unsafe address, unsafe address != MAP_FAILED else {
      throw .reading(path: path, reason: systemMessage(errno))
    }
    unsafe base = address
  }

  deinit {
    if let base = unsafe base { unsafe munmap(base, byteCount) }
  }

  /// A column of the file's bytes from `offset`, which must be a multiple of the element's
  /// alignment and leave room for `count` elements.
  func column<Element: BitwiseCopyable & Sendable>(at offset: Int, count: Int) -> Column<Element> {
    precondition(
      offset >= 0 && count >= 0
        && offset + count * MemoryLayout<Element>.stride <= byteCount
        && offset % MemoryLayout<Element>.alignment == 0, "the column is outside the file")
    guard count > 0, let base = unsafe base else { return [] }
    let start = unsafe (base + offset).bindMemory(to: Element.self, capacity: count)
    return unsafe Column(base: UnsafePointer(start), count: count, owner: self)
  }
}
