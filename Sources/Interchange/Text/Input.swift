// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// Where the bytes of an input come from.
public enum Input: Sendable, CustomStringConvertible {
  /// A file by its path.
  case file(String)
  /// Standard input, which `-` stands for.
  case standardInput
  /// Bytes in memory, with the name that messages give them.
  case bytes([UInt8], name: String)
  /// A sheet of a workbook, by its name or its number from 1.
  case sheet(String, path: String)

  /// The input that an argument of the command line names: `-` is standard input.
  public init(argument: String) {
    self = argument == "-" ? .standardInput : .file(argument)
  }

  /// Text in memory, with the name that messages give it.
  public static func text(_ text: String, name: String = "text") -> Input {
    .bytes(Array(text.utf8), name: name)
  }

  /// The name that messages use.
  public var description: String {
    switch self {
    case .file(let path): path
    case .standardInput: "standard input"
    case .bytes(_, let name): name
    case .sheet(_, let path): path
    }
  }

  /// The sheet that is named.
  var sheetName: String? { if case .sheet(let name, _) = self { name } else { nil } }

  /// The same input, a sheet of it where one is named.
  public func sheet(_ name: String?) -> Input {
    guard let name, case .file(let path) = self else { return self }
    return .sheet(name, path: path)
  }
}

extension Input {
  /// The number of bytes of a file or of memory; nil where it is not known beforehand.
  var byteCount: Int? {
    switch self {
    case .file(let path), .sheet(_, let path):
      var status = stat()
      return unsafe stat(path, &status) == 0 ? Int(status.st_size) : nil
    case .standardInput: return nil
    case .bytes(let bytes, _): return bytes.count
    }
  }
}

/// The bytes of an input in order, unpacked when they are gzip.
///
/// A class because it owns a file descriptor, which it closes.
final class ByteStream {
  static let chunk = 1 << 20

  let name: String
  private var descriptor: Int32 = -1
  private var memory: ArraySlice<UInt8> = []
  private var inflater: Inflater?
  private var block: [UInt8] = []
  /// The number of bytes of a plain file; nil where it is not known beforehand.
  private(set) var size: Int?
  /// The number of bytes of the input, packed or not; nil where it is not known beforehand.
  private(set) var storedSize: Int?
  /// The number of its bytes that were read.
  private(set) var readCount = 0

  init(_ input: Input) throws(InterchangeError) {
    name = input.description
    switch input {
    case .file(let path), .sheet(_, let path):
      descriptor = try Self.open(path)
      size = Self.size(ofFile: descriptor)
    case .standardInput: descriptor = dup(STDIN_FILENO)
    case .bytes(let bytes, _):
      memory = bytes[...]
      size = bytes.count
    }
    storedSize = size
    var head: [UInt8] = []
    while head.count < 8 {
      guard try readPlain(into: &head, atMost: Self.chunk) > 0 else { break }
    }
    if Workbook.isCompound(head) { throw Workbook.compoundProblem(name) }
    if Workbook.isArchive(head) {
      try readSheet(of: input, head)
    } else if case .sheet(let sheet, _) = input {
      throw .request("\(name) is no workbook and has no sheet \(sheet.printable())")
    } else if head.starts(with: [0x1F, 0x8B]) {
      inflater = Inflater(name: name, head: head)
      size = nil
    } else {
      pending = head
    }
  }

  private var pending: [UInt8] = []
  /// What was odd but acceptable about a workbook.
  private(set) var warnings: [Problem] = []
  /// The sheets of a workbook, in order.
  private(set) var sheetNames: [String] = []
  /// The sheet that is read; nil when the input is no workbook.
  private(set) var sheet: String?

  // The whole workbook is taken into memory, since its directory stands at its end.
  private func readSheet(of input: Input, _ head: [UInt8]) throws(InterchangeError) {
    var bytes = head
    while try readPlain(into: &bytes, atMost: Self.chunk) > 0 {
      guard bytes.count <= Archive.largestPart else {
        throw .refused(
          Problem(
            file: name, what: "a workbook of more than 256 MB", expected: "a smaller one",
            advice: "save the table as CSV"))
      }
    }
    var wanted: String?
    if case .sheet(let sheet, _) = input { wanted = sheet }
    let graphs = try Archive(bytes, name: name, wants: MaltegoReader.isGraph).parts
    if !graphs.isEmpty { return try readGraph(graphs, wanted) }
    let workbook = try Workbook(bytes, name: name)
    let table = try workbook.table(wanted)
    sheetNames = workbook.sheetNames
    pending = table.bytes
    sheet = table.sheet
    warnings = table.warnings
    size = table.bytes.count
  }

