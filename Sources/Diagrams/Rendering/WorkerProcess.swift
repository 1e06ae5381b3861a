// SPDX-License-Identifier: Apache-2.0

internal import CGraphvizRender
internal import Subprocess

#if canImport(System)
  internal import System
#else
  internal import SystemPackage
#endif

/// One run of the program that draws, stopped at its deadline.
struct WorkerProcess {
  var executable: String
  var arguments: [String]
  var deadline: Duration

  /// The most bytes of a picture.
  private static let pictureLimit = 1 << 30

  private enum Outcome: Sendable {
    case picture([UInt8])
    case failed(String)
    case late
  }

  /// Sends a request and gives what the worker wrote: a picture, or the places of nodes.
  func answer(_ request: [UInt8]) async throws(DiagramError) -> [UInt8] {
    let outcome = await withTaskGroup(of: Outcome.self) { group in
      group.addTask { await run(request) }
      group.addTask {
        do { try await Task.sleep(for: deadline) } catch { return .failed("it was cancelled") }
        return .late
      }
      let first = await group.next() ?? .late
      // Cancelling tears the child down; the teardown sequence is empty, which means SIGKILL.
      group.cancelAll()
      return first
    }
    switch outcome {
    case .picture(let bytes): return bytes
    case .failed(let why): throw .workerFailed(why)
    case .late:
      let (seconds, attoseconds) = deadline.components
      throw .timedOut(seconds: Double(seconds) + Double(attoseconds / 1_000_000_000_000_000) / 1000)
    }
  }

  private func run(_ bytes: [UInt8]) async -> Outcome {
    let descriptor = unsafe bytes.withUnsafeBytes { raw in
      unsafe clew_input_file(raw.baseAddress, raw.count)
    }
    guard descriptor >= 0 else {
      return .failed("no file in memory could be opened for the request")
    }
    var options = PlatformOptions()
    options.teardownSequence = []
    do {
      let result = try await Subprocess.run(
        .path(FilePath(executable)), arguments: Arguments(arguments),
        environment: .inherit.updating(["SWIFT_BACKTRACE": "enable=no"]),
        platformOptions: options,
        input: .fileDescriptor(
          FileDescriptor(rawValue: descriptor), closeAfterSpawningProcess: true),
        output: .bytes(limit: Self.pictureLimit), error: .string(limit: 1 << 16))
      let said = LabelText.clean(result.standardError)
      switch result.terminationStatus {
      case .exited(0) where !result.standardOutput.isEmpty:
        return .picture(result.standardOutput)
      case .exited(let code):
        return .failed(said.isEmpty ? "it ended with code \(code)" : said)
      case .signaled(let signal):
        return .failed(
          "it was stopped by signal \(signal)" + (said.isEmpty ? "" : "; it said: \(said)"))
      }
    } catch {
      return .failed("\(executable) could not be run: \(LabelText.clean("\(error)"))")
    }
  }
}
