package import ByteKernels

/// MosaicML's streaming format MDS, version 2: a folder for each part, `train/`, `val/`, `test/`, with
/// shards and an `index.json`, which is what `StreamingDataset` opens.
///
/// A shard, little-endian:
///
///     u32         N, the number of samples
///     u32[N + 1]  where each sample begins, and the last one ends, from the file's start
///     JSON        the columns' names, encodings and sizes, with its keys in order
///     samples     sizes (u32) of the values that have no fixed one, then the values by column name
///
/// The column `tokens` holds arrays of `uint16`, or `uint32` for vocabularies above 65,536, which
/// `StreamingDataset` gives as NumPy arrays and llm-foundry's `StreamingTextDataset` as tensors. More
/// are of `int32`: `position_ids` and `document_ids` (from 0 in each sample; -1 is padding) with loss
/// masks and of every strategy but `concatenate`; with loss masks `labels` (the token, or -100 where the
/// loss does not count it; not shifted). llm-foundry reads the tokens alone.
///
/// A shard ends before the sample that would bring it above 64 MiB. Those that a shard of ours is
/// continued in are called `shard.00003-00001.mds`. Beside it stands what `index.json` says of it, in
/// `shard.00003.index`, so that the index is made without reading shards.
///
/// Source: `streaming/base/format/mds` of mosaicml-streaming.
package enum MDSLayout: TokenShardLayout {
  static let tokens = "tokens"
  static let labels = "labels"
  static let positionIDs = "position_ids"
  static let documentIDs = "document_ids"
  static let ending = ".mds"
  static let compressedEnding = ".mds.zstd"
  static let indexName = "index.json"

  static func entriesPath(_ prefix: String) -> String { prefix + ".index" }

  package static var sequenceKind: SequenceKind { .sample }
  package static var canCompress: Bool { true }
  package static var holdsLossMasks: Bool { true }
  package static var fileEndings: [String] { [ending, compressedEnding, ".index"] }
  package static var firstEndings: [String] { [ending, compressedEnding] }

  package static func name(of part: SplitPart, shard: Int) -> String {
    "\(part.rawValue)/shard.\(number(shard, digits: 5))"
  }

  package static func writer(
    prefix: String, _ description: TokenShardDescription
  ) throws(FileError) -> any TokenShardWriter {
    try MDSWriter(prefix: prefix, description)
  }

  package static func writeSetFiles(
    of part: SplitPart, names: [String], in folder: String, _ description: TokenShardDescription
  ) throws(TokenShardError) -> [OutputFile.Published] {
    if names.isEmpty { return [] }
    do throws(FileError) {
      let index = try OutputFile(path: "\(folder)/\(part.rawValue)/\(indexName)")
      try index.write(Array(#"{"shards": ["#.utf8))
      for (number, name) in names.enumerated() {
        if number > 0 { try index.write(Array(", ".utf8)) }
        let entries = try MappedFile(path: entriesPath("\(folder)/\(name)"))
        try entries.withBytes { bytes throws(FileError) in try index.write(bytes) }
      }
      try index.write(Array(#"], "version": 2}"#.utf8))
      return [try index.publish()]
    } catch { throw .file(error) }
  }

  /// A compressed file beside the one it was made of, or that was made of it, is no shard of its own:
  /// `streaming` keeps both when it is asked to.
  package static func recognises(_ path: String) -> Bool {
    let ending = ending(of: path)
    guard path.hasSuffix(ending), !ShardContinuation.isContinuation(path, ending) else {
      return false
    }
    if ending == compressedEnding, FileSystem.status(plainTwin(of: path)) != nil { return false }
    return (try? MDSReader(path: path, TokenShardHints(), isHeadOnly: true)) != nil
  }

  /// Takes the plain name of a shard of which only the compressed file is there as well.
  package static func reader(
    _ path: String, _ hints: TokenShardHints
  ) throws(TokenShardError) -> any TokenShardReader {
    let compressed = String(path.dropLast(ending.count)) + compressedEnding
    let isCompressed =
      path.hasSuffix(ending) && FileSystem.status(path) == nil
      && FileSystem.status(compressed) != nil
    let path = isCompressed ? compressed : path
    return try ShardContinuation.reader(path, ending: ending(of: path)) {
      (path) throws(TokenShardError) in try MDSReader(path: path, hints)
    }
  }

  private static func ending(of path: String) -> String {
    path.hasSuffix(compressedEnding) ? compressedEnding : ending
  }

  private static func plainTwin(of path: String) -> String {
    String(path.dropLast(compressedEnding.count)) + ending
  }
}