  /// The graphs of an archive of Maltego, by name; empty for any other input.
  private(set) var graphNames: [String] = []

  // One graph of an archive of Maltego, by its name or its number from 1.
  private func readGraph(
    _ parts: [String: [UInt8]], _ wanted: String?
  ) throws(InterchangeError) {
    let paths = parts.keys.sorted()
    let names = paths.map { $0.dropFirst(7).dropLast(8) }.map(String.init)
    var chosen = 0
    if let wanted {
      guard
        let index = names.firstIndex(of: wanted)
          ?? Int(wanted).flatMap({ names.indices.contains($0 - 1) ? $0 - 1 : nil })
      else {
        throw .request(
          "\(name) has no graph \(wanted.printable()); it has " + names.joined(separator: ", "))
      }
      chosen = index
    } else {
      graphNames = names
    }
    pending = parts[paths[chosen]] ?? []
    size = pending.count
  }

  /// The sheet of nodes that goes with this sheet of edges, as `WorkbookWriter` writes them.
  ///
  /// That only one sheet is read is then no longer said.
  func takeSheetOfNodes() -> String? {
    guard sheet?.lowercased() == "edges",
      let nodes = sheetNames.first(where: { $0.lowercased() == "nodes" })
    else { return nil }
    warnings.removeAll { $0.what == "only the sheet \(sheet ?? "") is read" }
    return nodes
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// The first bytes, up to a chunk, without consuming them.
  func peek() throws(InterchangeError) -> ArraySlice<UInt8> {
    if pending.isEmpty {
      var head: [UInt8] = []
      _ = try read(into: &head)
      pending = head
    }
    return pending[...]
  }

  /// Appends up to a chunk of bytes to `buffer` and returns how many; 0 at the end.
  func read(into buffer: inout [UInt8]) throws(InterchangeError) -> Int {
    if !pending.isEmpty {
      let count = pending.count
      buffer += pending
      pending = []
      return count
    }
    guard let inflater else { return try readPlain(into: &buffer, atMost: Self.chunk) }
    return try inflater.read(into: &buffer, atMost: Self.chunk) {
      input throws(InterchangeError) in
      try self.readPlain(into: &input, atMost: Self.chunk)
    }
  }

  private func readPlain(
    into buffer: inout [UInt8], atMost limit: Int
  ) throws(InterchangeError) -> Int {
    guard descriptor >= 0 else {
      let part = memory.prefix(limit)
      buffer += part
      memory = memory.dropFirst(part.count)
      readCount += part.count
      return part.count
    }
    let file = descriptor
    var count = -1
    var failure: Int32 = 0
    // One block serves all reads: a new one each time would have to be cleared by the system.
    if block.count < limit { block = [UInt8](repeating: 0, count: limit) }
    // Safe: `read` fills no more than the block has, and only what it filled is copied.
    unsafe block.withUnsafeMutableBytes { bytes in
      repeat {
        count = unsafe Glibc.read(file, bytes.baseAddress, limit)
        failure = errno
      } while count < 0 && failure == EINTR
      unsafe buffer.append(contentsOf: bytes[..<max(0, count)])
    }
    if count < 0 {
      throw failure == EISDIR
        ? .directory(path: name) : .reading(path: name, reason: systemMessage(failure))
    }
    readCount += count
    return count
  }

  private static func size(ofFile descriptor: Int32) -> Int? {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return nil
    }
    return Int(status.st_size)
  }

  /// Opens a file for reading; the caller closes it.
  static func open(_ path: String) throws(InterchangeError) -> Int32 {
    let descriptor = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      switch errno {
      case ENOENT, ENOTDIR: throw .missing(path: path)
      case EACCES, EPERM: throw .forbidden(path: path)
      case let code: throw .reading(path: path, reason: systemMessage(code))
      }
    }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else {
      let code = errno
      close(descriptor)
      throw .reading(path: path, reason: systemMessage(code))
    }
    if status.st_mode & S_IFMT == S_IFDIR {
      close(descriptor)
      throw .directory(path: path)
    }
    return descriptor
  }
}

/// What the system says about an error number.
func systemMessage(_ code: Int32) -> String {
  unsafe strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)"
}
