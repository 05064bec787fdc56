internal import FoundationEssentials
internal import Synchronization
internal import Tokenization

/// As many encoders as there are cores, each made when it is first needed and used by one thread at a
/// time.
final class EncoderPool: Sendable {
  /// A lock must stay where it is, so each has an object of its own.
  private final class Slot: Sendable {
    let encoder = Mutex<Encoder?>(nil)
  }

  private let tokenizer: Tokenization.Tokenizer
  private let cacheByteCount: Int
  private let slots: [Slot]
  private let turns = Atomic<Int>(0)

  init(_ tokenizer: Tokenization.Tokenizer, cacheByteCount: Int) {
    self.tokenizer = tokenizer
    self.cacheByteCount = cacheByteCount
    slots = (0..<max(1, ProcessInfo.processInfo.activeProcessorCount)).map { _ in Slot() }
  }

  var slotCount: Int { slots.count }

  func encode(_ text: Span<UInt8>, allowingSpecialTokens: Bool) -> [UInt32] {
    use { encoder in
      var ids: [UInt32] = []
      encoder.encode(text, into: &ids, allowingSpecials: allowingSpecialTokens)
      return ids
    }
  }

  func encodeWithRanges(
    _ text: Span<UInt8>, allowingSpecialTokens: Bool
  ) -> (ids: [UInt32], ranges: [Range<Int>])? {
    use { $0.encodeWithRanges(text, allowingSpecials: allowingSpecialTokens) }
  }

  func count(_ text: Span<UInt8>, allowingSpecialTokens: Bool) -> Int {
    use { $0.count(text, allowingSpecials: allowingSpecialTokens) }
  }

  func safeCut(in text: Span<UInt8>, near offset: Int, allowingSpecialTokens: Bool) -> Int? {
    use { $0.safeCut(in: text, near: offset, allowingSpecials: allowingSpecialTokens) }
  }

  /// Runs `body` with the first encoder that is free; when none is, waits for one after the other in turn.
  private func use<Result: Sendable>(_ body: @Sendable (Encoder) -> Result) -> Result {
    for slot in slots {
      if let result = slot.encoder.withLockIfAvailable({ run(body, &$0) }) { return result }
    }
    let turn = turns.wrappingAdd(1, ordering: .relaxed).oldValue
    return slots[turn % slots.count].encoder.withLock { run(body, &$0) }
  }

  /// Runs `body` with a slot's encoder, made if need be.
  private func run<Result: Sendable>(
    _ body: @Sendable (Encoder) -> Result, _ encoder: inout sending Encoder?
  ) -> Result {
    let made = encoder ?? tokenizer.makeEncoder(cacheByteCount: cacheByteCount)
    encoder = made
    return body(made)
  }
}
