internal import ByteKernels
internal import Packing

extension TokenShardLayout {
  /// Writes the files that speak of several shards of a set, once these are there.
  static func writeSetFiles(
    of shards: [ShardSet.Shard], in folder: String, _ description: TokenShardDescription
  ) throws -> [OutputFile.Published] {
    try SplitPart.allCases.flatMap { part in
      let names = shards.filter { $0.part == part.rawValue }.map(\.name)
      return names.isEmpty ? [] : try writeSetFiles(of: part, names: names, in: folder, description)
    }
  }
}

extension ShardSet.Shard {
  /// Publishes a shard that has been written, as a set in `folder` names it; nil when nothing was.
  static func publish(
    _ name: String, _ part: String, _ number: Int, _ writer: any TokenShardWriter,
    _ provenance: ProvenanceWriter, paddingCount: Int, in folder: String
  ) throws -> ShardSet.Shard? {
    if writer.sequenceCount == 0 { return nil }
    // Who finds the shard finds its provenance.
    let files = [try provenance.publish()] + (try writer.publish())
    return ShardSet.Shard(
      name: name, part: part, number: number, sequences: writer.sequenceCount,
      tokens: writer.tokenCount, padding: paddingCount, documents: provenance.documentCount,
      files: files.map { ShardSet.File($0, in: folder) })
  }
}
