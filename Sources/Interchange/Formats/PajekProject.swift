// SPDX-License-Identifier: Apache-2.0

/// A line of a Pajek file that says something: its words, parted by blanks.
struct PajekLine {
  /// A word; text in double quotes is one, whatever blanks it holds.
  struct Word {
    var text: String
    var isQuoted: Bool
    var at: Int
  }

  /// Where the line begins.
  var start: Int
  var words: [Word]
  /// What is wrong with its form.
  var problems: [Problem]

  /// What follows the star of a line that begins a section, in lower case; nil for other lines.
  var keyword: String? {
    guard let first = words.first, !first.isQuoted, first.text.hasPrefix("*") else { return nil }
    return first.text.dropFirst().lowercased()
  }

  /// The words behind the first.
  var arguments: [Word] { Array(words.dropFirst()) }
}

/// The lines of a Pajek file without its comments.
struct PajekLines {
  let text: WholeText

  init(_ text: WholeText) { self.text = text }

  /// The next line that says something; the position moves behind it.
  func next(_ position: inout Int, _ end: Int) -> PajekLine? {
    while position < end {
      let start = position
      var stop = start
      while stop < end, text.bytes[stop] != 10, text.bytes[stop] != 13 { stop += 1 }
      position = stop + 1
      // Comments hold what they like, quotes too.
      guard let first = text.bytes[start..<stop].firstIndex(where: { $0 > 32 }),
        text.bytes[first] != UInt8(ascii: "%"),
        !text.bytes[first..<stop].starts(with: "/*".utf8)
      else { continue }
      return line(start..<stop)
    }
    return nil
  }

  private func line(_ range: Range<Int>) -> PajekLine {
    var line = PajekLine(start: range.lowerBound, words: [], problems: [])
    var at = range.lowerBound
    while at < range.upperBound {
      if text.bytes[at] <= 32 {
        at += 1
        continue
      }
      let start = at
      if text.bytes[at] == UInt8(ascii: "\"") {
        at += 1
        while at < range.upperBound, text.bytes[at] != UInt8(ascii: "\"") { at += 1 }
        if at == range.upperBound {
          line.problems.append(
            text.problem(
              at: start, "the quote that opens here is not closed in its line",
              expected: "a closing quote"))
        }
        line.words.append(.init(text: text.text(start + 1..<at), isQuoted: true, at: start))
        at += 1
      } else if text.bytes[at] == UInt8(ascii: "%") {
        return line
      } else {
        // An interval of time may hold blanks: [1-3, 5-*].
        let isInterval = text.bytes[at] == UInt8(ascii: "[")
        while at < range.upperBound, text.bytes[at] > 32 || isInterval {
          at += 1
          if isInterval, text.bytes[at - 1] == UInt8(ascii: "]") { break }
        }
        if isInterval, text.bytes[at - 1] != UInt8(ascii: "]") {
          line.problems.append(
            text.problem(
              at: start, "the interval that opens here is not closed in its line", expected: "]"))
        }
        line.words.append(.init(text: text.text(start..<at), isQuoted: false, at: start))
      }
    }
    return line
  }

  /// The objects of a project in their order; a file without the names of objects is one network.
  func objects() -> [PajekObject] {
    var objects: [PajekObject] = []
    var hasVertices = false
    var start = 0
    let bytes = text.bytes
    while start < bytes.count {
      var stop = start
      while stop < bytes.count, bytes[stop] != 10, bytes[stop] != 13 { stop += 1 }
      defer { start = stop + 1 }
      guard let first = bytes[start..<stop].firstIndex(where: { $0 > 32 }),
        bytes[first] == UInt8(ascii: "*")
      else { continue }
      let line = line(start..<stop)
      guard let keyword = line.keyword else { continue }
      let kind = PajekObject.Kind(keyword: keyword)
      let isNetwork = objects.last?.kind ?? .network == .network
      if let kind {
        objects.append(PajekObject(kind: kind, line))
        hasVertices = false
      } else if objects.isEmpty || keyword == "vertices" && isNetwork && hasVertices {
        objects.append(PajekObject(kind: .network, line))
        objects[objects.count - 1].name = nil
      }
      if keyword == "vertices" { hasVertices = true }
      if objects.count > 1, objects[objects.count - 1].lines.lowerBound == start {
        objects[objects.count - 2].lines = objects[objects.count - 2].lines.lowerBound..<start
      }
    }
    if objects.isEmpty {
      objects = [
        PajekObject(kind: .network, PajekLine(start: 0, words: [], problems: []))
      ]
    }
    let last = objects.count - 1
    objects[last].lines = objects[last].lines.lowerBound..<bytes.count
    // What stands before the first object belongs to it: it is reported there.
    objects[0].lines = 0..<objects[0].lines.upperBound
    return objects
  }
}

