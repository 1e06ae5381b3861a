// SPDX-License-Identifier: Apache-2.0

import Foundation
import Interchange
import Testing

@Suite struct WholeFileTests {
  private func withFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }

  private func mode(_ url: URL) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: url.path)[.posixPermissions] as? Int
  }

  @Test func `a new file is private and an old one keeps its mode and its link`() throws {
    try withFolder { (folder: URL) throws -> Void in
      let file = folder.appending(path: "out.csv")
      try WholeFile.write(Array("one".utf8), to: file.path)
      #expect(try mode(file) == 0o600)
      try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: file.path)
      let link = folder.appending(path: "link.csv")
      try FileManager.default.createSymbolicLink(at: link, withDestinationURL: file)
      try WholeFile.write(Array("two".utf8), to: link.path)
      #expect(try mode(file) == 0o640)
      #expect(try String(contentsOf: file, encoding: .utf8) == "two")
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link.path) == file.path)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 2)
    }
  }

  @Test func `a file that cannot be made says why and leaves nothing`() throws {
    try withFolder { (folder: URL) throws -> Void in
      #expect { try WholeFile.write([1], to: folder.path) } throws: {
        "\($0)".hasSuffix("cannot be written: it is a directory")
      }
      #expect { try WholeFile.write([1], to: folder.appending(path: "no/x").path) } throws: {
        "\($0)".hasSuffix("cannot be written: No such file or directory")
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }
  }

  @Test func `a device is written in place`() throws {
    try WholeFile.write(Array("x".utf8), to: "/dev/null")
    #expect(try mode(URL(filePath: "/dev/null")) != 0o600)
  }
}
