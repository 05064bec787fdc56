/// Turns pieces of text into ids by the tokens whose scores have the greatest sum.
@safe final class UnigramEncoder {
  private let tables: UnigramTables
  private let words: UnigramWords
  private var output = GrowingBuffer<UInt32>(capacity: 1 << 16)
  private var narrow = UnigramLattice<Float>()
  private var wide = UnigramLattice<Double>()
  /// The sum of the scores so far, which is what SentencePiece's 32-bit sums are added to.
  private var sum: Float = 0

  private static let handOverCount = 1 << 15
  /// SentencePiece takes the sum down to 0 where it is further from 0 than this.
  private static let sumLimit: Float = 100_000
  /// Half the last bit of a 32-bit sum, once for each of two ways, and as much again to be safe.
  private static let roundingError = 0x1p-22

  init(_ tables: UnigramTables, cacheByteCount: Int) {
    self.tables = tables
    words = UnigramWords(tables, cacheByteCount: cacheByteCount)
  }

  deinit {
    output.deallocate()
    narrow.deallocate()
    wide.deallocate()
  }

  /// Appends the ids of a piece of valid UTF-8.
  func encode(_ piece: Span<UInt8>, into ids: inout [UInt32]) {
    unsafe piece.withUnsafeBufferPointer { buffer in unsafe encode(buffer, into: &ids) }
  }

  /// Appends the ids of a piece of valid UTF-8.
  func encode(_ piece: UnsafeBufferPointer<UInt8>, into ids: inout [UInt32]) {
    guard let bytes = piece.baseAddress, piece.count > 0 else { return }
    let start = ids.count
    if tables.followsSentencePiece {
      sum = 0
      var place = 0
      while place < piece.count {
        let end = unsafe tables.cut.end(of: bytes, from: place, to: piece.count)
        unsafe encodeWord(bytes, from: place, to: end, piece.count)
        place = end
        if output.count >= Self.handOverCount { handOver(&ids, from: start) }
      }
    } else {
      unsafe encodeAsHuggingFace(bytes, piece.count)
    }
    handOver(&ids, from: start)
  }

  /// Moves the ids of the piece on; of SentencePiece's unknown ones that are neighbours one is left.
  private func handOver(_ ids: inout [UInt32], from start: Int) {
    // SAFETY: the buffer holds `count` ids, which are copied at once.
    let made = unsafe UnsafeBufferPointer(start: output.base, count: output.count)
    if tables.followsSentencePiece, tables.byteIDs == nil, let unknown = tables.rules.unknownID,
      unsafe made.contains(unknown)
    {
      for index in made.indices {
        let id = unsafe made[index]
        if id != unknown || ids.count == start || ids.last != id { ids.append(id) }
      }
    } else {
      unsafe ids.append(contentsOf: made)
    }
    output.setCount(0)
  }

  // MARK: as SentencePiece

  /// Encodes a word; what is remembered of it is of use where rounding cannot change the best way.
  @inline(__always)
  private func encodeWord(
    _ bytes: UnsafePointer<UInt8>, from start: Int, to end: Int, _ textCount: Int
  ) {
    let byteCount = end &- start
    let reach = abs(Double(sum)) + Double(byteCount) * tables.greatestScore
    if byteCount <= UnigramWords.longestByteCount, reach < Double(Self.sumLimit) {
      let error = Double(byteCount) * reach * Self.roundingError
      if unsafe words.append(
        bytes + start, byteCount, readable: textCount &- start, error: Float(error), &sum, &output)
      {
        return
      }
    }
    unsafe encodeInOrder(bytes, from: start, to: end)
  }