/// An object of a Pajek project.
struct PajekObject {
  /// What it is.
  enum Kind: Hashable {
    case network, partition, vector, permutation
    /// Something that is no network and no value of each vertex.
    case other(String)

    /// The kind that a line with a star begins; nil for sections of a network.
    init?(keyword: String) {
      switch keyword {
      case "network": self = .network
      case "partition": self = .partition
      case "vector": self = .vector
      case "permutation": self = .permutation
      case "cluster", "hierarchy", "events": self = .other(keyword)
      default: return nil
      }
    }

    var word: String {
      switch self {
      case .network: "network"
      case .partition: "partition"
      case .vector: "vector"
      case .permutation: "permutation"
      case .other(let keyword): keyword
      }
    }
  }

  let kind: Kind
  /// Its name; nil where the file gives none.
  var name: String?
  /// Where its lines stand, that with the star included.
  var lines: Range<Int>

  fileprivate init(kind: Kind, _ line: PajekLine) {
    self.kind = kind
    let words = line.arguments.map(\.text).joined(separator: " ")
    name = words.isEmpty ? nil : words
    lines = line.start..<line.start
  }

  /// The network that is asked for, by name or number from 1; the only one where none is.
  static func network(
    of objects: [PajekObject], _ text: WholeText, named wish: String?
  ) throws(InterchangeError) -> PajekObject {
    let networks = objects.filter { $0.kind == .network }
    guard let first = networks.first else {
      throw .refused(
        text.problem(
          at: objects[0].lines.lowerBound,
          "a project without a network, but with a \(objects[0].kind.word)",
          expected: "*Network or *Vertices",
          advice: "values belong beside their network: --nodes \(text.file.fileName)"))
    }
    let names = networks.enumerated().map { index, network in
      "\(index + 1) \(network.name.map { "“\($0)”" } ?? "without a name")"
    }.joined(separator: ", ")
    guard let wish else {
      guard networks.count > 1 else { return first }
      throw .refused(
        text.problem(
          at: networks[1].lines.lowerBound, "a second network; there are \(names)",
          expected: "one network", advice: "choose it by its name or number (--network)"))
    }
    let named = networks.filter { $0.name == wish }
    if named.count == 1 { return named[0] }
    if named.isEmpty, let number = Int(wish), (1...networks.count).contains(number) {
      return networks[number - 1]
    }
    throw .request(
      named.isEmpty
        ? "\(text.file) has no network \(wish.printable()); there are \(names)"
        : "\(text.file) has several networks “\(wish.printable())”: give the number; there are "
          + names)
  }

  /// Whether what looks like a network is a file of values (.clu, .vec, .per).
  static func isValues(
    _ network: PajekObject, _ objects: [PajekObject], _ lines: PajekLines
  ) -> Bool {
    guard objects.count == 1, network.name == nil else { return false }
    var position = network.lines.lowerBound
    guard let head = lines.next(&position, network.lines.upperBound), head.keyword == "vertices",
      let count = head.arguments.first.flatMap({ Int($0.text) })
    else { return false }
    var next = 1
    var isInOrder = true
    var found = 0
    while let line = lines.next(&position, network.lines.upperBound) {
      guard line.words.count == 1, !line.words[0].isQuoted,
        GraphValue.number(line.words[0].text) != nil
      else { return false }
      if Int(line.words[0].text) != next { isInOrder = false }
      next += 1
      found += 1
    }
    // Vertices that are only numbered have their numbers in order.
    return found == count && count > 0 && !isInOrder
  }
}

/// A value for each vertex: a partition (.clu), a vector (.vec) or a permutation (.per) of Pajek.
struct PajekValues {
  /// The name of the attribute that the values become.
  let name: String
  /// The number of vertices.
  let count: Int
  /// The values in the order of the vertices.
  let values: AttributeValues
  /// How many values are missing.
  private(set) var missingCount = 0
  /// The number that stands for a missing value.
  let missingCode: Int

  /// The number that a partition has where nothing is known.
  static let missingClass = 9_999_998
  /// The number that a vector has where nothing is known.
  static let missingNumber = 999_999_998

