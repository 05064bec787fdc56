package import ByteKernels

/// Writes the keys of one shard's pieces, sorted and divided among the partitions.
///
/// Pieces are numbered through the shard in the order in which `PieceSplitter` gives them; the file
/// depends on the texts and settings alone.
package final class PieceKeyWriter {
  private let settings: DeduplicationSettings
  private let splitter: PieceSplitter
  private let folder: PieceFolder
  private let writer: SegmentFileWriter
  private let sorter: RecordSorter
  /// Nil when no rule asks for URLs.
  private let pages: PageTableWriter?
  private var keys: [SortRecord] = []
  private var pieceCount = 0
  private var documentCount = 0

  /// Sorts within `memoryByteCount`; what does not fit goes to disk beside the file.
  package init(
    path: String, settings: DeduplicationSettings, memoryByteCount: Int
  ) throws(DeduplicationError) {
    self.settings = settings
    splitter = PieceSplitter(settings.pieces)
    folder = PieceFolder()
    writer = try SegmentFileWriter(
      path: path, kind: .pieceKeys, settingsDigest: settings.pieceDigest,
      recordByteCount: SortRecord.byteCount)
    sorter = RecordSorter(besides: path, memoryByteCount: memoryByteCount)
    pages =
      try settings.pieces.needsURLs
      ? PageTableWriter(path: Self.pagesPath(besides: path), settings: settings) : nil
  }

  /// Where the pages stand that belong to the keys at `path`, when some rule asks for URLs.
  static func pagesPath(besides path: String) -> String { "\(path).pages" }

  /// Adds the pieces of the next document that is left in the shard; without a URL the rule
  /// `url` goes by the id.
  package func append(
    _ text: Span<UInt8>, id: String, url: String?
  ) throws(DeduplicationError) {
    keys.removeAll(keepingCapacity: true)
    let (pieces, folder) = (settings.pieces, folder)
    let bytes = text.raw
    var number = pieceCount
    var keys = keys
    splitter.split(text, hasURL: url != nil) { piece in
      let digest: PieceDigest
      switch (piece.kind, pieces.form(of: piece.kind)) {
      case (.url, _):
        let name = Array((url ?? "").utf8)
        digest = PieceDigest.of(name.span.raw, 0..<name.count)
      case (_, .bytes), (_, .trimmed): digest = PieceDigest.of(bytes, piece.body)
      case (_, let form): digest = folder.digest(text, piece.body, as: form)
      }
      keys.append(
        PieceKey.record(digest, piece.kind, number: UInt32(truncatingIfNeeded: number)))
      number += 1
    }
    guard number <= Int(UInt32.max) else {
      throw .limit(
        what: "A shard can have 2^32 - 1 pieces at most; make tasks smaller with read.task-bytes")
    }
    self.keys = keys
    pieceCount = number
    documentCount += 1
    try pages?.append(url: url ?? id, pieceEnd: number)
    for key in keys { try sorter.append(key) }
  }

  /// Publishes the keys, and the pages if they are asked for; nothing may be added after.
  package func publish() throws(DeduplicationError) -> [OutputFile.Published] {
    try writer.write(sorter, dividedAmong: settings.partitions)
    let keys = try writer.publish(documentCount: documentCount)
    guard let pages else { return [keys] }
    return [keys, try pages.publish()]
  }
}
