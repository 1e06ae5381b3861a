// SPDX-License-Identifier: Apache-2.0

internal import Foundation
public import Interchange
public import Reports

/// Writing results, and reading the small files that say how to make them.
public enum Output {
  /// Writes bytes to a file, whole or not at all.
  ///
  /// - Throws: `ClewError.cannotCreate` with the reason.
  public static func write(_ bytes: [UInt8], to path: String) throws(ClewError) {
    do { try WholeFile.write(bytes, to: path) } catch { throw ClewError(error) }
  }

  /// Results as a workbook with a sheet for each table.
  ///
  /// - Parameters:
  ///   - document: the results.
  ///   - table: the key of the only table that is wanted; nil for all.
  /// - Returns: the bytes of the workbook.
  /// - Throws: `ClewError.usage` when a table is too long for a sheet.
  public static func workbook(
    _ document: ResultDocument, table: String? = nil
  ) throws(ClewError) -> [UInt8] {
    do { return try document.workbook(table: table) } catch { throw ClewError(error) }
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
  case pajekProject = "paj"
  case neo4j
  case gephi
  case geojson
  case kml
  case xlsx
  case ftm
  case anx
  case stix
  case maltego

  /// The suffixes that name a format, in the order in which help lists them.
  ///
  /// A CSV is an edge list.
  public static let suffixes: KeyValuePairs<String, GraphFileFormat> = [
    "graphml": .graphml, "xml": .graphml, "gexf": .gexf, "gml": .gml, "net": .pajek,
    "paj": .pajekProject, "dl": .dl, "dot": .dot, "gv": .dot, "bods.json": .bods, "bods": .bods,
    "stix.json": .stix, "stix": .stix,
    "json": .json, "gdf": .gdf,
    "cx2": .cx2, "vna": .vna, "ndjson": .ndjson, "jsonl": .ndjson, "geojson": .geojson,
    "kml": .kml, "anx": .anx, "xlsx": .xlsx, "ijson": .ftm, "ftm": .ftm, "csv": .csv,
  ]

  /// The suffixes for a sentence, one for each format.
  public static var suffixList: String {
    var seen: Set<GraphFileFormat> = []
    return suffixes.filter { seen.insert($0.value).inserted }.map { ".\($0.key)" }
      .joined(separator: ", ")
  }

  /// The format that a file name asks for; nil when its suffix names none.
  public init?(fileName: String) {
    let name = fileName.lowercased()
    guard let format = Self.suffixes.first(where: { name.hasSuffix(".\($0.key)") })?.value else {
      return nil
    }
    self = format
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
    case .pajekProject: PajekWriter(isProject: true)
    case .neo4j: Neo4jWriter()
    case .gephi: EdgeListWriter(style: .gephi)
    case .geojson: GeoJSONWriter()
    case .kml: KMLWriter()
    case .xlsx: WorkbookWriter()
    case .ftm: FollowTheMoneyWriter()
    case .anx: ANXWriter()
    case .stix: STIXWriter()
    case .maltego: EdgeListWriter(style: .maltego)
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
