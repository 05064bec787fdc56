/// From bytes to symbols, and from symbols to ids.
extension CharacterMerger {
  /// A character that is part of no token is kept by its length, in numbers that are no symbols.
  private static let unknownBase = UInt32.max &- 8
  /// SentencePiece takes unused pieces apart so many times over.
  private static let deepestSplit = 100

  /// Appends the ids of a word of valid UTF-8.
  mutating func append(
    _ bytes: UnsafePointer<UInt8>, _ byteCount: Int, to output: inout GrowingBuffer<UInt32>
  ) {
    symbols.setCount(0)
    symbols.reserve(byteCount)
    if tables.followsSentencePiece {
      unsafe findSymbols(bytes, byteCount)
    } else {
      unsafe findTokens(bytes, byteCount)
    }
    merge()
    unsafe appendIDs(bytes, to: &output)
  }

  /// A symbol for every character, and for every user-defined piece, the longest first.
  private mutating func findSymbols(_ bytes: UnsafePointer<UInt8>, _ byteCount: Int) {
    var place = 0
    // SAFETY: places are below `byteCount`, and the text is valid UTF-8.
    while place < byteCount {
      if let userDefined = tables.userDefined, unsafe userDefined.begins[Int(bytes[place])],
        let found = unsafe userDefined.longest(
          bytes + place, byteCount &- place, limit: SentencePieceNormalizer.keptLimit)
      {
        symbols.append(UInt32(truncatingIfNeeded: found.value))
        place &+= found.byteCount
        continue
      }
      let (scalar, length) = unsafe Self.scalar(bytes, place)
      let symbol = tables.symbol(scalar)
      symbols.append(
        symbol == CharacterTables.none
          ? Self.unknownBase &+ UInt32(truncatingIfNeeded: length) : symbol)
      place &+= length
    }
  }

  /// A token for every character; for one without, those of its bytes, or the unknown one, which
  /// waits until a character is known again (as in Hugging Face's BPE).
  private mutating func findTokens(_ bytes: UnsafePointer<UInt8>, _ byteCount: Int) {
    var waiting: UInt32?
    var place = 0
    while place < byteCount {
      let (scalar, length) = unsafe Self.scalar(bytes, place)
      let token = tables.symbol(scalar)
      if token != CharacterTables.none {
        if let unknown = waiting { symbols.append(unknown) }
        waiting = nil
        symbols.append(token)
      } else if unsafe !appendBytes(bytes + place, length), let unknown = tables.rules.unknownID {
        if waiting != nil, !tables.rules.fusesUnknown { symbols.append(unknown) }
        waiting = unknown
      }
      place &+= length
    }
    if let unknown = waiting { symbols.append(unknown) }
  }

  /// Appends the tokens of bytes; false where there is no byte fallback, or not for all of them.
  private mutating func appendBytes(_ bytes: UnsafePointer<UInt8>, _ byteCount: Int) -> Bool {
    if !tables.rules.hasByteFallback { return false }
    // SAFETY: the caller has `byteCount` bytes; there is a place for every byte.
    for index in 0..<byteCount
    where tables.byteIDs[unsafe Int(bytes[index])] == CharacterTables.none {
      return false
    }
    for index in 0..<byteCount { symbols.append(tables.byteIDs[unsafe Int(bytes[index])]) }
    return true
  }

  @inline(__always)
  static func scalar(
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
  private func appendIDs(_ bytes: UnsafePointer<UInt8>, to output: inout GrowingBuffer<UInt32>) {
    var place = 0
    for index in 0..<symbols.count {
      // SAFETY: there are so many symbols, and their texts are those of the word.
      let symbol = unsafe symbols.base[index]
      if symbol > Self.unknownBase {
        let length = Int(symbol &- Self.unknownBase)
        unsafe appendUnknown(bytes + place, length, to: &output)
        place &+= length
      } else {
        let id = tables.ids[Int(symbol)]
        if id != CharacterTables.none {
          output.append(id)
        } else {
          unsafe appendSplit(symbol, bytes + place, depth: 0, to: &output)
        }
        if tables.followsSentencePiece { place &+= Int(tables.byteCounts[Int(symbol)]) }
      }
    }
  }

  /// Appends what an unused piece or a character that is no piece becomes.
  private func appendSplit(
    _ symbol: UInt32, _ bytes: UnsafePointer<UInt8>, depth: Int,
    to output: inout GrowingBuffer<UInt32>
  ) {
    let id = tables.ids[Int(symbol)]
    if id != CharacterTables.none {
      output.append(id)
    } else if let split = splits[symbol] {
      if depth > Self.deepestSplit { return output.append(symbol) }
      unsafe appendSplit(split.left, bytes, depth: depth + 1, to: &output)
      let rest = unsafe bytes + Int(tables.byteCounts[Int(split.left)])
      unsafe appendSplit(split.right, rest, depth: depth + 1, to: &output)
    } else {
      unsafe appendUnknown(bytes, Int(tables.byteCounts[Int(symbol)]), to: &output)
    }
  }

  /// Appends what stands for a text that is not known: its bytes, or the unknown token.
  private func appendUnknown(
    _ bytes: UnsafePointer<UInt8>, _ byteCount: Int, to output: inout GrowingBuffer<UInt32>
  ) {
    if tables.rules.hasByteFallback {
      // SAFETY: the caller has `byteCount` bytes; there is an id for every byte.
      for index in 0..<byteCount { output.append(tables.byteIDs[unsafe Int(bytes[index])]) }
    } else if let unknown = tables.rules.unknownID {
      output.append(unknown)
    }
  }
}
