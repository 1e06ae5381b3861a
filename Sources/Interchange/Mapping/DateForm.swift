// SPDX-License-Identifier: Apache-2.0

internal import CaseModel

/// How the dates of a column are written, such as `dd/MM/yyyy` or `yyyyMMdd HH:mm`.
///
/// Letters: `yyyy` year (`[20]yy`: two digits, of the century in brackets), `MM` month (`MMM`: `Jan` … `Dec`,
/// in any case), `dd` day, `HH` hour of 24, `mm` minute, `ss` second, `SSS` fraction, `X` an offset such as `Z` or `+01:00`. One letter (`d/M/yyyy`) stands for one or two
/// digits. Everything else stands for itself. The form is declared and never guessed row by row.
public struct DateForm: Hashable, Sendable {
  /// The form as it was declared.
  public let pattern: String
  private let parts: [Part]
  private let century: String?

  private enum Part: Hashable, Sendable {
    case field(Field, width: Int)
    case literal(UInt8)
  }

  private enum Field: Int, Hashable, Sendable {
    case year, month, day, hour, minute, second, fraction, offset
  }

  /// Reads a form; nil when it does not say which date a text means.
  ///
  /// A form needs a year of four digits or with its century, and each unit needs the next larger one.
  public init?(_ pattern: String) {
    var parts: [Part] = []
    var seen: Set<Field> = []
    var bytes = Array(pattern.utf8)[...]
    var century: String?
    while let byte = bytes.first {
      if byte == UInt8(ascii: "["), bytes.count > 4, century == nil, !seen.contains(.year) {
        let digits = bytes.dropFirst().prefix(2)
        guard digits.allSatisfy({ (48...57).contains($0) }),
          bytes.dropFirst(3).starts(with: "]y".utf8)
        else { return nil }
        century = String(decoding: digits, as: UTF8.self)
        bytes = bytes.dropFirst(4)
        continue
      }
      let run = bytes.prefix { $0 == byte }.count
      let field: Field? =
        switch byte {
        case UInt8(ascii: "y"): .year
        case UInt8(ascii: "M"): .month
        case UInt8(ascii: "d"): .day
        case UInt8(ascii: "H"): .hour
        case UInt8(ascii: "m"): .minute
        case UInt8(ascii: "s"): .second
        case UInt8(ascii: "S"): .fraction
        case UInt8(ascii: "X"): .offset
        default: nil
        }
      guard let field else {
        // Other letters would be units that are not known; T is the one ISO 8601 puts in.
        let isLetter = (65...90).contains(byte) || (97...122).contains(byte)
        guard !isLetter || byte == UInt8(ascii: "T") else { return nil }
        parts.append(.literal(byte))
        bytes.removeFirst()
        continue
      }
      let isGoodWidth =
        switch field {
        case .year: run == (century == nil ? 4 : 2)
        case .month: run <= 3
        case .fraction: run <= 9
        case .offset: run == 1
        default: run <= 2
        }
      guard isGoodWidth, seen.insert(field).inserted else { return nil }
      parts.append(.field(field, width: run))
      bytes = bytes.dropFirst(run)
    }
    guard seen.contains(.year) else { return nil }
    let chain: [Field] = [.year, .month, .day, .hour, .minute, .second, .fraction]
    for (larger, smaller) in zip(chain, chain.dropFirst()) where seen.contains(smaller) {
      guard seen.contains(larger) else { return nil }
    }
    guard !seen.contains(.offset) || seen.contains(.hour) else { return nil }
    self.pattern = pattern
    self.parts = parts
    self.century = century
  }

  /// A unit or a character at a fixed place.
  enum FixedField: Hashable, Sendable {
    /// The unit (0 is the year, 5 the second), where it begins, and how many digits it has.
    case unit(Int, at: Int, width: Int)
    case literal(UInt8, at: Int)
  }

  /// The places of units and characters; nil when they vary, or when there is more than seconds.
  var fixedFields: (fields: [FixedField], length: Int)? {
    var fields: [FixedField] = []
    var at = 0
    for part in parts {
      switch part {
      case .literal(let byte):
        fields.append(.literal(byte, at: at))
        at += 1
      case .field(let field, let width):
        guard field.rawValue <= Field.second.rawValue, width == (field == .year ? 4 : 2) else {
          return nil
        }
        fields.append(.unit(field.rawValue, at: at, width: width))
        at += width
      }
    }
    return (fields, at)
  }

  /// The date of a text in the form of ISO 8601; nil when the text has another form.
  ///
  /// Whether there is such a day is for `PartialDate` to say.
  func iso(_ text: String) -> String? {
    var bytes = Array(text.utf8)[...]
    var found = [String?](repeating: nil, count: 8)
    for part in parts {
      switch part {
      case .literal(let byte):
        guard bytes.first == byte else { return nil }
        bytes.removeFirst()
      case .field(.offset, _):
        found[Field.offset.rawValue] = String(decoding: bytes, as: UTF8.self)
        guard bytes.count <= 6 else { return nil }
        bytes = []
      case .field(.month, 3):
        guard let month = Self.month(bytes.prefix(3)) else { return nil }
        found[Field.month.rawValue] = month
        bytes = bytes.dropFirst(3)
      case .field(.year, 2):
        let digits = bytes.prefix(2)
        guard digits.count == 2, digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
        found[Field.year.rawValue] = (century ?? "") + String(decoding: digits, as: UTF8.self)
        bytes = bytes.dropFirst(2)
      case .field(let field, let width):
        let most = field == .fraction ? 9 : max(width, field == .year ? 4 : 2)
        let digits = bytes.prefix(width == 1 || field == .fraction ? most : width)
          .prefix { (48...57).contains($0) }
        guard digits.count >= (width == 1 || field == .fraction ? 1 : width) else { return nil }
        let text = String(decoding: digits, as: UTF8.self)
        found[field.rawValue] = digits.count == 1 && field != .fraction ? "0" + text : text
        bytes = bytes.dropFirst(digits.count)
      }
    }
    guard bytes.isEmpty else { return nil }
    var result = ""
    let leads = ["", "-", "-", "T", ":", ":", ".", ""]
    for (lead, value) in zip(leads, found) {
      if let value { result += lead + value }
    }
    return result
  }

  // The number of a month by the three letters of its English name.
  private static func month(_ letters: ArraySlice<UInt8>) -> String? {
    let names = [
      "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]
    let name = String(decoding: letters.map { $0 | 32 }, as: UTF8.self)
    guard let index = names.firstIndex(of: name) else { return nil }
    return index < 9 ? "0\(index + 1)" : "\(index + 1)"
  }
}

/// The difference of local time from UTC, such as `+01:00`.
struct ZoneOffset: Hashable, Sendable {
  let text: String

  init?(_ text: String) {
    guard text != "Z" else {
      self.text = text
      return
    }
    guard text.utf8.count == 6, PartialDate("2000-01-01T00:00" + text) != nil else { return nil }
    self.text = text
  }

  /// The ISO text of a time with this offset, where it has a time and no offset of its own.
  func completing(_ iso: String) -> String {
    guard let mark = iso.utf8.firstIndex(where: { $0 == 84 || $0 == 32 }) else { return iso }
    let time = iso.utf8[mark...]
    guard !time.contains(where: { $0 == 90 || $0 == 43 || $0 == 45 }) else { return iso }
    return iso + text
  }
}
