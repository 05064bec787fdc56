internal import CKernels

/// Turns pieces of text into ids by merges of characters, remembering the words it has met.
@safe final class CharacterEncoder {
  private let tables: CharacterTables
  private let merger: CharacterMerger
  private let cache: WordCache
  private var output = GrowingBuffer<UInt32>(capacity: 1 << 16)

  /// Ids are handed over when there are so many.
  private static let handOverCount = 1 << 15
  /// SentencePiece takes unused pieces apart so many times over.
  private static let deepestSplit = 100

  init(_ tables: CharacterTables, cacheByteCount: Int) {
    self.tables = tables
    merger = CharacterMerger(tables)
    cache = WordCache(memoryByteCount: cacheByteCount)
  }

  deinit {
    output.deallocate()
  }

  /// Appends the ids of a piece of valid UTF-8.
  func encode(_ piece: Span<UInt8>, into ids: inout [UInt32]) {
    unsafe piece.withUnsafeBufferPointer { buffer in unsafe encode(buffer, into: &ids) }
  }

  /// Appends the ids of a piece of valid UTF-8.
  func encode(_ piece: UnsafeBufferPointer<UInt8>, into ids: inout [UInt32]) {
    guard let bytes = piece.baseAddress, piece.count > 0 else { return }
    let start = ids.count
    if let whole = unsafe tables.wholePieces?.value(bytes, piece.count) {
      ids.append(UInt32(truncatingIfNeeded: whole))
      return
    }
    var place = 0
    // SAFETY: ends of words are places in the piece, behind their beginnings.
    while place < piece.count {
      let end = unsafe tables.cut.end(of: bytes, from: place, to: piece.count)
      unsafe encodeWord(bytes + place, end &- place, readable: piece.count &- place)
      place = end
      if output.count >= Self.handOverCount { handOver(&ids, from: start) }
    }
    handOver(&ids, from: start)
  }

  /// Moves the ids of the piece on; of SentencePiece's unknown ones that are neighbours one is left.
  private func handOver(_ ids: inout [UInt32], from start: Int) {
    // SAFETY: the buffer holds `count` ids, which are copied at once.
    let made = unsafe UnsafeBufferPointer(start: output.base, count: output.count)
    if let unknown = tables.fusedID, unsafe made.contains(unknown) {
      for index in made.indices {
        let id = unsafe made[index]
        if id != unknown || ids.count == start || ids.last != id { ids.append(id) }
      }
    } else {
      unsafe ids.append(contentsOf: made)
    }
    output.setCount(0)
  }

  /// Encodes a word, of whose bytes and those behind it `readable` may be read.
  @inline(__always)
  private func encodeWord(_ bytes: UnsafePointer<UInt8>, _ byteCount: Int, readable: Int) {
    if !tables.unusedSymbols.isEmpty {
      unsafe encodeAnew(bytes, byteCount)
    } else if byteCount <= ShortKey.maximumByteCount {
      let key = unsafe ShortKey(bytes, byteCount: byteCount, readable: readable)
      if unsafe cache.append(key, bytes, to: &output) { return }
      let before = output.count
      unsafe encodeAnew(bytes, byteCount)
      unsafe cache.insert(key, bytes, output.count - before, of: output)
    } else if byteCount <= WordCache.longestByteCount {
      let hash = unsafe LongHash.hash(bytes, byteCount) | 1
      if unsafe cache.appendLong(bytes, byteCount, hash: hash, to: &output) { return }
      let before = output.count
      unsafe encodeAnew(bytes, byteCount)
      unsafe cache.insertLong(bytes, byteCount, hash: hash, output.count - before, of: output)
    } else {
      unsafe encodeAnew(bytes, byteCount)
    }
  }

  /// Appends the ids of a word from the tables alone.
  private func encodeAnew(_ bytes: UnsafePointer<UInt8>, _ byteCount: Int) {
    merger.symbols.setCount(0)
    merger.symbols.reserve(byteCount)
    if tables.followsSentencePiece {
      unsafe findSymbols(bytes, byteCount)
    } else {
      unsafe findTokens(bytes, byteCount)
    }
    merger.merge()
    unsafe appendIDs(bytes)
  }

  // MARK: as SentencePiece

  /// A symbol for every character, and for every user-defined piece, the longest first.
  private func findSymbols(_ bytes: UnsafePointer<UInt8>, _ byteCount: Int) {
    var place = 0
    // SAFETY: places are below `byteCount`, and the text is valid UTF-8.
    while place < byteCount {
      if let userDefined = tables.userDefined, unsafe userDefined.begins[Int(bytes[place])],
        let found = unsafe userDefined.longest(
          bytes + place, byteCount &- place, limit: SentencePieceNormalizer.keptLimit)
      {
        merger.symbols.append(UInt32(truncatingIfNeeded: found.value))
        place &+= found.byteCount
        continue
      }
      let (scalar, length) = unsafe Self.scalar(bytes, place)
      merger.symbols.append(unknownOr(tables.symbol(scalar), length))
      place &+= length
    }
  }

