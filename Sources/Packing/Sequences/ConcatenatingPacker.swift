package import ByteKernels

/// Puts documents one behind the other and cuts every `sequenceLength` tokens.
///
/// Nothing is padded or left out but in the last sequence.
package final class ConcatenatingPacker: SequencePacker {
  private let sequenceLength: Int
  private var open: OpenSequence

  package init(_ settings: SequenceSettings, sequenceLength: Int, padding: UInt32) {
    self.sequenceLength = sequenceLength
    open = OpenSequence(padding: padding, remainder: settings.remainder)
  }

  package var losses: PackingLosses { open.losses }

  package func append(
    _ document: EncodedDocument, to sink: (PackedSequence) throws(FileError) -> Void
  ) throws(FileError) {
    var start = 0
    while start < document.tokens.count {
      let end = min(document.tokens.count, start + sequenceLength - open.count)
      open.append(start..<end, of: document)
      start = end
      if open.count == sequenceLength { try open.close(length: sequenceLength, to: sink) }
    }
  }

  package func finish(to sink: (PackedSequence) throws(FileError) -> Void) throws(FileError) {
    try open.closeLast(length: sequenceLength, to: sink)
  }
}
