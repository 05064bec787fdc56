package import ByteKernels

/// Makes training sequences of documents: a packing strategy at work.
///
/// What it hands on depends on the documents and their order alone.
package protocol SequencePacker: AnyObject {
  /// What became of tokens other than being packed, so far.
  var losses: PackingLosses { get }

  /// Takes a document, which may have no tokens, and hands on the sequences that are ready.
  func append(
    _ document: EncodedDocument, to sink: (PackedSequence) throws(FileError) -> Void
  ) throws(FileError)

  /// Hands on what is left. Call it once, after the last document.
  func finish(to sink: (PackedSequence) throws(FileError) -> Void) throws(FileError)
}

/// Tokens that a strategy added or left out: what came in = what went out - padding + cropped +
/// remainder.
package struct PackingLosses: Sendable, Equatable {
  /// Tokens added to fill sequences.
  package var padding = 0
  /// Tokens cut off documents that are longer than a sequence.
  package var cropped = 0
  /// Tokens of the last sequence, which was not full and was left out.
  package var remainder = 0

  package init() {}
}
