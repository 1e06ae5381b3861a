// SPDX-License-Identifier: Apache-2.0

internal import GRDB

/// The tables of a case file, as a list of migrations: each is a name and statements.
///
/// A file states in `user_version` how many of them it has been through. A migration that has been
/// released never changes; a further one is added at the end.
///
/// What sources say is in `claim` and `event`, which are only ever added to. `entity` and
/// `relationship` hold identities. Which claims count follows from `batch`: an import counts
/// unless a later decision reverts it or drops its source.
enum TableLayout {
  /// "Clew" in ASCII, at the place that SQLite gives to the format of an application.
  static let applicationID: Int32 = 0x436c_6577

  struct Migration {
    let name: String
    let statements: [String]
    /// The statements of earlier migrations whose place these take.
    var replaced: [String] = []
  }

  static let migrations = [
    Migration(name: "evidence", statements: evidence),
    Migration(name: "charts", statements: charts),
    Migration(name: "lists of events", statements: [eventLists], replaced: [eventEnds]),
    Migration(name: "merges", statements: [batches], replaced: [batchesWithoutMerges]),
  ]

  /// Every statement of the layout that a version has.
  static func statements(version: Int) -> [String] {
    migrations.prefix(version).reduce(into: []) { statements, migration in
      statements.removeAll { migration.replaced.contains($0) }
      statements += migration.statements
    }
  }

  /// Brings the tables of an older file to this version, inside a transaction that writes.
  static func upgrade(_ database: Database) throws {
    let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    guard version < migrations.count else { return }
    for statement in migrations[min(version, 3)..<3].flatMap(\.statements) {
      try database.execute(sql: statement)
    }
    if version < 3 { try EventLists.convert(database) }
    // What refers to the table goes on to do so: `CaseFile.write` looks up no references meanwhile.
    try database.execute(
      sql: """
        PRAGMA legacy_alter_table = ON;
        ALTER TABLE batch RENAME TO batch_before;
        \(batches);
        INSERT INTO batch SELECT * FROM batch_before;
        DROP TABLE batch_before;
        PRAGMA legacy_alter_table = OFF
        """)
    try database.execute(sql: "PRAGMA user_version = \(migrations.count)")
  }

  // The events of each entity, in any role: its number in the upper 32 bits, that of the event in
  // the lower.
  private static let eventEnds = "CREATE TABLE event_end (place INTEGER PRIMARY KEY) STRICT"

  // The same in JSON lists of events in ascending order, each at the place of its first: a tenth of
  // the time. They come in sorted, which costs a fraction of an index on each column.
  private static let eventLists =
    "CREATE TABLE event_list (place INTEGER PRIMARY KEY, events TEXT NOT NULL) STRICT"

  // Where entities stood on the last chart of a name: no evidence, and part of no digest.
  private static let charts = [
    """
    CREATE TABLE chart (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      recorded INTEGER NOT NULL,
      width REAL NOT NULL,
      height REAL NOT NULL,
      scale REAL NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE chart_place (
      chart INTEGER NOT NULL REFERENCES chart,
      entity INTEGER NOT NULL REFERENCES entity DEFERRABLE INITIALLY DEFERRED,
      x REAL NOT NULL,
      y REAL NOT NULL,
      region INTEGER,
      PRIMARY KEY (chart, entity)
    ) STRICT, WITHOUT ROWID
    """,
  ]

  // Imports and decisions in their order: `mapping` is the mapping of an import, and what a view,
  // a rule of retention or an erasure states. A merge, or the decision against one, has the numbers
  // of two entities as its label. The secret makes what the log says of a batch meaningless once the
  // batch is erased.
  private static func batches(_ kinds: String) -> String {
    """
    CREATE TABLE batch (
      id INTEGER PRIMARY KEY,
      kind TEXT NOT NULL CHECK (kind IN (\(kinds))),
      label TEXT NOT NULL,
      recorded INTEGER NOT NULL,
      entered_by TEXT,
      reason TEXT,
      mapping TEXT,
      reverts INTEGER REFERENCES batch,
      drops INTEGER REFERENCES source,
      digest BLOB NOT NULL,
      secret BLOB NOT NULL,
      CHECK ((kind = 'revert') = (reverts IS NOT NULL)),
      CHECK ((kind = 'drop') = (drops IS NOT NULL))
    ) STRICT
    """
  }

