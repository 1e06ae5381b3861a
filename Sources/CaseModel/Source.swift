// SPDX-License-Identifier: Apache-2.0

/// Where information comes from: a register, a wiretap, an informant, a seizure record.
public struct Source: Hashable, Sendable, Codable {
  /// The name that claims refer to; unique in a case.
  public var name: String
  /// What kind of source it is, such as `register`, `callRecords`, `surveillance`, `informant`.
  public var kind: String
  /// The grade that its claims have unless a claim states its own, such as `A2`.
  public var grade: Grade?
  /// The handling code that its claims have unless a claim states its own, such as `H1`.
  public var handling: String?
  /// The file that was imported, where the source is one.
  public var file: SourceFile?

  /// Creates a source.
  public init(
    name: String, kind: String, grade: Grade? = nil, handling: String? = nil,
    file: SourceFile? = nil
  ) {
    self.name = name
    self.kind = kind
    self.grade = grade
    self.handling = handling
    self.file = file
  }
}

/// What is kept of an imported file.
public struct SourceFile: Hashable, Sendable, Codable {
  /// The file's name, without its folder.
  public var name: String
  /// SHA-256 of its bytes, in lower-case hexadecimal.
  public var sha256: String
  /// Its size in bytes.
  public var byteCount: Int

  /// Creates the record of a file.
  public init(name: String, sha256: String, byteCount: Int) {
    self.name = name
    self.sha256 = sha256
    self.byteCount = byteCount
  }
}
