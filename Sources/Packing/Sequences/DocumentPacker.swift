package import ByteKernels

/// Makes every document a sequence of its own, whatever its length.
///
/// For formats whose readers concatenate and cut as they read: nothing is padded or cropped. A document
/// without tokens is in no sequence.
package final class DocumentPacker: SequencePacker {
  package let losses = PackingLosses()

  package init() {}

  package func append(
    _ document: EncodedDocument, to sink: (PackedSequence) throws(FileError) -> Void
  ) throws(FileError) {
    if document.tokens.isEmpty { return }
    try sink(PackedSequence(document))
  }

  package func finish(to sink: (PackedSequence) throws(FileError) -> Void) throws(FileError) {}
}
