// SPDX-License-Identifier: Apache-2.0

internal import CGraphvizRender

/// The other side of `DiagramRenderer.Worker.process`: draws one request and ends.
public enum RenderWorker {
  /// Reads a request on standard input and writes the picture on standard output.
  ///
  /// It first takes on the limits the request states. A hidden subcommand calls it and nothing
  /// else: `exit(RenderWorker.main())`.
  ///
  /// - Returns: 0, or 1 after a message on standard error.
  public static func main() -> Int32 {
    let input = readInput()
    if let request = LayoutRequest(bytes: input) { return place(request) }
    guard let request = RenderRequest(bytes: input) else {
      return fail("this is an internal command: it draws what another clew sends it")
    }
    let error = clew_limit_process(request.memoryLimit, UInt32(request.seconds))
    guard error == 0 else { return fail("the limits could not be set (error \(error))") }
    do {
      return write(try Graphviz.draw(request), to: 1)
    } catch {
      return fail(error.description)
    }
  }

  private static func place(_ request: LayoutRequest) -> Int32 {
    let error = clew_limit_process(request.memoryLimit, UInt32(request.seconds))
    guard error == 0 else { return fail("the limits could not be set (error \(error))") }
    do {
      return write(LayoutRequest.answer(try Graphviz.place(request)), to: 1)
    } catch {
      return fail(error.description)
    }
  }

  private static func readInput() -> [UInt8] {
    var length = 0
    guard let start = unsafe clew_read_input(RenderRequest.byteLimit, &length) else { return [] }
    // The process ends after one request, so the buffer is not freed.
    return unsafe [UInt8](UnsafeRawBufferPointer(start: start, count: length))
  }

  private static func fail(_ message: String) -> Int32 {
    _ = write(Array((message + "\n").utf8), to: 2)
    return 1
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
    unsafe bytes.withUnsafeBytes { raw in
      let start = unsafe raw.bindMemory(to: CChar.self)
      return unsafe clew_write_all(descriptor, start.baseAddress, raw.count) == 0 ? 0 : 1
    }
  }
}
