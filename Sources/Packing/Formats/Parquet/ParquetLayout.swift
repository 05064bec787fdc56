package import ByteKernels
internal import Documents

/// A Hugging Face data set of Parquet files, which `load_dataset("FOLDER")` reads with its splits, and any
/// other reader of Parquet.
///
/// A row is a sequence, with columns that are lists of 32-bit integers:
///
///     input_ids      the tokens
///     position_ids   from 0 in each document, for attention that does not leave documents
///     document_ids   from 0 in each sequence; -1 is padding
///     labels         with loss masks only: the token, or -100 where the loss does not count it; not
///                    shifted, since models of transformers shift labels themselves
///
/// Pages are compressed with zstd; a row group has about 16 MiB before compression.
package enum ParquetLayout: TokenShardLayout {
  static let ending = ".parquet"
  static let tokens = "input_ids"
  static let positionIDs = "position_ids"
  static let documentIDs = "document_ids"
  static let labels = "labels"

  package static var sequenceKind: SequenceKind { .sample }
  package static var holdsAnyLength: Bool { true }
  package static var holdsLossMasks: Bool { true }
  package static var fileEndings: [String] { [ending] }

  package static func writer(
    prefix: String, _ description: TokenShardDescription
  ) throws(FileError) -> any TokenShardWriter {
    try ParquetTokenWriter(prefix: prefix, description)
  }

  package static func recognises(_ path: String) -> Bool {
    path.hasSuffix(ending) && (try? ParquetTokenReader(path: path)) != nil
  }

  package static func reader(
    _ path: String, _ hints: TokenShardHints
  ) throws(TokenShardError) -> any TokenShardReader {
    try ParquetTokenReader(path: path)
  }
}
