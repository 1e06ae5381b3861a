// SPDX-License-Identifier: Apache-2.0

internal import CaseModel
internal import Foundation

/// The zone in which the local times of a file are written: an offset, or a place whose clocks change.
///
/// A local time that a change of the clocks left out is refused. One that was twice is refused too,
/// unless the mapping says which of the two it means.
struct MappingZone: Sendable {
  /// Which of the two moments a local time means that was twice.
  enum Fold: String, Sendable {
    case earlier, later
  }

  /// What is wrong with a zone or with a time in it.
  struct Fault: Error {
    var what: String
    var expected: String?
    var advice: String?
  }

  private enum Kind: Sendable {
    case fixed(ZoneOffset)
    case named(TimeZone)
  }

  let name: String
  let fold: Fold?
  private let kind: Kind

  /// The zone of an offset such as `+01:00`, or of a name such as `Europe/Brussels`.
  ///
  /// - Throws: `Fault` when there is no such zone, or when this machine knows none by name.
  init(_ name: String, fold: Fold? = nil) throws(Fault) {
    self.name = name
    self.fold = fold
    if let offset = ZoneOffset(name) {
      guard fold == nil else {
        throw Fault(
          what: "'ambiguous' of the offset \(name)",
          expected: "a zone whose clocks change, such as Europe/Brussels")
      }
      kind = .fixed(offset)
      return
    }
    let isName =
      name.utf8.allSatisfy {
        (65...90).contains($0) || (97...122).contains($0) || (43...57).contains($0) || $0 == 95
      } && (name.utf8.contains(UInt8(ascii: "/")) || name == "UTC" || name == "GMT")
    guard isName, let zone = TimeZone(identifier: name) else {
      guard !isName || TimeZone(identifier: "Europe/London") != nil else {
        throw Fault(
          what: "the zone '\(name)' cannot be looked up, for this machine knows no time zones",
          expected: "the data of the IANA time zones",
          advice: "install the package tzdata, or write an offset such as +01:00")
      }
      let near = NearWord.nearest(to: name, in: TimeZone.knownTimeZoneIdentifiers.sorted())
      throw Fault(
        what: "the zone '\(name)'",
        expected: "an offset from UTC such as +01:00, or an IANA name such as Europe/Brussels",
        advice: near.map { "did you mean '\($0)'?" })
    }
    kind = .named(zone)
  }

  /// The offset, where it never changes.
  var fixedOffset: ZoneOffset? { if case .fixed(let offset) = kind { offset } else { nil } }

  /// The ISO text of a time with the offset of this zone, where it has a time and no offset.
  func completing(_ iso: String) -> Result<String, Fault> {
    switch kind {
    case .fixed(let offset): return .success(offset.completing(iso))
    case .named(let zone):
      guard let local = Self.localSeconds(iso) else { return .success(iso) }
      let (before, after) = Self.offsets(zone, around: local)
      let fits = [before, after].filter { zone.secondsFromGMT(for: Self.date(local - $0)) == $0 }
      guard let first = fits.first, let last = fits.last else {
        return .failure(
          Fault(
            what: "never was in \(name): the clocks went from \(Self.text(before)) to "
              + "\(Self.text(after)) then",
            expected: "a local time that was",
            advice: "if the clock of the system did not change, write its offset as the zone"))
      }
      guard first == last || fold != nil else {
        return .failure(
          Fault(
            what: "was twice in \(name), at \(Self.text(first)) and at \(Self.text(last))",
            expected: "a time that was once",
            advice: "say which is meant: zone: { name: \(name), ambiguous: earlier } or later"))
      }
      let offset = fold == .later ? last : first
      guard offset % 60 == 0 else {
        return .failure(
          Fault(
            what: "is of a time when the clocks of \(name) kept no whole minutes from UTC",
            expected: "a later time"))
      }
      return .success(iso + Self.text(offset))
    }
  }

  /// Whether a local time was twice.
  func isAmbiguous(_ iso: String) -> Bool {
    guard case .named(let zone) = kind, let local = Self.localSeconds(iso) else { return false }
    let (before, after) = Self.offsets(zone, around: local)
    return before > after
      && [before, after].allSatisfy { zone.secondsFromGMT(for: Self.date(local - $0)) == $0 }
  }

  // Seconds of a time without an offset, as though it were of UTC; nil for days and other texts.
  private static func localSeconds(_ iso: String) -> Int? {
    guard let mark = iso.utf8.firstIndex(where: { $0 == 84 || $0 == 32 }) else { return nil }
    guard !iso.utf8[mark...].contains(where: { $0 == 90 || $0 == 43 || $0 == 45 }) else {
      return nil
    }
    return PartialDate(iso + "Z").map { Int($0.earliest) / 1_000 }
  }

  // No zone changes its clocks twice within two days, or by more than a day.
  private static func offsets(_ zone: TimeZone, around local: Int) -> (before: Int, after: Int) {
    (
      zone.secondsFromGMT(for: date(local - 86_400)),
      zone.secondsFromGMT(for: date(local + 86_400))
    )
  }

  private static func date(_ seconds: Int) -> Date { Date(timeIntervalSince1970: Double(seconds)) }

  private static func text(_ offset: Int) -> String {
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let minutes = abs(offset) / 60
    return (offset < 0 ? "-" : "+") + two(minutes / 60) + ":" + two(minutes % 60)
  }
}
