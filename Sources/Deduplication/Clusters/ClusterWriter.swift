internal import ByteKernels

/// Writes what sets were parted into: the documents removed, those kept for them, and lines for people.
final class ClusterWriter {
  private let removed: RecordSorter
  private let kept: RecordSorter
  private let lines: ClusterLines
  private let path: String
  private let memoryByteCount: Int
  private(set) var counts = ClusterCounts()

  /// Sorts in `memoryByteCount`, besides the outputs.
  init(
    removedOutput: String, keptOutput: String, clustersJSON: String, shards: SignedShards,
    memoryByteCount: Int
  ) throws(DeduplicationError) {
    removed = RecordSorter(besides: removedOutput, memoryByteCount: memoryByteCount / 4)
    kept = RecordSorter(besides: keptOutput, memoryByteCount: memoryByteCount / 4)
    lines = try ClusterLines(path: clustersJSON, shards: shards)
    path = clustersJSON
    self.memoryByteCount = memoryByteCount
  }

  /// Writes the clusters of a set in order of the keep rule, each with its documents in input order.
  func write(
    _ parting: ClusterResolver.Parting, of groups: CopyGroups
  ) throws(DeduplicationError) {
    counts.partlyComparedDocumentCount += parting.partlyComparedCount
    let sorter = RecordSorter(besides: path, memoryByteCount: memoryByteCount / 2)
    for (member, fate) in zip(groups.members, parting.fates) {
      guard let removal = fate.removal else { continue }
      try sorter.append(
        ClusterRemoval(place: fate.keptPlace, document: member.document, removal).record)
    }
    try groups.forEachOther { document, place throws(DeduplicationError) in
      let fate = parting.fates[place]
      let removal = fate.removal ?? ClusterResolver.Removal(reason: .exact, similarity: .same)
      try sorter.append(
        ClusterRemoval(place: fate.keptPlace, document: document, removal).record)
    }
    try sorter.finish()
    var (keptPlace, size): (Int?, Int) = (nil, 0)
    while let record = try sorter.next() {
      let removal = ClusterRemoval(record)
      let document = groups.members[parting.kept[removal.place]].document
      if removal.place != keptPlace {
        if let keptPlace {
          try end(groups.members[parting.kept[keptPlace]].document, size: size)
        }
        (keptPlace, size) = (removal.place, 1)
        try lines.begin(kept: document)
      }
      size += 1
      try lines.add(removal.document, removal.removal.similarity)
      try removed.append(
        ComparedPair(
          document: removal.document, other: document, similarity: removal.removal.similarity,
          reason: removal.removal.reason
        ).record)
    }
    if let keptPlace { try end(groups.members[parting.kept[keptPlace]].document, size: size) }
  }

  private func end(_ document: UInt64, size: Int) throws(DeduplicationError) {
    counts.clusterCount += 1
    counts.largestClusterDocumentCount = max(counts.largestClusterDocumentCount, size)
    try kept.append(SortRecord(high: document, low: UInt64(size)))
    try lines.end(size: size)
  }

  /// The documents removed, those kept and the lines, in this order.
  func publish(
    removedTo removedFile: inout RangedRecords.Writer, keptTo keptFile: inout RangedRecords.Writer
  ) throws(DeduplicationError) -> [OutputFile.Published] {
    [try removedFile.publish(removed), try keptFile.publish(kept), try lines.publish()]
  }
}

/// A document that is removed for the kept one at a place of its set.
///
/// As a record, so that records sort by place, then by document:
///
/// ```
/// high  40 bits: place | 24 bits: document's upper
/// low   16 bits: document's lower | 2 bits: zero | 22 bits: total of the similarity
///       22 bits: shared | 2 bits: the reason's code
/// ```
private struct ClusterRemoval {
  let place: Int
  let document: UInt64
  let removal: ClusterResolver.Removal

  var record: SortRecord {
    let (shared, total) = (UInt64(removal.similarity.shared), UInt64(removal.similarity.total))
    return SortRecord(
      high: UInt64(place) << 24 | document >> 16,
      low: document << 48 | total << 24 | shared << 2 | removal.reason.code)
  }

  init(place: Int, document: UInt64, _ removal: ClusterResolver.Removal) {
    (self.place, self.document, self.removal) = (place, document, removal)
  }

  init(_ record: SortRecord) {
    let mask: UInt64 = 1 << 22 - 1
    self.init(
      place: Int(record.high >> 24), document: (record.high & 0xFF_FFFF) << 16 | record.low >> 48,
      ClusterResolver.Removal(
        reason: RemovalReason(code: record.low & 3),
        similarity: Similarity(
          shared: Int(record.low >> 2 & mask), total: Int(record.low >> 24 & mask))))
  }
}
