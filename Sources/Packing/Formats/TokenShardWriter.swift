package import ByteKernels

/// Writes one token shard, sequence by sequence.
package protocol TokenShardWriter: AnyObject {
  var sequenceCount: Int { get }
  /// With padding.
  var tokenCount: Int { get }

  /// Takes where a document comes from; called once a document, in the order of their numbers, before
  /// the first sequence with a piece of it. Most layouts have no place for it.
  func add(_ origin: DocumentOrigin) throws(FileError)

  /// Adds one sequence of at least one token; ids outside the vocabulary are a bug and trap.
  func append(_ sequence: PackedSequence) throws(FileError)

  /// Puts the shard's files under their final names, the one that readers open first last.
  ///
  /// The list is empty and nothing is written when no sequence was added: trainers map their files,
  /// and an empty file cannot be mapped. Call it once.
  func publish() throws(FileError) -> [OutputFile.Published]
}

extension TokenShardWriter {
  package func add(_ origin: DocumentOrigin) throws(FileError) {}
}
