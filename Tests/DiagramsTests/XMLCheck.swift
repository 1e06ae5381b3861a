// SPDX-License-Identifier: Apache-2.0

/// A small strict reader of XML, enough to tell whether a picture is well formed and self-contained.
struct XMLCheck {
  private(set) var problem: String?
  private(set) var elements: [String: Int] = [:]
  private(set) var texts: [String] = []

  init(_ bytes: [UInt8]) {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      problem = "not UTF-8"
      return
    }
    read(Array(text.unicodeScalars))
  }

  private mutating func read(_ scalars: [Unicode.Scalar]) {
    var open: [String] = []
    var i = 0
    var content = ""
    while i < scalars.count {
      guard scalars[i] == "<" else {
        content.unicodeScalars.append(scalars[i])
        check(scalars[i])
        i += 1
        continue
      }
      flush(&content)
      guard let end = scalars[i...].firstIndex(of: ">") else { return fail("an open tag") }
      let tag = String(String.UnicodeScalarView(scalars[(i + 1)..<end]))
      i = end + 1
      if tag.hasPrefix("?") { continue }
      if tag.contains("<") { return fail("< in the tag \(tag)") }
      if tag.hasPrefix("/") {
        guard open.popLast() == String(tag.dropFirst()) else {
          return fail("\(tag) closes nothing")
        }
        continue
      }
      let isEmpty = tag.hasSuffix("/")
      let body = isEmpty ? String(tag.dropLast()) : tag
      let name = String(body.prefix { $0 != " " })
      elements[name, default: 0] += 1
      if body.count(where: { $0 == "\"" }) % 2 != 0 { return fail("a quote in \(tag)") }
      for word in ["href", "url(", "on", "style"] where body.contains(" \(word)") {
        return fail("\(word) in \(tag)")
      }
      if !isEmpty { open.append(name) }
    }
    flush(&content)
    if !open.isEmpty { fail("\(open) not closed") }
  }

  private mutating func flush(_ content: inout String) {
    var rest = content[...]
    while let mark = rest.firstIndex(of: "&") {
      let tail = rest[mark...]
      let known = ["&amp;", "&lt;", "&gt;", "&quot;", "&#39;"]
      guard let entity = known.first(where: tail.hasPrefix) else {
        return fail("a bare & in \(content)")
      }
      rest = tail.dropFirst(entity.count)
    }
    if !content.allSatisfy(\.isWhitespace) { texts.append(content) }
    content = ""
  }

  private mutating func check(_ scalar: Unicode.Scalar) {
    let isControl = scalar.value < 0x20 && !["\n", "\t", "\r"].contains(scalar)
    if isControl || (0x7F..<0xA0).contains(scalar.value) || scalar.value & 0xFFFE == 0xFFFE {
      fail("the character \(scalar.value)")
    }
  }

  private mutating func fail(_ what: String) { problem = problem ?? what }
}
