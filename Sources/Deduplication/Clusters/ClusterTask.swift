package import ByteKernels
internal import Documents

/// Joins candidate pairs into clusters and decides which document of each stays.
///
/// Pairs that are similar enough (`PairVerifier`) are closed transitively, then every set is parted
/// around the documents that are kept (`ClusterResolver`). Takes four bytes of memory for each
/// document and `memoryByteCount` besides.
package enum ClusterTask {
  /// Writes a removal list for every shard, `removed.jsonl` in input order, and `clusters.jsonl`
  /// (every cluster of two or more, the kept document first) in order of the sets' first documents.
  ///
  /// `edgeFiles` are those of all partitions, in order. The similarity in `removedJSON` is the share
  /// of equal min-hashes, an estimate of Jaccard similarity with a standard error of
  /// `(J (1 - J) / hashes)^½`, 0.04 at J = 0.8 with 112 hashes.
  package static func run(
    prefixes: [String], edgeFiles: [String], settings: DeduplicationSettings, seed: UInt64,
    memoryByteCount: Int, removalPath: (Int) -> String, removedJSON: String, clustersJSON: String
  ) throws(DeduplicationError) -> ([OutputFile.Published], ClusterCounts) {
    let digest = settings.signatureDigest(seed: seed)
    let shards = try SignedShards(
      prefixes: prefixes, settings: settings, settingsDigest: digest,
      memoryByteCount: memoryByteCount / 2)
    guard let documentCount = UInt32(exactly: shards.documentCount) else {
      throw .limit(
        what:
          "\(shards.documentCount) documents are more than the 2^32 - 1 that are clustered at once")
    }
    let sets = RecordSorter(besides: clustersJSON, memoryByteCount: memoryByteCount / 4)
    try connect(edgeFiles, documentCount, shards: shards, settings, digest, into: sets)
    let removals = RemovalWriter(
      shards: shards, settings: settings, settingsDigest: settings.digest(seed: seed),
      besides: removedJSON,
      memoryByteCount: memoryByteCount / 4)
    var counts = ClusterCounts()
    counts.documentCount = shards.documentCount
    let clusters = try writeClusters(
      sets, shards: shards, settings: settings, path: clustersJSON, into: removals, &counts)
    let published = try removals.publish(removalPath: removalPath, removedJSON: removedJSON)
    return (published + [clusters], counts)
  }

  /// Gives `sets` every document that is not the first of its set, under that first one.
  private static func connect(
    _ edgeFiles: [String], _ documentCount: UInt32, shards: SignedShards,
    _ settings: DeduplicationSettings, _ digest: UInt64, into sets: RecordSorter
  ) throws(DeduplicationError) {
    guard edgeFiles.count == settings.partitions else {
      throw .limit(
        what: "\(edgeFiles.count) edge files are given for \(settings.partitions) partitions")
    }
    let verifier = PairVerifier(shards: shards, settings: settings)
    var disjoint = DisjointSets(count: documentCount)
    for (partition, path) in edgeFiles.enumerated() {
      let table = try SegmentTable(path: path, kind: .edges, settingsDigest: digest)
      guard table.index == partition, table.documentCount == Int(documentCount),
        table.segments.count == 1
      else {
        throw .mismatched(path: path, what: "belongs to another partition or other shards")
      }
      let stream = RecordStream(table, segment: 0, bufferByteCount: 1 << 18)
      while case let records = try stream.next(), !records.isEmpty {
        for edge in records.lazy.map(Edge.init) {
          guard edge.first < edge.document, edge.document < UInt64(documentCount) else {
            throw table.damage(0)
          }
          let (later, first) = (UInt32(edge.document), UInt32(edge.first))
          if disjoint.areJoined(later, first) { continue }
          if try verifier.isSimilar(edge) { disjoint.join(later, first) }
        }
      }
    }
    for document in 0..<documentCount {
      let root = disjoint.root(document)
      if root != document {
        try sets.append(SortRecord(high: UInt64(root), low: UInt64(document)))
      }
    }
    try sets.finish()
  }

  private static func writeClusters(
    _ sets: RecordSorter, shards: SignedShards, settings: DeduplicationSettings, path: String,
    into removals: RemovalWriter, _ counts: inout ClusterCounts
  ) throws(DeduplicationError) -> OutputFile.Published {
    let output = try DeduplicationError.wrap { () throws(FileError) in try OutputFile(path: path) }
    let resolver = ClusterResolver(shards: shards, settings: settings)
    var next = try sets.next()
    while let first = next {
      var documents = [first.high]
      while let record = next, record.high == first.high {
        documents.append(record.low)
        next = try sets.next()
      }
      for cluster in try resolver.clusters(of: documents) {
        counts.clusterCount += 1
        for removal in cluster.removed {
          counts[removal.reason].documentCount += 1
          counts[removal.reason].byteCount += removal.member.byteCount
          try removals.append(removal, kept: cluster.kept.document)
        }
        let line = try line(cluster, shards)
        do { try output.write(line) } catch { throw .file(error) }
      }
    }
    return try DeduplicationError.wrap { () throws(FileError) in try output.publish() }
  }

  private static func line(
    _ cluster: ClusterResolver.Cluster, _ shards: SignedShards
  ) throws(DeduplicationError) -> [UInt8] {
    let kept = try shards.id(cluster.kept.document)
    var line = Array(#"{"cluster":["#.utf8)
    JSONText.append(kept.span, to: &line)
    for removal in cluster.removed {
      let removed = try shards.id(removal.member.document)
      line.append(UInt8(ascii: ","))
      JSONText.append(removed.span, to: &line)
    }
    return line + Array("]}\n".utf8)
  }
}
