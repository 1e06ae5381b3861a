// SPDX-License-Identifier: Apache-2.0

/// The files that belong beside the ties.
extension GraphDocument {
  /// The document with what files of nodes say: tables, and values of Pajek for each vertex.
  func joining(
    _ inputs: [Input], _ options: GraphReadingOptions
  ) throws(InterchangeError) -> GraphDocument {
    var document = self
    var tables: [ByteStream] = []
    for input in inputs {
      var stream = try ByteStream(input)
      if case .file(let path) = input, let nodes = stream.takeSheetOfNodes() {
        stream = try ByteStream(.sheet(nodes, path: path))
      }
      if PajekValues.isHead(try stream.peek()) {
        document = try document.joining(PajekValues.read(stream, options), from: stream.name)
      } else {
        tables.append(stream)
      }
    }
    for table in tables {
      document = try document.joining(
        NodeTable.read(table, options, endsOfTies: document.nodeIDs),
        maximumNodes: options.maximumNodes)
    }
    return document
  }

  private func joining(
    _ values: [PajekValues], from file: String
  ) throws(InterchangeError) -> GraphDocument {
    guard format == .pajek else {
      throw .request(
        "\(file) gives its values by the numbers of vertices, which only a network of Pajek has; "
          + "\(name.fileName.printable()) is read as \(format.words): give a table of nodes instead"
      )
    }
    var document = self
    for value in values {
      guard value.count == nodeCount else {
        throw .refused(
          Problem(
            file: file, what: "\(value.count) values in \(value.name)",
            expected: "\(nodeCount), one for each vertex of \(name.fileName)",
            advice: "give the partition or vector of this network"))
      }
      document.notices.append(
        .note("\(file.fileName): values of each vertex, read as the column \(value.name)"))
      if value.missingCount > 0 {
        document.notices.append(
          .warning(
            "\(file.fileName): \(value.missingCount) values \(value.missingCode) are read as missing"
          ))
      }
    }
    return document.adding(values)
  }
}

extension AttributeValues {
  /// These values, and those of another column where one is missing here; text where the types differ.
  func orElse(_ other: AttributeValues) -> AttributeValues {
    func join<Value>(_ a: [Value?], _ b: [Value?]) -> [Value?] { zip(a, b).map { $0 ?? $1 } }
    return switch (self, other) {
    case (.integer(let a), .integer(let b)): .integer(join(a, b))
    case (.real(let a), .real(let b)): .real(join(a, b))
    case (.boolean(let a), .boolean(let b)): .boolean(join(a, b))
    default:
      .text((0..<count).map { self.text(at: $0) ?? other.text(at: $0) })
    }
  }
}
