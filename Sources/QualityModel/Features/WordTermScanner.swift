internal import ByteKernels
internal import TextAnalysis

/// Finds the terms of words in a text one by one, with their hashes.
///
/// The words and, for the fast hash, the hashes of terms up to pairs are those of `WordScanner`; a
/// longer run continues as a pair begins: the hash of all but the last word, then the last word.
struct WordTermScanner: Sendable {
  /// Begins the hash of a run of characters, so that it differs from that of the same word.
  static let characterSeed: UInt64 = 0x1D8E_4E27_C47D_124F

  private let terms: WordTerms
  private let table = CharacterTable.shared

  init(_ terms: WordTerms) {
    self.terms = terms
  }

  /// Calls `body` with each term and its hash.
  func scan(
    _ text: Span<UInt8>, _ scratch: inout TermScratch,
    _ body: (_ term: Span<UInt8>, _ hash: UInt64) -> Void
  ) {
    cut(text, into: &scratch.tokens)
    let words = scratch.tokens
    scratch.tokens = TokenBuffer()
    for last in 0..<words.count {
      runs(endingAt: last, words, body)
      if let counts = terms.characterCounts {
        let word = words.bytes.span.extracting(words.ranges[last])
        characters(word, counts, &scratch, body)
      }
    }
    scratch.tokens = words
    scratch.tokens.removeAll()
  }

  /// All terms whose last word is the given one.
  private func runs(
    endingAt last: Int, _ words: TokenBuffer,
    _ body: (_ term: Span<UInt8>, _ hash: UInt64) -> Void
  ) {
    for count in 1...min(terms.maximumWordCount, last + 1) {
      let first = last + 1 - count
      let term = words.bytes.span.extracting(words.range(from: first, count: count))
      guard terms.hash == .fast else {
        body(term, Murmur3x128.hash(term).low)
        continue
      }
      var hash = Self.hash(words.bytes.span.extracting(words.ranges[first]), WordScanner.seed)
      for word in (first + 1)..<(last + 1) {
        hash = WordScanner.join(
          hash, Self.hash(words.bytes.span.extracting(words.ranges[word]), WordScanner.seed))
      }
      body(term, hash)
    }
  }

  private func characters(
    _ word: Span<UInt8>, _ counts: ClosedRange<Int>, _ scratch: inout TermScratch,
    _ body: (_ term: Span<UInt8>, _ hash: UInt64) -> Void
  ) {
    var (bytes, starts) = (scratch.folded, scratch.starts)
    bytes.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
    bytes.append(UInt8(ascii: "<"))
    bytes.append(copying: word)
    bytes.append(UInt8(ascii: ">"))
    for index in bytes.indices where bytes[index] & 0xC0 != 0x80 { starts.append(index) }
    starts.append(bytes.count)
    let characterCount = starts.count - 1
    for count in counts where count < characterCount {
      for first in 0...(characterCount - count) {
        let term = bytes.span.extracting(starts[first]..<starts[first + count])
        body(
          term,
          terms.hash == .fast
            ? Self.hash(term, Self.characterSeed) : Murmur3x128.hash(term).low)
      }
    }
    (scratch.folded, scratch.starts) = (bytes, starts)
  }

  /// The words of a text in lower case.
  private func cut(_ text: Span<UInt8>, into words: inout TokenBuffer) {
    var word: [UInt8] = []
    func finish() {
      if !word.isEmpty { words.append(word.span) }
      word.removeAll(keepingCapacity: true)
    }
    var position = 0
    while position < text.count {
      let character = Utf8Character(text, at: position)
      position &+= character.byteCount
      let entry = table[character.codePoint]
      if entry.role != CharacterEntry.wordPart { finish() }
      if entry.role == CharacterEntry.separator { continue }
      let (bytes, byteCount) =
        entry.lowercase == character.codePoint
        ? (character.bytes, character.byteCount) : Utf8Character.encode(entry.lowercase)
      for offset in 0..<byteCount {
        word.append(UInt8(truncatingIfNeeded: bytes &>> UInt64(8 * offset)))
      }
      if entry.role == CharacterEntry.sign { finish() }
    }
    finish()
  }

  /// A word's hash by `WordScanner`'s rule, from another seed if need be.
  static func hash(_ bytes: Span<UInt8>, _ seed: UInt64) -> UInt64 {
    var hash = seed
    var position = 0
    while position < bytes.count {
      var block: UInt64 = 0
      let end = min(position &+ 8, bytes.count)
      for index in position..<end {
        block |= UInt64(bytes[index]) &<< UInt64(8 &* (index &- position))
      }
      hash = WordScanner.fold(hash ^ block, WordScanner.multiplier)
      position = end
    }
    return hash
  }
}
