// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

/// Threads that work through one loop after another of an analysis: started once, joined at the end.
///
/// A loop is cut in chunks by its author, never by the number of threads, so that what depends on
/// the chunks (the order of sums) does not depend on the threads. Which thread takes which chunk is
/// not promised.
///
/// ```swift
/// try run.withTeam(isSmall: n < 1000) { team in
///   team.forEachChunk(chunkCount) { chunk, member in … }  // returns when all chunks are done
/// }
/// ```
///
/// - Invariant: the stored `var`s are read and written with the lock held.
final class Team: @unchecked Sendable {
  /// The number of threads, the calling one included.
  let size: Int

  private typealias Body = @Sendable (_ chunk: Int, _ member: Int) -> Void
  private let lock = Lock()
  private let next = Atomic<Int>(0)
  private var body: Body?
  private var chunkCount = 0
  private var loop = 0
  private var working = 0
  private var isDismissed = false
  private var threads: [Thread] = []

  /// Starts `size` − 1 threads.
  fileprivate init(size: Int) {
    self.size = size
    threads = (1..<max(1, size)).compactMap { member in Thread { self.serve(member) } }
  }

  /// Calls `body` once for each chunk from 0 and returns when all calls have returned.
  ///
  /// - Parameters:
  ///   - chunks: the number of chunks.
  ///   - body: does one chunk; `member`, from 0 to `size` − 1, is never at work twice at a time, so
  ///     it may own scratch space.
  func forEachChunk(
    _ chunks: Int, _ body: @escaping @Sendable (_ chunk: Int, _ member: Int) -> Void
  ) {
    guard !threads.isEmpty, chunks > 1 else {
      for chunk in 0..<max(0, chunks) { body(chunk, 0) }
      return
    }
    next.store(0, ordering: .relaxed)
    lock.withLock { lock in
      self.body = body
      chunkCount = chunks
      working = threads.count
      loop += 1
      lock.wakeAll()
    }
    work(body, chunks, 0)
    lock.withLock { lock in
      while working > 0 { lock.wait() }
      self.body = nil
    }
  }

  fileprivate func dismiss() {
    lock.withLock { lock in
      isDismissed = true
      lock.wakeAll()
    }
    for thread in threads { thread.join() }
  }

  private func serve(_ member: Int) {
    var seen = 0
    while true {
      let task: (body: Body, chunks: Int)? = lock.withLock { lock in
        while loop == seen, !isDismissed { lock.wait() }
        seen = loop
        return isDismissed ? nil : body.map { ($0, chunkCount) }
      }
      guard let task else { return }
      work(task.body, task.chunks, member)
      lock.withLock { lock in
        working -= 1
        if working == 0 { lock.wakeAll() }
      }
    }
  }

  private func work(_ body: Body, _ chunks: Int, _ member: Int) {
    while true {
      let chunk = next.add(1, ordering: .relaxed).oldValue
      guard chunk < chunks else { return }
      body(chunk, member)
    }
  }
}

extension Run {
  /// Calls `body` with a team of up to `threads` threads, one where `isSmall`.
  func withTeam<Result>(
    isSmall: Bool, _ body: (Team) throws(AnalysisError) -> Result
  ) throws(AnalysisError) -> Result {
    let team = Team(size: isSmall ? 1 : threads)
    defer { team.dismiss() }
    return try body(team)
  }
}
