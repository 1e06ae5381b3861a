// SPDX-License-Identifier: Apache-2.0

import Clew
import Foundation
import TestSupport
import Testing

/// The example of the README, compiled and run.
struct TenLinesTests {
  @Test func `ten lines open a case, rank, group and draw`() throws {
    let folder = try caseFolder()
    let previous = FileManager.default.currentDirectoryPath
    defer { _ = FileManager.default.changeCurrentDirectoryPath(previous) }
    #expect(FileManager.default.changeCurrentDirectoryPath(folder.path))

    // README: begin
    let workbench = try Workbench("harbour.case")
    let network = try workbench.network(ViewRequest(asOf: "2024-06-30", lowestGrade: "C3"))
    let betweenness = try network.scores(Betweenness())
    for place in network.ranking(of: betweenness).prefix(3) {
      print(place.rank, network.label(of: place.node), place.score)
    }
    let groups = try network.communities(Leiden(seed: 1)).partition
    let chart = network.diagram(title: "Harbour", size: betweenness, groups: groups)
    try chart.write(to: "harbour.svg")
    // README: end

    let places = betweenness.ranking()
    #expect(places.count > 50)
    #expect(groups.groupCount > 3)
    let svg = try String(contentsOf: folder.appending(path: "harbour.svg"), encoding: .utf8)
    #expect(svg.contains("<svg") && svg.contains(network.label(of: places[0].node)))
  }

  @Test func `the README and the guide show the lines that are tested`() throws {
    let own = try String(contentsOf: URL(filePath: #filePath), encoding: .utf8)
    let lines = own.components(separatedBy: "\n").map {
      $0.hasPrefix("    ") ? String($0.dropFirst(4)) : $0
    }
    let start = try #require(lines.firstIndex(of: "// README: begin"))
    let end = try #require(lines.firstIndex(of: "// README: end"))
    let example = lines[(start + 1)..<end].joined(separator: "\n")
    for page in ["README.md", "Sources/Clew/Clew.docc/Guides/FromSwift.md"] {
      let text = try String(
        contentsOf: ClewProcess.package.appending(path: page), encoding: .utf8)
      #expect(text.contains("import Clew\n\n" + example), "\(page) shows other lines")
    }
  }

  private func caseFolder() throws -> URL {
    let folder = try ClewProcess().folder
    let store = try CaseStore.create(folder.appending(path: "harbour.case").path)
    _ = try store.importTables(
      TableImportRequest(
        paths: [ClewProcess.package.appending(path: "datasets/harbour").path]))
    return folder
  }
}
