// SPDX-License-Identifier: Apache-2.0

internal import CGraphvizRender
internal import Synchronization

/// Graphviz as a library, entered by one thread at a time because it keeps globals.
enum Graphviz {
  private static let gate = Mutex(())

  /// Draws a request in this process.
  static func draw(_ request: RenderRequest) throws(DiagramError) -> [UInt8] {
    let result = gate.withLock { _ in drawUnguarded(request) }
    return try result.get()
  }

  /// Places the nodes of a request in this process, y downwards.
  static func place(_ request: LayoutRequest) throws(DiagramError) -> [Point] {
    let result = gate.withLock { _ in placeUnguarded(request) }
    return try result.get()
  }

  private static func placeUnguarded(
    _ request: LayoutRequest
  ) -> Result<[Point], DiagramError> {
    var messages = [CChar](repeating: 0, count: 2048)
    var places = [Double](repeating: 0, count: 2 * request.nodes.count)
    let (count, capacity) = (request.nodes.count, messages.count)
    let status = unsafe clew_place(
      request.graph, request.engine.rawValue, count, &places, &messages, capacity)
    guard status == CLEW_RENDER_OK, places.allSatisfy(\.isFinite) else {
      return .failure(failure(status, messages))
    }
    return .success((0..<count).map { Point(x: places[2 * $0], y: -places[2 * $0 + 1]) })
  }

  private static func failure(_ status: clew_render_status, _ messages: [CChar]) -> DiagramError {
    let said = messages.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    let text = LabelText.clean(String(decoding: said, as: UTF8.self))
    return .renderingFailed(text.isEmpty ? stage(status) : text)
  }

  private static func drawUnguarded(_ request: RenderRequest) -> Result<[UInt8], DiagramError> {
    var messages = [CChar](repeating: 0, count: 2048)
    let operations = request.operations + [0]
    var bytes: UnsafeMutablePointer<CChar>? = nil
    var length = 0
    let capacity = messages.count
    // The four buffers live through the call; the library copies what it keeps.
    let status = unsafe operations.withUnsafeBufferPointer { raw in
      unsafe raw.withMemoryRebound(to: CChar.self) { text in
        unsafe clew_render(
          request.graph, text.baseAddress, formatName(request.output), &bytes, &length, &messages,
          capacity)
      }
    }
    defer { unsafe clew_render_free(bytes) }
    guard status == CLEW_RENDER_OK, let start = unsafe bytes else {
      return .failure(failure(status, messages))
    }
    let picture = unsafe UnsafeRawBufferPointer(start: start, count: length)
    let copy = unsafe [UInt8](picture)
    return .success(request.output == .pdf ? PDFDates.overwritten(in: copy) : copy)
  }

  private static func formatName(_ output: RenderRequest.Output) -> String {
    switch output {
    case .pdf: "pdf:cairo"
    case .png: "png:cairo"
    }
  }

  private static func stage(_ status: clew_render_status) -> String {
    switch status {
    case CLEW_RENDER_PARSE: "it did not accept the graph"
    case CLEW_RENDER_LAYOUT: "it could not place the graph"
    case CLEW_RENDER_CONTEXT: "it could not be started"
    default: "it gave no picture, perhaps for want of memory"
    }
  }
}