  /// Encodes a word by the sums that SentencePiece makes, in its order.
  private func encodeInOrder(_ bytes: UnsafePointer<UInt8>, from start: Int, to end: Int) {
    narrow.begin(at: start, score: sum)
    var place = start
    // SAFETY: places are below `end`, at the beginnings of characters.
    while place < end {
      if place == narrow.frontier, place > start { unsafe takeTokens(bytes, to: place) }
      var sum = narrow.score(at: place)
      if abs(sum) > Self.sumLimit {
        narrow.resetScores(at: place)
        sum = 0
      }
      let characterEnd =
        unsafe place &+ SentencePieceNormalizer.characterByteCount(bytes[place])
      var isKnown = false
      unsafe tables.trie.match(bytes + place, end &- place) { length, value in
        let score = Float(bitPattern: UInt32(truncatingIfNeeded: value &>> 32))
        narrow.offer(
          UInt32(truncatingIfNeeded: value), from: place, to: place &+ length, score: score + sum)
        if place &+ length == characterEnd { isKnown = true }
        return true
      }
      if !isKnown {
        narrow.offer(
          Self.unknown, from: place, to: characterEnd, score: Float(tables.unknownScore) + sum)
      }
      place = characterEnd
    }
    unsafe takeTokens(bytes, to: end)
    sum = narrow.score(at: end)
  }

  /// What stands for the unknown token in a lattice.
  static let unknown = UInt32.max

  /// Appends the ids of the best way to a place where all ways meet, and begins anew there.
  private func takeTokens(_ bytes: UnsafePointer<UInt8>, to end: Int) {
    var place = narrow.origin
    narrow.tokens(to: end) { token in
      if token.id == Self.unknown {
        unsafe appendUnknown(bytes + place, token.byteCount)
      } else {
        output.append(token.id)
      }
      place &+= token.byteCount
    }
    narrow.begin(at: end, score: narrow.score(at: end))
  }

  private func appendUnknown(_ bytes: UnsafePointer<UInt8>, _ byteCount: Int) {
    if let byteIDs = tables.byteIDs {
      // SAFETY: the caller has `byteCount` bytes; there is an id for every byte.
      for index in 0..<byteCount { output.append(byteIDs[unsafe Int(bytes[index])]) }
    } else if let unknown = tables.rules.unknownID {
      output.append(unknown)
    }
  }

  // MARK: as Hugging Face

  private func encodeAsHuggingFace(_ bytes: UnsafePointer<UInt8>, _ byteCount: Int) {
    wide.begin(at: 0, score: 0)
    var place = 0
    var unknownStart: Int?
    // SAFETY: places are below `byteCount`, at the beginnings of characters.
    while place < byteCount {
      if place == wide.frontier, place > 0 { unsafe takeTokens(bytes, to: place, &unknownStart) }
      let sum = wide.score(at: place)
      let end = unsafe place &+ SentencePieceNormalizer.characterByteCount(bytes[place])
      var isKnown = false
      unsafe tables.trie.match(bytes + place, byteCount &- place) { length, value in
        let id = UInt32(truncatingIfNeeded: value)
        wide.offer(id, from: place, to: place &+ length, score: tables.scores[Int(id)] + sum)
        if place &+ length == end { isKnown = true }
        return true
      }
      if !isKnown {
        let id = tables.rules.unknownID ?? Self.unknown
        wide.offer(id, from: place, to: end, score: tables.unknownScore + sum)
      }
      place = end
    }
    unsafe takeTokens(bytes, to: byteCount, &unknownStart)
    if let start = unknownStart { unsafe appendFused(bytes + start, byteCount &- start) }
  }

  private func takeTokens(
    _ bytes: UnsafePointer<UInt8>, to end: Int, _ unknownStart: inout Int?
  ) {
    var place = wide.origin
    wide.tokens(to: end) { token in
      if token.id == tables.rules.unknownID ?? Self.unknown {
        unknownStart = unknownStart ?? place
      } else {
        if let start = unknownStart { unsafe appendFused(bytes + start, place &- start) }
        unknownStart = nil
        output.append(token.id)
      }
      place &+= token.byteCount
    }
    wide.begin(at: end, score: wide.score(at: end))
  }

  /// Appends what stands for a run of unknown characters: the token that the run is as a whole, those
  /// of its bytes, or the unknown one.
  private func appendFused(_ bytes: UnsafePointer<UInt8>, _ byteCount: Int) {
    if let value = unsafe tables.trie.value(bytes, byteCount) {
      output.append(UInt32(truncatingIfNeeded: value))
    } else {
      unsafe appendUnknown(bytes, byteCount)
    }
  }
}