  /// Whether some bytes begin as a file of Pajek.
  static func isHead(_ head: ArraySlice<UInt8>) -> Bool {
    var rest = head.drop { [0xEF, 0xBB, 0xBF, 9, 10, 13, 32].contains($0) }
    while rest.first == UInt8(ascii: "%") {
      rest = rest.drop { $0 != 10 && $0 != 13 }.drop { [9, 10, 13, 32].contains($0) }
    }
    let word = String(decoding: rest.prefix(12), as: UTF8.self).lowercased()
    return ["*vertices", "*partition", "*vector", "*permutation"].contains { word.hasPrefix($0) }
  }

  /// Reads the files of values: one object with or without its name.
  static func read(
    _ stream: ByteStream, _ options: GraphReadingOptions
  ) throws(InterchangeError) -> [PajekValues] {
    let text = try WholeText(stream, encoding: options.table.encoding)
    let lines = PajekLines(text)
    var result: [PajekValues] = []
    for object in lines.objects() {
      if case .other = object.kind { continue }
      result.append(try PajekValues(object, lines, maximumNodes: options.maximumNodes))
    }
    return result
  }

  /// Reads the values of an object.
  init(
    _ object: PajekObject, _ lines: PajekLines, maximumNodes: Int
  ) throws(InterchangeError) {
    let text = lines.text
    let stem = text.file.fileName.split(separator: ".").first.map(String.init) ?? "value"
    let name = object.name ?? (object.kind == .network ? stem : object.kind.word)
    var position = object.lines.lowerBound
    var head = lines.next(&position, object.lines.upperBound)
    if head?.keyword != "vertices" { head = lines.next(&position, object.lines.upperBound) }
    guard let head, head.keyword == "vertices",
      let count = head.arguments.first.flatMap({ Int($0.text) }), count >= 0
    else {
      throw .refused(
        text.problem(
          at: head?.start ?? object.lines.lowerBound, "a \(object.kind.word) without a count",
          expected: "*Vertices COUNT"))
    }
    guard count <= maximumNodes, count <= text.bytes.count else {
      throw .refused(
        text.problem(
          at: head.arguments[0].at, "\(count) values in a file of \(text.bytes.count) bytes",
          expected: "as many as the file holds", advice: "correct the count"))
    }
    var problems = ProblemList()
    var found: [GraphValue?] = []
    var isReal = object.kind == .vector
    let code = object.kind == .vector ? Self.missingNumber : Self.missingClass
    var missing = 0
    while let line = lines.next(&position, object.lines.upperBound) {
      for problem in line.problems { problems.add(problem) }
      for word in line.words {
        if found.count == count {
          problems.add(
            text.problem(
              at: word.at, "more values than the \(count) vertices", expected: "one for each"))
          break
        }
        let value = word.isQuoted ? nil : GraphValue.number(word.text)
        switch value {
        case .integer(let number) where number == code:
          missing += 1
          found.append(.none)
        case .integer: found.append(value)
        case .real(let number) where object.kind == .vector || object.kind == .network:
          if number == Double(Self.missingNumber) {
            missing += 1
            found.append(.none)
          } else {
            isReal = true
            found.append(value)
          }
        default:
          problems.add(
            text.problem(
              at: word.at, "the value “\(word.text)” in \(name)",
              expected: object.kind == .vector ? "a number" : "a whole number"))
          found.append(.none)
        }
      }
      if found.count == count, problems.errorCount > 0 { break }
    }
    if found.count < count {
      problems.add(
        text.problem(
          at: head.start, "\(found.count) values for \(count) vertices", expected: "one for each",
          advice: "complete the values or correct the count"))
    }
    try problems.throwIfErrors()
    self.name = name
    self.count = count
    missingCode = code
    missingCount = missing
    values =
      isReal
      ? .real(
        found.map { value in
          switch value {
          case .integer(let number)?: Double(number)
          case .real(let number)?: number
          default: nil
          }
        })
      : .integer(found.map { if case .integer(let number)? = $0 { number } else { nil } })
  }
}

extension GraphDocument {
  /// The document with values of Pajek as attributes of its nodes, under names of their own.
  func adding(_ values: [PajekValues]) -> GraphDocument {
    var document = self
    var used = Set(nodeColumns.map(\.name))
    for value in values {
      var name = value.name
      var number = 2
      while !used.insert(name).inserted {
        name = "\(value.name).\(number)"
        number += 1
      }
      document.nodeColumns.append(AttributeColumn(name: name, values: value.values))
    }
    return document
  }
}
