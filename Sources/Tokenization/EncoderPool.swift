internal import Synchronization

/// A number of encoders, each made when it is first needed and used by one thread at a time.
///
/// An encoder remembers pieces of text, so what comes later is encoded faster: twice to six times.
package final class EncoderPool: Sendable {
  /// A lock must stay where it is, so each has an object of its own.
  private final class Slot: Sendable {
    let encoder = Mutex<Encoder?>(nil)
  }

  private let tokenizer: Tokenizer
  private let cacheByteCount: Int
  private let slots: [Slot]
  private let turns = Atomic<Int>(0)

  package init(_ tokenizer: Tokenizer, encoderCount: Int, cacheByteCount: Int) {
    self.tokenizer = tokenizer
    self.cacheByteCount = cacheByteCount
    slots = (0..<max(1, encoderCount)).map { _ in Slot() }
  }

  package var encoderCount: Int { slots.count }

  package func encode(_ text: Span<UInt8>, allowingSpecialTokens: Bool) -> [UInt32] {
    use { encoder in
      var ids: [UInt32] = []
      encoder.encode(text, into: &ids, allowingSpecials: allowingSpecialTokens)
      return ids
    }
  }

  package func encodeWithRanges(
    _ text: Span<UInt8>, allowingSpecialTokens: Bool
  ) -> (ids: [UInt32], ranges: [Range<Int>])? {
    use { $0.encodeWithRanges(text, allowingSpecials: allowingSpecialTokens) }
  }

  package func count(_ text: Span<UInt8>, allowingSpecialTokens: Bool) -> Int {
    use { $0.count(text, allowingSpecials: allowingSpecialTokens) }
  }

  package func safeCut(in text: Span<UInt8>, near offset: Int, allowingSpecialTokens: Bool) -> Int?
  {
    use { $0.safeCut(in: text, near: offset, allowingSpecials: allowingSpecialTokens) }
  }

  /// Runs `body` with the first encoder that is free; when none is, waits for one after the other in turn.
  package func use<Result: Sendable, Failure: Error>(
    _ body: @Sendable (Encoder) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    for slot in slots {
      let result = try slot.encoder.withLockIfAvailable { encoder throws(Failure) in
        try run(body, &encoder)
      }
      if let result { return result }
    }
    let turn = turns.wrappingAdd(1, ordering: .relaxed).oldValue
    return try slots[turn % slots.count].encoder.withLock { encoder throws(Failure) in
      try run(body, &encoder)
    }
  }

  /// Runs `body` with a slot's encoder, made if need be.
  private func run<Result: Sendable, Failure: Error>(
    _ body: @Sendable (Encoder) throws(Failure) -> Result, _ encoder: inout sending Encoder?
  ) throws(Failure) -> Result {
    let made = encoder ?? tokenizer.makeEncoder(cacheByteCount: cacheByteCount)
    encoder = made
    return try body(made)
  }
}
