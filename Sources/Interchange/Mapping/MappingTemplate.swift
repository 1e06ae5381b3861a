// SPDX-License-Identifier: Apache-2.0

/// Text with columns in braces, such as `person:{id}`.
///
/// Columns are slots: positions in the list of columns that the rules of a file name. Which field
/// of a row a slot is depends on the header and is settled when the file is opened.
struct MappingTemplate: Sendable {
  enum Part: Sendable {
    case literal(String)
    case slot(Int)
    /// Those of the columns that are not empty, with a text between them.
    case joined([Int], separator: String)
  }

  let parts: [Part]

  static func constant(_ text: String) -> MappingTemplate {
    MappingTemplate(parts: [.literal(text)])
  }

  static func column(_ slot: Int) -> MappingTemplate { MappingTemplate(parts: [.slot(slot)]) }

  /// The slots that the text needs, in order.
  var slots: [Int] {
    parts.flatMap { part in
      switch part {
      case .literal: [Int]()
      case .slot(let slot): [slot]
      case .joined(let slots, _): slots
      }
    }
  }

  /// The slot, when the text is a column and nothing else.
  var onlySlot: Int? {
    if parts.count == 1, case .slot(let slot) = parts[0] { slot } else { nil }
  }

  /// The text of a row; nil when a column that it needs is empty.
  func text(_ cells: RowCells) -> String? {
    var result = ""
    for part in parts {
      switch part {
      case .literal(let text): result += text
      case .slot(let slot):
        let text = cells[slot]
        if text.isEmpty { return nil }
        if parts.count == 1 { return text }
        result += text
      case .joined(let slots, let separator):
        result += slots.map { cells[$0] }.filter { !$0.isEmpty }.joined(separator: separator)
      }
    }
    return result.isEmpty ? nil : result
  }

  /// The first slot that is empty in a row.
  func emptySlot(_ cells: RowCells) -> Int? { slots.first { cells[$0].isEmpty } }
}

/// The cells of a row as the rules of a file see them.
struct RowCells {
  let row: Row
  let fields: [Int]
  let blanks: [String]
  // One part of a cell that is split stands in for the whole.
  var part: (slot: Int, text: String)?
  // The item of a list in a record that the rule is applied to.
  var item: RecordValues.Item?

  /// The text of a slot; empty when a record has no or several values there.
  subscript(slot: Int) -> String {
    if let part, part.slot == slot { return part.text }
    if row.record != nil {
      let values = values(slot)
      return values.count == 1 ? values[0] : ""
    }
    let field = fields[slot]
    if row.isEmpty(field) { return "" }
    let text = row.text(field)
    return blanks.contains(text) ? "" : text
  }

  /// The values that a record has at the path of a slot, within the item if there is one.
  func values(_ slot: Int) -> [String] {
    if let part, part.slot == slot { return [part.text] }
    guard let record = row.record else { return [] }
    return record.texts(fields[slot], in: item).filter { !blanks.contains($0) }
  }

  /// What makes a slot of a record unfit for one text: several values, or an object.
  func defect(_ slot: Int) -> String? {
    guard let record = row.record, part?.slot != slot else { return nil }
    let count = values(slot).count
    if count > 1 { return "\(count) values" }
    return count == 0 && record.hasObject(fields[slot], in: item) ? "an object" : nil
  }

  /// The parts of a cell, without the spaces around them; empty parts are left out.
  func parts(_ slot: Int, separator: String) -> [String] {
    Self.parts(self[slot], separator: separator)
  }

  static func parts(_ text: String, separator: String) -> [String] {
    var parts: [String] = []
    var rest = Substring(text).utf8
    let mark = Array(separator.utf8)
    var part: [UInt8] = []
    func close(_ part: [UInt8]) {
      var bytes = part[...]
      while bytes.first == 32 || bytes.first == 9 { bytes.removeFirst() }
      while bytes.last == 32 || bytes.last == 9 { bytes.removeLast() }
      if !bytes.isEmpty { parts.append(String(decoding: bytes, as: UTF8.self)) }
    }
    while let byte = rest.first {
      if rest.starts(with: mark) {
        close(part)
        part = []
        rest = rest.dropFirst(mark.count)
      } else {
        part.append(byte)
        rest = rest.dropFirst()
      }
    }
    close(part)
    return parts
  }
}
