internal import ByteKernels
internal import Documents

/// Writes one shard as a Parquet file.
final class ParquetTokenWriter: TokenShardWriter {
  private(set) var tokenCount = 0
  var sequenceCount: Int { file.rowCount }

  private let description: TokenShardDescription
  private let file: ParquetListWriter

  init(prefix: String, _ description: TokenShardDescription) throws(FileError) {
    self.description = description
    file = try ParquetListWriter(
      path: prefix + ParquetLayout.ending,
      columns: [ParquetLayout.tokens, ParquetLayout.positionIDs, ParquetLayout.documentIDs]
        + (description.hasLossMasks ? [ParquetLayout.labels] : []))
  }

  func append(_ sequence: PackedSequence) throws(FileError) {
    for token in sequence.tokens {
      precondition(token < description.vocabularySize, "id \(token) is outside the vocabulary")
    }
    try file.append(
      [sequence.tokens, sequence.positionIDs, sequence.segmentIDs]
        + (description.hasLossMasks ? [sequence.labels] : []))
    tokenCount += sequence.tokens.count
  }

  func publish() throws(FileError) -> [OutputFile.Published] {
    sequenceCount == 0 ? [] : [try file.publish()]
  }
}
