// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// Programs of others in Python, where CLEW_PYTHON names an interpreter that has them.
enum PythonOracle {
  static let path = ProcessInfo.processInfo.environment["CLEW_PYTHON"]

  // Scripts have no way to the network.
  private static let offline = """
    import socket
    def _refuse(*a, **k): raise OSError("tests do not reach the network")
    socket.getaddrinfo = _refuse
    socket.socket.connect = _refuse

    """

  /// What a script prints; a script that fails is an error, since the interpreter is there.
  @discardableResult
  static func run(_ script: String, _ arguments: [String], in folder: URL) throws -> Data {
    let process = Process()
    process.executableURL = URL(filePath: try #require(Self.path))
    process.arguments = ["-c", offline + script] + arguments
    process.currentDirectoryURL = folder
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "the script in Python failed")
    return output
  }

  /// A new folder for files of a test.
  static func makeFolder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "clew-oracle-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  /// What a script prints as JSON about files that are written for it; their paths are its arguments.
  static func answer(
    _ script: String, _ files: [(name: String, bytes: [UInt8])]
  ) throws -> [String: Any] {
    let folder = try makeFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    var paths: [String] = []
    for file in files {
      let path = folder.appending(path: file.name)
      try Data(file.bytes).write(to: path)
      paths.append(path.path)
    }
    let output = try run(script, paths, in: folder)
    return try #require(try JSONSerialization.jsonObject(with: output) as? [String: Any])
  }
}

/// A file that is to be refused, and what the refusal must say.
struct BrokenFile: Sendable, CustomTestStringConvertible {
  let name: String
  let text: String
  let words: [String]
  var testDescription: String { name }

  init(_ name: String, _ text: String, _ words: String...) {
    (self.name, self.text, self.words) = (name, text, words)
  }
}
