// SPDX-License-Identifier: Apache-2.0

internal import CaseModel

/// The bytes that stand for a record in digests: fields in a fixed order, each with its length.
///
/// Things are named by their ids in the case, never by row numbers, so that the same sources give
/// the same digest in any case file.
struct RecordEncoder {
  private(set) var bytes: [UInt8] = []

  mutating func clear() { bytes.removeAll(keepingCapacity: true) }

  mutating func add(_ text: String?) {
    guard let text else {
      bytes.append(0)
      return
    }
    bytes.append(1)
    add(count: text.utf8.count)
    bytes.append(contentsOf: text.utf8)
  }

  mutating func add(_ number: Int?) { add(number.map(String.init)) }

  mutating func add(_ ends: [End]) {
    add(count: ends.count)
    for end in ends {
      add(end.role)
      add(end.entity)
    }
  }

  mutating func add(_ other: RecordEncoder) { bytes.append(contentsOf: other.bytes) }

  mutating func add(_ digest: SHA256.Digest) { bytes.append(contentsOf: digest.bytes) }

  mutating func add(_ marks: Marks) {
    add(marks.source)
    add(marks.locator.file)
    add(marks.locator.line)
    add(marks.locator.place)
    add(marks.valid?.start?.text)
    add(marks.valid?.end?.text)
    add(marks.grade?.scheme)
    add(marks.grade?.code)
    add(marks.handling)
    add(marks.standing.rawValue)
  }

  private mutating func add(count: Int) {
    for shift in stride(from: 24, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: count >> shift))
    }
  }

  /// The digest of a row.
  var digest: SHA256.Digest { SHA256.hash(of: bytes) }
}

/// What a claim or an event's report states of itself, as its row has it.
struct Marks {
  var source: String
  var locator: Locator
  var valid: Interval?
  var grade: Grade?
  var handling: String?
  var standing: Assertion.Standing
}

extension RecordEncoder {
  /// Encodes a claim; `schema` and `ends` belong to the claim that a thing exists.
  mutating func encode(
    claim subject: Claim.Subject, property: String?, value: String, schema: String?, ends: [End],
    marks: Marks
  ) {
    clear()
    switch subject {
    case .entity: bytes.append(UInt8(ascii: "e"))
    case .relationship: bytes.append(UInt8(ascii: "r"))
    case .event: bytes.append(UInt8(ascii: "v"))
    }
    add(subject.id)
    add(schema)
    add(ends)
    add(property)
    add(value)
    add(marks)
  }

  /// Adds what an import says of a source (name, kind, scheme, grade, handling) and what the source
  /// says.
  mutating func encode(declaration: [String?], content: SHA256.Digest) {
    for text in declaration { add(text) }
    add(content)
  }

  /// Encodes an event with its report.
  mutating func encode(event: Event, marks: Marks) {
    clear()
    bytes.append(UInt8(ascii: "E"))
    add(event.id)
    add(event.schema)
    add(event.time?.start?.text)
    add(event.time?.end?.text)
    add(event.participants)
    for value in event.properties {
      add(value.property)
      add(value.value)
      add(value.column)
    }
    add(marks)
  }
}

extension SHA256.Digest {
  /// The first 64 bits, which the row itself keeps: they tell which row was changed.
  ///
  /// That nothing was changed follows from the digests of the parts, which have all bits.
  var rowHash: Int64 {
    Int64(bitPattern: bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) })
  }
}

extension SHA256 {
  /// Adds a row by its number and digest.
  mutating func update(row: Int64, _ digest: SHA256.Digest) {
    var bytes = InlineArray<8, UInt8>(repeating: 0)
    for index in 0..<8 {
      bytes[index] = UInt8(truncatingIfNeeded: row >> Int64(8 * index))
    }
    update(bytes.span)
    update(digest.bytes.span)
  }
}
