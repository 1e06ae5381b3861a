// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

extension Run {
  /// Calls `body` once for each chunk on the threads of `team`, with a checkpoint before each.
  ///
  /// - Throws: `AnalysisError.cancelled`; chunks that had not begun are then left out.
  func forEachChunk(
    _ chunks: Int, on team: Team, _ body: @escaping @Sendable (_ chunk: Int, _ member: Int) -> Void
  ) throws(AnalysisError) {
    let watch = CancellationWatch()
    team.forEachChunk(chunks) { chunk, member in
      if watch.isCancelled.load(ordering: .relaxed) { return }
      do throws(AnalysisError) {
        let done = watch.done.add(1, ordering: .relaxed).oldValue
        try self.checkpoint(done, of: chunks)
      } catch {
        watch.isCancelled.store(true, ordering: .relaxed)
        return
      }
      body(chunk, member)
    }
    if watch.isCancelled.load(ordering: .relaxed) { throw .cancelled }
  }
}

private final class CancellationWatch: Sendable {
  let isCancelled = Atomic<Bool>(false)
  let done = Atomic<Int>(0)
}
