// SPDX-License-Identifier: Apache-2.0

/// What `DiagramRenderer` draws: a link chart, a timeline, a map, a matrix and their like.
public protocol Picture: Sendable {
  /// The bytes of the file that shows it.
  ///
  /// - Parameters:
  ///   - format: What to write it as; only a link chart can be DOT.
  ///   - renderer: What draws it.
  /// - Returns: The bytes of a file.
  /// - Throws: `DiagramError` for a picture that contradicts itself or is too large, and for a worker that
  ///   fails or passes its deadline.
  func bytes(
    as format: PictureFormat, by renderer: DiagramRenderer
  ) async throws(DiagramError) -> [UInt8]
}

extension DiagramRenderer {
  /// The bytes of a picture.
  ///
  /// - Parameters:
  ///   - picture: What to draw.
  ///   - format: What to write it as; only a link chart can be DOT.
  /// - Returns: The bytes of a file.
  /// - Throws: `DiagramError` for a picture that contradicts itself or is too large, and for a worker that
  ///   fails or passes its deadline.
  public func render(
    _ picture: some Picture, as format: PictureFormat
  ) async throws(DiagramError) -> [UInt8] {
    try await picture.bytes(as: format, by: self)
  }
}
