// SPDX-License-Identifier: Apache-2.0

/// Where in a source something is said: a file and the row, column, page or element in it.
public struct Locator: Hashable, Sendable, Codable {
  /// The file's name, without its folder; nil for what was entered by hand.
  public var file: String?
  /// The physical line, from 1.
  public var line: Int?
  /// The name of the column, the sheet and cell, the page or the element.
  public var place: String?

  /// Creates a locator.
  public init(file: String? = nil, line: Int? = nil, place: String? = nil) {
    self.file = file
    self.line = line
    self.place = place
  }
}

extension Locator: CustomStringConvertible {
  /// The locator as `file:line (place)`; "entered by hand" where there is no file.
  public var description: String {
    guard let file else { return "entered by hand" }
    return file + (line.map { ":\($0)" } ?? "") + (place.map { " (\($0))" } ?? "")
  }
}
