// SPDX-License-Identifier: Apache-2.0

internal import CZlib

/// Unpacks gzip, several members in a row included, within limits.
///
/// A class because zlib's state must not move and has to be freed.
@safe final class Inflater {
  /// The largest ratio of unpacked to packed bytes that is taken for honest.
  static let largestRatio = 200
  /// The largest unpacked size.
  static let largestSize = 256 << 20

  private let name: String
  private var stream = unsafe z_stream()
  private var input: [UInt8]
  private var position = 0
  private var packed: Int
  private var unpacked = 0
  private var isFinished = false
  private var startsMember = true
  private var holdsOutput = false

  init(name: String, head: [UInt8]) {
    self.name = name
    input = head
    packed = head.count
    // 15 window bits and 16 for the gzip header.
    _ = unsafe inflateInit2_(
      &stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
  }

  deinit {
    unsafe inflateEnd(&stream)
  }

  func read(
    into buffer: inout [UInt8], atMost limit: Int,
    more: (inout [UInt8]) throws(InterchangeError) -> Int
  ) throws(InterchangeError) -> Int {
    while !isFinished {
      if position == input.count, !holdsOutput {
        input.removeAll(keepingCapacity: true)
        position = 0
        let count = try more(&input)
        packed += count
        if count == 0 {
          guard startsMember, unpacked > 0 || packed > 0 else {
            throw refusal("the gzip data end too early", "the whole file", "copy the file again")
          }
          isFinished = true
          break
        }
      }
      let count = try inflateSome(into: &buffer, limit)
      if count > 0 { return count }
    }
    return 0
  }

  private func inflateSome(
    into buffer: inout [UInt8], _ limit: Int
  ) throws(InterchangeError) -> Int {
    let old = buffer.count
    buffer += [UInt8](repeating: 0, count: limit)
    var code: Int32 = Z_OK
    var produced = 0
    var consumed = 0
    // Safe: zlib reads within `input[position...]` and writes within the `limit` bytes from `old`.
    unsafe input.withUnsafeMutableBufferPointer { source in
      unsafe buffer.withUnsafeMutableBufferPointer { target in
        unsafe stream.next_in = source.baseAddress?.advanced(by: position)
        unsafe stream.avail_in = UInt32(source.count - position)
        unsafe stream.next_out = target.baseAddress?.advanced(by: old)
        unsafe stream.avail_out = UInt32(limit)
        code = unsafe inflate(&stream, Z_NO_FLUSH)
        unsafe consumed = source.count - position - Int(stream.avail_in)
        unsafe produced = limit - Int(stream.avail_out)
      }
    }
    buffer.removeLast(limit - produced)
    position += consumed
    unpacked += produced
    startsMember = code == Z_STREAM_END
    holdsOutput = code == Z_OK && produced == limit
    switch code {
    case Z_OK, Z_BUF_ERROR: break
    case Z_STREAM_END:
      _ = unsafe inflateReset(&stream)
      // Some tools pad the last member with zeros.
      while position < input.count, input[position] == 0 { position += 1 }
    default:
      throw refusal("the gzip data are damaged", "a whole gzip file", "copy the file again")
    }
    if unpacked > Self.largestSize {
      throw refusal(
        "unpacks to more than \(Self.largestSize >> 20) MiB", "less", "unpack it first with gunzip")
    }
    if unpacked > 1 << 20, unpacked / Self.largestRatio > packed {
      throw refusal(
        "unpacks to more than \(Self.largestRatio) times its size", "an honest archive",
        "unpack it first with gunzip if you trust it")
    }
    return produced
  }

  private func refusal(_ what: String, _ expected: String, _ advice: String) -> InterchangeError {
    .refused(Problem(file: name, what: what, expected: expected, advice: advice))
  }
}
