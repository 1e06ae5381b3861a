// SPDX-License-Identifier: Apache-2.0

/// What the worker is asked to draw: a page of xdot operations in one format.
///
/// On the wire it is one line of seven fields and then the operations. The graph itself is made by
/// the worker from the numbers, so that no text from outside is ever read as a graph.
struct RenderRequest: Hashable, Sendable {
  enum Output: String, Sendable { case pdf, png }

  static let name = "clew-render-1"
  /// The most bytes a request may have.
  static let byteLimit = 256 << 20

  var output: Output
  var width: Double
  var height: Double
  var dpi: Int
  var memoryLimit: Int
  var seconds: Int
  var operations: [UInt8]

  /// The request as bytes for the worker's standard input.
  var bytes: [UInt8] {
    let line =
      "\(Self.name) \(output.rawValue) \(decimal(width)) \(decimal(height)) \(dpi) \(memoryLimit) "
      + "\(seconds)\n"
    return Array(line.utf8) + operations
  }

  /// Reads a request, or gives nil for anything else.
  init?(bytes: [UInt8]) {
    guard let end = bytes.prefix(200).firstIndex(of: 0x0A) else { return nil }
    let fields = String(decoding: bytes[..<end], as: UTF8.self).split(separator: " ")
    guard fields.count == 7, fields[0] == Self.name,
      let output = Output(rawValue: String(fields[1])),
      let width = Double(fields[2]), let height = Double(fields[3]), let dpi = Int(fields[4]),
      let memory = Int(fields[5]), let seconds = Int(fields[6]),
      (1...20_000).contains(width), (1...20_000).contains(height), (1...2400).contains(dpi),
      memory > 0, (1...86_400).contains(seconds)
    else { return nil }
    self.init(
      output: output, width: width, height: height, dpi: dpi, memoryLimit: memory,
      seconds: seconds, operations: Array(bytes[(end + 1)...]))
  }

  init(
    output: Output, width: Double, height: Double, dpi: Int, memoryLimit: Int, seconds: Int,
    operations: [UInt8]
  ) {
    self.output = output
    self.width = width
    self.height = height
    self.dpi = dpi
    self.memoryLimit = memoryLimit
    self.seconds = seconds
    self.operations = operations
  }

  /// The graph in front of the operations: two invisible nodes that span the page.
  var graph: String {
    """
    graph {
      graph [margin=0, pad=0, notranslate=true, bgcolor="#ffffff", dpi=\(dpi)]
      node [shape=point, style=invis, label="", width=0, height=0]
      n0 [pos="0,0"]
      n1 [pos="\(decimal(width)),\(decimal(height))"]
    }

    """
  }
}
