/// How shards are read.
package struct ReadSettings: Sendable, Equatable {
  /// What the shards are; by default each shard's bytes and name tell.
  package var format = ShardFormat.auto
  /// What one document is in plain text.
  package var textUnit = TextUnit.file
  /// What stands between documents with `textUnit` `.separator`; not empty.
  package var textSeparator = Array(TextUnit.defaultSeparator.utf8)
  /// What stands between the cells of CSV.
  package var cellDelimiter = UInt8(ascii: ",")
  /// True when the first row of CSV and TSV names the columns, which are numbered from 1 otherwise.
  package var hasColumnNames = true
  /// The member of a JSON line, or the column of CSV and TSV, that holds the text.
  package var textField = "text"
  /// True when a JSON line or row without a text is a document too, whose payload is empty.
  package var isTextOptional = false
  /// The member or column that holds the id.
  package var idField = "id"
  /// A longer line or record is passed over, counted, and never held in memory.
  package var maximumRecordByteCount = 32 << 20
  /// A longer line is passed over, counted, and never held in memory.
  package var maximumLineByteCount = 32 << 20
  /// Compressed bytes that come to more than so many times as many are given up and counted.
  ///
  /// It is looked at each time a unit has come to another `freeExpansionByteCount`, so shorter ones
  /// may expand as they like; of an encoded HTTP body `freeBodyExpansionByteCount` are free.
  package var maximumExpansion = 250
  package var freeExpansionByteCount = 1 << 30
  package var freeBodyExpansionByteCount = 4 << 20
  /// JSON values nested deeper are refused, and so are more content encodings around one body.
  package var maximumNesting = 1000
  /// The largest zstd window accepted, as a power of two: 27 is 128 MiB, 31 the largest there is.
  ///
  /// A frame that declares a larger one (an xz stream a larger dictionary) is refused with a remedy, because a reader must hold the
  /// whole window in memory.
  package var maximumWindowLog = 27
  /// How many bytes are asked of the file at once; what is read does not depend on it.
  package var readByteCount = 1 << 18
  /// How many archives are around the shard.
  var archiveDepth = 0

  /// What a line or row may take, which is a record too.
  var maximumLineOrRecordByteCount: Int { min(maximumLineByteCount, maximumRecordByteCount) }

  package init() {}
}
