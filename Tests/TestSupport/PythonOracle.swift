// SPDX-License-Identifier: Apache-2.0

public import Foundation

/// The Python of the oracles: that which `CLEW_PYTHON` names, or else `python3`.
public enum PythonOracle {
  /// Whether some packages are there.
  public static func has(_ packages: String...) -> Bool {
    run("import " + packages.joined(separator: ", ")).output != nil
  }

  /// What a test says when it is skipped.
  public static func absence(_ packages: String) -> String {
    "Python with \(packages) is absent (set CLEW_PYTHON to one that has tools/requirements.txt)"
  }

  /// Runs a script without a way to the network.
  ///
  /// - Returns: what it printed, nil when it failed; and what it said of the failure.
  public static func run(
    _ script: String, _ arguments: String...
  ) -> (output: Data?, errors: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    let python = ProcessInfo.processInfo.environment["CLEW_PYTHON"] ?? "python3"
    let offline = """
      import socket
      def _refuse(*a, **k): raise OSError("tests do not reach the network")
      socket.getaddrinfo = _refuse
      socket.socket.connect = _refuse

      """
    process.arguments = [python, "-c", offline + script] + arguments
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    guard (try? process.run()) != nil else { return (nil, "no Python") }
    // What is said of failures is short: it fits the pipe while the output is read.
    let data = output.fileHandleForReading.readDataToEndOfFile()
    let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus == 0 ? data : nil, said)
  }

  /// Runs a script that prints JSON on a file of some bytes, which it finds as its first argument.
  ///
  /// - Throws: `Failure` with what the script said.
  public static func json(_ script: String, on bytes: [UInt8], suffix: String) throws -> Any {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).\(suffix)")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(bytes).write(to: file)
    let result = run(script, file.path)
    guard let output = result.output else { throw Failure(said: result.errors) }
    return try JSONSerialization.jsonObject(with: output, options: .fragmentsAllowed)
  }

  /// A script that failed.
  public struct Failure: Error {
    /// What it said.
    public let said: String
  }
}
