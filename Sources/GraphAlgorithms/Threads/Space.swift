// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// Scratch space of a kernel: elements at an address that stays the same for the life of the
/// object.
///
/// A kernel takes `base` once, holds it in a local and indexes it without checks; it states why its
/// indices are less than `count`. The object must outlive that local. Several threads may share a
/// space as long as no two touch one element at a time, one of them to write; the kernel states why
/// they do not.
@safe final class Space<Element: BitwiseCopyable>: @unchecked Sendable {
  let base: UnsafeMutablePointer<Element>
  let count: Int

  init(repeating element: Element, count: Int) {
    self.count = count
    unsafe base = Self.allocate(count)
    unsafe base.initialize(repeating: element, count: count)
  }

  /// Creates space whose elements hold anything until they are written.
  ///
  /// It is for buffers of which only the part in use should take memory; the kernel states why it
  /// reads nothing that it did not write.
  init(unwritten count: Int) {
    self.count = count
    unsafe base = Self.allocate(count)
  }

  init(_ elements: [Element]) {
    count = elements.count
    unsafe base = Self.allocate(count)
    for (i, element) in elements.enumerated() { unsafe (base + i).initialize(to: element) }
  }

  deinit { unsafe free(base) }

  /// The elements, which become `element` again.
  func take(leaving element: Element) -> [Element] {
    let taken = unsafe Array(UnsafeBufferPointer(start: base, count: count))
    unsafe base.update(repeating: element, count: count)
    return taken
  }

  // From 4 MiB on the system is asked for large pages: random access to small ones costs 1.5–2×.
  private static func allocate(_ count: Int) -> UnsafeMutablePointer<Element> {
    let bytes = max(1, count) * MemoryLayout<Element>.stride
    let isLarge = bytes >= 4 << 20
    let alignment = isLarge ? 2 << 20 : max(64, MemoryLayout<Element>.alignment)
    var address: UnsafeMutableRawPointer?
    guard unsafe posix_memalign(&address, alignment, bytes) == 0, let address = unsafe address
    else { preconditionFailure("no memory for \(bytes) bytes of scratch space") }
    if isLarge { unsafe madvise(address, bytes, MADV_HUGEPAGE) }
    return unsafe address.bindMemory(to: Element.self, capacity: count)
  }
}
