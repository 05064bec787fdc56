/// Turns texts into ids, remembering the pieces of text it has met: one for each worker.
///
/// Text that looks like a special token is ordinary text. The ids depend on the text and the
/// vocabulary alone, whatever has been encoded before.
package final class Encoder {
  private let byteLevel: ByteLevelEncoder

  init(_ tables: EncodingTables, cacheByteCount: Int) {
    byteLevel = ByteLevelEncoder(tables, cacheByteCount: cacheByteCount)
  }

  /// Appends the ids of a valid UTF-8 text.
  package func encode(_ text: Span<UInt8>, into ids: inout [UInt32]) {
    byteLevel.encode(text, into: &ids)
  }

  /// How many ids a valid UTF-8 text becomes.
  package func count(_ text: Span<UInt8>) -> Int {
    byteLevel.count(text)
  }

  /// The first place from `offset` on where a valid UTF-8 text can be cut so that the ids of the parts,
  /// joined, are those of the whole; neither its beginning nor its end.
  ///
  /// Nil where there is none within a MiB, and for tokenizers of which no such places are known.
  package func safeCut(in text: Span<UInt8>, near offset: Int) -> Int? {
    byteLevel.pattern.hasSafeCuts ? SafeCut.first(in: text, from: offset) : nil
  }
}
