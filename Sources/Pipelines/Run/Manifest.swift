internal import ByteKernels

/// Says that a task is done and vouches for what it wrote; published last.
package struct Manifest: Codable, Sendable, Equatable {
  /// One file the task wrote.
  package struct Output: Codable, Sendable, Equatable {
    /// Relative to the run folder.
    package let path: String
    package let byteCount: Int
    /// XXH64 of the content, in hexadecimal.
    package let checksum: String
  }

  /// One input file, or a part of it, that was lost.
  package struct Failure: Codable, Sendable, Equatable {
    package let path: String
    /// Names what was lost, where, and what to do.
    package let message: String
  }

  /// The identity of the plan this task belongs to.
  package let plan: String
  package let stage: String
  package let index: Int
  package let outputs: [Output]
  package let ledger: StageLedger
  package let failures: [Failure]
}
