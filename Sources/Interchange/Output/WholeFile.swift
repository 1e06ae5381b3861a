// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// Writes files that appear whole or not at all.
///
/// The bytes go to a new private file in the same folder, reach the disk, and only then take the
/// name of the target. A target that exists keeps its mode; a new one is readable by its owner only.
/// A symbolic link is followed, and what is no regular file (a terminal, a pipe) is written in place.
public enum WholeFile {
  /// Writes `bytes` to the file at `path`.
  ///
  /// - Throws: `InterchangeError.writing` with the system's reason; the target is then unchanged.
  public static func write(_ bytes: [UInt8], to path: String) throws(InterchangeError) {
    try write(to: path) { file throws(InterchangeError) in try unsafe file.put(bytes.span.bytes) }
  }

  /// A file that is being written.
  struct Sink: ~Copyable {
    fileprivate let descriptor: Int32
    fileprivate let path: String

    /// Appends bytes.
    func put(_ bytes: RawSpan) throws(InterchangeError) {
      var position = 0
      while position < bytes.byteCount {
        // Safe: the system reads the `count` bytes of the slice.
        let written = unsafe bytes.extracting(position..<bytes.byteCount).withUnsafeBytes {
          unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
        }
        if written < 0, errno == EINTR { continue }
        guard written > 0 else { throw WholeFile.failure(path) }
        position += written
      }
    }
  }

  /// Writes what `fill` puts into the file at `path`, piece by piece.
  ///
  /// The new private file lies beside the target, and begins with `prefix` if that is given: whoever
  /// clears away what a killed program has left finds it by that.
  static func write(
    to path: String, beginning prefix: String? = nil,
    _ fill: (borrowing Sink) throws(InterchangeError) -> Void
  ) throws(InterchangeError) {
    var mode: mode_t = 0o600
    var target = path
    var status = stat()
    if unsafe stat(path, &status) == 0 {
      switch status.st_mode & S_IFMT {
      case S_IFDIR: throw .writing(path: path, reason: "it is a directory")
      case S_IFREG: break
      default: return try writeInPlace(path, fill)
      }
      guard unsafe access(path, W_OK) == 0 else { throw failure(path) }
      mode = status.st_mode & 0o7777
      target = resolved(path)
    }
    let folder = folder(of: target)
    var generator = SystemRandomNumberGenerator()
    let temporary =
      (folder == "/" ? "" : folder) + "/" + (prefix ?? ".clew-")
      + String(generator.next(), radix: 36) + ".part"
    let descriptor = unsafe open(
      temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw failure(path) }
    do throws(InterchangeError) {
      try fill(Sink(descriptor: descriptor, path: path))
      guard fchmod(descriptor, mode) == 0, fsync(descriptor) == 0 else { throw failure(path) }
    } catch {
      close(descriptor)
      _ = unsafe unlink(temporary)
      throw error
    }
    guard close(descriptor) == 0, unsafe rename(temporary, target) == 0 else {
      let error = failure(path)
      _ = unsafe unlink(temporary)
      throw error
    }
    let directory = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if directory >= 0 {
      fsync(directory)
      close(directory)
    }
  }

  private static func writeInPlace(
    _ path: String, _ fill: (borrowing Sink) throws(InterchangeError) -> Void
  ) throws(InterchangeError) {
    let descriptor = unsafe open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path) }
    defer { close(descriptor) }
    try fill(Sink(descriptor: descriptor, path: path))
  }

  private static func resolved(_ path: String) -> String {
    guard let real = unsafe realpath(path, nil) else { return path }
    defer { unsafe free(real) }
    return unsafe String(cString: real)
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  fileprivate static func failure(_ path: String) -> InterchangeError {
    .writing(path: path, reason: systemMessage(errno))
  }
}
