// SPDX-License-Identifier: Apache-2.0

/// The classes of strength that widths of lines show.
struct WidthScale: Hashable, Sendable {
  /// Where the second and later classes begin; empty where all weights are alike.
  let cuts: [Double]
  private let least: Double
  private let isCounted: Bool
  private let factor: Double

  /// Makes classes that stand about as far apart in ratio, at round numbers.
  init(weights: [Double], factor: Double = 1) {
    self.factor = factor
    let positive = weights.filter { $0 > 0 }
    guard let least = positive.min(), let most = positive.max(), most > least else {
      cuts = []
      least = 0
      isCounted = false
      return
    }
    let middle = (least * most).squareRoot()
    let candidates = [(least * middle).squareRoot(), middle, (middle * most).squareRoot()]
    var cuts: [Double] = []
    for cut in candidates.map(Self.round) where cut > least && cut <= most && cut > cuts.last ?? 0 {
      cuts.append(cut)
    }
    self.cuts = cuts.isEmpty ? [most] : cuts
    self.least = least
    isCounted =
      positive.allSatisfy { $0 == $0.rounded() } && self.cuts.allSatisfy { $0 == $0.rounded() }
  }

  /// The class of a weight, from 1.
  func level(_ weight: Double) -> Int { 1 + cuts.count { weight >= $0 } }

  /// The width of a line in points.
  func width(level: Int) -> Double { (0.7 + 0.55 * Double(level)) * factor }

  /// What each class holds, in words for the legend.
  var names: [String] {
    guard let first = cuts.first else { return [] }
    if isCounted {
      let starts = [least] + cuts
      return starts.indices.map { index in
        guard index + 1 < starts.count else { return "\(number(starts[index])) and more" }
        let last = starts[index + 1] - 1
        return last > starts[index] ? "\(number(starts[index]))–\(number(last))" : number(last)
      }
    }
    var names = ["under \(number(first))"]
    for (index, cut) in cuts.enumerated() {
      names.append(
        index + 1 < cuts.count
          ? "\(number(cut)) to under \(number(cuts[index + 1]))" : "\(number(cut)) and more")
    }
    return names
  }

  // To 1, 2 or 5 times a power of ten, whichever is nearest.
  private static func round(_ value: Double) -> Double {
    var power = 1.0
    while power * 10 <= value { power *= 10 }
    while power > value { power /= 10 }
    let share = value / power
    return power * (share < 1.5 ? 1 : share < 3.5 ? 2 : share < 7.5 ? 5 : 10)
  }
}

/// A number for a legend: whole where it is, else with three digits that count.
func number(_ value: Double) -> String {
  guard value.isFinite else { return "unbounded" }
  if value == value.rounded(), abs(value) < 1e15 {
    var digits = String(Int(abs(value)))
    var grouped = ""
    while digits.count > 3 {
      grouped = "\u{2009}" + digits.suffix(3) + grouped
      digits.removeLast(3)
    }
    return (value < 0 ? "−" : "") + digits + grouped
  }
  if abs(value) >= 100 { return number(value.rounded()) }
  if abs(value) < 0.001 { return "\(value)" }
  let scale = abs(value) >= 10 ? 10.0 : abs(value) >= 1 ? 100 : 1000
  let scaled = (value * scale).rounded() / scale
  return "\(scaled)"
}
