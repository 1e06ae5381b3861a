// SPDX-License-Identifier: Apache-2.0

import CaseModel
import CaseStore
import Testing

struct FindTests {
  let fixture: StoreFixture

  init() throws { fixture = try StoreFixture() }

  private func store() throws -> CaseStore {
    let store = try fixture.store()
    let names = [
      ("p1", "Сергей Иванов"), ("p2", "Jørgen Øst"), ("p3", "Łukasz Weiß"), ("p4", "محمد علي"),
      ("p5", "李小龙"), ("p6", "Παπαδόπουλος Νίκος"), ("p7", "Maria van den Berg"),
      ("p8", "Marla van der Burg"), ("p9", "Anna Lindqvist"), ("p10", "Jose Perez"),
    ]
    try store.import(label: "people", sources: [StoreFixture.register]) { append in
      for (line, (id, name)) in names.enumerated() {
        try append(StoreFixture.person(id, name, line: line))
      }
      for (line, (id, number)) in [
        ("t1", "+32 470 90 01 01"), ("t2", "0470900102"), ("t3", "0032470900103"),
      ].enumerated() {
        try append(
          Assertion(
            subject: .entity(id: id, schema: "Phone"),
            properties: [PropertyValue("number", number)],
            source: "register", locator: Locator(file: "phones.csv", line: line)))
      }
      try append(
        Assertion(
          subject: .entity(id: "a1", schema: "BankAccount"),
          properties: [PropertyValue("iban", "BE71 0961 2345 6769")], source: "register",
          locator: Locator(file: "accounts.csv", line: 2)))
    }
    return store
  }

  @Test(arguments: [
    ("ivanov", "p1", FoundEntity.Match.transliterated), ("Иванов", "p1", .words),
    ("Сергей Иванов", "p1", .exact), ("ost", "p2", .transliterated), ("Øst", "p2", .words),
    ("jorgen", "p2", .transliterated), ("lukasz weiss", "p3", .transliterated),
    ("mhmd", "p4", .transliterated), ("xiao", "p5", .transliterated),
    ("papadopoulos", "p6", .transliterated), ("lindqvist", "p9", .words),
    ("LINDQVIST anna", "p9", .words), ("lindkvist", "p9", .near(1)),
    ("lidnqvist", "p9", .near(1)), ("lindqvis", "p9", .words), ("pérez", "p10", .words),
    ("peres jose", "p10", .near(1)), ("900101", "t1", .digits), ("0470900102", "t2", .exact),
    ("+32470900102", "t2", .digits), ("32 470 90 01 03", "t3", .digits),
    ("470900101", "t1", .digits), ("BE71096123456769", "a1", .words),
    ("be71 0961 2345 6769", "a1", .exact), ("p7", "p7", .id),
  ])
  func `what people type finds whom they mean`(
    _ text: String, _ id: String, _ match: FoundEntity.Match
  ) throws {
    let found = try store().find(text)
    #expect(found.first?.entity.id == id, "\(found)")
    #expect(found.first?.match == match, "\(found)")
  }

  @Test func `the surest matches come first and each entity once`() throws {
    let store = try store()
    let found = try store.find("maria van den berg")
    #expect(found.map(\.entity.id) == ["p7", "p8"])
    #expect(found.map(\.match) == [.exact, .near(3)])
    #expect(try store.find("maria van den berg", limit: 1).count == 1)
  }

  @Test(arguments: ["zz", "\"", "*", "AND", "NEAR(", "🦊", "' OR 1=1", "zzzzzzzz", "12"])
  func `what nothing matches finds nothing and harms nothing`(_ text: String) throws {
    let store = try store()
    #expect(try store.find(text).isEmpty)
    #expect(try store.verify() == [])
  }
}
