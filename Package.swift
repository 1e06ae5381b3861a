// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0

import PackageDescription

// The layers in order: a target may import only targets above it. `tools/checks/arrows` holds it.
let layers: [Target] = [
  // Column hands out spans of memory that it owns.
  .target(name: "GraphCore", swiftSettings: [.enableExperimentalFeature("Lifetimes")]),
  .target(name: "CVectorKernels"),
  .target(name: "GraphAlgorithms", dependencies: ["GraphCore", "CVectorKernels"]),
  .target(name: "CHash"),
  .target(
    name: "CaseModel",
    dependencies: ["GraphCore", "CHash", .product(name: "Yams", package: "Yams")],
    resources: [.embedInCode("Schema/ontology.yaml"), .embedInCode("Schema/grading.yaml")]),
  .target(
    name: "CaseStore",
    dependencies: [
      "CaseModel", .product(name: "GRDB", package: "GRDB.swift"),
      .product(name: "GRDBSQLite", package: "GRDB.swift"),
    ]),
  .systemLibrary(
    name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
  .systemLibrary(
    name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
  .systemLibrary(
    name: "CXlsxWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
  .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
  .target(
    name: "Interchange",
    dependencies: ["CaseModel", "GraphCore", "CArchive", "CExpat", "CXlsxWriter", "CZlib"],
    resources: [
      .embedInCode("Mapping/Ready/bill-of-lading.yaml"),
      .embedInCode("Mapping/Ready/calls.yaml"),
      .embedInCode("Mapping/Ready/calls-operator.yaml"),
      .embedInCode("Mapping/Ready/opencorporates.yaml"),
      .embedInCode("Mapping/Ready/passengers-pnr.yaml"),
      .embedInCode("Mapping/Ready/payments-amlsim.yaml"),
      .embedInCode("Mapping/Ready/payments-ibm-aml.yaml"),
      .embedInCode("Mapping/Ready/payments-saml-d.yaml"),
      .embedInCode("Mapping/Ready/seizures-unodc.yaml"),
      .embedInCode("Mapping/Ready/tenders-ocds.yaml"),
      .embedInCode("Mapping/Ready/tenders-ted.yaml"),
      .embedInCode("Mapping/Ready/tower-dump.yaml"),
      .embedInCode("Mapping/Ready/uk-companies.yaml"),
      .embedInCode("Mapping/Ready/uk-psc.yaml"),
      .embedInCode("Mapping/Ready/vessel-calls.yaml"),
      .embedInCode("Mapping/Ready/vessel-positions.yaml"),
    ]),
  .systemLibrary(
    name: "CGraphviz", pkgConfig: "libgvc", providers: [.apt(["libgraphviz-dev"])]),
  .target(name: "CGraphvizRender", dependencies: ["CGraphviz"]),
  .target(
    name: "Diagrams",
    dependencies: [
      "GraphCore", "CGraphvizRender",
      .product(name: "Subprocess", package: "swift-subprocess"),
    ], resources: [.embedInCode("Map/coast.txt")]),
  .target(name: "Reports", dependencies: ["Interchange", "GraphAlgorithms", "GraphCore"]),
  .target(
    name: "Clew",
    dependencies: [
      "Reports", "Diagrams", "Interchange", "CaseStore", "CaseModel", "GraphAlgorithms",
      "GraphCore",
    ]),
  .executableTarget(
    name: "ClewCommand",
    dependencies: [
      "Clew", .product(name: "ArgumentParser", package: "swift-argument-parser"),
    ]),
]

let tests: [Target] = [
  .target(name: "TestSupport", dependencies: ["GraphCore"], path: "Tests/TestSupport"),
  .testTarget(name: "GraphCoreTests", dependencies: ["GraphCore"]),
  .testTarget(
    name: "GraphAlgorithmsTests", dependencies: ["GraphAlgorithms", "GraphCore", "TestSupport"]),
  .testTarget(name: "CaseModelTests", dependencies: ["CaseModel", "CHash", "GraphCore"]),
  .testTarget(
    name: "CaseStoreTests",
    dependencies: [
      "CaseStore", "CaseModel", "GraphCore", .product(name: "GRDB", package: "GRDB.swift"),
    ]),
  .executableTarget(
    name: "diagram-worker", dependencies: ["Diagrams"], path: "Tests/DiagramWorker"),
  .testTarget(
    name: "DiagramsTests", dependencies: ["Diagrams", "GraphCore", "diagram-worker"]),
  .executableTarget(
    name: "ClewBenchmarks", dependencies: ["Interchange", "GraphAlgorithms", "GraphCore"],
    path: "tools/benchmarks/ClewBenchmarks"),
  .testTarget(name: "ReportsTests", dependencies: ["Reports", "GraphAlgorithms"]),
  .testTarget(name: "ClewTests", dependencies: ["Clew", "TestSupport"]),
  .testTarget(name: "ClewCommandTests", dependencies: ["ClewCommand", "TestSupport"]),
  .testTarget(
    name: "InterchangeTests",
    dependencies: ["Interchange", "CaseModel", "GraphCore", "TestSupport"]),
]

for target in layers + tests where target.type != .system {
  target.swiftSettings =
    (target.swiftSettings ?? []) + [
      .enableUpcomingFeature("ExistentialAny"),
      .enableUpcomingFeature("InternalImportsByDefault"),
      .enableUpcomingFeature("MemberImportVisibility"),
      .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
      .strictMemorySafety(),
      .treatAllWarnings(as: .error),
    ]
}

// `tools/fuzz` builds the readers for libFuzzer; nothing else does.
var fuzzing: [Target] = []
if Context.environment["CLEW_FUZZ"] != nil {
  fuzzing.append(
    .executableTarget(
      name: "ClewFuzz", dependencies: ["Interchange"], path: "tools/fuzzing/ClewFuzz",
      linkerSettings: [.unsafeFlags(["-sanitize=fuzzer,address", "-use-ld=lld"])]))
  for target in layers + fuzzing where target.type != .system {
    let isSwift = !["CHash", "CVectorKernels", "CGraphvizRender"].contains(target.name)
    guard isSwift else { continue }
    target.swiftSettings =
      (target.swiftSettings ?? [])
      + [.unsafeFlags(["-sanitize=fuzzer,address", "-parse-as-library"])]
  }
}

let package = Package(
  name: "clew",
  products: [
    .library(name: "Clew", targets: ["Clew"]),
    .executable(name: "clew", targets: ["ClewCommand"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
  ],
  targets: layers + tests + fuzzing,
  swiftLanguageModes: [.v6]
)
