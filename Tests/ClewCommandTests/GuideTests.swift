// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

struct GuideTests {
  @Test func `every command and option occurs in the command reference`() throws {
    let clew = try ClewProcess()
    let dump = try clew("--experimental-dump-help")
    let page = ClewProcess.package
      .appending(path: "Sources/Clew/Clew.docc/Guides/CommandReference.md")
    let text = try String(contentsOf: page, encoding: .utf8)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(dump.output.utf8)) as? [String: Any])
    let root = try #require(object["command"] as? [String: Any])
    var options = 0
    for command in root["subcommands"] as? [[String: Any]] ?? [] {
      let name = try #require(command["commandName"] as? String)
      if name == "help" || name == "__render" { continue }
      let parts = text.components(separatedBy: "\n## clew ")
      let section = try #require(
        parts.first { $0.hasPrefix(name + "\n") }, "clew \(name) is not in the guide")
      for argument in command["arguments"] as? [[String: Any]] ?? [] {
        for entry in argument["names"] as? [[String: Any]] ?? []
        where entry["kind"] as? String == "long" {
          let option = try #require(entry["name"] as? String)
          if ["help", "version"].contains(option) { continue }
          options += 1
          #expect(section.contains("--\(option)"), "clew \(name) --\(option) is not in the guide")
        }
      }
    }
    #expect(options > 100)
  }

  @Test func `the guide names every measure`() throws {
    let clew = try ClewProcess()
    let page = ClewProcess.package.appending(
      path: "Sources/Clew/Clew.docc/Guides/CentralityGuide.md")
    let text = try String(contentsOf: page, encoding: .utf8)
    for line in try clew("centrality", "--list").output.split(separator: "\n") {
      let word = try #require(line.split(separator: " ").first)
      #expect(text.contains("`\(word)`"), "\(word) is not in the guide")
    }
  }
}
