// SPDX-License-Identifier: Apache-2.0

/// Why a diagram could not be drawn.
public enum DiagramError: Error, Hashable, Sendable {
  /// The diagram contradicts itself, such as an edge to a node that is not there.
  case invalid(String)
  /// The picture asked for is larger than what can be drawn.
  case tooLarge(String)
  /// The rendering library refused, with its messages.
  case renderingFailed(String)
  /// The worker passed its deadline and was stopped.
  case timedOut(seconds: Double)
  /// The worker ended without a picture: its end and its messages.
  case workerFailed(String)
  /// A layout was cancelled before it was done.
  case cancelled
}

extension DiagramError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .invalid(let what): "The diagram cannot be drawn: \(what)."
    case .tooLarge(let what): "The picture would be too large: \(what)."
    case .renderingFailed(let what): "Graphviz could not draw the picture: \(what)."
    case .timedOut(let seconds):
      "Drawing took longer than \(seconds) s and was stopped; draw fewer nodes or raise the limit."
    case .cancelled: "The layout was cancelled before it was done."
    case .workerFailed(let what): "The process that draws ended without a picture: \(what)."
    }
  }
}
