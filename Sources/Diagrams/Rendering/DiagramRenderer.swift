// SPDX-License-Identifier: Apache-2.0

/// Turns diagrams into pictures.
///
/// Layout, SVG and DOT are computed here. PDF and PNG are painted by Graphviz (its cairo part), in
/// this process or in a worker that can be stopped. All formats show the same drawing, and the same
/// diagram gives the same bytes each time.
public struct DiagramRenderer: Sendable {
  /// Where Graphviz runs.
  public enum Worker: Hashable, Sendable {
    /// In this process, one picture at a time; no limit holds, and the engines `fdp` and `osage` may
    /// give other places in another run.
    case inProcess
    /// In a process of its own, which must call `RenderWorker.main()`.
    case process(executable: String, arguments: [String])
  }

  /// How much work goes into the layout.
  public enum Effort: String, CaseIterable, Codable, Sendable {
    /// One layout, tidied briefly: for a look, and for tests.
    case draft
    /// Several layouts, of which the one with the fewest faults is drawn.
    case full
  }

  /// Where Graphviz runs.
  public var worker: Worker
  /// How much work goes into the layout.
  public var effort = Effort.full
  /// How long a worker may take before it is killed.
  public var timeLimit: Duration = .seconds(60)
  /// The most bytes of address space a worker may take.
  public var memoryLimit = 2 << 30
  /// The sheets that a PDF is cut into, with what neighbours share marked; nil for one page.
  public var tiles: Page.Format?
  /// The most pixels of a PNG.
  public static let pixelLimit = 150_000_000

  /// Creates a renderer.
  ///
  /// - Parameter worker: Where Graphviz runs.
  public init(worker: Worker = .inProcess) { self.worker = worker }

  /// The bytes of a picture, and where its nodes stand.
  ///
  /// - Parameters:
  ///   - diagram: What to draw.
  ///   - format: What to write it as.
  ///   - isMeasured: Whether to count what the chart does well and badly.
  /// - Returns: The bytes of a file; the places for the `pins` of a later diagram, nil where groups
  ///   stand for the nodes; and the figures, nil unless asked for.
  /// - Throws: `DiagramError` for a diagram that contradicts itself, a picture that is too large,
  ///   and a worker that fails or passes its deadline.
  public func draw(
    _ diagram: Diagram, as format: PictureFormat, isMeasured: Bool = false
  ) async throws(DiagramError) -> (
    bytes: [UInt8], places: DiagramPlaces?, figures: ChartFigures?
  ) {
    let chart = try await chart(of: diagram)
    return (
      try await bytes(of: chart, as: format), chart.places,
      isMeasured ? chart.figures() : nil
    )
  }

  private func bytes(
    of chart: Chart, as format: PictureFormat
  ) async throws(DiagramError) -> [UInt8] {
    guard let tiles, format == .pdf else { return try await draw(try prepare(chart, as: format)) }
    let tiling = PDFTiling(chart.diagram.page, onto: tiles)
    let drawing = tiling.extended(chart.drawing(), chart.diagram)
    return try tiling.split(try await draw(try prepare(drawing, as: .pdf)))
  }

  private func chart(of diagram: Diagram) async throws(DiagramError) -> Chart {
    try diagram.validate()
    var places: [Point]?
    if let request = layoutRequest(diagram) {
      switch worker {
      case .inProcess: places = try Graphviz.place(request)
      case .process(let executable, let arguments):
        let answer = try await WorkerProcess(
          executable: executable, arguments: arguments, deadline: timeLimit
        ).answer(request.bytes)
        places = request.places(from: answer)
        if places == nil { throw .workerFailed("it gave no places for the nodes") }
      }
    }
    return Chart(diagram, effort: effort, places: places)
  }

  /// The bytes of a picture that is drawn already.
  func render(
    _ drawing: Drawing, as format: PictureFormat
  ) async throws(DiagramError) -> [UInt8] {
    try await draw(try prepare(drawing, as: format))
  }

  private func draw(_ prepared: Prepared) async throws(DiagramError) -> [UInt8] {
    switch prepared {
    case .done(let bytes): return bytes
    case .request(let request):
      switch worker {
      case .inProcess: return try Graphviz.draw(request)
      case .process(let executable, let arguments):
        return try await WorkerProcess(
          executable: executable, arguments: arguments, deadline: timeLimit
        ).answer(request.bytes)
      }
    }
  }

  /// The bytes of a picture, drawn in this process whatever `worker` says.
  ///
  /// - Parameters:
  ///   - diagram: What to draw.
  ///   - format: What to write it as.
  /// - Returns: The bytes of a file.
  /// - Throws: `DiagramError` for a diagram that contradicts itself and a picture that is too large.
  public func renderInProcess(
    _ diagram: Diagram, as format: PictureFormat
  ) throws(DiagramError) -> [UInt8] {
    try diagram.validate()
    let places: [Point]? =
      if let request = layoutRequest(diagram) { try Graphviz.place(request) } else { nil }
    let chart = Chart(diagram, effort: effort, places: places)
    return switch try prepare(chart, as: format) {
    case .done(let bytes): bytes
    case .request(let request): try Graphviz.draw(request)
    }
  }

  // What an engine is to place; nil where the layout is the chart's own, or there is nothing to place.
  private func layoutRequest(_ diagram: Diagram) -> LayoutRequest? {
    guard diagram.layout != .automatic, !diagram.nodes.isEmpty else { return nil }
    return Chart.layoutRequest(
      diagram, memoryLimit: memoryLimit, seconds: Int(timeLimit.components.seconds) + 1)
  }

  private enum Prepared {
    case done([UInt8])
    case request(RenderRequest)
  }

  private func prepare(
    _ chart: Chart, as format: PictureFormat
  ) throws(DiagramError) -> Prepared {
    if case .dot = format { return .done(DOTWriter.bytes(of: chart)) }
    return try prepare(chart.drawing(), as: format)
  }

  private func prepare(
    _ drawing: Drawing, as format: PictureFormat
  ) throws(DiagramError) -> Prepared {
    switch format {
    case .svg: return .done(SVGWriter.bytes(of: drawing))
    case .dot: throw .tooLarge("DOT holds networks; take svg, pdf or png")
    case .pdf: return .request(request(drawing, output: .pdf, dpi: 72))
    case .png(let dpi):
      let scale = Double(dpi) / 72
      guard (10...2400).contains(dpi),
        drawing.width * scale * drawing.height * scale <= Double(Self.pixelLimit),
        max(drawing.width, drawing.height) * scale <= 32_000
      else {
        throw .tooLarge(
          "\(dpi) dots to the inch on \(Int(drawing.width)) by \(Int(drawing.height)) points; "
            + "take 10 to 2400 and at most \(Self.pixelLimit / 1_000_000) million pixels")
      }
      return .request(request(drawing, output: .png, dpi: dpi))
    }
  }

  private func request(
    _ drawing: Drawing, output: RenderRequest.Output, dpi: Int
  ) -> RenderRequest {
    RenderRequest(
      output: output, width: drawing.width, height: drawing.height, dpi: dpi,
      memoryLimit: memoryLimit, seconds: Int(timeLimit.components.seconds) + 1,
      operations: XdotWriter.bytes(of: drawing))
  }
}

extension Diagram: Picture {
  public func bytes(
    as format: PictureFormat, by renderer: DiagramRenderer
  ) async throws(DiagramError) -> [UInt8] {
    try await renderer.draw(self, as: format).bytes
  }
}
