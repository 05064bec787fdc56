package import ByteKernels

/// The bytes that nanoGPT's `data/*/prepare.py` write and its `train.py` maps: tokens of 16 bits back to
/// back, without a header.
///
/// A split is one file, `train.bin`, `val.bin`, and the end-of-text token stands after each document.
/// Readers know no other width, so a vocabulary of more than 65,536 entries is refused.
package enum NanoGPTLayout: TokenShardLayout {
  package static var sequenceKind: SequenceKind { .document }
  package static var isOneFile: Bool { true }
  package static var fileEndings: [String] { [".bin"] }

  package static func name(of part: SplitPart, shard: Int) -> String { part.rawValue }

  package static func obstacle(_ description: TokenShardDescription) -> String? {
    if description.vocabularySize <= 1 << 16 { return nil }
    return "nanogpt holds ids up to 65,535, but the vocabulary has \(description.vocabularySize) "
      + "entries; take llmc, megatron or another format, or a smaller vocabulary"
  }

  package static func writer(
    prefix: String, _ description: TokenShardDescription
  ) throws(FileError) -> any TokenShardWriter {
    try FlatTokenWriter(
      path: prefix + fileEndings[0], type: .uint16, vocabularySize: description.vocabularySize)
  }

  /// True for any `.bin` of whole 16-bit tokens that is of no other format.
  package static func recognises(_ path: String) -> Bool {
    guard path.hasSuffix(".bin"), let file = try? MappedFile(path: path),
      file.byteCount > 0, file.byteCount % 2 == 0, !LLMCLayout.recognises(path)
    else { return false }
    return !MegatronLayout.recognises(String(path.dropLast(4)) + ".idx")
  }

  /// Files of the same make with tokens of another width are read as well, when the hints tell of it.
  package static func reader(
    _ path: String, _ hints: TokenShardHints
  ) throws(TokenShardError) -> any TokenShardReader {
    let file = try MappedFile.shard(path)
    let type = hints.tokenByteCount.flatMap { TokenType(unsignedByteCount: $0) } ?? .uint16
    return FlatTokenReader(
      file, from: 0, type: type,
      tokenCount: try FlatTokenReader.tokenCount(of: file, type: type), cut: TokenCut(hints))
  }
}
