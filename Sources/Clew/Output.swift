// SPDX-License-Identifier: Apache-2.0

internal import Foundation
public import Interchange

/// Writing results, and reading the small files that say how to make them.
public enum Output {
  /// Writes bytes to a file, whole or not at all.
  ///
  /// - Throws: `ClewError.cannotCreate` with the reason.
  public static func write(_ bytes: [UInt8], to path: String) throws(ClewError) {
    do { try WholeFile.write(bytes, to: path) } catch { throw ClewError(error) }
  }

  /// Reads a small text file, such as a mapping.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - what: what it should be, for messages.
  /// - Returns: the text.
  /// - Throws: `ClewError` when there is no such file, it cannot be read or is not UTF-8.
  public static func text(of path: String, what: String) throws(ClewError) -> String {
    var isFolder: ObjCBool = false
    guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw .inputMissing("\(path): no such file, expected \(what); check the spelling")
    }
    guard !isFolder.boolValue else { throw .badData("\(path): a folder, expected \(what)") }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw .io("\(path): cannot be read; check who may read it")
    }
    guard let text = String(data: data, encoding: .utf8) else {
      throw .badData("\(path): not UTF-8, expected \(what) in UTF-8")
    }
    return text
  }
}

/// A form in which a graph is written, known by the suffix of the file.
public enum GraphFileFormat: String, CaseIterable, Sendable {
  case graphml
  case gexf
  case gml
  case pajek
  case dl
  case dot
  case json
  case gdf
  case cx2
  case vna
  case ndjson
  case bods
  case csv
  case matrix

  /// The format that a file name asks for; nil when its suffix names none.
  ///
  /// A CSV is an edge list.
  public init?(fileName: String) {
    if fileName.lowercased().hasSuffix(".bods.json") {
      self = .bods
      return
    }
    guard let dot = fileName.lastIndex(of: ".") else { return nil }
    switch fileName[fileName.index(after: dot)...].lowercased() {
    case "graphml", "xml": self = .graphml
    case "gexf": self = .gexf
    case "gml": self = .gml
    case "net", "paj": self = .pajek
    case "dl": self = .dl
    case "dot", "gv": self = .dot
    case "json": self = .json
    case "gdf": self = .gdf
    case "cx2": self = .cx2
    case "vna": self = .vna
    case "ndjson", "jsonl": self = .ndjson
    case "bods": self = .bods
    case "csv": self = .csv
    default: return nil
    }
  }

  /// What writes it.
  var writer: any GraphWriter {
    switch self {
    case .graphml: GraphMLWriter()
    case .gexf: GEXFWriter()
    case .gml: GMLWriter()
    case .pajek: PajekWriter()
    case .dl: DLWriter()
    case .dot: DOTGraphWriter()
    case .json: JSONGraphWriter()
    case .gdf: GDFWriter()
    case .cx2: CX2Writer()
    case .vna: VNAWriter()
    case .ndjson: NDJSONWriter()
    case .bods: BODSWriter()
    case .csv: EdgeListWriter()
    case .matrix: MatrixWriter()
    }
  }
}

extension GraphDocument {
  /// The document in a format, with what the format could not hold.
  ///
  /// - Throws: `ClewError.badData` when the format cannot hold the graph at all.
  public func written(as format: GraphFileFormat) throws(ClewError) -> WrittenGraph {
    do { return try format.writer.write(self) } catch { throw ClewError(error) }
  }
}
