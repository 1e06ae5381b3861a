// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// A plain thread of the system.
struct Thread {
  private final class Body: Sendable {
    let call: @Sendable () -> Void
    init(_ call: @escaping @Sendable () -> Void) { self.call = call }
  }

  private let handle: pthread_t

  /// Starts a thread; nil when the system has none to give.
  init?(_ call: @escaping @Sendable () -> Void) {
    let body = unsafe Unmanaged.passRetained(Body(call))
    var handle = pthread_t()
    let status = unsafe pthread_create(
      &handle, nil,
      { argument in
        if let argument = unsafe argument {
          unsafe Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().call()
        }
        return nil
      }, body.toOpaque())
    guard status == 0 else {
      unsafe body.release()
      return nil
    }
    self.handle = handle
  }

  func join() { pthread_join(handle, nil) }
}
