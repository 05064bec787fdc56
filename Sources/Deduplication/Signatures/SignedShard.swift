internal import ByteKernels

/// The signatures of one shard, for reading here and there.
final class SignedShard {
  private let signatures: SegmentParts
  private let ids: SegmentParts
  /// Nil unless candidates are verified exactly.
  private let sets: ShingleFile?
  private let recordByteCount: Int
  /// The rows whose records were read last: several questions are asked of a document in turn.
  private var rows = 0..<0
  private var records: [UInt8] = []

  init(
    prefix: String, settings: DeduplicationSettings, settingsDigest: UInt64
  ) throws(DeduplicationError) {
    signatures = try SegmentParts(
      path: "\(prefix).signatures", kind: .signatures, settingsDigest: settingsDigest)
    ids = try SegmentParts(path: "\(prefix).ids", kind: .ids, settingsDigest: settingsDigest)
    sets =
      settings.near && settings.verification == .exact
      ? try ShingleFile(path: "\(prefix).shingles", settingsDigest: settingsDigest) : nil
    recordByteCount = SignatureLayout.recordByteCount(settings)
    let rows = SignatureLayout.rowsPerSegment
    let count = signatures.table.documentCount
    guard signatures.table.recordByteCount == recordByteCount,
      signatures.table.segments.count == (count + rows - 1) / rows,
      signatures.table.segments.reduce(0, { $0 + $1.byteCount }) == count * recordByteCount,
      ids.table.documentCount == count, sets == nil || sets?.count == count,
      ids.table.segments.count == signatures.table.segments.count
    else {
      throw .mismatched(path: signatures.table.path, what: "does not fit the ids beside it")
    }
  }

  var documentCount: Int { signatures.table.documentCount }

  /// Closes the files; the shard stays ready.
  func close() {
    signatures.close()
    ids.close()
    sets?.close()
    (rows, records) = (0..<0, [])
  }

  /// What the keep rule asks about the document in a row.
  func member(
    row: Int, document: UInt64, withID: Bool
  ) throws(DeduplicationError) -> ClusterMember {
    let id = withID ? try id(row: row) : []
    return try withRecord(row) { record in
      func digest(_ high: Int, _ low: Int) -> Signature.Digest {
        Signature.Digest(high: record.load64(high), low: record.load64(low))
      }
      let url = digest(SignatureLayout.urlDigestHigh, SignatureLayout.urlDigestLow)
      var ranks = SIMD4<Double>.zero
      for place in 0..<KeepRanks.count {
        ranks[place] = Double(bitPattern: record.load64(SignatureLayout.ranks + 8 * place))
      }
      return ClusterMember(
        document: document, byteCount: Int(record.load64(SignatureLayout.byteCount)),
        ranks: KeepRanks(ranks), id: id,
        digest: digest(SignatureLayout.digestHigh, SignatureLayout.digestLow),
        urlDigest: url.high | url.low == 0 ? nil : url,
        hasMinHashes: record.load32(SignatureLayout.hasMinHashes) == 1)
    }
  }

  /// The min-hashes in a row as they are on disk.
  func minHashes(row: Int) throws(DeduplicationError) -> [UInt8] {
    try withRecord(row) { record in
      RecordBytes.array(
        record.extracting(
          SignatureLayout.minHashes..<(record.byteCount - SignatureLayout.idChecksum)))
    }
  }

  /// The set of shingles in a row as it is on disk.
  func shingles(row: Int) throws(DeduplicationError) -> [UInt8] {
    guard let sets else { return [] }
    _ = try sampleKey(row: row)
    return try sets.shingles(row)
  }

  /// 0 unless candidates are verified exactly.
  private func sampleKey(row: Int) throws(DeduplicationError) -> UInt64 {
    guard let sets else { return 0 }
    let entry = try sets.entry(row)
    guard entry.row == row else {
      throw .mismatched(path: sets.path, what: "does not fit the signatures beside it")
    }
    return entry.sampleKey
  }

  /// The document in a row as it was given to `SignatureWriter`, without a sampled set of shingles.
  func document(row: Int) throws(DeduplicationError) -> SignedDocument {
    let member = try member(row: row, document: UInt64(row), withID: true)
    let minHashes = member.hasMinHashes ? RecordBytes.words(of: try minHashes(row: row)) : []
    return SignedDocument(
      id: String(decoding: member.id, as: UTF8.self), byteCount: member.byteCount,
      ranks: member.ranks, urlDigest: member.urlDigest,
      signature: Signature(
        digest: member.digest, minHashes: minHashes, sampleKey: try sampleKey(row: row),
        shingles: RecordBytes.words(of: try shingles(row: row))))
  }

  /// The document's id, as UTF-8.
  func id(row: Int) throws(DeduplicationError) -> [UInt8] {
    // It begins where the one before it ends.
    let isFirst = row % SignatureLayout.rowsPerSegment == 0
    try read((isFirst ? row : row - 1)..<(row + 1))
    let start = isFirst ? 0 : try idPlace(row: row - 1).end
    let (end, checksum) = try idPlace(row: row)
    let segment = row / SignatureLayout.rowsPerSegment
    guard start <= end, end <= ids.table.segments[segment].byteCount else {
      throw .mismatched(path: ids.table.path, what: "does not fit the signatures beside it")
    }
    let id = try ids.part(start..<end, ofSegment: segment)
    guard UInt32(truncatingIfNeeded: XXH64.hash(id.span)) == checksum else {
      throw .damaged(
        path: ids.table.path, byteOffset: ids.table.segments[segment].offset + start,
        what: "the checksum of an id is wrong")
    }
    return id
  }

  private func idPlace(row: Int) throws(DeduplicationError) -> (end: Int, checksum: UInt32) {
    try withRecord(row) { record in
      (
        Int(record.load64(SignatureLayout.idEnd)),
        record.load32(record.byteCount - SignatureLayout.idChecksum)
      )
    }
  }

  private func withRecord<Result>(
    _ row: Int, _ body: (RawSpan) -> Result
  ) throws(DeduplicationError) -> Result {
    try read(row..<(row + 1))
    let start = (row - rows.lowerBound) * recordByteCount
    let records = records
    return body(records.span.raw.extracting(start..<(start + recordByteCount)))
  }

  /// Puts the records of rows of one segment into `records`, held against their checksums.
  private func read(_ wanted: Range<Int>) throws(DeduplicationError) {
    if rows.contains(wanted.lowerBound), wanted.upperBound <= rows.upperBound { return }
    let segment = wanted.lowerBound / SignatureLayout.rowsPerSegment
    let start = wanted.lowerBound % SignatureLayout.rowsPerSegment * recordByteCount
    let records = try signatures.part(
      start..<(start + wanted.count * recordByteCount), ofSegment: segment)
    let checked = recordByteCount - SignatureLayout.checksum
    for place in stride(from: 0, to: records.count, by: recordByteCount) {
      let hash = XXH64.hash(records.span.extracting(place..<(place + checked)))
      guard UInt32(truncatingIfNeeded: hash) == records.span.raw.load32(place + checked) else {
        throw .damaged(
          path: signatures.table.path,
          byteOffset: signatures.table.segments[segment].offset + start + place,
          what: "the checksum of a record is wrong")
      }
    }
    (rows, self.records) = (wanted, records)
  }
}
