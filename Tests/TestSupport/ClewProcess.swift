// SPDX-License-Identifier: Apache-2.0

public import Foundation

/// Runs the built `clew` as a user would.
public struct ClewProcess: Sendable {
  /// What a run left behind.
  public struct Outcome: Sendable {
    /// The exit code; 128 + n after signal n.
    public let status: Int32
    /// Standard output.
    public let output: String
    /// Standard error.
    public let errors: String
  }

  /// The folder in which the command runs.
  public let folder: URL

  /// Makes a runner in a new empty folder.
  public init() throws {
    folder = try TemporaryFolder.make("test")
  }

  /// The program beside the test program.
  public static var program: URL {
    URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
      .appending(path: "clew")
  }

  /// The folder of the package.
  public static var package: URL {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
  }

  /// Writes a file into the folder of the run.
  public func write(_ text: String, to name: String) throws {
    try write(Data(text.utf8), to: name)
  }

  /// Writes bytes into the folder of the run.
  public func write(_ bytes: Data, to name: String) throws {
    let file = folder.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try bytes.write(to: file)
  }

  /// Reads a file in the folder of the run.
  public func read(_ name: String) throws -> Data {
    try Data(contentsOf: folder.appending(path: name))
  }

  /// The names of the files in the folder of the run, in alphabetical order.
  public func files() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  /// Runs `clew` with arguments and waits for it.
  public func callAsFunction(_ arguments: String..., input: String? = nil) throws -> Outcome {
    try run(Self.program, arguments, input: input)
  }

  /// Runs `clew` with a list of arguments and waits for it.
  public func callAsFunction(_ arguments: [String]) throws -> Outcome {
    try run(Self.program, arguments)
  }

  /// Runs a program with arguments in the folder and waits for it.
  public func run(
    _ program: URL, _ arguments: [String], input: String? = nil,
    environment: [String: String] = [:]
  ) throws -> Outcome {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    // Files rather than pipes: nothing blocks, however much is printed.
    let names = ["out", "err", "in"].map {
      FileManager.default.temporaryDirectory.appending(path: "clew-\($0)-\(UUID().uuidString)")
    }
    defer { for name in names { try? FileManager.default.removeItem(at: name) } }
    for name in names { try Data().write(to: name) }
    if let input { try Data(input.utf8).write(to: names[2]) }
    let output = try FileHandle(forWritingTo: names[0])
    let errors = try FileHandle(forWritingTo: names[1])
    process.standardOutput = output
    process.standardError = errors
    process.standardInput = try FileHandle(forReadingFrom: names[2])
    try process.run()
    process.waitUntilExit()
    try output.close()
    try errors.close()
    let status = process.terminationStatus
    return Outcome(
      status: process.terminationReason == .uncaughtSignal ? 128 + status : status,
      output: String(decoding: try Data(contentsOf: names[0]), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: names[1]), as: UTF8.self))
  }
}
