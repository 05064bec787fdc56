package import ByteKernels

/// The bytes of a Megatron indexed data set, version 1: `NAME.bin` and `NAME.idx`.
///
/// `NAME.bin` is the tokens of all sequences back to back. `NAME.idx`, little-endian throughout:
///
///     offset  bytes  content
///     0       9      "MMIDIDX" 00 00
///     9       8      version, 1
///     17      1      token type (``MegatronTokenType``)
///     18      8      S, the number of sequences
///     26      8      D, the number of document indices: documents + 1
///     34      4 S    tokens of each sequence
///             8 S    byte offset of each sequence in NAME.bin
///             8 D    0, then for each document the sequence after its last
///             S      modes of the sequences, in multimodal sets only
///
/// Source: `megatron/core/datasets/indexed_dataset.py` of Megatron-LM. The format holds no checksum
/// and does not say which tokenizer made it.
package enum MegatronLayout: TokenShardLayout {
  static let magic: [UInt8] = Array("MMIDIDX".utf8) + [0, 0]
  static let version: UInt64 = 1
  static let versionOffset = 9
  static let tokenTypeOffset = 17
  static let sequenceCountOffset = 18
  static let documentIndexCountOffset = 26
  static let headerByteCount = 34

  static func tokensPath(_ prefix: String) -> String { prefix + ".bin" }
  static func indexPath(_ prefix: String) -> String { prefix + ".idx" }

  package static var sequenceKind: SequenceKind { .document }
  package static var fileEndings: [String] { [".idx", ".bin"] }

  package static func writer(
    prefix: String, _ description: TokenShardDescription
  ) throws(FileError) -> any TokenShardWriter {
    try MegatronWriter(prefix: prefix, vocabularySize: description.vocabularySize)
  }

  package static func recognises(_ path: String) -> Bool {
    guard path.hasSuffix(".idx"), let file = try? MappedFile(path: path) else { return false }
    return file.withBytes { bytes in
      bytes.count >= magic.count && magic.indices.allSatisfy { bytes[$0] == magic[$0] }
    }
  }

  package static func reader(
    _ path: String, _ hints: TokenShardHints
  ) throws(TokenShardError) -> any TokenShardReader {
    try MegatronReader(prefix: path.hasSuffix(".idx") ? String(path.dropLast(4)) : path)
  }
}
