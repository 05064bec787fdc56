internal import ByteKernels
internal import TextAnalysis

/// The words of a text one behind another, and what runs of them repeat.
///
/// Runs of n words compare by their bytes without what lay between the words, as datatrove's
/// duplicate n-grams do; its top n-grams compare word by word.
struct WordRuns {
  /// All words joined, and `padding` zeros, so that any word can be read eight bytes at a time.
  private let bytes: [UInt8]
  /// Where each word begins in `bytes`, and where the last one ends.
  private let starts: [Int]
  /// How many scalars stand before each word, and in all of them.
  private let scalarStarts: [Int]
  private static var padding: Int { 16 }
  private static var tagBits: UInt64 { 0xFFFF_FFFF_0000_0000 }

  var wordCount: Int { starts.count - 1 }

  init(_ words: [Word], of text: [UInt8]) {
    var byteCount = 0
    var scalarCount = 0
    var starts: [Int] = []
    var scalarStarts: [Int] = []
    starts.reserveCapacity(words.count + 1)
    scalarStarts.reserveCapacity(words.count + 1)
    for word in words {
      precondition(word.start <= word.end && Int(word.end) <= text.count, "a word of this text")
      starts.append(byteCount)
      scalarStarts.append(scalarCount)
      byteCount &+= Int(word.end &- word.start)
      scalarCount &+= Int(word.scalarCount)
    }
    starts.append(byteCount)
    scalarStarts.append(scalarCount)
    self.starts = starts
    self.scalarStarts = scalarStarts
    bytes = Self.join(words, of: text, byteCount: byteCount)
  }

  private static func join(_ words: [Word], of text: [UInt8], byteCount: Int) -> [UInt8] {
    let capacity = byteCount + padding
    // SAFETY: every word lies inside the text (checked by `init`) and `byteCount` is their sum. Short
    // words are copied as 16 bytes, where the text has as many; the surplus lands in what is written
    // next or in the padding, which is zeroed last.
    return unsafe [UInt8](unsafeUninitializedCapacity: capacity) { joined, count in
      unsafe text.withUnsafeBytes { source in
        guard let from = source.baseAddress, let to = joined.baseAddress else { return }
        var target = UnsafeMutableRawPointer(to)
        for word in words {
          let start = Int(word.start)
          if Int(word.end &- word.start) <= 16, start &+ 16 <= source.count {
            unsafe target.copyMemory(from: from + start, byteCount: 16)
          } else {
            unsafe target.copyMemory(from: from + start, byteCount: Int(word.end &- word.start))
          }
          unsafe target += Int(word.end &- word.start)
        }
      }
      for index in byteCount..<capacity { unsafe joined[index] = 0 }
      count = capacity
    }
  }

  // MARK: Top runs

  /// The greatest (characters + 2) × count of any pair of neighbouring words, or more.
  ///
  /// Pairs that fall into one bucket are counted together. A run stands no more often than each of its
  /// pairs, so this bounds characters × count of any pair, and twice this that of any three or four
  /// words: a way to see in one pass that no run is near its limit.
  func heaviestPairBound() -> Int {
    guard wordCount > 1 else { return 0 }
    var bucketCount = 256
    while bucketCount < 2 * wordCount, bucketCount < 4096 { bucketCount *= 2 }
    let mask = UInt64(bucketCount - 1)
    var weights = [Int](repeating: 0, count: bucketCount)
    let bytes = bytes.span.raw
    let (starts, scalarStarts) = (starts.span, scalarStarts.span)
    var left = Self.wordHash(bytes, starts[0], starts[1])
    for word in 1..<wordCount {
      let right = Self.wordHash(bytes, starts[word], starts[word &+ 1])
      let bucket = Int(ByteRanges.fold(left, right ^ ByteRanges.seed) & mask)
      let scalarCount = scalarStarts[word &+ 1] &- scalarStarts[word &- 1]
      weights[bucket] &+= scalarCount &+ 2
      left = right
    }
    return weights.max() ?? 0
  }

  /// The same for the same word; words that begin with the same eight bytes and are as long share one.
  @inline(__always)
  private static func wordHash(_ bytes: RawSpan, _ start: Int, _ end: Int) -> UInt64 {
    let head = ByteRanges.load(bytes, start)
    let length = UInt64(truncatingIfNeeded: end &- start)
    let key = length >= 8 ? head : head & ((1 &<< (8 &* length)) &- 1)
    return (key ^ length) &* 0x9E37_79B9_7F4A_7C15
  }

