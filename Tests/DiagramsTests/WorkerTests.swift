// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Diagrams

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

@Suite struct WorkerTests {
  /// The worker that the package builds beside its tests.
  static var worker: String? {
    let folder = CommandLine.arguments[0].split(separator: "/").dropLast()
    // The bundle of tests lies in the folder of products, or one below it.
    for count in 0...3 {
      let path = "/" + folder.dropLast(count).joined(separator: "/") + "/diagram-worker"
      if FileManager.default.isExecutableFile(atPath: path) { return path }
    }
    return nil
  }

  private func renderer(_ executable: String, _ arguments: [String] = []) -> DiagramRenderer {
    var renderer = DiagramRenderer(worker: .process(executable: executable, arguments: arguments))
    renderer.effort = .draft
    return renderer
  }

  @Test func `a worker gives the bytes that this process gives`() async throws {
    let worker = try #require(Self.worker)
    let diagram = Samples.network(groups: 2, size: 5)
    for format in [PictureFormat.pdf, .png(dpi: 40)] {
      let here = try renderer(worker).renderInProcess(diagram, as: format)
      #expect(try await renderer(worker).render(diagram, as: format) == here)
    }
  }

  // The program would sleep for ten minutes: to wait for it fails the test.
  @Test(.timeLimit(.minutes(5)))
  func `a worker past its deadline is killed and named`() async throws {
    var late = renderer("/bin/sleep", ["600"])
    late.timeLimit = .milliseconds(300)
    await #expect(throws: DiagramError.timedOut(seconds: 0.3)) {
      try await late.render(Diagram(title: "Late"), as: .pdf)
    }
  }

  @Test func `a worker that fails or is not there is an error with its words`() async throws {
    await #expect(throws: DiagramError.self) {
      try await renderer("/no/such/program").render(Diagram(title: "None"), as: .pdf)
    }
    await #expect(throws: DiagramError.workerFailed("it ended with code 1")) {
      try await renderer("/bin/false").render(Diagram(title: "False"), as: .pdf)
    }
    await #expect(throws: DiagramError.workerFailed("it ended with code 0")) {
      try await renderer("/bin/true").render(Diagram(title: "Empty"), as: .pdf)
    }
  }

  @Test func `a worker keeps to its memory`() async throws {
    let worker = try #require(Self.worker)
    var small = renderer(worker)
    small.memoryLimit = 120 << 20
    await #expect(throws: DiagramError.self) {
      try await small.render(Samples.network(groups: 1, size: 3), as: .png(dpi: 600))
    }
  }

  @Test func `a request survives its wire form and anything else is refused`() {
    let request = RenderRequest(
      output: .png, width: 1191, height: 842.5, dpi: 150, memoryLimit: 1 << 30, seconds: 9,
      operations: Array("c 7 -#000000 \n".utf8))
    #expect(RenderRequest(bytes: request.bytes) == request)
    for text in [
      "", "\n", "clew-render-1 svg 1 1 72 1 1\n", "clew-render-1 png -1 1 72 1 1\n", "GET / \n",
    ] {
      #expect(RenderRequest(bytes: Array(text.utf8)) == nil)
    }
  }

  @Test func `the dates of a PDF are overwritten in place`() {
    let bytes = Array("<< /CreationDate (D:20261121093015-05'00) /Title (x) >>".utf8)
    let fixed = PDFDates.overwritten(in: bytes)
    #expect(
      String(decoding: fixed, as: UTF8.self)
        == "<< /CreationDate (D:20000101000000+00'00) /Title (x) >>")
  }
}
