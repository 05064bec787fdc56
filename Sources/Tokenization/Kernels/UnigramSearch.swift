/// Searches the best way to write a text by the arithmetic of SentencePiece, or by Hugging Face's.
@safe struct UnigramSearch {
  let tables: UnigramTables
  private var narrow = UnigramLattice<Float>()
  private var wide = UnigramLattice<Double>()

  /// SentencePiece takes the sum down to 0 where it is further from 0 than this.
  static let sumLimit: Float = 100_000

  init(_ tables: UnigramTables) {
    self.tables = tables
  }

  func deallocate() {
    narrow.deallocate()
    wide.deallocate()
  }

  // MARK: as SentencePiece

  /// Appends the ids of the bytes from `start` to `end`, across whose ends no token lies.
  ///
  /// `sum` is that of all scores before them, and then after them.
  mutating func append(
    _ bytes: UnsafePointer<UInt8>, from start: Int, to end: Int, _ sum: inout Float,
    to output: inout GrowingBuffer<UInt32>
  ) {
    narrow.begin(at: start, score: sum)
    let unknownScore = Float(tables.unknownScore)
    var place = start
    // SAFETY: places are below `end`, at the beginnings of characters.
    while place < end {
      if place == narrow.frontier, place > start {
        unsafe takeTokens(bytes, to: place, &output)
      }
      var before = narrow.score(at: place)
      if abs(before) > Self.sumLimit {
        narrow.resetScores(at: place)
        before = 0
      }
      let characterEnd =
        unsafe place &+ SentencePieceNormalizer.characterByteCount(bytes[place])
      var isKnown = false
      unsafe tables.trie.match(bytes + place, end &- place) { length, value in
        let score = Float(bitPattern: UInt32(truncatingIfNeeded: value &>> 32))
        let id = UInt32(truncatingIfNeeded: value)
        narrow.offer(id, from: place, to: place &+ length, score: score + before)
        if place &+ length == characterEnd { isKnown = true }
        return true
      }
      if !isKnown {
        narrow.offer(
          UnigramEncoder.unknown, from: place, to: characterEnd, score: unknownScore + before)
      }
      place = characterEnd
    }
    unsafe takeTokens(bytes, to: end, &output)
    sum = narrow.score(at: end)
  }

  /// Appends the ids of the best way to a place where all ways meet, and begins anew there.
  private mutating func takeTokens(
    _ bytes: UnsafePointer<UInt8>, to end: Int, _ output: inout GrowingBuffer<UInt32>
  ) {
    var place = narrow.origin
    for number in 0..<narrow.trace(to: end) {
      let token = narrow.token(number)
      if token.id == UnigramEncoder.unknown {
        unsafe appendUnknown(bytes + place, token.byteCount, to: &output)
      } else {
        output.append(token.id)
      }
      place &+= token.byteCount
    }
    narrow.begin(at: end, score: narrow.score(at: end))
  }

  private func appendUnknown(
    _ bytes: UnsafePointer<UInt8>, _ byteCount: Int,
    to output: inout GrowingBuffer<UInt32>
  ) {
    if let byteIDs = tables.byteIDs {
      // SAFETY: the caller has `byteCount` bytes; there is an id for every byte.
      for index in 0..<byteCount { output.append(byteIDs[unsafe Int(bytes[index])]) }
    } else if let unknown = tables.rules.unknownID {
      output.append(unknown)
    }
  }

  // MARK: as Hugging Face

  /// Appends the ids of a piece; unknown characters side by side are one.
  mutating func appendAsHuggingFace(
    _ bytes: UnsafePointer<UInt8>, _ byteCount: Int, to output: inout GrowingBuffer<UInt32>
  ) {
    wide.begin(at: 0, score: 0)
    var place = 0
    var unknownStart: Int?
    // SAFETY: places are below `byteCount`, at the beginnings of characters.
    while place < byteCount {
      if place == wide.frontier, place > 0 {
        unsafe takeTokens(bytes, to: place, &unknownStart, &output)
      }
      let before = wide.score(at: place)
      let end = unsafe place &+ SentencePieceNormalizer.characterByteCount(bytes[place])
      var isKnown = false
      unsafe tables.trie.match(bytes + place, byteCount &- place) { length, value in
        let id = UInt32(truncatingIfNeeded: value)
        wide.offer(id, from: place, to: place &+ length, score: tables.scores[Int(id)] + before)
        if place &+ length == end { isKnown = true }
        return true
      }
      if !isKnown {
        let id = tables.rules.unknownID ?? UnigramEncoder.unknown
        wide.offer(id, from: place, to: end, score: tables.unknownScore + before)
      }
      place = end
    }
    unsafe takeTokens(bytes, to: byteCount, &unknownStart, &output)
    if let start = unknownStart {
      unsafe appendFused(bytes + start, byteCount &- start, to: &output)
    }
  }

  private mutating func takeTokens(
    _ bytes: UnsafePointer<UInt8>, to end: Int, _ unknownStart: inout Int?,
    _ output: inout GrowingBuffer<UInt32>
  ) {
    var place = wide.origin
    let unknown = tables.rules.unknownID ?? UnigramEncoder.unknown
    for number in 0..<wide.trace(to: end) {
      let token = wide.token(number)
      if token.id == unknown {
        unknownStart = unknownStart ?? place
      } else {
        if let start = unknownStart {
          unsafe appendFused(bytes + start, place &- start, to: &output)
        }
        unknownStart = nil
        output.append(token.id)
      }
      place &+= token.byteCount
    }
    wide.begin(at: end, score: wide.score(at: end))
  }

  /// Appends what stands for a run of unknown characters: the token that the run is as a whole, those
  /// of its bytes where all have one, or the unknown one.
  private func appendFused(
    _ bytes: UnsafePointer<UInt8>, _ byteCount: Int,
    to output: inout GrowingBuffer<UInt32>
  ) {
    if let value = unsafe tables.trie.value(bytes, byteCount) {
      output.append(UInt32(truncatingIfNeeded: value))
      return
    }
    let run = unsafe UnsafeBufferPointer(start: bytes, count: byteCount)
    if let byteIDs = tables.byteIDs,
      unsafe run.allSatisfy({ byteIDs[Int($0)] != CharacterTables.none })
    {
      unsafe appendUnknown(bytes, byteCount, to: &output)
    } else if let unknown = tables.rules.unknownID {
      output.append(unknown)
    }
  }
}
