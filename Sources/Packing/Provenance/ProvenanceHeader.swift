internal import ByteKernels

/// The first 128 bytes of a provenance file: counts, and where its columns stand.
struct ProvenanceHeader: Equatable {
  static let magic = Array("GRISTPRV".utf8)
  static let version: UInt32 = 1
  static let byteCount = 128
  /// Documents whose origins are compressed together: one block is unpacked to tell one origin.
  static let blockDocumentCount = 1024

  var tokenCount = 0
  var sequenceCount = 0
  var pieceCount = 0
  var documentCount = 0
  var sequenceEnds = 0
  var pieceEnds = 0
  var pieceDocuments = 0
  var pieceStarts = 0
  /// 0 when the shard has no loss masks.
  var lossMask = 0
  var blockTable = 0
  var blockCount = 0
  var blockDocumentCount = Self.blockDocumentCount

  private static let countsOffset = 16
  private static let blockDocumentsOffset = 104

  /// The numbers of 64 bits from `countsOffset` on, in their order.
  private static let fields: [any WritableKeyPath<Self, Int> & Sendable] = [
    \.tokenCount, \.sequenceCount, \.pieceCount, \.documentCount, \.sequenceEnds, \.pieceEnds,
    \.pieceDocuments, \.pieceStarts, \.lossMask, \.blockTable, \.blockCount,
  ]

  /// The bytes as they stand in a file.
  var bytes: [UInt8] {
    var bytes = Self.magic
    bytes.append(littleEndian: Self.version)
    bytes.append(littleEndian: UInt32(0))
    for field in Self.fields { bytes.append(littleEndian: UInt64(self[keyPath: field])) }
    bytes.append(littleEndian: UInt32(blockDocumentCount))
    return bytes + [UInt8](repeating: 0, count: Self.byteCount - bytes.count)
  }

  init() {}

  /// Reads a header and holds its columns against the size of the file.
  init(_ bytes: Span<UInt8>, path: String) throws(ProvenanceError) {
    guard bytes.count >= Self.byteCount else {
      throw .malformed(
        path: path, byteOffset: bytes.count,
        "the file ends before its header of \(Self.byteCount) bytes does; it was cut short")
    }
    for (offset, byte) in Self.magic.enumerated() where bytes[offset] != byte {
      throw .malformed(
        path: path, byteOffset: offset, "no provenance of a shard, which begins with GRISTPRV")
    }
    let version = bytes.raw.load32(Self.magic.count)
    guard version == Self.version else {
      throw .malformed(
        path: path, byteOffset: Self.magic.count,
        "version \(version) of provenance is unknown; version \(Self.version) is read")
    }
    for (index, field) in Self.fields.enumerated() {
      let offset = Self.countsOffset + 8 * index
      let value = bytes.raw.load64(offset)
      // Below 2^56 no product of a count and a width overflows.
      guard value < 1 << 56 else {
        throw .malformed(path: path, byteOffset: offset, "\(value) is too large for any file")
      }
      self[keyPath: field] = Int(value)
    }
    blockDocumentCount = Int(bytes.raw.load32(Self.blockDocumentsOffset))
    try check(path, byteCount: bytes.count)
  }

  private func check(_ path: String, byteCount: Int) throws(ProvenanceError) {
    let columns: [(field: Int, offset: Int, byteCount: Int)] = [
      (4, sequenceEnds, 8 * sequenceCount), (5, pieceEnds, 8 * pieceCount),
      (6, pieceDocuments, 4 * pieceCount), (7, pieceStarts, 4 * pieceCount),
      (8, lossMask, lossMask == 0 ? 0 : tokenCount), (9, blockTable, 8 * blockCount),
    ]
    for column in columns
    where column.offset + column.byteCount > byteCount || column.offset % 8 != 0 {
      throw .malformed(
        path: path, byteOffset: Self.countsOffset + 8 * column.field,
        "a column of \(column.byteCount) bytes at byte \(column.offset) cannot stand in a file of "
          + "\(byteCount) bytes; it was cut short, or its header is damaged")
    }
    guard documentCount < Int(PackedSequence.Piece.padding) else {
      throw .malformed(
        path: path, byteOffset: Self.countsOffset + 8 * 3,
        "\(documentCount) documents have no numbers of 32 bits")
    }
    let blocks = blockDocumentCount == 0 ? 0 : (documentCount - 1) / blockDocumentCount + 1
    guard documentCount == 0 ? blockCount == 0 : blockDocumentCount > 0 && blockCount == blocks
    else {
      throw .malformed(
        path: path, byteOffset: Self.countsOffset + 8 * 10,
        "\(blockCount) blocks of \(blockDocumentCount) documents do not hold \(documentCount)")
    }
  }
}
