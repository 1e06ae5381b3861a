// SPDX-License-Identifier: Apache-2.0

/// What one thread needs to work through items (sources, batches of sources): its scratch space and
/// the sums so far.
protocol SummingWorker: AnyObject, SendableMetatype {
  /// Adds what `item` contributes to the sums.
  func add(_ item: Int) throws(AnalysisError)
  /// Gives the sums since the last call and starts again from zero.
  func takeSums() -> [Double]
}

extension Run {
  /// The sums over `items` items, computed on up to `threads` threads and the same to the bit for
  /// any number of them.
  ///
  /// The items are cut in chunks whose size depends on their number alone; each chunk is summed
  /// from zero, and the sums of the chunks are added in the order of the chunks. There is one
  /// checkpoint an item.
  ///
  /// - Parameters:
  ///   - items: the number of items; they are numbered from 0.
  ///   - isSmall: whether the work is so little that one chunk, and so one thread, does it.
  ///   - width: the number of sums.
  ///   - makeWorker: makes the scratch space of one thread.
  /// - Returns: the sums.
  /// - Throws: `AnalysisError.cancelled`, or what a worker throws.
  func sums<Worker: SummingWorker>(
    items: Int, isSmall: Bool, width: Int, makeWorker: @escaping @Sendable () -> Worker
  ) throws(AnalysisError) -> [Double] {
    try checkpoint(0, of: max(1, items))
    guard items > 0 else { return Array(repeating: 0, count: width) }
    let chunkSize = isSmall ? items : (items + 63) / 64
    let queue = ChunkQueue<Worker>(
      run: self, items: items, chunkSize: chunkSize, width: width, makeWorker: makeWorker)
    let helpers = min(threads, queue.chunkCount) - 1
    let running = (0..<helpers).compactMap { _ in Thread { queue.work() } }
    queue.work()
    for thread in running { thread.join() }
    return try queue.result()
  }
}

/// Hands out chunks to threads and adds their sums in order.
///
/// - Invariant: every stored `var` is read and written with the lock held; the rest is constant.
private final class ChunkQueue<Worker: SummingWorker>: @unchecked Sendable {
  let run: Run
  let items: Int
  let chunkSize: Int
  let chunkCount: Int
  let makeWorker: @Sendable () -> Worker

  private let lock = Lock()
  private var next = 0
  private var added = 0
  private var waiting: [Int: [Double]] = [:]
  private var total: [Double]
  private var itemsDone = 0
  private var failure: (chunk: Int, error: AnalysisError)?

  init(
    run: Run, items: Int, chunkSize: Int, width: Int, makeWorker: @escaping @Sendable () -> Worker
  ) {
    self.run = run
    self.items = items
    self.chunkSize = chunkSize
    chunkCount = (items + chunkSize - 1) / chunkSize
    total = Array(repeating: 0, count: width)
    self.makeWorker = makeWorker
  }

  func work() {
    let worker = makeWorker()
    while let chunk = claim() {
      do throws(AnalysisError) {
        for item in chunk * chunkSize..<min(items, (chunk + 1) * chunkSize) {
          try worker.add(item)
          try run.checkpoint(countItem(), of: items)
        }
        finish(chunk, worker.takeSums())
      } catch {
        fail(chunk, error)
        return
      }
    }
  }

  func result() throws(AnalysisError) -> [Double] {
    if let failure { throw failure.error }
    return total
  }

  // A thread that is far ahead waits, so that few unadded sums are held at a time.
  private func claim() -> Int? {
    lock.withLock { lock in
      while failure == nil, next < chunkCount, next >= added + 4 * run.threads { lock.wait() }
      guard failure == nil, next < chunkCount else { return nil }
      next += 1
      return next - 1
    }
  }

  private func countItem() -> Int {
    lock.withLock { _ in
      itemsDone += 1
      return itemsDone
    }
  }

  private func finish(_ chunk: Int, _ sums: [Double]) {
    lock.withLock { lock in
      waiting[chunk] = sums
      while let sums = waiting.removeValue(forKey: added) {
        for i in total.indices { total[i] += sums[i] }
        added += 1
      }
      lock.wakeAll()
    }
  }

  // Chunks are claimed in order and those at work are finished, so the failure of the lowest chunk
  // is the one that a single thread would have met.
  private func fail(_ chunk: Int, _ error: AnalysisError) {
    lock.withLock { lock in
      if chunk < failure?.chunk ?? .max { failure = (chunk, error) }
      lock.wakeAll()
    }
  }
}
