// SPDX-License-Identifier: Apache-2.0

/// What a diagram is written as.
public enum PictureFormat: Hashable, Sendable {
  /// Scalable vector graphics, self-contained, with the text as text.
  case svg
  /// One page of PDF with its fonts embedded.
  case pdf
  /// A raster of so many dots to the inch.
  case png(dpi: Int)
  /// Graphviz's language with the positions found, to go on drawing in another tool.
  case dot

  /// A raster of 150 dots to the inch.
  public static let png = PictureFormat.png(dpi: 150)

  /// The format that a file's extension stands for, or nil.
  public init?(fileExtension: String) {
    switch fileExtension.lowercased() {
    case "svg": self = .svg
    case "pdf": self = .pdf
    case "png": self = .png
    case "dot", "gv": self = .dot
    default: return nil
    }
  }
}
