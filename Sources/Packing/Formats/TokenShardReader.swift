/// Reads one token shard of any writer, sequence by sequence.
package protocol TokenShardReader: AnyObject {
  /// The path it was opened with.
  var path: String { get }
  /// What the format calls its tokens: `uint16`, `int32`.
  var tokenTypeName: String { get }
  var sequenceCount: Int { get }
  /// With padding; formats that do not say it are read for it.
  var tokenCount: Int { get throws(TokenShardError) }

  /// Tokens of a sequence, where the shard does not tell sequences and the reader cuts by their number;
  /// the last may be shorter.
  var cutLength: Int? { get }
  /// True when pieces are documents that the shard tells, numbered in each sequence.
  var tellsDocuments: Bool { get }

  /// Reads one sequence; cheapest in ascending order. Pieces are those the format tells: without
  /// boundaries of documents the sequence is one piece, whose document is the number of the sequence.
  func read(_ sequence: Int, into target: inout PackedSequence) throws(TokenShardError)

  /// Checks all that the format lets one check without reading tokens, and throws the first fault.
  func verify() throws(TokenShardError)
}

extension TokenShardReader {
  package var cutLength: Int? { nil }
  package var tellsDocuments: Bool { false }
}
