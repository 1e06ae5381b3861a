// SPDX-License-Identifier: Apache-2.0

internal import Interchange

/// A text of any length with everything that could steer a terminal or hide in a line made visible.
func printable(_ text: String) -> String { text.printable(limit: .max) }

/// A text in which Markdown finds nothing to format.
func markdownEscaped(_ text: String) -> String {
  var out = ""
  for character in printable(text) {
    if "\\`*_[]<>|#&".contains(character) { out.append("\\") }
    out.append(character)
  }
  return out
}
