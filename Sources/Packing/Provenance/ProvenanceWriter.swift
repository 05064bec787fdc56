package import ByteKernels

/// Writes beside a shard which of its tokens are of which document: `PREFIX.provenance`.
///
/// Memory stays below 4 MiB, however many documents and sequences there are: columns are spilled. Of a
/// shard whose tokens stand in several files, one after the other, tokens are counted over all of them.
package final class ProvenanceWriter {
  package let path: String
  private let columns: Columns
  private var header = ProvenanceHeader()
  private let hasLossMask: Bool
  /// True while every sequence is one piece, so that one column says where both end.
  private var isOnePieceEach = true

  private let encoder = ZstdEncoder()
  /// What the block of origins at hand has been packed to and is not in its column yet.
  private var packed: [UInt8] = []
  /// Where each block begins, from the first one on.
  private var blockStarts: [UInt64] = []

  private struct Columns {
    let sequenceEnds, pieceEnds, documents, starts, lossMask, blocks: SpilledColumn

    init(besides path: String) {
      func column() -> SpilledColumn { SpilledColumn(besides: path) }
      (sequenceEnds, pieceEnds) = (column(), column())
      (documents, starts) = (column(), column())
      (lossMask, blocks) = (column(), column())
    }
  }

  /// The name that the provenance of a shard has, by the shard's path prefix.
  package static func path(ofShard prefix: String) -> String { "\(prefix).provenance" }

  /// With `hasLossMask` every sequence gets a mask, those without one the mask that excepts padding.
  package init(prefix: String, hasLossMask: Bool = false) {
    path = Self.path(ofShard: prefix)
    columns = Columns(besides: path)
    self.hasLossMask = hasLossMask
  }

  package var documentCount: Int { header.documentCount }
  package var tokenCount: Int { header.tokenCount }

  /// Takes the origin of the next document and gives the document its number.
  package func add(_ origin: DocumentOrigin) throws(FileError) -> UInt32 {
    precondition(header.documentCount < Int(PackedSequence.Piece.padding), "numbers have 32 bits")
    if header.documentCount % header.blockDocumentCount == 0 {
      if header.documentCount > 0 { try finishBlock() }
      blockStarts.append(UInt64(columns.blocks.byteCount))
    }
    encoder.encode(origin.bytes.span, into: &packed)
    try columns.blocks.append(packed)
    packed.removeAll(keepingCapacity: true)
    header.documentCount += 1
    return UInt32(header.documentCount - 1)
  }

  /// Takes the next sequence of the shard; its documents have been added before.
  package func append(_ sequence: PackedSequence) throws(FileError) {
    var end = header.tokenCount
    for piece in sequence.pieces {
      end += piece.count
      precondition(
        piece.isPadding || Int(piece.document) < header.documentCount, "an unknown document")
      try columns.pieceEnds.append(UInt64(end))
      try columns.documents.append(piece.document)
      try columns.starts.append(UInt32(piece.start))
      if hasLossMask, sequence.lossMask.isEmpty {
        try columns.lossMask.append(repeating: piece.isPadding ? 0 : 1, count: piece.count)
      }
    }
    precondition(
      end - header.tokenCount == sequence.tokens.count, "pieces are all of a sequence's tokens")
    precondition(hasLossMask || sequence.lossMask.isEmpty, "a mask nobody made room for")
    if !sequence.lossMask.isEmpty { try columns.lossMask.append(sequence.lossMask) }
    if sequence.pieces.count != 1 { isOnePieceEach = false }
    header.tokenCount = end
    header.sequenceCount += 1
    header.pieceCount += sequence.pieces.count
    try columns.sequenceEnds.append(UInt64(end))
  }

  /// Puts the file under its name.
  ///
  /// Call it once.
  package func publish() throws(FileError) -> OutputFile.Published {
    if header.documentCount > 0 { try finishBlock() }
    let file = try OutputFile(path: path)
    var end = ProvenanceHeader.byteCount
    func place(_ byteCount: Int) -> Int {
      defer { end += (byteCount + 7) & ~7 }
      return end
    }
    header.sequenceEnds = place(columns.sequenceEnds.byteCount)
    header.pieceEnds =
      isOnePieceEach ? header.sequenceEnds : place(columns.pieceEnds.byteCount)
    header.pieceDocuments = place(columns.documents.byteCount)
    header.pieceStarts = place(columns.starts.byteCount)
    if hasLossMask { header.lossMask = place(columns.lossMask.byteCount) }
    let blocks = place(columns.blocks.byteCount)
    header.blockTable = place(8 * blockStarts.count)
    header.blockCount = blockStarts.count

    try file.write(header.bytes)
    try write(columns.sequenceEnds, to: file)
    if !isOnePieceEach { try write(columns.pieceEnds, to: file) }
    for column in [columns.documents, columns.starts, columns.lossMask, columns.blocks] {
      try write(column, to: file)
    }
    var table: [UInt8] = []
    for start in blockStarts { table.append(littleEndian: UInt64(blocks) + start) }
    try file.write(table)
    return try file.publish()
  }

  /// Writes a column and fills it up to a multiple of eight bytes.
  private func write(_ column: SpilledColumn, to file: OutputFile) throws(FileError) {
    try column.write(to: file)
    try file.write([UInt8](repeating: 0, count: -column.byteCount & 7))
  }

  private func finishBlock() throws(FileError) {
    encoder.finishFrame(into: &packed)
    try columns.blocks.append(packed)
    packed.removeAll(keepingCapacity: true)
  }
}
