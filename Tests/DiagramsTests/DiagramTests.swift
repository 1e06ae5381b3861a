// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Diagrams

@Test func `a diagram without nodes is a page with its texts`() throws {
  let bytes = try DiagramRenderer().renderInProcess(Diagram(title: "Nothing"), as: .svg)
  #expect(String(decoding: bytes, as: UTF8.self).contains("Nothing"))
}
