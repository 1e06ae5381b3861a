// SPDX-License-Identifier: Apache-2.0

internal import CExpat

/// What happens in an XML document, in its order.
protocol XMLHandler: AnyObject {
  func start(_ element: XMLElement, at place: XMLPlace)
  func end(_ name: String, at place: XMLPlace)
  func text(_ text: String)
}

/// The start of an element.
struct XMLElement {
  /// The name without its namespace prefix.
  let name: String
  private let attributes: [(name: String, value: String)]

  init(name: String, attributes: [(name: String, value: String)]) {
    self.name = name
    self.attributes = attributes
  }

  subscript(attribute: String) -> String? { attributes.first { $0.name == attribute }?.value }

  /// The attribute of a name, whatever its namespace prefix.
  subscript(local name: String) -> String? {
    attributes.first { $0.name == name || $0.name.hasSuffix(":" + name) }?.value
  }
}

struct XMLPlace {
  let line: Int
  let column: Int
}

/// Feeds a document to a handler within limits: no declared entities, bounded depth, tokens and
/// attributes, nothing fetched from outside.
///
/// A class because expat calls back with its address.
@safe final class XMLParser {
  static let maximumDepth = 256
  static let maximumAttribute = 1 << 20
  static let maximumToken = 4 << 20

  private let file: String
  private unowned let handler: any XMLHandler
  private var parser: OpaquePointer?
  private var failure: Problem?
  /// Whether the document was refused for what it is, rather than for being broken.
  var isRefused: Bool { failure != nil }
  private var depth = 0

  init(file: String, encoding: TextEncoding?, handler: any XMLHandler) {
    self.file = file
    self.handler = handler
    let name: String? =
      switch encoding {
      case nil, .windows1252: nil
      case .utf8: "UTF-8"
      case .latin1: "ISO-8859-1"
      case .utf16: "UTF-16"
      case .utf16LittleEndian: "UTF-16LE"
      case .utf16BigEndian: "UTF-16BE"
      }
    unsafe parser = unsafe XML_ParserCreate(name)
  }

  deinit { unsafe XML_ParserFree(parser) }

  /// Reads the stream to its end.
  func parse(_ stream: ByteStream) throws(InterchangeError) {
    // The pointer is used only during this call, in which `self` is alive.
    unsafe XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
    installHandlers()
    var bytes: [UInt8] = []
    var fed = 0
    var isLast = false
    while !isLast {
      bytes.removeAll(keepingCapacity: true)
      isLast = try stream.read(into: &bytes) == 0
      var start = 0
      repeat {
        let end = min(start + 262_144, bytes.count)
        let part = bytes[start..<end]
        // Safe: expat reads the `count` bytes given and keeps no pointer to them.
        let status = unsafe part.withUnsafeBytes { buffer in
          unsafe XML_Parse(
            parser, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(buffer.count),
            isLast ? 1 : 0)
        }
        if let failure { throw .refused(failure) }
        if status == XML_STATUS_ERROR { throw .refused(syntaxProblem()) }
        fed += part.count
        start = end
        let done = unsafe Int(XML_GetCurrentByteIndex(parser))
        if fed - max(0, done) > Self.maximumToken {
          throw .refused(
            problem("a tag or a text longer than \(Self.maximumToken) bytes", "shorter ones"))
        }
      } while start < bytes.count
    }
  }

  private var place: XMLPlace {
    unsafe XMLPlace(
      line: Int(XML_GetCurrentLineNumber(parser)),
      column: Int(XML_GetCurrentColumnNumber(parser)) + 1)
  }

  private func syntaxProblem() -> Problem {
    let code = unsafe XML_GetErrorCode(parser)
    let text =
      unsafe XML_ErrorString(code).map { unsafe String(cString: $0) } ?? "malformed XML"
    let isCut =
      code == XML_ERROR_NO_ELEMENTS || code == XML_ERROR_UNCLOSED_TOKEN
      || code == XML_ERROR_PARTIAL_CHAR || code == XML_ERROR_UNCLOSED_CDATA_SECTION
    return problem(
      isCut ? "the document ends too early (\(text))" : "the XML is malformed (\(text))",
      "a whole, well-formed document",
      isCut ? "copy or export the file again" : "export the file again, or mend it here")
  }

  private func problem(_ what: String, _ expected: String, _ advice: String? = nil) -> Problem {
    let place = place
    return Problem(
      file: file, line: place.line, column: place.column, what: what, expected: expected,
      advice: advice)
  }

  fileprivate func refuse(_ what: String, _ expected: String, _ advice: String? = nil) {
    if failure == nil { failure = problem(what, expected, advice) }
    _ = unsafe XML_StopParser(parser, 0)
  }

  fileprivate func start(_ name: String, _ attributes: [(name: String, value: String)]) {
    guard failure == nil else { return }
    depth += 1
    if depth > Self.maximumDepth {
      return refuse("elements nested deeper than \(Self.maximumDepth)", "a graph")
    }
    if attributes.contains(where: { $0.value.utf8.count > Self.maximumAttribute }) {
      return refuse("an attribute longer than 1 MiB", "a shorter one")
    }
    handler.start(XMLElement(name: Self.local(name), attributes: attributes), at: place)
  }

  fileprivate func end(_ name: String) {
    guard failure == nil else { return }
    depth -= 1
    handler.end(Self.local(name), at: place)
  }

  fileprivate func text(_ text: String) {
    if failure == nil { handler.text(text) }
  }

  private static func local(_ name: String) -> String {
    guard let colon = name.utf8.lastIndex(of: UInt8(ascii: ":")) else { return name }
    return String(name[name.utf8.index(after: colon)...])
  }

  // Safe: expat passes back the pointer to `self`, null-terminated names, and a null-terminated list
  // of attribute names and values.
  private func installHandlers() {
    unsafe XML_SetElementHandler(
      parser,
      { data, name, list in
        guard let parser = unsafe XMLParser.from(data), let name = unsafe name else { return }
        var attributes: [(name: String, value: String)] = []
        if let list = unsafe list {
          var i = 0
          while let key = unsafe list[i], let value = unsafe list[i + 1] {
            unsafe attributes.append((String(cString: key), String(cString: value)))
            i += 2
          }
        }
        unsafe parser.start(String(cString: name), attributes)
      },
      { data, name in
        guard let parser = unsafe XMLParser.from(data), let name = unsafe name else { return }
        unsafe parser.end(String(cString: name))
      })
    unsafe XML_SetCharacterDataHandler(parser) { data, text, count in
      guard let parser = unsafe XMLParser.from(data), let text = unsafe text else { return }
      let bytes = unsafe UnsafeRawBufferPointer(start: text, count: Int(count))
      unsafe parser.text(String(decoding: bytes, as: UTF8.self))
    }
    unsafe XML_SetStartDoctypeDeclHandler(parser) { data, _, _, _, hasInternalSubset in
      if hasInternalSubset != 0 {
        unsafe XMLParser.from(data)?.refuse(
          "a DOCTYPE with declarations of its own", "none", "remove the DOCTYPE")
      }
    }
    unsafe XML_SetSkippedEntityHandler(parser) { data, name, _ in
      let name = unsafe name.map { unsafe String(cString: $0) } ?? ""
      unsafe XMLParser.from(data)?.refuse(
        "the entity &\(name);", "one of &lt; &gt; &amp; &quot; &apos;",
        "write the character itself")
    }
  }

  private static func from(_ data: UnsafeMutableRawPointer?) -> XMLParser? {
    unsafe data.map { unsafe Unmanaged<XMLParser>.fromOpaque($0).takeUnretainedValue() }
  }
}
