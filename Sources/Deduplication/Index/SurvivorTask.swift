package import ByteKernels

/// Writes the signatures of one shard anew without the documents that were removed or dropped later.
package enum SurvivorTask {
  /// Writes a shard's files under the prefix `output`, as `SignatureWriter` does for kept documents.
  ///
  /// They are those that would have been written had there been no others. `stays` is asked about the
  /// documents that were not removed, in order. Memory is bounded by `memoryByteCount`.
  package static func run(
    prefix: String, removals: RemovalList, settings: DeduplicationSettings, seed: UInt64,
    memoryByteCount: Int, output: String, stays: (_ row: Int) -> Bool
  ) throws(DeduplicationError) -> [OutputFile.Published] {
    let shard = try SignedShard(
      prefix: prefix, settings: settings, settingsDigest: settings.signatureDigest(seed: seed))
    guard removals.documentCount == shard.documentCount else {
      throw .mismatched(path: prefix, what: "has other documents than its list of removals")
    }
    let writer = try SignatureWriter(
      prefix: output, settings: settings, seed: seed, memoryByteCount: memoryByteCount / 2)
    for row in 0..<shard.documentCount where !removals.contains(row: row) && stays(row) {
      try writer.append(try shard.document(row: row))
    }
    return try writer.publish()
  }
}
