// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Clew
internal import Foundation

/// A subcommand that reports its errors as one message and one of the documented exit codes.
protocol ClewSubcommand: AsyncParsableCommand {
  /// How the command runs.
  var runOptions: RunOptions { get }

  /// Does the work.
  func execute(_ session: Session) async throws
}

extension ClewSubcommand {
  func run() async throws {
    let session = Session(runOptions)
    do {
      try await execute(session)
      session.finishProgress()
    } catch let exit as ExitCode {
      session.finishProgress()
      throw exit
    } catch let error as ValidationError {
      session.finishProgress()
      throw error
    } catch {
      session.finishProgress()
      let failure = Failure(error)
      if let message = failure.message { session.complain(message) }
      throw ExitCode(failure.exitCode)
    }
  }
}

/// An error as the command line reports it: what to print and the exit code.
struct Failure {
  /// What is printed; nil where nothing needs saying.
  let message: String?
  /// The exit code, as `clew --help` lists them.
  let exitCode: Int32

  init(_ error: any Error) {
    switch error {
    case let error as ClewError:
      (message, exitCode) = (error.description, error.exitCode)
    case AnalysisError.cancelled:
      (message, exitCode) = ("interrupted; nothing was written", 130)
    default:
      let failure = ClewError(error)
      (message, exitCode) = (failure.description, failure.exitCode)
    }
  }
}
