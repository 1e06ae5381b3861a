// SPDX-License-Identifier: Apache-2.0

public import CaseStore
public import Diagrams

extension CaseStore {
  /// Keeps where the entities of a chart stand, for the `pins` of a later one.
  ///
  /// - Returns: how many places were kept.
  /// - Throws: `ClewError` when the case cannot be written.
  @discardableResult
  public func keep(_ places: DiagramPlaces, as name: String) throws(ClewError) -> Int {
    let chart = KeptChart(
      width: places.pageWidth, height: places.pageHeight, scale: places.scale,
      places: places.nodes.map {
        KeptChart.Place(entity: $0.id, x: $0.place.x, y: $0.place.y, region: $0.group)
      })
    do { return try keep(chart, as: name) } catch { throw ClewError(error) }
  }

  /// Where entities stood on the chart that was last kept under a name; nil where there is none.
  ///
  /// - Throws: `ClewError` when the case cannot be read.
  public func places(keptAs name: String) throws(ClewError) -> DiagramPlaces? {
    do {
      return try keptChart(name).map { chart in
        DiagramPlaces(
          pageWidth: chart.width, pageHeight: chart.height, scale: chart.scale,
          nodes: chart.places.map {
            DiagramPlaces.Node(
              id: $0.entity, place: Point(x: $0.x, y: $0.y), group: $0.region)
          })
      }
    } catch { throw ClewError(error) }
  }
}
