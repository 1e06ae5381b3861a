// SPDX-License-Identifier: Apache-2.0

internal import CExpat
internal import Glibc

/// What happens in an XML document, in its order.
protocol XMLHandler: AnyObject {
  /// Whether text is looked at where the document is now; text elsewhere is not handed over.
  var wantsText: Bool { get }
  func start(_ element: XMLElement, at place: XMLPlace)
  func end(_ name: String, at place: XMLPlace)
  func text(_ text: String)
}

extension XMLHandler {
  var wantsText: Bool { true }
}

/// The start of an element, for as long as the handler looks at it.
///
/// Most attributes of most elements are never asked for: only those that are become text.
@safe struct XMLElement {
  typealias List = UnsafeMutablePointer<UnsafePointer<CChar>?>

  /// The name without its namespace prefix.
  let name: String
  // Names and values in turn, and a null behind the last. They are expat's, which keeps them while the
  // handler runs; a handler must not keep the element.
  private let list: List?

  init(name: String, attributes list: List?) {
    self.name = name
    unsafe self.list = unsafe list
  }

  /// The value of an attribute.
  subscript(attribute: String) -> String? {
    unsafe attribute.withCString { wanted in
      unsafe value { unsafe strcmp($0, wanted) == 0 }
    }
  }

  /// The attribute of a name, whatever its namespace prefix.
  subscript(local name: String) -> String? {
    unsafe value { key in
      let colon = unsafe strrchr(key, 58)
      return unsafe strcmp(key, name) == 0
        || colon.map { unsafe strcmp($0 + 1, name) == 0 } ?? false
    }
  }

  /// Whether every value has at most so many bytes.
  func isWithin(_ count: Int) -> Bool {
    var index = 1
    while let list = unsafe list, unsafe list[index - 1] != nil, let value = unsafe list[index] {
      if unsafe strlen(value) > count { return false }
      index += 2
    }
    return true
  }

  private func value(_ isWanted: (UnsafePointer<CChar>) -> Bool) -> String? {
    guard let list = unsafe list else { return nil }
    var index = 0
    while let key = unsafe list[index], let value = unsafe list[index + 1] {
      if unsafe isWanted(key) { return unsafe String(cString: value) }
      index += 2
    }
    return nil
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
  private let handler: any XMLHandler
  private var parser: OpaquePointer?
  private var failure: Problem?
  // Copies of a problem cost more than this at every event.
  private var hasFailed = false
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
    hasFailed = true
    _ = unsafe XML_StopParser(parser, 0)
  }

  fileprivate func start(_ name: String, _ attributes: XMLElement.List?) {
    guard !hasFailed else { return }
    depth += 1
    if depth > Self.maximumDepth {
      return refuse("elements nested deeper than \(Self.maximumDepth)", "a graph")
    }
    let element = unsafe XMLElement(name: Self.local(name), attributes: attributes)
    guard element.isWithin(Self.maximumAttribute) else {
      return refuse("an attribute longer than 1 MiB", "a shorter one")
    }
    handler.start(element, at: place)
  }

  fileprivate func end(_ name: String) {
    guard !hasFailed else { return }
    depth -= 1
    handler.end(Self.local(name), at: place)
  }

  fileprivate var wantsText: Bool { !hasFailed && handler.wantsText }

  fileprivate func text(_ text: String) { handler.text(text) }

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
        unsafe parser.start(String(cString: name), list)
      },
      { data, name in
        guard let parser = unsafe XMLParser.from(data), let name = unsafe name else { return }
        unsafe parser.end(String(cString: name))
      })
    unsafe XML_SetCharacterDataHandler(parser) { data, text, count in
      guard let parser = unsafe XMLParser.from(data), let text = unsafe text, parser.wantsText
      else { return }
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
