package import ByteKernels

/// The bytes of datatrove's tokenized files, which nanotron and datatrove's own data sets read.
///
/// `NAME.ds` is the tokens back to back, 16 bits up to 65,536 entries and 32 bits above.
/// `NAME.ds.index` is where each document ends, counted in tokens, 64 bits each; padding and the parts of
/// a document that was cut end there too, so that positions begin anew. `NAME.ds.metadata` is three lines
/// without a line feed after the last: tokenizer and bytes of a token, tokens, tokens for people.
/// `NAME.ds.loss` is one byte a token, 0 or 1, and there only with loss masks. Source:
/// `datatrove/pipeline/tokens/tokenizer.py`.
package enum DatatroveLayout: TokenShardLayout {
  package static var sequenceKind: SequenceKind { .document }
  package static var holdsLossMasks: Bool { true }
  package static var fileEndings: [String] { [".ds", ".ds.index", ".ds.metadata", ".ds.loss"] }

  package static func writer(
    prefix: String, _ description: TokenShardDescription
  ) throws(FileError) -> any TokenShardWriter {
    try DatatroveWriter(prefix: prefix, description)
  }

  /// True for any `.ds` with an index or metadata beside it.
  package static func recognises(_ path: String) -> Bool {
    guard path.hasSuffix(".ds"), FileSystem.status(path)?.isRegularFile == true else {
      return false
    }
    return fileEndings[1...2].contains { ending in
      FileSystem.status(path + ending.dropFirst(3))?.isRegularFile == true
    }
  }

  /// Without an index, as datatrove's shuffler of contexts leaves it, the hints say where to cut.
  package static func reader(
    _ path: String, _ hints: TokenShardHints
  ) throws(TokenShardError) -> any TokenShardReader {
    let file = try MappedFile.shard(path)
    let metadata = try DatatroveMetadata.read(beside: path)
    let hasIndex = FileSystem.status(path + ".index") != nil
    let ends = hasIndex ? try MappedEnds(path + ".index") : nil
    let type = type(of: file, metadata, hints, ends)
    let tokenCount = try FlatTokenReader.tokenCount(of: file, type: type)
    guard let ends else {
      return FlatTokenReader(
        file, from: 0, type: type, tokenCount: tokenCount, cut: TokenCut(hints))
    }
    let hasMask = FileSystem.status(path + ".loss") != nil
    return IndexedTokenReader(
      file, type: type, ends: ends, mask: hasMask ? try MappedFile.shard(path + ".loss") : nil,
      sequenceLength: hints.sequenceLength
    ) { count throws(TokenShardError) in try metadata?.verify(tokenCount: count) }
  }

  /// By the metadata, else as the user says, else by where the last document ends.
  private static func type(
    of file: MappedFile, _ metadata: DatatroveMetadata?, _ hints: TokenShardHints,
    _ ends: MappedEnds?
  ) -> TokenType {
    if let type = metadata?.type { return type }
    if let type = hints.tokenByteCount.flatMap({ TokenType(unsignedByteCount: $0) }) { return type }
    if let ends, ends.count > 0 {
      let (byteCount, isTooMuch) = ends.end(of: ends.count - 1).multipliedReportingOverflow(by: 4)
      if !isTooMuch, byteCount == file.byteCount { return .uint32 }
    }
    return .uint16
  }
}
