internal import ByteKernels
internal import CKernels
internal import TextAnalysis

/// Hashes the tokens of a text as Spark ML's Tokenizer and HashingTF do, in one pass.
///
/// Lower case is Java's. Tokens are what `split("\\s")` leaves: each of the six ASCII white space
/// characters separates, so two in a row have an empty token between them; empty tokens at the end are
/// dropped; a text without white space is one token, even when it is empty.
enum SparkScanner {
  /// Adds the features of a text to a set.
  ///
  /// `lowered` is scratch space for tokens that are not ASCII.
  static func scan(
    _ text: Span<UInt8>, _ table: CharacterTable, lowered: inout [UInt8],
    into features: inout FeatureSet
  ) {
    if text.isEmpty {
      features.fill { sink in sink.add(termHash: emptyTokenHash, times: 1) }
      return
    }
    features.fill { sink in
      unsafe text.withUnsafeBufferPointer { text in
        // SAFETY: the buffer outlives the scan, which reads only below its count.
        guard let start = text.baseAddress else { return }
        var scan = unsafe SparkScan(text: start, byteCount: text.count, table: table, sink: sink)
        scan.run(lowered: &lowered)
      }
    }
  }

  private static var emptyTokenHash: UInt32 {
    Murmur3.finish(Murmur3.sparkSeed, byteCount: 0)
  }
}

/// One pass over one text.
@safe
private struct SparkScan {
  let text: UnsafePointer<UInt8>
  let byteCount: Int
  let table: CharacterTable
  let sink: FeatureSink
  /// Where the last token ended; -1 before the first, as if a separator stood before the text.
  var lastEnd = -1

  init(text: UnsafePointer<UInt8>, byteCount: Int, table: CharacterTable, sink: FeatureSink) {
    unsafe self.text = text
    self.byteCount = byteCount
    self.table = table
    self.sink = sink
  }

  /// Walks the text by blocks of 64 bytes, each reduced to two masks first.
  mutating func run(lowered: inout [UInt8]) {
    var base = 0
    var openStart = 0
    var openIsHigh = false
    var isOpen = false
    while base < byteCount {
      let masks = blockMasks(base)
      let solid = masks.solid
      var starts = solid & ~(solid &<< 1 | (isOpen ? 1 : 0))
      if isOpen {
        let end = (~solid).trailingZeroBitCount
        openIsHigh = openIsHigh || masks.high & Self.lowBits(end) != 0
        if end == 64 {
          base &+= 64
          continue
        }
        addToken(openStart, base &+ end, isHigh: openIsHigh, lowered: &lowered)
        isOpen = false
      }
      while starts != 0 {
        let start = starts.trailingZeroBitCount
        starts &= starts &- 1
        let length = (~(solid &>> UInt64(start))).trailingZeroBitCount
        let isHigh = masks.high &>> UInt64(start) & Self.lowBits(length) != 0
        if start &+ length == 64 {
          (openStart, openIsHigh, isOpen) = (base &+ start, isHigh, true)
        } else {
          addToken(base &+ start, base &+ start &+ length, isHigh: isHigh, lowered: &lowered)
        }
      }
      base &+= 64
    }
    if isOpen { addToken(openStart, byteCount, isHigh: openIsHigh, lowered: &lowered) }
  }

  @inline(__always)
  private static func lowBits(_ count: Int) -> UInt64 {
    count == 64 ? ~0 : (1 &<< UInt64(count)) &- 1
  }

  /// The masks of the block at `base`; bytes past the end count as spaces.
  @inline(__always)
  private func blockMasks(_ base: Int) -> ck_space_masks_t {
    // SAFETY: 64 bytes are there, or are copied into a block that is 64 bytes long.
    if base &+ 64 <= byteCount { return unsafe ck_space_masks(text + base) }
    var block = InlineArray<64, UInt8>(repeating: 0x20)
    for offset in base..<byteCount { block[offset - base] = unsafe text[offset] }
    return unsafe block.span.withUnsafeBufferPointer { bytes in
      guard let start = bytes.baseAddress else { return ck_space_masks_t() }
      return unsafe ck_space_masks(start)
    }
  }

  /// Adds a token and the empty ones between it and the token before.
  @inline(__always)
  private mutating func addToken(
    _ start: Int, _ end: Int, isHigh: Bool, lowered: inout [UInt8]
  ) {
    let emptyCount = start &- lastEnd &- 1
    if emptyCount > 0 {
      sink.add(
        termHash: Murmur3.finish(Murmur3.sparkSeed, byteCount: 0),
        times: UInt32(truncatingIfNeeded: emptyCount))
    }
    lastEnd = end
    if isHigh {
      addHighToken(start, end, lowered: &lowered)
    } else {
      sink.add(termHash: asciiHash(start, end &- start), times: 1)
    }
  }

  private func addHighToken(_ start: Int, _ end: Int, lowered: inout [UInt8]) {
    // SAFETY: the token is part of the text.
    let token = unsafe Span(_unsafeStart: text + start, count: end &- start)
    lowered.removeAll(keepingCapacity: true)
    JavaLowercase.append(token, table, to: &lowered)
    sink.add(termHash: Murmur3.hash32(lowered.span), times: 1)
  }

  /// MurmurHash3 of the lower case of an ASCII token.
  @inline(__always)
  private func asciiHash(_ start: Int, _ length: Int) -> UInt32 {
    var hash = Murmur3.sparkSeed
    var position = start
    let end = start &+ length
    while position &+ 4 <= end {
      // SAFETY: the four bytes belong to the token.
      let block = unsafe UnsafeRawPointer(text + position).loadUnaligned(as: UInt32.self)
      hash = Murmur3.absorb(hash, Self.lowercase(UInt32(littleEndian: block)))
      position &+= 4
    }
    var tail: UInt32 = 0
    var shift: UInt32 = 0
    while position < end {
      // SAFETY: the byte belongs to the token.
      tail |= unsafe UInt32(text[position]) &<< shift
      shift &+= 8
      position &+= 1
    }
    return Murmur3.finish(hash ^ Murmur3.scramble(Self.lowercase(tail)), byteCount: length)
  }

  /// Four ASCII bytes with bit 5 set in those from A to Z.
  @inline(__always)
  private static func lowercase(_ block: UInt32) -> UInt32 {
    let fromA = block &+ 0x3F3F_3F3F
    let pastZ = block &+ 0x2525_2525
    return block | ((fromA ^ pastZ) & 0x8080_8080) &>> 2
  }
}
