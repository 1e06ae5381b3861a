// SPDX-License-Identifier: Apache-2.0

import Clew
import Foundation
import GraphCore
import TestSupport
import Testing

/// Imports that are killed, run out of room or meet each other leave a whole case or none of it.
///
/// `CLEW_LONG_TESTS` takes 500 kills and 60 limits instead of a few.
@Suite(.serialized) struct ReliabilityTests {
  private static let isLong = ProcessInfo.processInfo.environment["CLEW_LONG_TESTS"] != nil
  private let clew: ClewProcess
  private let harbour = ClewProcess.package.appending(path: "datasets/harbour").path

  init() throws {
    clew = try ClewProcess()
    #expect(try clew("new", "empty.case").status == 0)
  }

  private func fresh() throws -> String {
    try clew.write(try clew.read("empty.case"), to: "x.case")
    return clew.folder.appending(path: "x.case").path
  }

  /// How much of harbour a case holds: all or nothing, and sound.
  private func check(_ path: String) throws -> Bool {
    let store = try CaseStore(path)
    #expect(try store.verify() == [])
    let summary = try store.summary()
    let count = summary.entities.reduce(0) { $0 + $1.count }
    #expect(count == 0 || (count == 149 && summary.events.reduce(0) { $0 + $1.count } == 162))
    return count > 0
  }

  @Test func `an import that is killed at any moment leaves all of it or nothing`() throws {
    var generator = SeededGenerator(seed: 7)
    // How long a whole import takes here, so that the kills fall within it.
    let start = ContinuousClock.now
    _ = try fresh()
    #expect(try clew("import", "x.case", harbour).status == 0)
    let whole = ContinuousClock.now - start
    var outcomes: Set<Bool> = []
    for _ in 0..<(Self.isLong ? 500 : 12) {
      let path = try fresh()
      let process = Process()
      process.executableURL = ClewProcess.program
      process.arguments = ["import", path, harbour]
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      let part = Double.random(in: 0.05..<1.05, using: &generator)
      let seconds = Double(whole.components.seconds) + Double(whole.components.attoseconds) * 1e-18
      usleep(UInt32(seconds * part * 1e6))
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      outcomes.insert(try check(path))
    }
    #expect(outcomes.contains(false))
  }

