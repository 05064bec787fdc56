internal import CKernels

/// Turns text into the 64-bit hashes of its shingles, in constant memory.
///
/// A word is hashed to 64 bits; a shingle is the polynomial of its words' hashes (mod 2^64), mixed.
/// Text is taken in pieces that stay in the processor's cache;
/// only one word as long as the piece makes the buffer grow.
@safe final class ShingleHasher {
  private static let pieceByteCount = 1 << 14
  private static let base: UInt64 = 0xD6E8_FEB8_6659_FD93

  private let shingleSize: Int
  /// `base` to the power of `shingleSize`: the weight of the word that leaves a shingle.
  private let leavingWeight: UInt64
  private var simplifier = TextSimplifier()

  /// Simplified text: the unfinished word of the piece before, then this piece.
  private var text: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private var filled = 0
  /// How far the words of `text` have been looked for.
  private var scanned = 0
  private var wordStart = 0
  private var previousIsSpace = true

  /// The last `shingleSize` hashes of the piece before (zeros at the start), then this piece's.
  private let words: UnsafeMutablePointer<UInt64>
  private let shingles: UnsafeMutablePointer<UInt64>
  private var wordCount = 0
  private var polynomial: UInt64 = 0

  init(shingleSize: Int) {
    self.shingleSize = shingleSize
    var weight: UInt64 = 1
    for _ in 0..<shingleSize { weight = weight &* Self.base }
    leavingWeight = weight
    // A word and the space after it take two bytes or more, the unfinished word one.
    let wordsPerPiece = Self.pieceByteCount + 2
    capacity = TextSimplifier.capacity(for: Self.pieceByteCount) + 128
    unsafe text = .allocate(capacity: capacity)
    unsafe text.initialize(repeating: 0, count: capacity)
    unsafe words = .allocate(capacity: shingleSize + wordsPerPiece)
    unsafe words.initialize(repeating: 0, count: shingleSize + wordsPerPiece)
    unsafe shingles = .allocate(capacity: wordsPerPiece)
    unsafe shingles.initialize(repeating: 0, count: wordsPerPiece)
  }

  deinit {
    unsafe text.deallocate()
    unsafe words.deallocate()
    unsafe shingles.deallocate()
  }

  /// Gives `take` the shingles of `bytes`, some at a time; none for a text of too few words.
  func hash(_ bytes: Span<UInt8>, _ take: (UnsafePointer<UInt64>, Int) -> Void) {
    start()
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
        let found = hashWords()
        let count = hashShingles(found)
        if count > 0 { unsafe take(shingles, count) }
      }
    }
  }

  private func start() {
    simplifier.reset()
    (filled, scanned, wordStart, wordCount, polynomial) = (0, 0, 0, 0, 0)
    previousIsSpace = true
    for index in 0..<shingleSize { unsafe words[index] = 0 }
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

  /// Hashes the words that end in the new part of the text, and moves an unfinished one to the front.
  private func hashWords() -> Int {
    var found = shingleSize
    var position = scanned
    var start = wordStart
    while position < filled {
      // SAFETY: the buffer has 64 bytes of slack behind `filled`.
      var spaces = unsafe ck_space_mask(text + position)
      let valid = filled &- position
      if valid < 64 { spaces = extendLast(spaces, valid) }
      var edges = spaces ^ (spaces &<< 1 | (previousIsSpace ? 1 : 0))
      previousIsSpace = spaces &>> 63 == 1
      while edges != 0 {
        let bit = edges.trailingZeroBitCount
        edges &= edges &- 1
        if spaces &>> UInt64(bit) & 1 == 0 {
          start = position &+ bit
        } else {
          // SAFETY: words do not outnumber half the bytes of a piece (`init`).
          unsafe words[found] = hashWord(text + start, position &+ bit &- start)
          found &+= 1
        }
      }
      position &+= 64
    }
    keepUnfinished(start)
    return found - shingleSize
  }

  /// The mask of `valid` bytes, its last bit repeated to the end so that no word begins or ends there.
  private func extendLast(_ spaces: UInt64, _ valid: Int) -> UInt64 {
    let beyond = ~UInt64(0) &<< UInt64(valid)
    let endsInSpace = spaces &>> UInt64(valid &- 1) & 1 == 1
    return endsInSpace ? spaces | beyond : spaces & ~beyond
  }

  private func keepUnfinished(_ start: Int) {
    let kept = previousIsSpace ? 0 : filled - start
    if kept > 0, start > 0 {
      // SAFETY: both ranges lie in the filled part; `update` allows them to overlap.
      unsafe text.update(from: text + start, count: kept)
    }
    (filled, scanned, wordStart) = (kept, kept, 0)
  }

  /// Rolls the polynomial over `found` new words and returns how many shingles ended at them.
  private func hashShingles(_ found: Int) -> Int {
    var sum = polynomial
    var count = 0
    let skipped = max(0, min(found, shingleSize - 1 - wordCount))
    for index in 0..<found {
      // SAFETY: `words` holds `shingleSize` old hashes and then `found` new ones.
      let entering = unsafe words[shingleSize &+ index]
      let leaving = unsafe words[index]
      sum = sum &* Self.base &+ entering &- leaving &* leavingWeight
      if index >= skipped {
        unsafe shingles[count] = mix(sum, 0x8EBC_6AF0_9C88_C6E3)
        count &+= 1
      }
    }
    polynomial = sum
    wordCount += found
    // SAFETY: as above; `update` allows the ranges to overlap.
    if found > 0 { unsafe words.update(from: words + found, count: shingleSize) }
    return count
  }
}

/// The 64-bit hash of one word; the eight bytes from its end on may be read.
@inline(__always)
private func hashWord(_ word: UnsafePointer<UInt8>, _ byteCount: Int) -> UInt64 {
  var hash = 0x9E37_79B9_7F4A_7C15 ^ UInt64(truncatingIfNeeded: byteCount)
  let bytes = unsafe UnsafeRawPointer(word)
  var offset = 0
  // SAFETY: the word lies in the shingle hasher's buffer, which has slack behind its text.
  while offset &+ 8 <= byteCount {
    let part = unsafe bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
    hash = mix(hash ^ part, 0xA076_1D64_78BD_642F)
    offset &+= 8
  }
  if offset < byteCount {
    let part = unsafe bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
    let mask = 1 &<< UInt64(8 &* (byteCount &- offset)) &- 1 as UInt64
    hash = mix(hash ^ (part & mask), 0xE703_7ED1_A0B4_28DB)
  }
  return hash ^ hash &>> 29
}

/// Both halves of the 128-bit product, combined.
@inline(__always)
func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
  let product = left.multipliedFullWidth(by: right)
  return product.high ^ product.low
}
