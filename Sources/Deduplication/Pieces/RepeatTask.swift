package import ByteKernels

/// What is searched for copies.
package enum RepeatPhase: Sendable {
  case pieces, anchors, windows

  var keyKind: SegmentKind {
    switch self {
    case .pieces: .pieceKeys
    case .anchors: .anchorKeys
    case .windows: .windowKeys
    }
  }

  var repeatKind: SegmentKind {
    switch self {
    case .pieces: .repeatedPieces
    case .anchors: .repeatedAnchors
    case .windows: .repeatedWindows
    }
  }

  /// Of an anchor every copy is wanted.
  func rule(of kind: PieceKind, _ settings: PieceSettings) -> CopyRule {
    self == .anchors ? .none : settings.rule(of: kind)
  }
}

/// Finds which pieces of one partition occur more than once, and which copies are cut.
///
/// All shards' keys are merged in order; what is found depends on the shards' files alone.
package enum RepeatTask {
  /// Writes the pieces to cut, for each shard in the order of their numbers, to `output`; memory is
  /// bounded by `memoryByteCount`.
  package static func run(
    _ phase: RepeatPhase, keyFiles: [String], partition: Int, settings: DeduplicationSettings,
    memoryByteCount: Int,
    output: String
  ) throws(DeduplicationError) -> OutputFile.Published {
    let sorter = RecordSorter(besides: output, memoryByteCount: memoryByteCount / 2)
    var frequent: [FrequentPiece] = []
    if phase == .pieces, let errorRate = settings.pieces.filterErrorRate {
      var filtered = try FilteredRepeats(
        keyFiles: keyFiles, partition: partition, settings: settings, errorRate: errorRate,
        memoryByteCount: memoryByteCount / 2)
      try filtered.find { mark throws(DeduplicationError) in try sorter.append(mark) }
    } else {
      frequent = try merge(
        phase, keyFiles, partition, settings, memoryByteCount: memoryByteCount / 2, into: sorter)
    }
    let writer = try SegmentFileWriter(
      path: output, kind: phase.repeatKind, settingsDigest: settings.pieceDigest,
      recordByteCount: SortRecord.byteCount, index: partition)
    try write(sorter, shardCount: keyFiles.count, to: writer)
    try writer.write(frequent.map(\.record)[...])
    writer.endSegment()
    return try writer.publish(documentCount: keyFiles.count)
  }

  /// Merges the partition's keys of all shards, gives the marks to `sorter`, and returns the most
  /// frequent pieces.
  private static func merge(
    _ phase: RepeatPhase, _ keyFiles: [String], _ partition: Int,
    _ settings: DeduplicationSettings, memoryByteCount: Int, into sorter: RecordSorter
  ) throws(DeduplicationError) -> [FrequentPiece] {
    let merger = try RecordMerger(
      files: keyFiles, kind: phase.keyKind, settingsDigest: settings.pieceDigest,
      segment: partition, of: settings.partitions, lowMask: PieceKey.keyMask,
      memoryByteCount: memoryByteCount)
    var finder = RepeatFinder(phase, settings: settings.pieces, sorter: sorter)
    if phase == .pieces, settings.pieces.needsURLs {
      finder.pages = PageTable(
        paths: keyFiles.map(PieceKeyWriter.pagesPath), settings: settings,
        memoryByteCount: memoryByteCount / 2)
    }
    while case let batch = try merger.next(), !batch.isEmpty {
      for merged in batch { try finder.take(merged) }
    }
    return finder.finish()
  }

  /// Each shard's marks as a segment, with the shard left out.
  private static func write(
    _ sorter: RecordSorter, shardCount: Int, to writer: SegmentFileWriter
  ) throws(DeduplicationError) {
    try sorter.finish()
    var shard = 0
    while case let batch = try sorter.nextBatch(), !batch.isEmpty {
      var marks: [SortRecord] = []
      for mark in batch {
        let wanted = Int(mark.high >> 32)
        if shard < wanted {
          try writer.write(marks[...])
          marks.removeAll(keepingCapacity: true)
          for _ in shard..<wanted { writer.endSegment() }
          shard = wanted
        }
        marks.append(SortRecord(high: mark.high & 0xFFFF_FFFF, low: mark.low))
      }
      try writer.write(marks[...])
    }
    for _ in shard..<shardCount { writer.endSegment() }
  }
}

/// Goes through merged keys and marks the copies to cut.
///
/// A mark is a record: `high` the shard times 2^32 and the number of the piece in it, `low` its kind.
private struct RepeatFinder {
  private let phase: RepeatPhase
  private let settings: PieceSettings
  private let sorter: RecordSorter
  private var key = SortRecord(high: 0, low: 0)
  private var first: UInt64 = 0
  private var count = 0
  private var rule = CopyRule.off
  private var kind = PieceKind.paragraph
  private var frequent = FrequentPieces()
  /// For the rule `url`: the pages of all pieces, and the copy with the least URL so far.
  var pages: PageTable?
  private var least: (place: UInt64, page: MD5)?

  init(_ phase: RepeatPhase, settings: PieceSettings, sorter: RecordSorter) {
    self.phase = phase
    self.settings = settings
    self.sorter = sorter
  }

  /// Equal keys follow each other, in input order.
  mutating func take(_ merged: RecordMerger.Merged) throws(DeduplicationError) {
    let (record, low) = (merged.record, merged.record.low & PieceKey.keyMask)
    let place = UInt64(merged.stream) << 32 | PieceKey.number(record)
    guard count > 0, record.high == key.high, low == key.low else {
      endGroup()
      key = SortRecord(high: record.high, low: low)
      (first, count) = (place, 1)
      guard let kind = PieceKey.kind(record) else {
        throw .limit(what: "A key of a piece is of no known kind")
      }
      self.kind = kind
      rule = phase.rule(of: kind, settings)
      return
    }
    count += 1
    if rule == .url { return try takeByPage(place) }
    if count == 2, rule == .none { try mark(first) }
    // The first copy of a run of tokens stays whole: windows that overlap it are none of their own.
    let isOverlap =
      phase == .windows && rule == .first && place - first < UInt64(settings.substringTokens)
    if !isOverlap { try mark(place) }
  }

  /// The most frequent pieces, when all keys have been taken.
  mutating func finish() -> [FrequentPiece] {
    endGroup()
    return frequent.sorted()
  }

  /// Of equal URLs, as of one document's copies, the first stays.
  private mutating func takeByPage(_ place: UInt64) throws(DeduplicationError) {
    guard let pages else { throw .limit(what: "The rule 'url' lacks the pages") }
    let page = try pages.page(ofPiece: place)
    let other: (place: UInt64, page: MD5)
    if let least { other = least } else { other = (first, try pages.page(ofPiece: first)) }
    if page < other.page {
      try mark(other.place)
      least = (place, page)
    } else {
      try mark(place)
      least = other
    }
  }

  private mutating func endGroup() {
    least = nil
    if count > 1, phase == .pieces, !kind.isWhole {
      frequent.add(FrequentPiece(count: UInt64(count), place: first))
    }
    count = 0
  }

  private func mark(_ place: UInt64) throws(DeduplicationError) {
    try sorter.append(SortRecord(high: place, low: UInt64(kind.rawValue)))
  }
}
