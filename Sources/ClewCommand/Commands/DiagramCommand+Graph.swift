// SPDX-License-Identifier: Apache-2.0

internal import Clew
internal import Foundation

extension DiagramCommand {
  /// Writes the network with the places of its chart for programs that lay charts out themselves.
  func writeGraph(
    of network: Network, as format: GraphFileFormat, at places: DiagramPlaces?, _ session: Session
  ) throws {
    guard let places else {
      throw ClewError.usage(
        "-o \(output): groups stand for the entities of so large a network, and entities have no places; draw "
          + "a part of it (--around, --community-of), or write it without places: clew export, clew convert"
      )
    }
    // What goes to another program with its evidence is a disclosure.
    var anchor: String?
    if Workbench.isCaseFile(input) {
      let store = try CaseStore(input)
      try store.note(.disclosure, who: ProcessInfo.processInfo.userName)
      anchor = try store.log().last.map { "\($0.number):\($0.hash)" }
    }
    var document = network.document(anchor: anchor)
    var placeOf: [String: Point] = [:]
    for node in places.nodes where placeOf[node.id] == nil { placeOf[node.id] = node.place }
    // A chart of Analyst's Notebook has whole units, of which a point is two.
    let factor = format == .anx ? 2.0 : 1
    func column(_ name: String, _ coordinate: (Point) -> Double) -> AttributeColumn {
      AttributeColumn(
        name: name,
        values: .real(
          document.nodeIDs.map { id in
            placeOf[id].map { place in
              let value = coordinate(place) * factor
              return format == .anx ? value.rounded() : (value * 100).rounded() / 100
            }
          }))
    }
    document.nodeColumns += [column("x") { $0.x }, column("y") { $0.y }]
    let written =
      try format == .anx
      ? Workbench(input, try readingOptions.request())
        .analystsNotebook(document, viewOptions.request())
      : document.written(as: format)
    try session.write(written.bytes, to: output)
    for note in written.notes { session.note(note) }
    if !written.losses.isEmpty { session.note("lost: \(written.losses)") }
  }
}
