// SPDX-License-Identifier: Apache-2.0

import Foundation
import GraphCore
import Interchange

/// Times how a file of ties becomes a graph, as a program that opens it does, and says how much
/// memory the process held at most.
func load(_ path: String, values: String) throws {
  let atStart = peakMemory()
  let clock = ContinuousClock()
  let before = (processorSeconds(), clock.now)
  var options = GraphOptions()
  options.direction = .undirected
  let projected = try GraphDocument(reading: .file(path)).project(options)
  let cpu = processorSeconds() - before.0
  let wall = (clock.now - before.1) / .seconds(1)
  let peak = peakMemory()
  let graph = projected.graph
  let tied = graph.nodes.count { graph.degree(of: $0) > 0 }
  try write(["\(tied)", "\(graph.edgeCount)"], to: values)
  report("{\"cpu\": \(cpu), \"wall\": \(wall), \"peak\": \(peak), \"start\": \(atStart)}")
}

/// The most memory this process has held so far, in KiB; 0 where the system does not tell.
///
/// The figure of `getrusage` would include what the process that started this one held.
func peakMemory() -> Int {
  guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
    let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") })
  else { return 0 }
  return Int(line.filter(\.isNumber)) ?? 0
}
