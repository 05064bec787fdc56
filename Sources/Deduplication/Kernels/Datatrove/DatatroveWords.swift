internal import CKernels

/// The words of datatrove's MinHash: text simplified and tokenized, each word followed by one space.
///
/// Text is taken in pieces that stay in the processor's cache; only one word as long as the piece
/// makes the buffers grow.
@safe final class DatatroveWords {
  private static let pieceByteCount = 1 << 14
  /// What may be read and written behind the contents of a buffer.
  private static let slack = 64

  private var simplifier = DatatroveSimplifier()
  private let tokenizer = SpacyWords()

  /// Simplified text: the unfinished word of the piece before, then this piece.
  private let text = ScratchBuffer<UInt8>()
  private var filled = 0
  private let edges = ScratchBuffer<Int>()

  /// The words of the pieces since `start` or `keepLast`.
  let words = ScratchBuffer<UInt8>()
  /// Where they begin, and at the end where the next one will.
  let starts = ScratchBuffer<Int>()
  private(set) var wordCount = 0

  /// Forgets the text before.
  func start() {
    (filled, wordCount) = (0, 0)
    simplifier.reset()
    starts.reserve(1, keeping: 0)
    unsafe starts.base[0] = 0
  }

  /// Takes a piece of a text of `count` bytes from `position` on, and moves that behind it.
  func takePiece(_ bytes: UnsafePointer<UInt8>, from position: inout Int, of count: Int) {
    let end = min(position + Self.pieceByteCount, count)
    let scanned = filled
    text.reserve(filled + simplifier.capacity(for: end - position) + Self.slack, keeping: filled)
    // SAFETY: there is room as the simplifier asks for, and the slack for one space more.
    unsafe simplifier.simplify(
      bytes, from: &position, to: end, of: count, into: text.base, &filled)
    if position >= count {
      unsafe text.base[filled] = UInt8(ascii: " ")
      filled += 1
    }
    collectWords(from: scanned)
  }

  /// All words of a text, with one space between.
  func all(of text: Span<UInt8>) -> [UInt8] {
    var found: [UInt8] = []
    start()
    // SAFETY: the pointers stay in the closure, and `starts` ends with the end of the words.
    unsafe text.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      var position = 0
      while position < buffer.count {
        unsafe takePiece(base, from: &position, of: buffer.count)
        let end = unsafe starts.base[wordCount]
        unsafe found.append(contentsOf: UnsafeBufferPointer(start: words.base, count: end))
        keepLast(0)
      }
    }
    if !found.isEmpty { found.removeLast() }
    return found
  }

  /// Forgets all words but the last `count`, of which there are as many.
  func keepLast(_ count: Int) {
    let dropped = wordCount - count
    // SAFETY: `starts` has `wordCount` + 1 entries, all inside `words`; `update` allows the ranges to
    // overlap.
    let first = unsafe starts.base[dropped]
    unsafe words.base.update(from: words.base + first, count: starts.base[wordCount] - first)
    for index in 0...count { unsafe starts.base[index] = starts.base[dropped + index] - first }
    wordCount = count
  }

  /// Takes the words that end in the new part of the text, and moves an unfinished one to the front.
  private func collectWords(from scanned: Int) {
    edges.reserve(filled - scanned + 1, keeping: 0)
    starts.reserve(wordCount + filled + 2, keeping: wordCount + 1)
    let known = unsafe starts.base[wordCount]
    words.reserve(known + 2 * filled + Self.slack, keeping: known)
    // SAFETY: the text has slack behind `filled`, and there are no more edges than bytes.
    let edgeCount = unsafe ck_word_edges(text.base, scanned, filled, edges.base)
    var start = 0
    // A word that reaches over `scanned` begins at 0.
    var isInside = scanned > 0
    let cuts = simplifier.cuts
    var cut = 0
    for index in 0..<edgeCount {
      // SAFETY: `index` is below the number of edges.
      let edge = unsafe edges.base[index]
      isInside.toggle()
      if isInside {
        start = edge
      } else if cut < cuts.count, cuts[cut] < edge {
        while cut < cuts.count, cuts[cut] < edge { cut &+= 1 }
        appendTokens(start, edge)
      } else {
        appendPlain(start, edge)
      }
    }
    keepUnfinished(from: isInside ? start : filled)
  }

  /// A word of many kinds of characters.
  private func appendTokens(_ start: Int, _ end: Int) {
    if end - start == 1 { return append(start, end) }
    // SAFETY: the word lies in the text, which has slack behind it.
    for token in unsafe tokenizer.tokens(of: text.base + start, end - start) {
      append(start + token.lowerBound, start + token.upperBound)
    }
  }

  /// A word that is one token, unless it is a special word.
  @inline(__always)
  private func appendPlain(_ start: Int, _ end: Int) {
    // SAFETY: the word lies in the text, which has slack behind it.
    guard let special = unsafe tokenizer.special(text.base + start, end &- start) else {
      return append(start, end)
    }
    var from = start
    for tokenEnd in special.ends {
      append(from, start + tokenEnd)
      from = start + tokenEnd
    }
  }

  @inline(__always)
  private func append(_ start: Int, _ end: Int) {
    // SAFETY: `collectWords` has reserved room for every word and space, and both buffers have slack.
    let place = unsafe starts.base[wordCount]
    var offset = 0
    repeat {
      unsafe UnsafeMutableRawPointer(words.base + (place &+ offset)).storeBytes(
        of: UnsafeRawPointer(text.base + (start &+ offset)).loadUnaligned(as: SIMD2<UInt64>.self),
        as: SIMD2<UInt64>.self)
      offset &+= 16
    } while offset < end &- start
    let next = place &+ (end &- start)
    unsafe words.base[next] = UInt8(ascii: " ")
    wordCount &+= 1
    unsafe starts.base[wordCount] = next &+ 1
  }

  private func keepUnfinished(from start: Int) {
    simplifier.dropFirst(start)
    // SAFETY: both ranges lie in the filled part; `update` allows them to overlap.
    unsafe text.base.update(from: text.base + start, count: filled - start)
    filled -= start
  }
}
