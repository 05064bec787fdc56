package import ByteKernels

/// Writes the keys of one shard's anchors, or of those windows of tokens whose anchor is repeated.
///
/// A position is part of a repeated substring of n tokens or more just when it lies in a window of n
/// tokens that occurs twice, so windows of one length find what a suffix array finds (Lee et al. 2022,
/// "Deduplicating Training Data Makes Language Models Better"), sorted on disk at any size. Two
/// passes: the anchors of all windows (`AnchorFinder`), then windows with a repeated anchor.
package final class SubstringKeyWriter {
  private static let bases: (UInt64, UInt64) = (0x0B5A_D4EC_EDA1_CE2B, 0x14F2_9E2B_1B6C_7D53)

  private let settings: DeduplicationSettings
  private let windowTokens: Int
  private let writer: SegmentFileWriter
  private let sorter: RecordSorter
  /// Nil while the anchors are written.
  private let marks: RepeatMarks?
  /// Written with the anchors, read with the windows.
  private let countWriter: TokenCountWriter?
  private var counts: TokenCounts?
  private var splitter = TokenSplitter()
  private var finder: AnchorFinder
  private var anchorCount = 0
  private var tokenCount = 0
  private var documentCount = 0

  /// For anchors; sorts within `memoryByteCount`.
  package convenience init(
    anchors path: String, settings: DeduplicationSettings, memoryByteCount: Int
  ) throws(DeduplicationError) {
    let writer = try TokenCountWriter(path: TokenCounts.path(besides: path), settings: settings)
    try self.init(path, .anchorKeys, nil, writer, nil, settings, memoryByteCount)
  }

  /// For windows; `repeatFiles` say which of the anchors at `anchors` are repeated.
  package convenience init(
    windows path: String, anchors: String, repeatFiles: [String], shard: Int, shardCount: Int,
    settings: DeduplicationSettings, memoryByteCount: Int
  ) throws(DeduplicationError) {
    let marks = try RepeatMarks(
      repeatFiles: repeatFiles, phase: .anchors, shard: shard, shardCount: shardCount,
      settings: settings, memoryByteCount: memoryByteCount / 4)
    let counts = try TokenCounts(path: TokenCounts.path(besides: anchors), settings: settings)
    try self.init(path, .windowKeys, marks, nil, counts, settings, memoryByteCount / 4 * 3)
  }

  private init(
    _ path: String, _ kind: SegmentKind, _ marks: RepeatMarks?,
    _ countWriter: TokenCountWriter?, _ counts: TokenCounts?,
    _ settings: DeduplicationSettings, _ memoryByteCount: Int
  ) throws(DeduplicationError) {
    self.settings = settings
    self.marks = marks
    self.countWriter = countWriter
    self.counts = counts
    windowTokens = settings.pieces.substringTokens
    finder = AnchorFinder(windowTokens: windowTokens)
    writer = try SegmentFileWriter(
      path: path, kind: kind, settingsDigest: settings.pieceDigest,
      recordByteCount: SortRecord.byteCount)
    sorter = RecordSorter(besides: path, memoryByteCount: memoryByteCount)
  }

  /// Takes the next document that is left in the shard.
  package func append(_ text: Span<UInt8>) throws(DeduplicationError) {
    guard text.count <= Int(UInt32.max) else {
      throw .limit(what: "Texts of 4 GiB or more cannot be searched for repeated substrings")
    }
    documentCount += 1
    let first = tokenCount
    if let known = try counts?.next() {
      tokenCount += known.tokens
      let isRepeated = marks?.next.map { $0 < UInt64(anchorCount + known.anchors) } ?? false
      if isRepeated {
        splitter.split(text)
        try appendWindows(from: first)
      } else {
        anchorCount += known.anchors
      }
      return
    }
    splitter.split(text)
    tokenCount += splitter.tokens.count
    guard tokenCount <= Int(UInt32.max) else {
      throw .limit(
        what: "A shard can have 2^32 - 1 tokens at most; make tasks smaller with read.task-bytes")
    }
    try appendAnchors()
  }

  /// Publishes the keys, with anchors the counts too; nothing may be added after.
  package func publish() throws(DeduplicationError) -> [OutputFile.Published] {
    try writer.write(sorter, dividedAmong: settings.partitions)
    let keys = try writer.publish(documentCount: documentCount)
    guard let countWriter else { return [keys] }
    return [keys, try countWriter.publish()]
  }

  /// Each anchor once, numbered through the shard.
  private func appendAnchors() throws(DeduplicationError) {
    var keys: [SortRecord] = []
    var last = -1
    var number = anchorCount
    finder.find(splitter.tokens) { place, hash in
      if place == last { return }
      last = place
      let digest = PieceDigest(
        high: mix(hash, 0xE703_7ED1_A0B4_28DB), low: mix(hash, 0x8EBC_6AF0_9C88_C6E3))
      keys.append(
        PieceKey.record(digest, .substring, number: UInt32(truncatingIfNeeded: number)))
      number += 1
    }
    try countWriter?.append(tokens: splitter.tokens.count, anchors: number - anchorCount)
    anchorCount = number
    for key in keys { try sorter.append(key) }
  }

  /// The windows with repeated anchors, numbered by the first of their tokens in the shard.
  private func appendWindows(from firstToken: Int) throws(DeduplicationError) {
    var places: [(place: Int, window: Int)] = []
    var window = 0
    var last = -1
    finder.find(splitter.tokens) { place, _ in
      if place != last { places.append((place, window)) }
      last = place
      window += 1
    }
    var wanted: [Range<Int>] = []
    for (index, anchor) in places.enumerated() {
      if marks?.next == UInt64(anchorCount) {
        try marks?.advance()
        wanted.append(
          anchor.window..<(index + 1 < places.count ? places[index + 1].window : window))
      }
      anchorCount += 1
    }
    if !wanted.isEmpty { try hashWindows(wanted, from: firstToken) }
  }

  private func hashWindows(
    _ wanted: [Range<Int>], from firstToken: Int
  ) throws(DeduplicationError) {
    let tokens = splitter.tokens
    for (index, range) in wanted.enumerated() {
      if index > 0, wanted[index - 1].upperBound == range.lowerBound { continue }
      var end = range.upperBound
      var following = index + 1
      while following < wanted.count, wanted[following].lowerBound == end {
        end = wanted[following].upperBound
        following += 1
      }
      var high = RollingHash(length: windowTokens, base: Self.bases.0)
      var low = RollingHash(length: windowTokens, base: Self.bases.1)
      for place in range.lowerBound..<(end + windowTokens - 1) {
        let entering = tokens[place].hashes
        let isFull = place >= range.lowerBound + windowTokens
        let leaving = isFull ? tokens[place - windowTokens].hashes : (0, 0)
        high.roll(entering.0, leaving: leaving.0)
        low.roll(entering.1, leaving: leaving.1)
        let start = place - windowTokens + 1
        guard start >= range.lowerBound else { continue }
        // One to one: 61 bits of the one hash, 33 of the other.
        let spread = low.value &* 0xE703_7ED1_A0B4_28DB
        let digest = PieceDigest(
          high: high.value &* 0xA076_1D64_78BD_642F ^ spread &<< 61, low: spread)
        try sorter.append(
          PieceKey.record(
            digest, .substring, number: UInt32(truncatingIfNeeded: firstToken + start)))
      }
    }
  }
}
