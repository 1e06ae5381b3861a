// SPDX-License-Identifier: Apache-2.0

/// A text with everything that could steer a terminal or hide in a line made visible: control
/// characters, bidirectional controls and zero-width characters appear as `<U+202E>`.
public func printable(_ text: String) -> String {
  guard text.unicodeScalars.contains(where: isHidden) else { return text }
  var out = ""
  for scalar in text.unicodeScalars {
    if isHidden(scalar) {
      let digits = String(scalar.value, radix: 16, uppercase: true)
      out += "<U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + ">"
    } else {
      out.unicodeScalars.append(scalar)
    }
  }
  return out
}

private func isHidden(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0..<0x20, 0x7F...0x9F, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x2069, 0xFEFF: true
  default: false
  }
}

func markdownEscaped(_ text: String) -> String {
  var out = ""
  for character in printable(text) {
    if "\\`*_[]<>|#&".contains(character) { out.append("\\") }
    out.append(character)
  }
  return out
}
