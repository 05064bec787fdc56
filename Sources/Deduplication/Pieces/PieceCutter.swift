package import ByteKernels

/// Decides what is cut from the documents of one shard, and writes its list.
///
/// Documents come in the order in which `PieceKeyWriter` took them.
package final class PieceCutter {
  /// One cut, for people.
  package struct Cut {
    package let range: Range<Int>
    package let kind: PieceKind
  }

  /// What becomes of one document.
  package struct Outcome {
    /// In order, apart from each other.
    package let cuts: [Cut]
    /// Why nothing of the document stays; nil when something does.
    package let dropped: PieceKind?
    /// Copies of the most frequent pieces that are the first of their kind.
    package let frequent: [Frequent]
  }

  /// One of the most frequent pieces of all shards.
  package struct Frequent {
    package let range: Range<Int>
    package let kind: PieceKind
    package let count: Int
  }

  private let settings: PieceSettings
  private let splitter: PieceSplitter
  /// Nil when neither paragraphs nor lines are compared.
  private let marks: RepeatMarks?
  private let substrings: SubstringCutter?
  /// Counts of the shard's own among the most frequent pieces, in order of their numbers.
  private let frequent: [(number: UInt64, count: Int)]
  private var frequentPlace = 0
  private let writer: SegmentFileWriter
  private var number: UInt64 = 0

  /// `repeatFiles` and `windowFiles` are those of all partitions, in order, and `anchorFile` is the
  /// shard's; of what is not searched for there are none.
  package init(
    path: String, repeatFiles: [String], anchorFile: String?, windowFiles: [String], shard: Int,
    shardCount: Int,
    settings: DeduplicationSettings, memoryByteCount: Int
  ) throws(DeduplicationError) {
    self.settings = settings.pieces
    splitter = PieceSplitter(settings.pieces)
    marks =
      try settings.pieces.findsPieces
      ? RepeatMarks(
        repeatFiles: repeatFiles, phase: .pieces, shard: shard, shardCount: shardCount,
        settings: settings, memoryByteCount: memoryByteCount / 2) : nil
    substrings = try anchorFile.map { anchorFile throws(DeduplicationError) in
      try SubstringCutter(
        anchorFile: anchorFile, windowFiles: windowFiles, shard: shard, shardCount: shardCount,
        settings: settings, memoryByteCount: memoryByteCount / 2)
    }
    let most = try FrequentPieceList.pieces(in: repeatFiles, settings: settings)
    frequent = most.filter { $0.place >> 32 == UInt64(shard) }
      .map { ($0.place & 0xFFFF_FFFF, Int($0.count)) }.sorted { $0.number < $1.number }
    writer = try SegmentFileWriter(
      path: path, kind: .cuts, settingsDigest: settings.pieceDigest,
      recordByteCount: SortRecord.byteCount, index: shard)
  }

  /// Takes the next document that is left, from `row` of the shard.
  package func cut(
    row: Int, _ text: [UInt8], hasURL: Bool
  ) throws(DeduplicationError) -> Outcome {
    var pieces: [Piece] = []
    splitter.split(text.span, hasURL: hasURL) { pieces.append($0) }
    var cuts = TextCuts()
    var whole: PieceKind?
    var found: [Frequent] = []
    for piece in pieces {
      if frequentPlace < frequent.count, frequent[frequentPlace].number == number {
        let count = frequent[frequentPlace].count
        found.append(Frequent(range: piece.body, kind: piece.kind, count: count))
        frequentPlace += 1
      }
      if let marks, marks.next == number {
        if piece.kind.isWhole { whole = whole ?? piece.kind } else { cuts.add(piece) }
        try marks.advance()
      }
      number += 1
    }
    for range in try substrings?.cuts(of: text) ?? [] { cuts.add(range, .substring) }
    let (merged, dropped) = whole.map { ([], $0) } ?? outcome(of: cuts, text)
    try write(row: row, text, merged, dropped: dropped)
    return Outcome(cuts: merged, dropped: dropped, frequent: found)
  }

  /// Publishes the list of a shard of `documentCount` rows; nothing may be added after.
  package func publish(documentCount: Int) throws(DeduplicationError) -> OutputFile.Published {
    guard marks?.next == nil, substrings?.isAtEnd != false else {
      throw .limit(
        what: "The pieces to cut do not fit the documents they were found in; "
          + "remove the folder 'deduplicate' of the run and run the same command again")
    }
    writer.endSegment()
    return try writer.publish(documentCount: documentCount)
  }

  /// What is cut, and the kind that took most when the document goes with it.
  ///
  /// Substrings that are not cut count for the share of all that is repeated.
  private func outcome(of cuts: TextCuts, _ text: [UInt8]) -> (cuts: [Cut], dropped: PieceKind?) {
    let repeated = cuts.merged(in: text)
    let repeatedByteCount = repeated.reduce(0) { $0 + $1.range.count }
    if Double(repeatedByteCount) > settings.maximumCutShare * Double(text.count) {
      return (repeated, most(of: repeated))
    }
    let cuts =
      settings.substringCut == .nothing ? cuts.merged(in: text, without: .substring) : repeated
    return (cuts, cuts.isEmpty || leavesEnough(text, cuts) ? nil : most(of: cuts))
  }

  private func leavesEnough(_ text: [UInt8], _ cuts: [Cut]) -> Bool {
    guard let left = text.without(cuts.map(\.range)) else { return false }
    let range = PieceForm.trimmed(0..<left.count, in: left.span)
    return range.count >= settings.minimumLeftBytes
      && (settings.minimumLeftWords == 0
        || WordCount.isAtLeast(settings.minimumLeftWords, in: left.span))
  }

  /// The kind that takes most; of several the lowest.
  private func most(of cuts: [Cut]) -> PieceKind? {
    let byteCounts = PieceKind.allCases.map { kind in
      cuts.reduce(0) { $0 + ($1.kind == kind ? $1.range.count : 0) }
    }
    let most = byteCounts.max() ?? 0
    return PieceKind.allCases.first { byteCounts[Int($0.rawValue)] == most }
  }

  private func write(
    row: Int, _ text: [UInt8], _ cuts: [Cut], dropped: PieceKind?
  ) throws(DeduplicationError) {
    if cuts.isEmpty, dropped == nil { return }
    guard text.count <= Int(UInt32.max), row <= Int(UInt32.max) else {
      throw .limit(what: "Texts of 4 GiB or more, or after 2^32 others, cannot be cut")
    }
    var records: [SortRecord] = []
    if let dropped {
      records = [
        CutRecord(row: row, start: 0, byteCount: text.count, kind: dropped, isDropped: true).record
      ]
    } else {
      records = cuts.map {
        CutRecord(
          row: row, start: $0.range.lowerBound, byteCount: $0.range.count, kind: $0.kind,
          isDropped: false
        ).record
      }
    }
    try writer.write(records[...])
  }
}
