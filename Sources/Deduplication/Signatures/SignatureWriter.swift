package import ByteKernels

/// Writes the signatures of one shard's documents, row after row in the shard's order.
///
/// Segment files (`SegmentKind`): `PREFIX.bands`, `PREFIX.signatures`, `PREFIX.ids`, `PREFIX.shingles`.
package final class SignatureWriter {
  private let settings: DeduplicationSettings
  private let signatures: SegmentFileWriter
  private let ids: SegmentFileWriter
  private let bands: SegmentFileWriter
  /// Nil where near duplicates are not looked for.
  private let shingles: ShingleWriter?
  private let sorter: RecordSorter
  private var record: [UInt8] = []
  private var keys: [SortRecord] = []
  private var idEnd = 0
  /// Documents so far.
  package private(set) var documentCount = 0

  /// Sorts within `memoryByteCount`; what does not fit goes to disk beside the files.
  package init(
    prefix: String, settings: DeduplicationSettings, seed: UInt64,
    memoryByteCount: Int = 64 << 20
  ) throws(DeduplicationError) {
    self.settings = settings
    let digest = settings.signatureDigest(seed: seed)
    signatures = try SegmentFileWriter(
      path: "\(prefix).signatures", kind: .signatures, settingsDigest: digest,
      recordByteCount: SignatureLayout.recordByteCount(settings))
    ids = try SegmentFileWriter(
      path: "\(prefix).ids", kind: .ids, settingsDigest: digest, recordByteCount: 1)
    bands = try SegmentFileWriter(
      path: "\(prefix).bands", kind: .bands, settingsDigest: digest,
      recordByteCount: SortRecord.byteCount)
    shingles =
      settings.near
      ? try ShingleWriter(path: "\(prefix).shingles", settingsDigest: digest) : nil
    sorter = RecordSorter(besides: "\(prefix).bands", memoryByteCount: memoryByteCount)
  }

  /// Adds the shard's next document.
  package func append(_ document: SignedDocument) throws(DeduplicationError) {
    let signature = document.signature
    guard let row = UInt32(exactly: documentCount) else {
      throw .limit(what: "A shard can have 2^32 documents at most; cut it into smaller ones")
    }
    let hasMinHashes = !signature.minHashes.isEmpty
    precondition(!hasMinHashes || signature.minHashes.count == settings.hashWordCount)
    let idBytes = Array(document.id.utf8)
    try ids.write(idBytes)
    idEnd += idBytes.count
    record.removeAll(keepingCapacity: true)
    record.append(littleEndian: signature.digest.high)
    record.append(littleEndian: signature.digest.low)
    record.append(littleEndian: UInt64(document.byteCount))
    for place in 0..<KeepRanks.count {
      record.append(littleEndian: document.ranks.values[place].bitPattern)
    }
    record.append(littleEndian: document.urlDigest?.high ?? 0)
    record.append(littleEndian: document.urlDigest?.low ?? 0)
    record.append(littleEndian: UInt64(idEnd))
    record.append(littleEndian: UInt64(hasMinHashes ? 1 : 0))
    RecordBytes.append(
      hasMinHashes ? signature.minHashes : Array(repeating: 0, count: settings.hashWordCount),
      to: &record)
    record.append(littleEndian: UInt32(truncatingIfNeeded: XXH64.hash(idBytes.span)))
    record.append(littleEndian: UInt32(truncatingIfNeeded: XXH64.hash(record.span)))
    try signatures.write(record)
    // Exactly, every row has a set, so that it is found by the row.
    if let shingles, settings.verification == .exact || !signature.shingles.isEmpty {
      try shingles.append(row: row, signature)
    }
    try appendKeys(of: document, row: row)
    documentCount += 1
    if documentCount % SignatureLayout.rowsPerSegment == 0 { endSegment() }
  }

  /// A text too short for a shingle may wait under its bytes even when exact duplicates are not asked for.
  private func appendKeys(
    of document: SignedDocument, row: UInt32
  ) throws(DeduplicationError) {
    let signature = document.signature
    keys.removeAll(keepingCapacity: true)
    if settings.exact || (settings.near && settings.shortExact && signature.minHashes.isEmpty) {
      keys.append(BandKey.same(.exact, signature.digest, row: row))
    }
    if let digest = document.urlDigest { keys.append(BandKey.same(.url, digest, row: row)) }
    if !signature.minHashes.isEmpty {
      let wordCount = settings.rows * settings.wordsPerHash
      for band in 0..<settings.bands {
        keys.append(
          BandKey.near(
            band: band, signature.minHashes, from: band * wordCount, wordCount: wordCount,
            row: row))
      }
    }
    try sorter.append(contentsOf: keys)
  }

  private func endSegment() {
    signatures.endSegment()
    ids.endSegment()
    idEnd = 0
  }

  /// Publishes bands, signatures and ids; nothing may be added after.
  package func publish() throws(DeduplicationError) -> [OutputFile.Published] {
    if documentCount % SignatureLayout.rowsPerSegment != 0 { endSegment() }
    try bands.write(sorter, dividedAmong: settings.partitions)
    let sets = try shingles.map { writer throws(DeduplicationError) in
      try writer.publish(documentCount: documentCount)
    }
    return [
      try bands.publish(documentCount: documentCount),
      try signatures.publish(documentCount: documentCount),
      try ids.publish(documentCount: documentCount),
    ] + (sets.map { [$0] } ?? [])
  }
}
