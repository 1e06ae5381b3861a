// SPDX-License-Identifier: Apache-2.0

internal import GRDB

/// Where entities stood on a chart, for the next one to have them at the same places.
public struct KeptChart: Hashable, Sendable {
  /// The place of an entity.
  public struct Place: Hashable, Sendable {
    /// The id of the entity.
    public var entity: String
    /// How far from the left edge of the page, in points.
    public var x: Double
    /// How far from the top, in points.
    public var y: Double
    /// The number of the region it stood in, or nil.
    public var region: Int?

    /// Creates a place.
    public init(entity: String, x: Double, y: Double, region: Int?) {
      self.entity = entity
      self.x = x
      self.y = y
      self.region = region
    }
  }

  /// The width of the page in points.
  public var width: Double
  /// The height of the page in points.
  public var height: Double
  /// The factor between the sizes of the chart's icons and those on its page.
  public var scale: Double
  /// The places.
  public var places: [Place]
  /// When it was kept, in milliseconds since 1970-01-01T00:00Z; nil before that.
  public var recorded: Int64?

  /// Creates a chart to be kept.
  public init(width: Double, height: Double, scale: Double, places: [Place]) {
    self.width = width
    self.height = height
    self.scale = scale
    self.places = places
  }
}

extension CaseStore {
  /// Keeps the places of a chart in the case, under a name.
  ///
  /// Places are no evidence: they are part of no digest, no import and no entry of the log, and an
  /// erasure takes those of what it erases. Entities that an earlier chart of the name had and this one
  /// has not keep their places, in case they come back; ids that the case does not know are passed
  /// over.
  ///
  /// - Parameters:
  ///   - chart: the places.
  ///   - name: what the chart is called; not empty.
  ///   - recorded: the time in milliseconds since 1970; nil for now.
  /// - Returns: how many places were kept.
  /// - Throws: `CaseStoreError` when the file cannot be written.
  @discardableResult
  public func keep(_ chart: KeptChart, as name: String, recorded: Int64? = nil) throws -> Int {
    precondition(!name.isEmpty, "a kept chart has a name")
    return try file.write { database in
      try TableLayout.upgrade(database)
      try database.execute(
        sql: """
          INSERT INTO chart (name, recorded, width, height, scale) VALUES (?1, ?2, ?3, ?4, ?5)
          ON CONFLICT (name) DO UPDATE SET recorded = ?2, width = ?3, height = ?4, scale = ?5
          """,
        arguments: [name, recorded ?? Self.now, chart.width, chart.height, chart.scale])
      let number =
        try Int64.fetchOne(database, sql: "SELECT id FROM chart WHERE name = ?", arguments: [name])
        ?? 0
      let insert = try SQLStatement(
        database,
        """
        INSERT OR REPLACE INTO chart_place (chart, entity, x, y, region)
        SELECT ?1, id, ?3, ?4, ?5 FROM entity WHERE key = ?2
        """)
      var count = 0
      for place in chart.places where place.x.isFinite && place.y.isFinite {
        insert.bind(number, at: 1)
        insert.bind(place.entity, at: 2)
        insert.bind(place.x, at: 3)
        insert.bind(place.y, at: 4)
        insert.bind(place.region.map(Int64.init), at: 5)
        try insert.run()
        count += database.changesCount
      }
      return (.commit, count)
    }
  }

  /// The chart that was last kept under a name; nil where there is none.
  ///
  /// - Throws: `CaseStoreError` when the file cannot be read.
  public func keptChart(_ name: String) throws -> KeptChart? {
    try file.read { database in
      guard try database.tableExists("chart") else { return nil }
      let rows = try SQLStatement(
        database, "SELECT id, recorded, width, height, scale FROM chart WHERE name = ?")
      rows.bind(name, at: 1)
      guard try rows.step() else { return nil }
      let number = rows.int(0)
      var chart = KeptChart(
        width: rows.double(2), height: rows.double(3), scale: rows.double(4), places: [])
      chart.recorded = rows.int(1)
      rows.reset()
      let places = try SQLStatement(
        database,
        """
        SELECT entity.key, x, y, region FROM chart_place JOIN entity ON entity.id = entity
        WHERE chart = \(number) ORDER BY entity.id
        """)
      while try places.step() {
        chart.places.append(
          KeptChart.Place(
            entity: places.text(0), x: places.double(1), y: places.double(2),
            region: places.optionalInt(3).map(Int.init)))
      }
      return chart
    }
  }

  /// The names under which charts are kept, in byte order.
  ///
  /// - Throws: `CaseStoreError` when the file cannot be read.
  public func keptChartNames() throws -> [String] {
    try file.read { database in
      guard try database.tableExists("chart") else { return [] }
      return try String.fetchAll(database, sql: "SELECT name FROM chart ORDER BY name")
    }
  }
}
