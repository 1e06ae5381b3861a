// SPDX-License-Identifier: Apache-2.0

public import ArgumentParser
internal import Clew

/// The options that every command with results has.
struct OutputOptions: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Write to this file (whole or not at all); the format follows its suffix.",
      valueName: "file"))
  var output: String?

  @Option(help: "The form of the results.")
  var format: TableFormat?

  @Option(
    help: ArgumentHelp(
      "How many rows of a table people see: a number, or all. [default: 20]", valueName: "n"))
  var top: String?

  @Option(
    help: ArgumentHelp(
      "Which of several tables csv, tsv and ndjson hold.", valueName: "key"))
  var table: String?

  func validate() throws {
    if let top, top != "all", (Int(top) ?? 0) < 1 {
      throw ValidationError("--top \(top): expected a number from 1, or all.")
    }
  }

  /// The format asked for, by option or by the suffix of the output.
  func resolvedFormat() throws -> TableFormat {
    if let format { return format }
    guard let output else { return .table }
    guard let format = TableFormat(fileName: output) else {
      throw ValidationError(
        "-o \(output): the suffix names no format of tables (txt, csv, tsv, json, ndjson, md, xlsx); "
          + "name one with --format.")
    }
    return format
  }

  /// How many rows people see; nil for all.
  var rowLimit: Int? { top == "all" ? nil : top.flatMap { Int($0) } ?? 20 }

  /// How many rows need to be read; nil for all, as in every form for programs.
  func readingLimit() throws -> Int? {
    switch try resolvedFormat() {
    case .table, .markdown: rowLimit
    case .csv, .tsv, .json, .ndjson, .xlsx: nil
    }
  }
}

extension TableFormat: ExpressibleByArgument {}

/// The options that say how a command runs; none of them changes a byte of its results.
struct RunOptions: ParsableArguments {
  @Option(help: ArgumentHelp("How many threads to use. [default: all cores]", valueName: "n"))
  var threads: Int?

  @Option(
    help: ArgumentHelp(
      "Refuse an analysis that may need more memory than this: bytes, or with K, M, G, T. "
        + "[default: nine tenths of what is free]", valueName: "size"))
  var memoryLimit: String?

  @Flag(name: .shortAndLong, help: "Print results and errors only.")
  var quiet = false

  @Option(help: "Show progress on a terminal: auto, never.")
  var progress = ProgressChoice.auto

  @Flag(name: .customLong("no-color"), help: "Plain messages, without colour (as with NO_COLOR).")
  var noColor = false

  func validate() throws {
    if let threads, threads < 1 || threads > 1024 {
      throw ValidationError("--threads \(threads): expected a number from 1 to 1024.")
    }
    if let memoryLimit, MemorySize(memoryLimit) == nil {
      throw ValidationError(
        "--memory-limit \(memoryLimit): expected a size such as 500M or 4G.")
    }
  }
}

/// When progress is shown.
enum ProgressChoice: String, ExpressibleByArgument, CaseIterable { case auto, never }
