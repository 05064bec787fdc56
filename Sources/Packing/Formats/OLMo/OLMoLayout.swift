package import ByteKernels

/// The bytes of dolma's tokenizer, which OLMo and OLMo-core train on.
///
/// `NAME.npy` is, for all its name, not NumPy's format but the memory of an array: tokens back to back,
/// 16 bits up to 65,536 entries and 32 bits above, the end-of-document token after each document.
/// `NAME.csv.gz` has a row for each document, or piece of one: `start,end,id,src,loc`, the first two counted
/// in tokens of the file, without a line of names. Sources: `dolma/tokenizer/memmap_writer.py`, OLMo-core's
/// `data/utils.py`.
package enum OLMoLayout: TokenShardLayout {
  static let tokensEnding = ".npy"
  static let tableEnding = ".csv.gz"

  package static var sequenceKind: SequenceKind { .document }
  package static var fileEndings: [String] { [tokensEnding, tableEnding] }

  package static func writer(
    prefix: String, _ description: TokenShardDescription
  ) throws(FileError) -> any TokenShardWriter {
    try OLMoWriter(prefix: prefix, vocabularySize: description.vocabularySize)
  }

  /// True for any `.npy` of whole 16-bit integers that is not in NumPy's format.
  package static func recognises(_ path: String) -> Bool {
    guard path.hasSuffix(tokensEnding), let status = FileSystem.status(path) else { return false }
    return status.isRegularFile && status.byteCount > 0 && status.byteCount % 2 == 0
      && !NumPyLayout.recognises(path)
  }

  /// Without a table the hints say where to cut, as OLMo-core does by its end-of-document id.
  package static func reader(
    _ path: String, _ hints: TokenShardHints
  ) throws(TokenShardError) -> any TokenShardReader {
    let file = try MappedFile.shard(path)
    let tablePath = String(path.dropLast(tokensEnding.count)) + tableEnding
    let hasTable = FileSystem.status(tablePath) != nil
    let table = hasTable ? try OLMoTable(tablePath, largestEnd: file.byteCount / 2) : nil
    let type = type(of: file, hints, table)
    let tokenCount = try FlatTokenReader.tokenCount(of: file, type: type)
    guard let table else {
      return FlatTokenReader(
        file, from: 0, type: type, tokenCount: tokenCount, cut: TokenCut(hints))
    }
    return IndexedTokenReader(file, type: type, ends: table, sequenceLength: hints.sequenceLength)
  }

  /// As the user says, or by where the last document of the table ends, or by how the bytes look.
  private static func type(
    of file: MappedFile, _ hints: TokenShardHints, _ table: OLMoTable?
  ) -> TokenType {
    if let type = hints.tokenByteCount.flatMap({ TokenType(unsignedByteCount: $0) }) { return type }
    if let table, table.count > 0 {
      let (byteCount, isTooMuch) = table.end(of: table.count - 1).multipliedReportingOverflow(by: 4)
      if !isTooMuch, byteCount == file.byteCount { return .uint32 }
      return .uint16
    }
    return looksWide(file) ? .uint32 : .uint16
  }

  /// True when the upper halves of the first tokens, taken as 32 bits, are all below 64: ids of 16 bits
  /// do not come that small in every other place, and vocabularies have fewer than 4 million entries.
  private static func looksWide(_ file: MappedFile) -> Bool {
    guard file.byteCount % 4 == 0 else { return false }
    let count = min(file.byteCount / 4, 4096)
    return file.withBytes { bytes in
      (0..<count).allSatisfy { bytes.raw.load16(4 * $0 + 2) < 64 }
    }
  }
}
