// SPDX-License-Identifier: Apache-2.0

public import Foundation
internal import Synchronization

/// Folders for what tests write, which are gone when the tests are over.
public enum TemporaryFolder {
  private static let folders = Mutex<[URL]>([])
  private static let removal: Void = {
    atexit {
      for folder in TemporaryFolder.folders.withLock({ $0 }) {
        try? FileManager.default.removeItem(at: folder)
      }
    }
  }()

  /// Makes a new empty folder whose name begins with `clew-` and the purpose.
  public static func make(_ purpose: String) throws -> URL {
    _ = removal
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "clew-\(purpose)-\(UUID().uuidString)", directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    folders.withLock { $0.append(folder) }
    return folder
  }
}
