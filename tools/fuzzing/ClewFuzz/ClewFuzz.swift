// SPDX-License-Identifier: Apache-2.0

import Glibc
import Interchange

/// The reader that is tried: a format, or nil for the one that the content shows.
private let format = unsafe getenv("CLEW_FUZZ_READER").flatMap {
  GraphFormat(rawValue: unsafe String(cString: $0))
}

/// One input of libFuzzer: it is read or refused, and what is read is sound.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = unsafe Array(UnsafeBufferPointer(start: data, count: count))
  var options = GraphReadingOptions()
  options.format = format
  do {
    let document = try GraphDocument(reading: .bytes(bytes, name: "f"), options)
    let nodes = 0..<Int32(document.nodeCount)
    precondition(document.sources.allSatisfy(nodes.contains), "an edge starts outside the graph")
    precondition(document.targets.allSatisfy(nodes.contains), "an edge ends outside the graph")
    precondition(document.sources.count == document.targets.count, "an edge has one end")
    precondition(Set(document.nodeIDs).count == document.nodeCount, "two nodes of one identifier")
    for column in document.nodeColumns {
      precondition(column.values.count == document.nodeCount, "a column of another length")
    }
    for column in document.edgeColumns {
      precondition(column.values.count == document.edgeCount, "a column of another length")
    }
  } catch {
    precondition(!error.description.isEmpty, "a refusal without words")
  }
  return 0
}

@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
  _ test: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

// The package manager calls the entry point of a program by this name.
@_cdecl("ClewFuzz_main")
public func main(
  _ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> CInt {
  var count = count
  var arguments = unsafe arguments
  return unsafe withUnsafeMutablePointer(to: &arguments) { list in
    unsafe runDriver(&count, list) { unsafe testOneInput($0, $1) }
  }
}
