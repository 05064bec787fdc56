internal import CKernels
internal import TextAnalysis

/// Hashes the words and runs of neighbouring words of a text in one pass; words and pairs are the
/// default features.
///
/// A word is a run of letters, marks and digits, in lower case; every other visible character, and
/// every character of a script written without spaces, is a word by itself. Spaces, controls and format
/// characters separate. Classes and lower case are those of `CharacterTable`.
///
/// A word's hash takes its UTF-8 bytes eight at a time (little-endian, the last block filled with
/// zeros): `h = fold((h ^ block) * multiplier)` from `seed`, where `fold` adds the halves of the
/// 128-bit product by exclusive or. A pair's hash is `fold((first ^ pairLeft) * (second ^ pairRight))`;
/// that of a longer run has the hash of the run without its last word in the place of the first.
/// The feature is `((hash >> 32) * featureCount) >> 32`.
enum WordScanner {
  static let seed: UInt64 = 0xA076_1D64_78BD_642F
  static let multiplier: UInt64 = 0xE703_7ED1_A0B4_28DB
  static let pairLeft: UInt64 = 0x8EBC_6AF0_9C88_C6E3
  static let pairRight: UInt64 = 0x5899_65CC_7537_4CC3

  /// Adds the features of a text to a set; text that is not UTF-8 gives some features, no trap.
  ///
  /// Runs have at most `maximumWordCount` words, from `WordTerms.maximumWordCounts`.
  static func scan(
    _ text: Span<UInt8>, _ table: Span<UInt32>, maximumWordCount: Int = 2,
    into features: inout FeatureSet
  ) {
    features.fill { sink in
      unsafe text.withUnsafeBufferPointer { text in
        unsafe table.withUnsafeBufferPointer { table in
          // SAFETY: both buffers outlive the scan, which reads only below their counts.
          guard let start = text.baseAddress, let entries = table.baseAddress else { return }
          var scan = unsafe WordScan(
            text: start, byteCount: text.count, table: entries, sink: sink,
            maximumWordCount: maximumWordCount)
          scan.run()
        }
      }
    }
  }

  /// The hash of a run and the word behind it.
  @inline(__always)
  static func join(_ run: UInt64, _ word: UInt64) -> UInt64 {
    fold(run ^ pairLeft, word ^ pairRight)
  }

  @inline(__always)
  static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.high ^ product.low
  }
}

/// One pass over one text.
@safe
private struct WordScan {
  let text: UnsafePointer<UInt8>
  let byteCount: Int
  /// `CharacterTable.limit` entries.
  let table: UnsafePointer<UInt32>
  let sink: FeatureSink
  let maximumWordCount: Int
  var previous: UInt64 = 0
  var hasPrevious = false
  /// The runs that end with the word before: that word, the two last words, and so on.
  ///
  /// For pairs `previous` will do, which stays in a register.
  var runs = InlineArray<8, UInt64>(repeating: 0)
  var runCount = 0

  init(
    text: UnsafePointer<UInt8>, byteCount: Int, table: UnsafePointer<UInt32>, sink: FeatureSink,
    maximumWordCount: Int
  ) {
    precondition(WordTerms.maximumWordCounts.contains(maximumWordCount), "runs that are kept")
    self.maximumWordCount = maximumWordCount
    unsafe self.text = text
    self.byteCount = byteCount
    unsafe self.table = table
    self.sink = sink
  }

  /// Walks the text by blocks of 64 bytes, each reduced to three masks first.
  mutating func run() {
    var base = 0
    var openStart = 0
    var openIsHigh = false
    var isOpen = false
    while base < byteCount {
      let masks = blockMasks(base)
      let runs = masks.word | masks.high
      var starts = masks.sign | (runs & ~(runs &<< 1 | (isOpen ? 1 : 0)))
      if isOpen {
        let end = (~runs).trailingZeroBitCount
        openIsHigh = openIsHigh || masks.high & Self.lowBits(end) != 0
        if end == 64 {
          base &+= 64
          continue
        }
        finishRun(openStart, base &+ end, isHigh: openIsHigh)
        isOpen = false
      }
      while starts != 0 {
        let start = starts.trailingZeroBitCount
        starts &= starts &- 1
        let length = (~(runs &>> UInt64(start))).trailingZeroBitCount
        let isHigh = masks.high &>> UInt64(start) & Self.lowBits(length) != 0
        if length > 0, start &+ length == 64 {
          (openStart, openIsHigh, isOpen) = (base &+ start, isHigh, true)
          break
        }
        if isHigh {
          scanCharacters(base &+ start, base &+ start &+ length)
        } else {
          // A sign starts no run: its length is 0 and its one byte is not folded to lower case.
          let folding: UInt64 = length == 0 ? 0 : 0x2020_2020_2020_2020
          emit(asciiHash(base &+ start, max(length, 1), folding: folding))
        }
      }
      base &+= 64
    }
    if isOpen { finishRun(openStart, byteCount, isHigh: openIsHigh) }
  }

