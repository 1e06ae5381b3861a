// SPDX-License-Identifier: Apache-2.0

internal import Clew
internal import Foundation
internal import Synchronization

/// What the signal handler tells the running command.
private let interrupted = Atomic<Bool>(false)

// The first signal asks the command to stop; the second does not wait. A case that was being written
// is then rolled back when it is next opened.
private func interrupt(_ number: Int32) {
  if interrupted.exchange(true, ordering: .relaxed) { _exit(130) }
}

// A mapped file that somebody cuts short while it is read has no bytes where it had some: the system
// says so by a signal behind which the program cannot go on. Only what may be called there is called.
private func endWithLostFile(_ number: Int32) {
  let words: StaticString = """
    clew: a file was cut short while it was read (a snapshot, or the network kept beside a case); \
    nothing was written; try again when nobody writes it, or make it anew

    """
  // Safe: the text is part of the program.
  _ = unsafe write(STDERR_FILENO, words.utf8Start, words.utf8CodeUnitCount)
  _exit(74)
}

/// How a command talks to the person at the terminal: notes, progress, errors, results.
final class Session: Sendable {
  private let isQuiet: Bool
  private let isColoured: Bool
  private let threads: Int
  private let memoryLimit: Int?
  private let progress: ProgressLine?

  init(_ options: RunOptions) {
    isQuiet = options.quiet
    isColoured =
      !options.noColor && ProcessInfo.processInfo.environment["NO_COLOR"] == nil
      && isatty(STDERR_FILENO) == 1
    threads = options.threads ?? ProcessInfo.processInfo.activeProcessorCount
    memoryLimit = options.memoryLimit.flatMap { MemorySize($0)?.bytes } ?? MemorySize.usual
    let showsProgress =
      !options.quiet && options.progress == .auto && isatty(STDERR_FILENO) == 1
    progress = showsProgress ? ProgressLine() : nil
    signal(SIGPIPE, SIG_IGN)
    signal(SIGBUS, endWithLostFile)
    signal(SIGINT, interrupt)
    signal(SIGTERM, interrupt)
  }

  /// Whether the command was asked to stop.
  var isInterrupted: Bool { interrupted.load(ordering: .relaxed) }

  /// How an analysis runs in this session.
  func run(_ label: String) -> Run {
    var run = Run(
      threads: threads, memoryLimit: memoryLimit,
      isCancelled: { interrupted.load(ordering: .relaxed) })
    if let progress { run.progress = { done in progress.show(label, done) } }
    return run
  }

  /// Prints a message that a person may want to read, unless the command is to be quiet.
  func note(_ message: String) {
    guard !isQuiet else { return }
    progress?.clear()
    standardError(escaped(message) + "\n")
  }

  /// Prints an error.
  func complain(_ message: String) {
    progress?.clear()
    standardError((isColoured ? "\u{1B}[1;31mclew:\u{1B}[0m " : "clew: ") + escaped(message) + "\n")
  }

  /// Takes the progress line off the terminal.
  func finishProgress() { progress?.clear() }

  /// Writes results to a file, whole or not at all, or to standard output.
  func write(_ text: String, to path: String?) throws {
    try write(Array(text.utf8), to: path)
  }

  /// Writes bytes to a file, whole or not at all, or to standard output.
  func write(_ bytes: [UInt8], to path: String?) throws {
    progress?.clear()
    if let path, path != "-" {
      try Output.write(bytes, to: path)
    } else {
      do {
        try FileHandle.standardOutput.write(contentsOf: Data(bytes))
      } catch {
        // A reader that has had enough is no failure of ours.
        guard errno != EPIPE else { return }
        throw ClewError.io("standard output cannot be written: \(error)")
      }
    }
  }

  /// Writes a document in the form that the options ask for.
  func write(_ document: ResultDocument, _ options: OutputOptions) throws {
    let format = try options.resolvedFormat()
    if let key = options.table, document.table(key) == nil {
      throw ClewError.usage(
        "--table \(key): there is no such table; there are "
          + document.tables.map(\.key).joined(separator: ", "))
    }
    if format == .xlsx {
      try write(Output.workbook(document, table: options.table), to: options.output)
      if let handling = document.handling { note("handling: \(handling)") }
      return
    }
    try write(
      document.text(as: format, table: options.table, top: options.rowLimit), to: options.output)
    if format == .csv || format == .tsv || format == .ndjson {
      if let handling = document.handling { note("handling: \(handling)") }
      for line in document.conventionLines + document.notices { note(line) }
    }
  }
}

// Messages quote names and paths of others; what could steer the terminal is made visible.
private func escaped(_ message: String) -> String {
  message.split(separator: "\n", omittingEmptySubsequences: false)
    .map { $0.printable(limit: .max) }.joined(separator: "\n")
}

private func standardError(_ text: String) {
  // Nothing can be done where even errors cannot be printed.
  try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
}

/// One line on the terminal that shows how far a command is, how fast it goes, and what is left.
final class ProgressLine: Sendable {
  private struct State {
    var start: ContinuousClock.Instant?
    var last: ContinuousClock.Instant?
    var isVisible = false
  }

  private let state = Mutex(State())

  func show(_ label: String, _ done: Double) {
    let now = ContinuousClock.now
    state.withLock { state in
      let start = state.start ?? now
      state.start = start
      // Work that is done within half a second needs no progress line.
      guard now - start > .milliseconds(500) else { return }
      if let last = state.last, now - last < .milliseconds(100) { return }
      state.last = now
      state.isVisible = true
      let elapsed = seconds(now - start)
      let left = done > 0.001 ? elapsed * (1 - done) / done : .infinity
      let filled = Int((done * 24).rounded())
      let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 24 - filled)
      let rest = left.isFinite ? "about \(duration(left)) left" : "estimating"
      standardError("\r\u{1B}[K\(label) \(bar) \(Int(done * 100)) %, \(duration(elapsed)), \(rest)")
    }
  }

  func clear() {
    state.withLock { state in
      guard state.isVisible else { return }
      state.isVisible = false
      standardError("\r\u{1B}[K")
    }
  }

  private func seconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
  }

  private func duration(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded(.up))
    if whole < 60 { return "\(whole) s" }
    if whole < 3600 { return "\(whole / 60) min \(whole % 60) s" }
    return "\(whole / 3600) h \(whole % 3600 / 60) min"
  }
}
