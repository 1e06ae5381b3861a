// SPDX-License-Identifier: Apache-2.0

/// Scratch space of a kernel: elements at an address that stays the same for the life of the
/// object.
///
/// A kernel takes `base` once, holds it in a local and indexes it without checks; it states why its
/// indices are less than `count`. The object must outlive that local.
@safe final class Space<Element: BitwiseCopyable> {
  let base: UnsafeMutablePointer<Element>
  let count: Int

  init(repeating element: Element, count: Int) {
    self.count = count
    unsafe base = .allocate(capacity: count)
    unsafe base.initialize(repeating: element, count: count)
  }

  init(_ elements: [Element]) {
    count = elements.count
    unsafe base = .allocate(capacity: count)
    for (i, element) in elements.enumerated() { unsafe (base + i).initialize(to: element) }
  }

  deinit { unsafe base.deallocate() }

  /// The elements, which become `element` again.
  func take(leaving element: Element) -> [Element] {
    let taken = unsafe Array(UnsafeBufferPointer(start: base, count: count))
    unsafe base.update(repeating: element, count: count)
    return taken
  }
}
