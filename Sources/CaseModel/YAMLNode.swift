// SPDX-License-Identifier: Apache-2.0

internal import Yams

/// A node of a data file with its place, read without guessing types: every scalar is text.
struct YAMLNode {
  private let node: Node
  private let file: String

  /// Reads the text of a file.
  init(yaml: String, file: String) throws(CaseModelError) {
    self.file = file
    do {
      // The basic resolver skips the guessing of types, which takes two thirds of the time.
      guard let node = try Yams.compose(yaml: yaml, .basic) else {
        throw CaseModelError.ontology("\(file): the file is empty")
      }
      self.node = node
    } catch let error as CaseModelError {
      throw error
    } catch {
      throw .ontology("\(file): \(error)")
    }
  }

  private init(_ node: Node, file: String) {
    self.node = node
    self.file = file
  }

  /// The place as `file:line:column`.
  var place: String {
    node.mark.map { "\(file):\($0.line):\($0.column)" } ?? file
  }

  /// An error at this node.
  func error(_ message: String) -> CaseModelError { .ontology("\(place): \(message)") }

  /// The keys and values of a mapping, in the order of the file.
  func entries() throws(CaseModelError) -> [(String, YAMLNode)] {
    guard let mapping = node.mapping else { throw error("expected a mapping of names to values") }
    var result: [(String, YAMLNode)] = []
    result.reserveCapacity(mapping.count)
    for (key, value) in mapping {
      guard let name = key.scalar?.string else {
        throw YAMLNode(key, file: file).error("expected a name")
      }
      result.append((name, YAMLNode(value, file: file)))
    }
    return result
  }

  func text() throws(CaseModelError) -> String {
    guard let text = node.scalar?.string, !text.isEmpty else { throw error("expected a word") }
    return text
  }

  /// One word or a list of words.
  func texts() throws(CaseModelError) -> [String] {
    guard let sequence = node.sequence else { return [try text()] }
    var result: [String] = []
    for item in sequence { result.append(try YAMLNode(item, file: file).text()) }
    return result
  }

  func flag() throws(CaseModelError) -> Bool {
    switch try text() {
    case "true": true
    case "false": false
    default: throw error("expected true or false")
    }
  }

  func choice<Choice: RawRepresentable & CaseIterable>(
    of type: Choice.Type
  ) throws(CaseModelError) -> Choice where Choice.RawValue == String {
    guard let choice = Choice(rawValue: try text()) else {
      throw error(
        "'\(try text())' is not allowed; expected "
          + Choice.allCases.map(\.rawValue).joined(separator: ", "))
    }
    return choice
  }
}
