// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Becomes over, once and for all, after it was asked a number of times.
final class Countdown: Sendable {
  private let left: Atomic<Int>

  init(_ times: Int) { left = Atomic(times) }

  var isOver: Bool { left.subtract(1, ordering: .relaxed).newValue < 0 }
}
