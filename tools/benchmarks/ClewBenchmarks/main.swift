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

/// `GRAPH edges FILE` writes the edge list; `GRAPH THREADS FILE TASK` times a task and writes its values.
func main(_ arguments: [String]) throws {
  guard arguments.count >= 3, let generated = GeneratedGraph(named: arguments[0]) else {
    throw CocoaError(.fileReadUnsupportedScheme)
  }
  if arguments[1] == "edges" {
    let lines = generated.pairs.map { "\($0.0) \($0.1)" }
    return try write(["\(generated.nodeCount) \(lines.count)"] + lines, to: arguments[2])
  }
  guard arguments.count == 4, let threads = Int(arguments[1]),
    let task = BenchmarkTask.all.first(where: { $0.word == arguments[3] })
  else { throw CocoaError(.featureUnsupported) }
  let graph = try generated.graph()
  let clock = ContinuousClock()
  let before = (processorSeconds(), clock.now)
  let values = try task.values(graph, Run(threads: threads))
  let cpu = processorSeconds() - before.0
  let wall = (clock.now - before.1) / .seconds(1)
  try write(values.map { $0.description }, to: arguments[2])
  print("{\"cpu\": \(cpu), \"wall\": \(wall)}")
}

try main(Array(CommandLine.arguments.dropFirst()))
