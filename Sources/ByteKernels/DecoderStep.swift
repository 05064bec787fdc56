/// What one call of a decoder came to.
package struct DecoderStep: Sendable, Equatable {
  package enum Outcome: Sendable, Equatable {
    /// All input is used and the unit is not at its end.
    case needsInput
    /// The output limit is reached; call again, with the rest of the input or none.
    case needsSpace
    /// A unit (gzip member, zstd or lz4 frame, bzip2 or xz stream) is complete, its checksum
    /// verified; the next may follow.
    case finishedUnit
    case failed(DecoderFailure)
  }

  /// How many of the given bytes were used; at a failure, where it was noticed.
  package let consumedByteCount: Int
  package let outcome: Outcome

  package init(consumedByteCount: Int, outcome: Outcome) {
    self.consumedByteCount = consumedByteCount
    self.outcome = outcome
  }

  /// What a call came to that neither failed nor finished its unit.
  ///
  /// A decoder that takes nothing and gives nothing, though it could do both, would do so for ever.
  init(unfinishedWith consumedByteCount: Int, of byteCount: Int, written: Int, limit: Int) {
    let isStuck = written == 0 && consumedByteCount == 0 && byteCount > 0 && limit > 0
    let hasMore = written == limit || consumedByteCount < byteCount
    self.init(
      consumedByteCount: consumedByteCount,
      outcome: isStuck ? .failed(.corrupt("no progress")) : hasMore ? .needsSpace : .needsInput)
  }
}

/// Why compressed bytes cannot be decoded.
package enum DecoderFailure: Error, Sendable, Equatable {
  case corrupt(String)
  /// A zstd frame or xz stream needs a window above the limit.
  case windowTooLarge
  /// A zstd frame needs a dictionary that was not given.
  case dictionaryMissing
  /// The system gave no memory; the bytes may be sound.
  case outOfMemory
}