  /// Characters × count of the most frequent run of n words, for each n from 2 to `longest`.
  ///
  /// The words of a run are joined by one space; of equally frequent runs the first counts. Nil where
  /// no run fits.
  func topRunWeights(upTo longest: Int) -> [Int?] {
    var weights: [Int?] = []
    var runs = wordNumbers()
    let words = runs
    for length in 2...max(2, longest) {
      guard wordCount >= length else {
        weights.append(nil)
        continue
      }
      var table = RunTable(capacity: wordCount)
      for start in 0...(wordCount - length) {
        runs[start] = table.count(runs[start], words[start + length - 1], at: start)
      }
      let top = table.mostFrequent
      let scalarCount = scalarStarts[top.start + length] - scalarStarts[top.start]
      weights.append((scalarCount + length - 1) * top.count)
    }
    return weights
  }

  /// A number for each word, the same for the same word.
  private func wordNumbers() -> [UInt32] {
    var numbers: [UInt32] = []
    numbers.reserveCapacity(wordCount)
    var table = ByteRangeTable(capacity: wordCount)
    let bytes = bytes.span
    for word in 0..<wordCount {
      numbers.append(table.number(starts[word], starts[word + 1], of: bytes))
    }
    return numbers
  }

  // MARK: Repeated runs

  /// Where a run of five or more words may have a twin: the only places `repeatedScalarCount` looks at.
  ///
  /// Equal runs begin with equal bytes, so a place whose next 16 bytes stand nowhere else has no twin,
  /// unless its run of `shortest` words is shorter than that.
  func placesWithTwins(shortest: Int) -> [Int] {
    guard wordCount >= shortest else { return [] }
    let placeCount = wordCount - shortest + 1
    var slotCount = 64
    while slotCount < 16 * placeCount { slotCount *= 2 }
    // Two bits a slot: something fell here; something fell here again.
    var seen = [UInt64](repeating: 0, count: slotCount / 32)
    var slots = [UInt32](repeating: 0, count: placeCount)
    let bytes = bytes.span.raw
    let starts = starts.span
    var seenBits = seen.mutableSpan
    for place in 0..<placeCount {
      let start = starts[place]
      let hash = ByteRanges.fold(
        ByteRanges.load(bytes, start) ^ ByteRanges.seed, ByteRanges.load(bytes, start &+ 8))
      let slot = hash & UInt64(slotCount &- 1)
      let shift = (slot & 31) &* 2
      let bits = (seenBits[Int(slot &>> 5)] &>> shift) & 3
      seenBits[Int(slot &>> 5)] |= (1 &+ (bits & 1)) &<< shift
      slots[place] = UInt32(truncatingIfNeeded: slot)
    }
    var places: [Int] = []
    for place in 0..<placeCount {
      let slot = slots[place]
      let isTwin = (seenBits[Int(slot &>> 5)] &>> UInt64((slot & 31) &* 2)) & 2 != 0
      let isShort = starts[place &+ shortest] &- starts[place] < 16
      if isTwin || isShort { places.append(place) }
    }
    return places
  }

  /// Characters in runs of n words that stood before.
  ///
  /// A reader goes on from the first word: a repeat is counted and stepped over whole, anything else
  /// moves the reader one word. `places` come from `placesWithTwins`.
  func repeatedScalarCount(length: Int, at places: [Int]) -> Int {
    var slotCount = 16
    while slotCount < 2 * places.count { slotCount *= 2 }
    // Slots hold 0, or a place plus one below 32 bits of the hash of its run.
    var table = [UInt64](repeating: 0, count: slotCount)
    var slots = table.mutableSpan
    let bytes = bytes.span.raw
    let (starts, scalarStarts) = (starts.span, scalarStarts.span)
    var total = 0
    var next = 0
    for place in places where place >= next {
      guard place &+ length <= wordCount else { break }
      let (start, end) = (starts[place], starts[place &+ length])
      let hash = ByteRanges.hash(bytes, start, end)
      let tag = hash & Self.tagBits
      var slot = Int(truncatingIfNeeded: hash) & (slotCount &- 1)
      var isRepeat = false
      while slots[slot] != 0 {
        let entry = slots[slot]
        let other = Int(truncatingIfNeeded: entry & 0xFFFF_FFFF) &- 1
        if entry & Self.tagBits == tag,
          ByteRanges.areEqual(bytes, starts[other], starts[other &+ length], start, end)
        {
          isRepeat = true
          break
        }
        slot = (slot &+ 1) & (slotCount &- 1)
      }
      if isRepeat {
        total &+= scalarStarts[place &+ length] &- scalarStarts[place]
        next = place &+ length
      } else {
        slots[slot] = tag | UInt64(truncatingIfNeeded: place &+ 1)
      }
    }
    return total
  }
}
