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
      byteCount &+= word.byteCount
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
          if word.byteCount <= 16, start &+ 16 <= source.count {
            unsafe target.copyMemory(from: from + start, byteCount: 16)
          } else {
            unsafe target.copyMemory(from: from + start, byteCount: word.byteCount)
          }
          unsafe target += word.byteCount
        }
      }
      for index in byteCount..<capacity { unsafe joined[index] = 0 }
      count = capacity
    }
  }

  // MARK: Top runs

  /// A bound on characters × count of any run of n words: n times what this returns.
  ///
  /// A run stands no more often than each of its words, so its count times its length is at most the
  /// sum over its words of count × (length + 1); words that fall into one bucket are counted together.
  func heaviestWordBound() -> Int {
    var weights = [Int](repeating: 0, count: 4096)
    let bytes = bytes.span.raw
    for word in 0..<wordCount {
      let length = starts[word &+ 1] &- starts[word]
      let head = Self.load(bytes, starts[word])
      let key = length >= 8 ? head : head & ((1 &<< UInt64(8 &* length)) &- 1)
      let bucket = Int(Self.mix(key ^ UInt64(length)) & 4095)
      weights[bucket] &+= scalarStarts[word &+ 1] &- scalarStarts[word] &+ 1
    }
    return weights.max() ?? 0
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
    for place in 0..<placeCount {
      let slot = Self.prefixHash(bytes, starts[place]) & UInt64(slotCount &- 1)
      let shift = (slot & 31) &* 2
      let bits = (seen[Int(slot &>> 5)] &>> shift) & 3
      seen[Int(slot &>> 5)] |= (1 &+ (bits & 1)) &<< shift
      slots[place] = UInt32(truncatingIfNeeded: slot)
    }
    var places: [Int] = []
    for place in 0..<placeCount {
      let slot = slots[place]
      let isTwin = (seen[Int(slot &>> 5)] &>> UInt64((slot & 31) &* 2)) & 2 != 0
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
    var known = ByteRangeTable(capacity: places.count)
    let bytes = bytes.span
    var total = 0
    var next = 0
    for place in places where place >= next {
      guard place + length <= wordCount else { break }
      if known.insert(starts[place], starts[place &+ length], of: bytes) { continue }
      total &+= scalarStarts[place &+ length] &- scalarStarts[place]
      next = place &+ length
    }
    return total
  }

  @inline(__always)
  private static func prefixHash(_ bytes: RawSpan, _ start: Int) -> UInt64 {
    mix(load(bytes, start) ^ mix(load(bytes, start &+ 8)))
  }

  @inline(__always)
  private static func mix(_ value: UInt64) -> UInt64 {
    let product = value.multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
    return product.high ^ product.low
  }

  @inline(__always)
  private static func load(_ bytes: RawSpan, _ offset: Int) -> UInt64 {
    // SAFETY: 16 bytes of padding follow the last word, and offsets are those of words.
    unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self)
  }
}
