// SPDX-License-Identifier: Apache-2.0

internal import CaseModel

/// The times of a GEXF graph: in which form they are, and whether each keeps to it.
///
/// The words themselves stay as they are. A graph that does not say its form is not held to one.
struct GEXFTimes {
  private enum Form {
    case number, date
  }

  private var form: Form?

  /// Times of no stated form.
  init() {}

  /// Takes the attribute `timeformat` of a graph and reports one that there is none of.
  init(format: String?, _ builder: inout DocumentBuilder, _ place: TextPlace) {
    switch format?.lowercased() {
    case nil: break
    case "double", "integer", "float", "long": form = .number
    case "date", "datetime": form = .date
    case .some:
      builder.report(
        place, "the timeformat “\(format ?? "")”", expected: "date, dateTime, double or integer")
    }
  }

  /// Reports the times of an element that are none, and remarks on those that end before they begin.
  func check(_ element: XMLElement, _ builder: inout DocumentBuilder, _ place: TextPlace) {
    guard let form else { return }
    let starts = ["start", "startopen"].compactMap { element[$0] }
    let ends = ["end", "endopen"].compactMap { element[$0] }
    let stamp = element["timestamp"].map { [$0] } ?? []
    for text in starts + ends + stamp where bound(text, form) == nil {
      builder.report(
        place, "the time “\(text)”",
        expected: form == .number ? "a number, as timeformat says" : "a date such as 2024-03-04")
    }
    if let start = starts.first.flatMap({ bound($0, form) }),
      let end = ends.first.flatMap({ bound($0, form, isEnd: true) }), end < start
    {
      builder.remark("times that end before they begin are kept as they stand")
    }
  }

  // The moment as a number to compare; nil for what is no time.
  private func bound(_ text: String, _ form: Form, isEnd: Bool = false) -> Double? {
    switch form {
    case .number:
      switch text.lowercased() {
      case "infinity", "inf", "+infinity": return .infinity
      case "-infinity", "-inf": return -.infinity
      default: return CellNumber(text)?.value
      }
    case .date:
      guard let date = PartialDate(text) else { return nil }
      return Double(isEnd ? date.latest : date.earliest)
    }
  }
}
