// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

/// The first notebook, executed again on what the command line writes now.
struct NotebookTests {
  private static let python = ProcessInfo.processInfo.environment["CLEW_PYTHON"]

  @Test(
    .enabled(
      if: python != nil,
      "Python with tools/requirements.txt is absent (tools/test prepares it and sets CLEW_PYTHON)"))
  func `the notebook runs and networkx finds the same numbers`() throws {
    let clew = try ClewProcess()
    let package = ClewProcess.package
    _ = try clew("new", "harbour.case")
    #expect(
      try clew("import", "harbour.case", package.appending(path: "datasets/harbour").path).status
        == 0)
    for format in ["csv", "json"] {
      let outcome = try clew(
        "centrality", "harbour.case", "--measure",
        "betweenness,degree,closeness,eigenvector,pagerank",
        "-o", "centrality.\(format)")
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(try clew("communities", "harbour.case", "-o", "communities.\(format)").status == 0)
    }
    #expect(try clew("export", "harbour.case", "-o", "network.graphml").status == 0)
    let outcome = try clew.run(
      URL(filePath: Self.python ?? ""),
      [
        package.appending(path: "tools/notebook/build.py").path, "--demo", clew.folder.path,
        "--output", clew.folder.appending(path: "first-look.ipynb").path,
      ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let notebook = String(decoding: try clew.read("first-look.ipynb"), as: UTF8.self)
    #expect(notebook.contains("largest difference below 1e-9"))
    let committed = package.appending(path: "notebooks-export/first-look.ipynb")
    #expect(FileManager.default.fileExists(atPath: committed.path))
  }
}
