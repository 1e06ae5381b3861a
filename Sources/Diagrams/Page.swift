// SPDX-License-Identifier: Apache-2.0

/// The sheet a diagram is drawn on.
public struct Page: Hashable, Codable, Sendable {
  /// The size of a sheet of the ISO 216 series.
  public enum Format: String, CaseIterable, Codable, Sendable { case a4, a3, a2, a1, a0 }
  /// Which edge of the sheet lies at the bottom.
  public enum Orientation: String, CaseIterable, Codable, Sendable { case landscape, portrait }

  /// The size of the sheet.
  public var format: Format
  /// Which edge lies at the bottom.
  public var orientation: Orientation

  /// A3 with the long edge at the bottom, the default.
  public static let a3Landscape = Page(.a3, .landscape)

  /// Creates a page.
  ///
  /// - Parameters:
  ///   - format: The size of the sheet.
  ///   - orientation: Which edge lies at the bottom.
  public init(_ format: Format, _ orientation: Orientation = .landscape) {
    self.format = format
    self.orientation = orientation
  }

  /// The width in points (1/72 inch).
  public var width: Double { orientation == .landscape ? long : short }
  /// The height in points.
  public var height: Double { orientation == .landscape ? short : long }

  private var long: Double {
    switch format {
    case .a4: 842
    case .a3: 1191
    case .a2: 1684
    case .a1: 2384
    case .a0: 3370
    }
  }
  private var short: Double {
    switch format {
    case .a4: 595
    case .a3: 842
    case .a2: 1191
    case .a1: 1684
    case .a0: 2384
    }
  }
}
