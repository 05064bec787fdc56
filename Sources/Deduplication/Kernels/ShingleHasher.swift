internal import CKernels

/// Turns text into the hashes of its shingles of words, in constant memory: the fast way.
///
/// Text is taken in pieces that stay in the processor's cache; only one word as long as the piece
/// makes the buffer grow.
@safe final class ShingleHasher: ShingleSource {
  private static let pieceByteCount = 1 << 14

  private let roller: ShingleRoller
  private var simplifier = TextSimplifier()

  /// Simplified text: the unfinished word of the piece before, then this piece.
  private var text: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private var filled = 0
  private var search = ck_word_search()

  init(shingleSize: Int) {
    // A word and the space after it take two bytes or more, the unfinished word one.
    roller = ShingleRoller(size: shingleSize, capacity: Self.pieceByteCount + 2)
    capacity = TextSimplifier.capacity(for: Self.pieceByteCount) + 128
    unsafe text = .allocate(capacity: capacity)
    unsafe text.initialize(repeating: 0, count: capacity)
  }

  deinit {
    unsafe text.deallocate()
  }

  func hash(_ bytes: Span<UInt8>, _ take: (Span<UInt64>) -> Void) {
    simplifier.reset()
    roller.start()
    (filled, search) = (0, ck_word_search())
    // SAFETY: the pointer stays in this closure, and pieces lie inside the span.
    unsafe bytes.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      var done = 0
      while done < buffer.count {
        let piece = unsafe pieceLength(base + done, buffer.count - done)
        reserve(TextSimplifier.capacity(for: piece) + 128)
        unsafe filled += simplifier.simplify(base + done, count: piece, into: text + filled)
        done += piece
        if done == buffer.count {
          unsafe text[filled] = UInt8(ascii: " ")
          filled += 1
        }
        // SAFETY: the buffer has 64 bytes of slack behind `filled`; words do not outnumber half the
        // bytes of a piece (`init`).
        let found = unsafe ck_hash_words(text, filled, &search, roller.room)
        keepUnfinished()
        roller.roll(found, take)
      }
    }
  }

  /// At most a piece, not ending inside a code point.
  private func pieceLength(_ text: UnsafePointer<UInt8>, _ count: Int) -> Int {
    guard count > Self.pieceByteCount else { return count }
    var length = Self.pieceByteCount
    // SAFETY: `length` is below `count`.
    while length > Self.pieceByteCount - 3, unsafe text[length] & 0xC0 == 0x80 { length -= 1 }
    return length
  }

  private func reserve(_ byteCount: Int) {
    guard filled + byteCount > capacity else { return }
    let larger = max(2 * capacity, filled + byteCount)
    let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
    unsafe moved.initialize(repeating: 0, count: larger)
    unsafe moved.update(from: text, count: filled)
    unsafe text.deallocate()
    unsafe text = moved
    capacity = larger
  }

  /// Moves a word that has not ended to the front.
  private func keepUnfinished() {
    let kept = search.isInWord ? filled - search.wordStart : 0
    if kept > 0, search.wordStart > 0 {
      // SAFETY: both ranges lie in the filled part; `update` allows them to overlap.
      unsafe text.update(from: text + search.wordStart, count: kept)
    }
    filled = kept
    (search.scanned, search.wordStart) = (kept, 0)
  }
}
