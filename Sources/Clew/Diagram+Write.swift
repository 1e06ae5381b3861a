// SPDX-License-Identifier: Apache-2.0

public import Diagrams
internal import Interchange

extension Diagram {
  /// Draws the diagram and writes it to a file, whole or not at all.
  ///
  /// The suffix says the format: `svg`, `pdf`, `png` or `dot`. The picture is drawn in this process.
  ///
  /// - Throws: `ClewError` when the suffix is of no picture, when it cannot be drawn, or when the
  ///   file cannot be written.
  public func write(to path: String) throws(ClewError) {
    let suffix = path.lastIndex(of: ".").map { String(path[path.index(after: $0)...]) } ?? ""
    guard let format = PictureFormat(fileExtension: suffix) else {
      throw .usage("\(path): the suffix names no picture; expected svg, pdf, png or dot")
    }
    do {
      try Output.write(try DiagramRenderer().renderInProcess(self, as: format), to: path)
    } catch {
      throw ClewError(error)
    }
  }

  /// Draws the diagram as bytes, and says where its nodes stand.
  ///
  /// - Parameters:
  ///   - format: what the bytes are.
  ///   - worker: where the drawing library runs.
  ///   - isMeasured: whether to count what the chart does well and badly.
  ///   - tiles: the sheets that a PDF is cut into; nil for one page.
  /// - Returns: the bytes; the places for the `pins` of a later chart, nil where groups stand for the
  ///   entities; and the figures, nil unless asked for.
  /// - Throws: `ClewError` when it cannot be drawn.
  public func drawn(
    as format: PictureFormat, by worker: DiagramRenderer.Worker = .inProcess,
    isMeasured: Bool = false, tiles: Page.Format? = nil
  ) async throws(ClewError) -> (bytes: [UInt8], places: DiagramPlaces?, figures: ChartFigures?) {
    do {
      var renderer = DiagramRenderer(worker: worker)
      renderer.tiles = tiles
      return try await renderer.draw(self, as: format, isMeasured: isMeasured)
    } catch {
      throw ClewError(error)
    }
  }
}

extension Picture {
  /// Draws the picture as bytes.
  ///
  /// - Parameters:
  ///   - format: what they are.
  ///   - worker: where the drawing library runs.
  /// - Returns: the bytes.
  /// - Throws: `ClewError` when it cannot be drawn.
  public func rendered(
    as format: PictureFormat, by worker: DiagramRenderer.Worker = .inProcess
  ) async throws(ClewError) -> [UInt8] {
    do {
      return try await DiagramRenderer(worker: worker).render(self, as: format)
    } catch {
      throw ClewError(error)
    }
  }
}
