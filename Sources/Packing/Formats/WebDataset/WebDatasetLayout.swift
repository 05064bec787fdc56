package import ByteKernels
internal import Documents

/// WebDataset as DCLM's open_lm reads it: a folder for each part with tar archives and a `manifest.jsonl`,
/// which is what `--dataset-manifest` takes.
///
/// A member of an archive is `NAME.json.gz`, one sequence as a JSON array of numbers. open_lm trains on
/// sequences of n tokens from arrays of n + 1, since it shifts inside the array: for `--seq-len 2048` the
/// sequence length here is 2049, as it is when open_lm's own tokenizer writes. A line of the manifest is
/// `{"shard": NAME, "num_sequences": N}` for the archive `NAME.tar`.
///
/// An archive holds at most 8192 sequences, as many as open_lm's writer puts into one; the shard 3 is
/// continued in `00000003-00001.tar`. Members are compressed by ISA-L, which chooses its routines by the CPU:
/// processors of another kind may find other matches, and so write other bytes of the same tokens. Beside it stands its part of the manifest, `00000003.jsonl`. There
/// is no room for loss masks and boundaries of documents.
///
/// Source: `open_lm/data.py`, `file_utils.py` and `datapreprocess/ray/tokenize_shuffle.py` of open_lm.
package enum WebDatasetLayout: TokenShardLayout {
  static let ending = ".tar"
  static let manifestEnding = ".jsonl"
  static let memberEnding = ".json.gz"
  static let manifestName = "manifest.jsonl"

  package static var sequenceKind: SequenceKind { .sample }
  package static var fileEndings: [String] { [ending, manifestEnding] }

  package static func name(of part: SplitPart, shard: Int) -> String {
    "\(part.rawValue)/\(number(shard, digits: 8))"
  }

  package static func writer(
    prefix: String, _ description: TokenShardDescription
  ) throws(FileError) -> any TokenShardWriter {
    try WebDatasetWriter(prefix: prefix, vocabularySize: description.vocabularySize)
  }

  package static func writeSetFiles(
    of part: SplitPart, names: [String], in folder: String, _ description: TokenShardDescription
  ) throws(TokenShardError) -> [OutputFile.Published] {
    if names.isEmpty { return [] }
    do throws(FileError) {
      let manifest = try OutputFile(path: "\(folder)/\(part.rawValue)/\(manifestName)")
      for name in names {
        let lines = try MappedFile(path: "\(folder)/\(name)\(manifestEnding)")
        try lines.withBytes { bytes throws(FileError) in try manifest.write(bytes) }
      }
      return [try manifest.publish()]
    } catch { throw .file(error) }
  }

  package static func recognises(_ path: String) -> Bool {
    guard path.hasSuffix(ending), !ShardContinuation.isContinuation(path, ending),
      let file = try? RandomAccessFile(path: path),
      let index = try? TarIndex(file, maximumCount: 1)
    else { return false }
    return index.members.first.map { WebDatasetReader.isSequence($0.name) } ?? false
  }

  package static func reader(
    _ path: String, _ hints: TokenShardHints
  ) throws(TokenShardError) -> any TokenShardReader {
    try ShardContinuation.reader(path, ending: ending) { (path) throws(TokenShardError) in
      try WebDatasetReader(path: path)
    }
  }
}
