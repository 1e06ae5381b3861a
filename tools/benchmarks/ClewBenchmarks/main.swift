// SPDX-License-Identifier: Apache-2.0

import Foundation
import GraphAlgorithms
import GraphCore

/// Processor time of the whole process, in seconds.
func processorSeconds() -> Double {
  var usage = rusage()
  unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  let micros = usage.ru_utime.tv_usec + usage.ru_stime.tv_usec
  return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) + Double(micros) / 1e6
}

func write(_ lines: [String], to path: String) throws {
  try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: path))
}

/// `GRAPH edges FILE` writes the edge list with lengths, and into FILE.ties the bare pairs;
/// `load FILE.ties VALUES` times the reading of these; `GRAPH THREADS FILE` times each task that a
/// line of input names and writes its values.
func main(_ arguments: [String]) throws {
  if arguments.count == 3, arguments[0] == "load" {
    return try load(arguments[1], values: arguments[2])
  }
  guard arguments.count == 3, let generated = GeneratedGraph(named: arguments[0]) else {
    throw Misuse(description: "no such graph: \(arguments.first ?? "")")
  }
  if arguments[1] == "edges" {
    let lines = zip(generated.pairs, generated.lengths).map { "\($0.0) \($0.1) \(Int($1))" }
    try write(generated.pairs.map { "\($0.0) \($0.1)" }, to: arguments[2] + ".ties")
    return try write(["\(generated.nodeCount) \(lines.count)"] + lines, to: arguments[2])
  }
  let run = Run(threads: Int(arguments[1]) ?? 1)
  let input = try Input(generated)
  report("[\(BenchmarkTask.all.map { "\"\($0.word)\"" }.joined(separator: ", "))]")
  while let word = readLine() {
    guard let task = BenchmarkTask.all.first(where: { $0.word == word }) else {
      throw Misuse(description: "no such task: \(word)")
    }
    let clock = ContinuousClock()
    let before = (processorSeconds(), clock.now)
    let answer = try task.answer(input, run)
    let cpu = processorSeconds() - before.0
    let wall = (clock.now - before.1) / .seconds(1)
    try write(answer().map { $0.description }, to: arguments[2])
    report("{\"cpu\": \(cpu), \"wall\": \(wall)}")
  }
}

/// A line for the driver, at once.
func report(_ line: String) {
  FileHandle.standardOutput.write(Data((line + "\n").utf8))
}

struct Misuse: Error, CustomStringConvertible { let description: String }

do {
  try main(Array(CommandLine.arguments.dropFirst()))
} catch {
  FileHandle.standardError.write(Data("ClewBenchmarks: \(error)\n".utf8))
  exit(1)
}
