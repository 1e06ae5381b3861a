// SPDX-License-Identifier: Apache-2.0

import Foundation
import GraphCore
import Interchange
import Testing

/// Tables for Neo4j's import and for Gephi.
@Suite struct Neo4jTests {
  private func read(_ text: String, _ others: String..., name: String = "f") throws -> GraphDocument
  {
    var options = GraphReadingOptions()
    options.nodes = others.enumerated().map { .text($1, name: "f\($0 + 2)") }
    return try GraphDocument(reading: .text(text, name: name), options)
  }

  @Test func `nodes and relationships are read with their types`() throws {
    let document = try read(
      ":START_ID,:END_ID,:TYPE,since:date,amount:double,note\np1,p2,PAID,2024-02-29,12.5,007\np2,c1,OWNS,,,\"\"\n",
      "personId:ID,name,:LABEL,age:int,ok:boolean,nicks:string[],skip:IGNORE\np1,Ann,Person;Suspect,30,true,A;B,x\np2,Bo,Person,,False,,\n",
      ":ID,name:string,:LABEL\nc1,Corp,Company\n")
    #expect(document.format == .neo4j && document.direction == .directed)
    #expect(document.nodeIDs == ["p1", "p2", "c1"])
    #expect(document.nodeLabels == ["Ann", "Bo", "Corp"])
    #expect(
      document.nodeColumn("labels")?.values == .text(["Person;Suspect", "Person", "Company"]))
    #expect(document.nodeColumn("age")?.values == .integer([30, nil, nil]))
    #expect(document.nodeColumn("ok")?.values == .boolean([true, false, nil]))
    #expect(document.nodeColumn("nicks")?.values == .text(["[\"A\", \"B\"]", nil, nil]))
    #expect(document.nodeColumn("skip") == nil)
    #expect(document.edgeColumn("type")?.values == .text(["PAID", "OWNS"]))
    #expect(document.edgeColumn("since")?.values == .text(["2024-02-29", nil]))
    #expect(document.edgeColumn("amount")?.values == .real([12.5, nil]))
    // A column without a type is text, and an empty text is not a missing one.
    #expect(document.edgeColumn("note")?.values == .text(["007", ""]))
    // The same files the other way round.
    let turned = try read(
      "personId:ID,name\np1,Ann\np2,Bo\n", ":START_ID,:END_ID,:TYPE\np1,p2,PAID\n")
    #expect(turned.nodeCount == 2 && turned.edgeCount == 1)
  }

  @Test func `identifiers of two spaces stay apart`() throws {
    let document = try read(
      ":START_ID(Person),:END_ID(Film)\n1,1\n2,1\n", "id:ID(Person)\n1\n2\n", ":ID(Film)\n1\n")
    #expect(document.nodeIDs == ["Person/1", "Person/2", "Film/1"])
    #expect(document.sources == [0, 1] && document.targets == [2, 2])
    let apart = try read(
      ":START_ID(Person),:END_ID(Film)\n1,a\n", "id:ID(Person){label:Human}\n1\n", ":ID(Film)\na\n")
    #expect(apart.nodeIDs == ["1", "a"])
  }

  static let broken: [(BrokenFile, String)] = [
    (
      .init("dangling", ":START_ID,:END_ID\na,b\n", "f:2:3", "no node has the identifier “b”"),
      ":ID\na\n"
    ),
    (
      .init("another space", ":START_ID(X),:END_ID(Y)\na,a\n", "f:2:3", "“a” in the space Y"),
      ":ID(X)\na\n"
    ),
    (
      .init("twice", ":START_ID,:END_ID\na,a\n", "f2:3:1", "the node “a” occurs again"),
      ":ID\na\na\n"
    ),
    (
      .init("no end", ":START_ID,:END_ID\na,\n", "f:2:3", "a relationship without an end"),
      ":ID\na\n"
    ),
    (.init("a number", ":START_ID,:END_ID,n:int\na,a,1.5\n", "f:2:5", "“1.5” in n"), ":ID\na\n"),
    (
      .init("a float", ":START_ID,:END_ID,n:float\na,a,NaN\n", "f:2:5", "a finite number"),
      ":ID\na\n"
    ),
    (
      .init("a truth", ":START_ID,:END_ID,n:boolean\na,a,yes\n", "f:2:5", "true or false"),
      ":ID\na\n"
    ),
    (
      .init("a date", ":START_ID,:END_ID,n:date\na,a,2023-02-29\n", "f:2:5", "“2023-02-29” in n"),
      ":ID\na\n"
    ),
    (
      .init("a type", ":START_ID,:END_ID,n:colour\na,a,1\n", "f:1:19", "the column “n:colour”"),
      ":ID\na\n"
    ),
    (
      .init("both", ":ID,:START_ID,:END_ID\na,a,a\n", "f:1:1", "a node and a relationship"),
      ":ID\na\n"
    ),
    (.init("two ids", ":START_ID,:END_ID\na,a\n", "f2:1:1", "2 columns :ID"), "a:ID,b:ID\na,a\n"),
    (.init("no nodes", ":START_ID,:END_ID\na,a\n", "f2:1", "without :ID"), "x,y\na,b\n"),
    (.init("ragged", ":START_ID,:END_ID\na,a,a\n", "f:2:5", "a row of 3 fields"), ":ID\na\n"),
    (
      .init("a blank id", ":START_ID,:END_ID\na,a\n", "f2:2:1", "without an identifier"),
      ":ID,x\n,1\n"
    ),
  ]

  @Test(arguments: broken)
  func `a broken table for Neo4j is refused with its place`(_ broken: BrokenFile, _ nodes: String) {
    let error = #expect(throws: InterchangeError.self) { try read(broken.text, nodes) }
    for word in broken.words { #expect("\(error!)".contains(word), "\(error!)") }
  }

  private static func sample() -> GraphDocument {
    var document = GraphDocument(
      name: "n", direction: .directed, nodeIDs: ["a,b", "0039", "+32 4", "=x"],
      sources: [0, 1, 1], targets: [1, 2, 1],
      nodeColumns: [
        .init(name: "labels", values: .text(["Person;Boss", nil, "Phone", "Person"])),
        .init(name: "age", values: .integer([30, nil, -1, nil])),
        .init(name: "note", values: .text(["a \"b\"", "", nil, "x"])),
        .init(name: "born", values: .text(["1980-02-29", nil, nil, nil])),
        .init(name: "score", values: .real([0.1, 1e-9, nil, 2])),
        .init(name: "known", values: .boolean([true, nil, false, nil])),
      ],
      edgeColumns: [
        .init(name: "type", values: .text(["CALLS", "OWNS", "CALLS"])),
        .init(name: "weight", values: .real([2, nil, 0.5])),
      ])
    document.nodeLabels = ["Ann", nil, nil, "Bo"]
    return document
  }

  @Test func `what is written for Neo4j comes back the same`() throws {
    let document = Self.sample()
    let written = try Neo4jWriter().write(document)
    var options = GraphReadingOptions()
    options.nodes = [.bytes(try #require(written.nodeTable), name: "n-nodes.csv")]
    let again = try GraphDocument(reading: .bytes(written.bytes, name: "n.csv"), options)
    #expect(again.nodeIDs == document.nodeIDs && again.nodeLabels == document.nodeLabels)
    #expect(again.sources == document.sources && again.targets == document.targets)
    for column in document.nodeColumns {
      #expect(again.nodeColumn(column.name)?.values == column.values, "\(column.name)")
    }
    for column in document.edgeColumns {
      #expect(again.edgeColumn(column.name)?.values == column.values, "\(column.name)")
    }
    let nodes = String(decoding: try #require(written.nodeTable), as: UTF8.self)
    #expect(
      nodes.hasPrefix(
        "id:ID,:LABEL,label:string,age:long,note:string,born:date,score:double,known:boolean\n"))
    // Only the apostrophes that keep spreadsheets from calculating are said.
    #expect(written.losses.losses.map(\.count) == [3])
    var undirected = document
    undirected.direction = .undirected
    undirected.edgeColumns = []
    let losses = try Neo4jWriter().write(undirected).losses.description
    #expect(losses.contains("3 undirected edges are written as directed"))
    #expect(losses.contains("3 relationships have no type and are written as RELATED_TO"))
  }

  @Test func `what is written for Gephi comes back the same`() throws {
    var document = Self.sample()
    document.edgeColumns.removeFirst()
    document.mixedDirections = [true, false, true]
    document.nodeColumns.removeAll { $0.name == "note" }
    let written = try EdgeListWriter(style: .gephi).write(document)
    #expect(
      String(decoding: written.bytes, as: UTF8.self).hasPrefix(
        "Source,Target,Type,Weight\n\"a,b\",0039,Directed,2.0\n"))
    var options = GraphReadingOptions()
    options.nodes = [.bytes(try #require(written.nodeTable), name: "n-nodes.csv")]
    let again = try GraphDocument(reading: .bytes(written.bytes, name: "n.csv"), options)
    #expect(again.nodeIDs == document.nodeIDs && again.mixedDirections == document.mixedDirections)
    #expect(again.edgeColumn("weight")?.values == document.edgeColumn("weight")?.values)
    #expect(again.nodeColumn("age")?.values == document.nodeColumn("age")?.values)
    #expect(again.label(ofNode: 0) == "Ann" && again.label(ofNode: 1) == "0039")
    document.mixedDirections = nil
    document.direction = .undirected
    let plain = try EdgeListWriter(style: .gephi).write(document)
    let undirected = try GraphDocument(reading: .bytes(plain.bytes, name: "n.csv"))
    #expect(undirected.direction == .undirected && undirected.mixedDirections == nil)
  }

  @Test(.enabled(if: PythonOracle.path != nil, "CLEW_PYTHON with pandas and networkx is absent"))
  func `pandas and networkx read the tables`() throws {
    var document = Self.sample()
    document.nodeIDs = ["a,b", "0039", "32 4", "x"]
    let gephi = try EdgeListWriter(style: .gephi).write(document)
    let neo4j = try Neo4jWriter().write(document)
    let answer = try PythonOracle.answer(
      """
      import sys, json, pandas, networkx
      e = pandas.read_csv(sys.argv[1], dtype={"Source": str, "Target": str})
      g = networkx.from_pandas_edgelist(e, "Source", "Target", edge_attr=True, create_using=networkx.MultiDiGraph)
      n = pandas.read_csv(sys.argv[2], dtype={"id:ID": str}, keep_default_na=False)
      r = pandas.read_csv(sys.argv[3], dtype=str, keep_default_na=False)
      print(json.dumps({"edges": sorted([u, v, d["Type"]] for u, v, d in g.edges(data=True)),
        "nodes": n["id:ID"].tolist(), "labels": n[":LABEL"].tolist(),
        "ties": r[[":START_ID", ":END_ID", ":TYPE"]].values.tolist()}))
      """,
      [
        ("e.csv", gephi.bytes), ("n.csv", try #require(neo4j.nodeTable)), ("r.csv", neo4j.bytes),
      ])
    #expect(
      answer["edges"] as? [[String]] == [
        ["0039", "0039", "Directed"], ["0039", "32 4", "Directed"], ["a,b", "0039", "Directed"],
      ])
    #expect(answer["nodes"] as? [String] == document.nodeIDs)
    #expect(answer["labels"] as? [String] == ["Person;Boss", "", "Phone", "Person"])
    #expect(
      answer["ties"] as? [[String]] == [
        ["a,b", "0039", "CALLS"], ["0039", "32 4", "OWNS"], ["0039", "0039", "CALLS"],
      ])
  }
}