  private static let batchesWithoutMerges = batches(
    "'import', 'revert', 'drop', 'view', 'retain', 'erase'")

  private static let batches = batches(
    "'import', 'revert', 'drop', 'view', 'retain', 'erase', 'merge', 'distinct'")

  private static let evidence = [
    """
    CREATE TABLE setting (
      key TEXT PRIMARY KEY,
      value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    batchesWithoutMerges,
    "CREATE TABLE source (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT",
    // What an import says of a source that it uses; the digest of what the source says, which is
    // the same in every case, and the digest of the rows that this made here.
    """
    CREATE TABLE declaration (
      batch INTEGER NOT NULL REFERENCES batch,
      source INTEGER NOT NULL REFERENCES source,
      kind TEXT NOT NULL,
      scheme TEXT,
      grade TEXT,
      handling TEXT,
      claims INTEGER NOT NULL,
      events INTEGER NOT NULL,
      content_digest BLOB NOT NULL,
      claim_digest BLOB NOT NULL,
      event_digest BLOB NOT NULL,
      PRIMARY KEY (batch, source)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE file (
      id INTEGER PRIMARY KEY,
      batch INTEGER NOT NULL REFERENCES batch,
      source INTEGER REFERENCES source,
      name TEXT NOT NULL,
      sha256 TEXT NOT NULL,
      byte_count INTEGER NOT NULL
    ) STRICT
    """,
    // Words that occur often: schemata, properties, roles, schemes, names of files.
    "CREATE TABLE term (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT",
    """
    CREATE TABLE entity (
      id INTEGER PRIMARY KEY,
      key TEXT NOT NULL UNIQUE,
      schema INTEGER NOT NULL REFERENCES term
    ) STRICT
    """,
    // A relationship or event that comes back with other ends, after all that said the first ones
    // was withdrawn, is another variant: a row never changes.
    """
    CREATE TABLE relationship (
      id INTEGER PRIMARY KEY,
      key TEXT NOT NULL,
      variant INTEGER NOT NULL DEFAULT 0,
      schema INTEGER NOT NULL REFERENCES term,
      UNIQUE (key, variant)
    ) STRICT
    """,
    """
    CREATE TABLE relationship_end (
      relationship INTEGER NOT NULL REFERENCES relationship,
      position INTEGER NOT NULL,
      role INTEGER NOT NULL REFERENCES term,
      entity INTEGER NOT NULL REFERENCES entity DEFERRABLE INITIALLY DEFERRED,
      PRIMARY KEY (relationship, position)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX relationship_end_entity ON relationship_end (entity)",
    // One row is an event, its two main participants, and its first report. Times are in
    // milliseconds; a text is kept where it is not the plain form of its second. Numbers are kept
    // as integer or real where that gives back the text, and as text otherwise. An event without a
    // key is known by its schema, file and line (`EventKey`). What else its report says is a JSON
    // list of [property, value, column], where property and column are words (`EventDetails`).
    """
    CREATE TABLE event (
      id INTEGER PRIMARY KEY,
      key TEXT,
      variant INTEGER NOT NULL DEFAULT 0,
      schema INTEGER NOT NULL REFERENCES term,
      start_at INTEGER,
      end_at INTEGER,
      start_text TEXT,
      end_text TEXT,
      origin_role INTEGER REFERENCES term,
      origin INTEGER REFERENCES entity DEFERRABLE INITIALLY DEFERRED,
      target_role INTEGER REFERENCES term,
      target INTEGER REFERENCES entity DEFERRABLE INITIALLY DEFERRED,
      duration ANY,
      amount ANY,
      currency TEXT,
      batch INTEGER NOT NULL REFERENCES batch,
      source INTEGER NOT NULL REFERENCES source,
      file INTEGER REFERENCES term,
      line INTEGER,
      place TEXT,
      valid_start TEXT,
      valid_end TEXT,
      scheme INTEGER REFERENCES term,
      grade TEXT,
      handling TEXT,
      standing INTEGER NOT NULL,
      hash INTEGER NOT NULL,
      details TEXT
    ) STRICT
    """,
    "CREATE UNIQUE INDEX event_key ON event (key, variant) WHERE key IS NOT NULL",
    "CREATE INDEX relationship_variant ON relationship (key) WHERE variant > 0",
    "CREATE INDEX event_variant ON event (key) WHERE variant > 0",
    eventEnds,
    """
    CREATE TABLE participant (
      event INTEGER NOT NULL REFERENCES event,
      position INTEGER NOT NULL,
      role INTEGER NOT NULL REFERENCES term,
      entity INTEGER NOT NULL REFERENCES entity DEFERRABLE INITIALLY DEFERRED,
      PRIMARY KEY (event, position)
    ) STRICT, WITHOUT ROWID
    """,
    // A claim without a property says that the thing exists; its value is the schema where that is
    // not the one in the thing's row.
    """
    CREATE TABLE claim (
      id INTEGER PRIMARY KEY,
      entity INTEGER REFERENCES entity,
      relationship INTEGER REFERENCES relationship,
      event INTEGER REFERENCES event,
      property INTEGER REFERENCES term,
      value TEXT NOT NULL,
      batch INTEGER NOT NULL REFERENCES batch,
      source INTEGER NOT NULL REFERENCES source,
      file INTEGER REFERENCES term,
      line INTEGER,
      place TEXT,
      valid_start TEXT,
      valid_end TEXT,
      scheme INTEGER REFERENCES term,
      grade TEXT,
      handling TEXT,
      standing INTEGER NOT NULL,
      hash INTEGER NOT NULL,
      CHECK ((entity IS NULL) + (relationship IS NULL) + (event IS NULL) = 2)
    ) STRICT
    """,
    "CREATE INDEX claim_entity ON claim (entity) WHERE entity IS NOT NULL",
    "CREATE INDEX claim_relationship ON claim (relationship) WHERE relationship IS NOT NULL",
    "CREATE INDEX claim_event ON claim (event) WHERE event IS NOT NULL",
    """
    CREATE INDEX claim_other_schema ON claim (entity)
      WHERE property IS NULL AND value <> '' AND entity IS NOT NULL
    """,
    // Each entry carries the hash of the one before and a keyed hash of the batch that it is about.
    """
    CREATE TABLE log (
      id INTEGER PRIMARY KEY,
      recorded INTEGER NOT NULL,
      action TEXT NOT NULL,
      who TEXT,
      reason TEXT,
      recipient TEXT,
      batch INTEGER,
      commitment BLOB NOT NULL,
      previous BLOB NOT NULL,
      hash BLOB NOT NULL
    ) STRICT
    """,
    // The counts that are shown of the whole case, as JSON, and the batch after which they were taken.
    """
    CREATE TABLE summary (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      batch INTEGER NOT NULL,
      text TEXT NOT NULL
    ) STRICT
    """,
    // By number of claim: the words of names, numbers and addresses in their forms (`NameForms`), and
    // the names by three letters at a time.
    """
    CREATE VIRTUAL TABLE name_index USING fts5 (
      words, content = '', tokenize = 'unicode61 remove_diacritics 2'
    )
    """,
    "CREATE VIRTUAL TABLE near_index USING fts5 (name, content = '', tokenize = 'trigram')",
  ]
}