  @Test func `a mapped file that is cut short ends the program with a message`() throws {
    let process = Process()
    process.executableURL = ClewProcess.program
    process.arguments = ["centrality", "-"]
    let (input, errors) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = FileHandle.nullDevice
    process.standardError = errors
    try process.run()
    // It waits for its input; once it listens to interruptions it listens to this as well.
    let status = "/proc/\(process.processIdentifier)/status"
    for _ in 0..<20_000 {
      let caught = try String(contentsOfFile: status, encoding: .utf8).split(separator: "\n")
        .first { $0.hasPrefix("SigCgt:") }?.split(separator: "\t").last
      if let caught, let mask = UInt64(caught, radix: 16), mask & 1 << UInt64(SIGTERM - 1) != 0 {
        break
      }
      usleep(1_000)
    }
    kill(process.processIdentifier, SIGBUS)
    process.waitUntilExit()
    #expect(process.terminationReason == .exit)
    #expect(process.terminationStatus == 74)
    let text = String(
      decoding: try errors.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    #expect(text.contains("a file was cut short while it was read"))
    try input.fileHandleForWriting.close()
  }

  @Test func `an import that runs out of room says so and leaves nothing`() throws {
    for blocks in Self.isLong ? Array(stride(from: 8, through: 480, by: 8)) : [64, 200, 400] {
      let path = try fresh()
      // A limit on the size of files stands for a disk that is full.
      let outcome = try clew.run(
        URL(filePath: "/bin/bash"),
        [
          "-c", "trap '' XFSZ; ulimit -f \(blocks); exec \"$0\" import \"$1\" \"$2\"",
          ClewProcess.program.path, path, harbour,
        ])
      let isWhole = try check(path)
      #expect(isWhole == (outcome.status == 0), "\(blocks): \(outcome.errors)")
      if !isWhole {
        #expect(outcome.status == 74, "\(outcome.errors)")
        #expect(outcome.errors.contains("x.case"))
      }
    }
  }

  @Test func `two writers and a reader at once lose nothing`() throws {
    let path = try fresh()
    try clew.write("id,name\n1,Ann\n2,Bo\n", to: "people.csv")
    let processes = try [[harbour], ["people.csv", "--source", "list"]].map { files in
      let process = Process()
      process.executableURL = ClewProcess.program
      process.arguments = ["import", path] + files
      process.currentDirectoryURL = clew.folder
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      return process
    }
    while processes.contains(where: \.isRunning) {
      let shown = try clew("show", path)
      #expect(shown.status == 0 || shown.errors.contains("another program has been writing"))
    }
    for process in processes { #expect(process.terminationStatus == 0) }
    let store = try CaseStore(path)
    #expect(try store.verify() == [])
    #expect(try store.batches().count == 2)
  }

  @Test func `a case on media that cannot be written opens, and refuses a change in words`() throws
  {
    let path = try fresh()
    #expect(try clew("import", path, harbour).status == 0)
    let attributes: [FileAttributeKey: Any] = [.posixPermissions: 0o444]
    try FileManager.default.setAttributes(attributes, ofItemAtPath: path)
    #expect(try clew("show", path).status == 0)
    #expect(try clew("find", path, "loosveldt").status == 0)
    // Root writes whatever the mode says.
    guard geteuid() != 0 else { return }
    let refused = try clew("view", "save", path, "v", "--as-of", "2024")
    #expect(refused.status == 74 && refused.errors.contains("may not be written"))
  }

  /// Whether this process may mount a disk of its own.
  private static let mayMount: Bool = {
    guard let clew = try? ClewProcess() else { return false }
    let outcome = try? clew.run(
      URL(filePath: "/usr/bin/unshare"), ["-m", "mount", "-t", "tmpfs", "none", "/mnt"])
    return outcome?.status == 0
  }()

  @Test(.enabled(if: mayMount, "no disk can be mounted here"))
  func `a disk that is full refuses the import and keeps the case`() throws {
    for kilobytes in Self.isLong
      ? Array(stride(from: 200, through: 2_000, by: 60)) : [240, 500, 900]
    {
      let path = try fresh()
      let outcome = try clew.run(
        URL(filePath: "/usr/bin/unshare"),
        [
          "-m", "/bin/bash", "-c",
          """
          mount -t tmpfs -o size=\(kilobytes)k none /mnt && cp "$1" /mnt/x.case || exit 90
          "$0" import /mnt/x.case "$2"; status=$?
          cp /mnt/x.case "$1"; ls -A /mnt | tr '\\n' ' '; exit $status
          """, ClewProcess.program.path, path, harbour,
        ])
      guard outcome.status != 90 else { continue }
      let isWhole = try check(path)
      #expect(isWhole == (outcome.status == 0), "\(kilobytes): \(outcome.errors)")
      // Nothing is left beside the case.
      #expect(outcome.output.hasSuffix("x.case "), "\(outcome.output.suffix(200))")
      if !isWhole {
        #expect(outcome.status == 74, "\(outcome.errors)")
        #expect(outcome.errors.contains("x.case"))
      }
    }
  }

  @Test(.enabled(if: mayMount, "no disk can be mounted here"))
  func `a case on a disk that may only be read is shown and not changed`() throws {
    let path = try fresh()
    #expect(try clew("import", path, harbour).status == 0)
    let bytes = try Data(contentsOf: URL(filePath: path))
    for (arguments, status) in [
      ("show x.case", Int32(0)), ("find x.case loosveldt", 0), ("log x.case --verify", 0),
      ("import x.case \(harbour)", 74), ("drop-source x.case surveillance --reason r", 74),
    ] {
      let outcome = try clew.run(
        URL(filePath: "/usr/bin/unshare"),
        [
          "-m", "/bin/bash", "-c",
          "mount --bind . . && mount -o remount,bind,ro . && cd \"$PWD\" && \"$0\" \(arguments)",
          ClewProcess.program.path,
        ])
      #expect(outcome.status == status, "\(arguments): \(outcome.errors)")
      if status != 0 { #expect(outcome.errors.contains("x.case"), "\(outcome.errors)") }
      #expect(!outcome.errors.contains("SQLite"), "\(outcome.errors)")
    }
    #expect(try Data(contentsOf: URL(filePath: path)) == bytes)
  }
}