  /// A character that is part of no token is kept by its length, in numbers that are no symbols.
  private static let unknownBase = UInt32.max &- 8

  @inline(__always)
  private func unknownOr(_ symbol: UInt32, _ byteCount: Int) -> UInt32 {
    symbol == CharacterTables.none
      ? Self.unknownBase &+ UInt32(truncatingIfNeeded: byteCount) : symbol
  }

  @inline(__always)
  private static func scalar(
    _ bytes: UnsafePointer<UInt8>, _ place: Int
  ) -> (value: UInt32, byteCount: Int) {
    // SAFETY: the text is valid UTF-8, so as many bytes follow as the first one says.
    let lead = unsafe UInt32(bytes[place])
    if lead < 0x80 { return (lead, 1) }
    let second = unsafe UInt32(bytes[place &+ 1] & 0x3F)
    if lead < 0xE0 { return ((lead & 0x1F) &<< 6 | second, 2) }
    let third = unsafe UInt32(bytes[place &+ 2] & 0x3F)
    if lead < 0xF0 { return ((lead & 0x0F) &<< 12 | second &<< 6 | third, 3) }
    let fourth = unsafe UInt32(bytes[place &+ 3] & 0x3F)
    return ((lead & 0x07) &<< 18 | second &<< 12 | third &<< 6 | fourth, 4)
  }

  /// Appends the ids of the symbols that are left.
  private func appendIDs(_ bytes: UnsafePointer<UInt8>) {
    let count = merger.symbols.count
    var place = 0
    // SAFETY: there are `count` symbols; those that are known have an id.
    for index in 0..<count {
      let symbol = unsafe merger.symbols.base[index]
      if symbol > Self.unknownBase {
        let length = Int(symbol &- Self.unknownBase)
        unsafe appendUnknown(bytes + place, length)
        place &+= length
      } else {
        unsafe append(symbol, bytes + place, depth: 0)
        place &+= Int(tables.byteCounts[Int(symbol)])
      }
    }
  }

  private func append(_ symbol: UInt32, _ bytes: UnsafePointer<UInt8>, depth: Int) {
    let id = tables.ids[Int(symbol)]
    if id != CharacterTables.none {
      output.append(id)
    } else if let split = merger.splits[symbol] {
      if depth > Self.deepestSplit { return output.append(symbol) }
      unsafe append(split.left, bytes, depth: depth + 1)
      unsafe append(
        split.right, bytes + Int(tables.byteCounts[Int(split.left)]), depth: depth + 1)
    } else {
      unsafe appendUnknown(bytes, Int(tables.byteCounts[Int(symbol)]))
    }
  }

  /// Appends what stands for a text that is not known: its bytes, or the unknown token.
  private func appendUnknown(_ bytes: UnsafePointer<UInt8>, _ byteCount: Int) {
    if tables.rules.hasByteFallback {
      // SAFETY: the caller has `byteCount` bytes; there is an id for every byte.
      for index in 0..<byteCount { output.append(tables.byteIDs[unsafe Int(bytes[index])]) }
    } else if let unknown = tables.rules.unknownID {
      output.append(unknown)
    }
  }

  // MARK: as Hugging Face

  /// A token for every character; for one without, those of its bytes, or the unknown one, which
  /// waits until a character is known again.
  private func findTokens(_ bytes: UnsafePointer<UInt8>, _ byteCount: Int) {
    var waiting: UInt32?
    var place = 0
    while place < byteCount {
      let (scalar, length) = unsafe Self.scalar(bytes, place)
      let token = tables.symbol(scalar)
      if token != CharacterTables.none {
        if let unknown = waiting { merger.symbols.append(unknown) }
        waiting = nil
        merger.symbols.append(token)
      } else if unsafe !appendBytes(bytes + place, length), let unknown = tables.rules.unknownID {
        if waiting != nil, !tables.rules.fusesUnknown { merger.symbols.append(unknown) }
        waiting = unknown
      }
      place &+= length
    }
    if let unknown = waiting { merger.symbols.append(unknown) }
  }

  /// Appends the tokens of bytes; false where there is no byte fallback, or not for all of them.
  private func appendBytes(_ bytes: UnsafePointer<UInt8>, _ byteCount: Int) -> Bool {
    if !tables.rules.hasByteFallback { return false }
    // SAFETY: the caller has `byteCount` bytes; there is a place for every byte.
    for index in 0..<byteCount
    where tables.byteIDs[unsafe Int(bytes[index])] == CharacterTables.none {
      return false
    }
    for index in 0..<byteCount { merger.symbols.append(tables.byteIDs[unsafe Int(bytes[index])]) }
    return true
  }
}
