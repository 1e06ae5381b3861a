// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// A row of numbers that never changes and never moves: in memory, or in a file that is mapped.
///
/// Copies share the numbers. Kernels take `span` once and hold it in a local.
///
/// ```swift
/// let offsets = graph.outgoing.offsets
/// let degree = offsets[8] - offsets[7]
/// ```
///
/// Large columns ask the system for large pages, on which random access costs half.
///
/// - Invariant: `base` is the address of `count` initialised elements, which live as long as `owner`
///   and are not written to.
/// - Complexity: O(1) for everything but creation and comparison.
@safe public struct Column<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  @usableFromInline let base: UnsafePointer<Element>
  /// The number of elements.
  public let count: Int
  private let owner: AnyObject

  /// Creates a column of elements that something else holds.
  ///
  /// - Parameters:
  ///   - base: the address of the first element.
  ///   - count: the number of elements.
  ///   - owner: what keeps the elements where they are, unchanged, as long as it lives.
  @unsafe public init(base: UnsafePointer<Element>, count: Int, owner: AnyObject) {
    unsafe self.base = base
    self.count = count
    self.owner = owner
  }

  /// Creates a column of the elements of an array.
  public init(_ elements: [Element]) {
    unsafe self.init(count: elements.count) { column in
      for i in elements.indices { unsafe column.initializeElement(at: i, to: elements[i]) }
    }
  }

  /// Creates a column of `count` elements in one piece of memory.
  ///
  /// - Parameters:
  ///   - count: the number of elements.
  ///   - initialize: initialises every element of the buffer it is given.
  init(count: Int, initializedBy initialize: (UnsafeMutableBufferPointer<Element>) -> Void) {
    let memory = Memory(byteCount: count * MemoryLayout<Element>.stride)
    let base = unsafe memory.address.bindMemory(to: Element.self, capacity: count)
    unsafe initialize(UnsafeMutableBufferPointer(start: base, count: count))
    unsafe self.init(base: UnsafePointer(base), count: count, owner: memory)
  }

  /// The elements, for a kernel.
  public var span: Span<Element> {
    @_lifetime(borrow self)
    @inlinable get {
      let span = unsafe Span(_unsafeStart: base, count: count)
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }
}

extension Column: RandomAccessCollection {
  @inlinable public var startIndex: Int { 0 }
  @inlinable public var endIndex: Int { count }

  @inlinable public subscript(position: Int) -> Element {
    precondition(position >= 0 && position < count, "the position is outside the column")
    return unsafe base[position]
  }
}

extension Column: ExpressibleByArrayLiteral {
  public init(arrayLiteral elements: Element...) { self.init(elements) }
}

extension Column: Equatable where Element: Equatable {
  public static func == (a: Column, b: Column) -> Bool { a.elementsEqual(b) }
}

extension Column: Hashable where Element: Hashable {
  public func hash(into hasher: inout Hasher) {
    hasher.combine(count)
    for element in self { hasher.combine(element) }
  }
}

extension Column: CustomStringConvertible {
  public var description: String { Array(self).description }
}

/// Memory that is given back when nobody holds it any more.
@safe private final class Memory {
  let address: UnsafeMutableRawPointer

  init(byteCount: Int) {
    let isLarge = byteCount >= 4 << 20
    var address: UnsafeMutableRawPointer?
    guard unsafe posix_memalign(&address, isLarge ? 2 << 20 : 64, max(1, byteCount)) == 0,
      let address = unsafe address
    else { preconditionFailure("no memory for a column of \(byteCount) bytes") }
    if isLarge { unsafe madvise(address, byteCount, MADV_HUGEPAGE) }
    unsafe self.address = address
  }

  deinit { unsafe free(address) }
}
