// SPDX-License-Identifier: Apache-2.0

/// A stretch of time whose ends may be partial dates or open.
///
/// The end belongs to the interval: one that ends `2019-03` lasts through March. An open end means
/// that no limit is known on that side.
public struct Interval: Hashable, Sendable, Codable {
  /// When it begins; nil where no beginning is known.
  public var start: PartialDate?
  /// When it ends; nil where no end is known.
  public var end: PartialDate?

  /// Creates an interval.
  public init(start: PartialDate? = nil, end: PartialDate? = nil) {
    self.start = start
    self.end = end
  }

  /// The interval that one date spans, such as the whole of `2019-03`.
  public init(_ date: PartialDate) { self.init(start: date, end: date) }

  /// The first instant, in milliseconds since 1970; `Int64.min` when the start is open.
  public var earliest: Int64 { start?.earliest ?? .min }

  /// The first instant after it, in milliseconds since 1970; `Int64.max` when the end is open.
  public var latest: Int64 { end?.latest ?? .max }

  /// Whether neither end is known, so that the interval says nothing.
  public var isUnbounded: Bool { start == nil && end == nil }

  /// Whether it ends before it begins, which is a mistake in the data.
  public var isReversed: Bool { latest <= earliest }

  /// Whether some instant that `date` can mean lies within.
  public func overlaps(_ date: PartialDate) -> Bool {
    earliest < date.latest && date.earliest < latest
  }

  /// Whether the two intervals have an instant in common.
  public func overlaps(_ other: Interval) -> Bool {
    earliest < other.latest && other.earliest < latest
  }
}

extension Interval: CustomStringConvertible {
  /// The interval as `start – end`, with `…` for an open end; one date where both are the same.
  public var description: String {
    if let start, start == end { return start.text }
    return (start?.text ?? "…") + " – " + (end?.text ?? "…")
  }
}
