// SPDX-License-Identifier: Apache-2.0

import Interchange
import Testing

@Suite struct EncodingTests {
  private func texts(_ bytes: [UInt8], _ encoding: TextEncoding? = nil) throws -> [[String]] {
    var options = DelimitedReader.Options()
    options.encoding = encoding
    options.header = .present
    var reader = try DelimitedReader(.bytes(bytes, name: "b.csv"), options: options)
    var texts = [reader.header]
    while let row = try reader.next() { texts.append(row.texts) }
    return texts
  }

  private func utf16(_ text: String, isLittleEndian: Bool, hasMark: Bool) -> [UInt8] {
    ((hasMark ? [0xFEFF] : []) + Array(text.utf16)).flatMap { unit -> [UInt8] in
      let (high, low) = (UInt8(unit >> 8), UInt8(truncatingIfNeeded: unit))
      return isLittleEndian ? [low, high] : [high, low]
    }
  }

  @Test func `a byte order mark decides the encoding`() throws {
    let text = "name,ö\nŁódź 😀,2\n"
    let expected = [["name", "ö"], ["Łódź 😀", "2"]]
    #expect(try texts([0xEF, 0xBB, 0xBF] + Array(text.utf8)) == expected)
    #expect(try texts(utf16(text, isLittleEndian: true, hasMark: true)) == expected)
    #expect(try texts(utf16(text, isLittleEndian: false, hasMark: true)) == expected)
    #expect(try texts(utf16(text, isLittleEndian: false, hasMark: false), .utf16) == expected)
    #expect(
      try texts(utf16(text, isLittleEndian: true, hasMark: false), .utf16LittleEndian) == expected)
  }

  @Test func `a named encoding is followed`() throws {
    let bytes = Array("a,b\n".utf8) + [0xE9, 0x80, 0x2C, 0x31, 10]
    #expect(try texts(bytes, .windows1252)[1] == ["é€", "1"])
    #expect(try texts(bytes, .latin1)[1] == ["é\u{80}", "1"])
  }

  @Test(
    arguments: [
      ([0xE9, 0x2C], "b.csv:2:2: the byte 0xE9 is not valid UTF-8 here"),
      ([0xC0, 0xAF], "b.csv:2:2: the byte 0xC0"),
      ([0xE0, 0x80, 0x80], "b.csv:2:2: the byte 0xE0"),
      ([0xED, 0xA0, 0x80], "b.csv:2:2: the byte 0xED"),
      ([0xF4, 0x90, 0x80, 0x80], "b.csv:2:2: the byte 0xF4"),
      ([0xFF], "b.csv:2:2: the byte 0xFF"),
      ([0xF0, 0x9F, 0x98], "b.csv:2:2: the byte 0xF0"),
    ] as [([UInt8], String)])
  func `bytes that are no UTF-8 are refused with their place`(bad: [UInt8], message: String) {
    #expect { try texts(Array("a,b\nx".utf8) + bad) } throws: { "\($0)".hasPrefix(message) }
  }

  @Test func `UTF-32, odd UTF-16 and UTF-16 without a mark are refused`() {
    #expect { try texts([0xFF, 0xFE, 0, 0, 0x61, 0, 0, 0]) } throws: {
      "\($0)".hasPrefix("b.csv:1:1: the file is UTF-32")
    }
    #expect { try texts([0xFE, 0xFF, 0, 0x61, 0]) } throws: { "\($0)".contains("in the middle") }
    #expect { try texts([0xFE, 0xFF, 0xD8, 0, 0, 0x61]) } throws: { "\($0)".contains("surrogate") }
    #expect { try texts(utf16("a,b\n", isLittleEndian: true, hasMark: false)) } throws: {
      "\($0)".contains("--encoding utf-16")
    }
  }

  @Test func `missing files and directories have their own messages`() {
    #expect { _ = try DelimitedReader(.file("/nowhere/x.csv")) } throws: {
      "\($0)" == "/nowhere/x.csv: no such file; check the spelling and the folder"
    }
    #expect { _ = try DelimitedReader(.file("/")) } throws: {
      "\($0)" == "/: a directory, expected a file; name the file inside it"
    }
  }

  @Test func `messages show no control, bidirectional or invisible character`() {
    let text = "a\u{1B}[31m\u{202E}\u{200B}\u{85}é\n"
    #expect(text.printable() == "a\\u{1B}[31m\\u{202E}\\u{200B}\\u{85}é\\n")
    let problem = Problem(file: text, line: 3, what: text, expected: text, advice: text)
    #expect(!problem.description.unicodeScalars.contains { $0.value < 32 || $0 == "\u{202E}" })
  }
}