  @inline(__always)
  private static func lowBits(_ count: Int) -> UInt64 {
    count == 64 ? ~0 : (1 &<< UInt64(count)) &- 1
  }

  /// The masks of the block at `base`; bytes past the end count as spaces.
  @inline(__always)
  private func blockMasks(_ base: Int) -> ck_word_masks_t {
    // SAFETY: 64 bytes are there, or are copied into a block that is 64 bytes long.
    if base &+ 64 <= byteCount { return unsafe ck_word_masks(text + base) }
    var block = InlineArray<64, UInt8>(repeating: 0)
    for offset in base..<byteCount { block[offset - base] = unsafe text[offset] }
    return unsafe block.span.withUnsafeBufferPointer { bytes in
      guard let start = bytes.baseAddress else { return ck_word_masks_t() }
      return unsafe ck_word_masks(start)
    }
  }

  private mutating func finishRun(_ start: Int, _ end: Int, isHigh: Bool) {
    if isHigh {
      scanCharacters(start, end)
    } else {
      emit(asciiHash(start, end &- start, folding: 0x2020_2020_2020_2020))
    }
  }

  /// The hash of ASCII letters and digits; setting bit 5 is their lower case.
  @inline(__always)
  private func asciiHash(_ start: Int, _ length: Int, folding: UInt64) -> UInt64 {
    var hash = WordScanner.seed
    var position = start
    var rest = length
    while rest > 8 {
      // SAFETY: the eight bytes belong to the word.
      let block = unsafe UnsafeRawPointer(text + position).loadUnaligned(as: UInt64.self)
      hash = WordScanner.fold(
        hash ^ (UInt64(littleEndian: block) | folding), WordScanner.multiplier)
      position &+= 8
      rest &-= 8
    }
    let kept = ~0 &>> (64 &- 8 &* UInt64(rest))
    let block = (lastBlock(position) | folding) & kept
    return WordScanner.fold(hash ^ block, WordScanner.multiplier)
  }

  /// Eight bytes from `position`, zero where the text has ended.
  @inline(__always)
  private func lastBlock(_ position: Int) -> UInt64 {
    if position &+ 8 <= byteCount {
      // SAFETY: just checked.
      return UInt64(
        littleEndian: unsafe UnsafeRawPointer(text + position).loadUnaligned(as: UInt64.self))
    }
    var block: UInt64 = 0
    for offset in position..<byteCount {
      block |= unsafe UInt64(text[offset]) &<< UInt64(8 &* (offset &- position))
    }
    return block
  }

  @inline(__always)
  private mutating func emit(_ hash: UInt64) {
    sink.add(hash: hash)
    guard maximumWordCount == 2 else { return emitRuns(hash) }
    if hasPrevious { sink.add(hash: WordScanner.join(previous, hash)) }
    previous = hash
    hasPrevious = true
  }

  /// Adds the longer runs that end with a word, from the longest down.
  @inline(never)
  private mutating func emitRuns(_ hash: UInt64) {
    var position = min(runCount, maximumWordCount &- 1)
    runCount = position &+ 1
    while position > 0 {
      runs[position] = WordScanner.join(runs[position &- 1], hash)
      sink.add(hash: runs[position])
      position &-= 1
    }
    runs[0] = hash
  }

  /// Finds the words in a run that is not all ASCII, character by character.
  private mutating func scanCharacters(_ start: Int, _ end: Int) {
    // SAFETY: the run is part of the text.
    let run = unsafe Span(_unsafeStart: text + start, count: end &- start)
    var word = RunningHash()
    var position = 0
    while position < run.count {
      let character = Utf8Character(run, at: position)
      position &+= character.byteCount
      let entry = unsafe CharacterEntry(
        bits: character.codePoint < UInt32(CharacterTable.limit)
          ? table[Int(character.codePoint)] : character.codePoint)
      if entry.role == CharacterEntry.wordPart {
        word.append(entry.lowercase, character)
        continue
      }
      if !word.isEmpty { emit(word.finish()) }
      if entry.role == CharacterEntry.sign {
        word.append(entry.lowercase, character)
        emit(word.finish())
      }
    }
    if !word.isEmpty { emit(word.finish()) }
  }
}
