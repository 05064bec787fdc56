/// What a segment file holds; the tag is in its header.
///
/// All files of the room have one form, little-endian:
///
/// ```
///   0  8  "GMSEGMNT"
///   8  4  version, 1
///  12  4  kind (four letters)
///  16  8  digest of the settings that show in the file, and of the seed
///  24  4  byte count of a record
///  28  4  index of the task that wrote the file among its stage, else 0
///  32     segment 0, segment 1, ...: whole records, one segment right behind the other
///   T     table: for each segment  8 offset   8 byte count   8 XXH64 of its bytes
///   E-40  8  T, the table's offset
///   E-32  8  how many segments
///   E-24  8  how many documents the file is about
///   E-16  8  XXH64 of header, table and the three numbers above
///   E-8   8  "GMSEGEND"
/// ```
///
/// Every byte is under one checksum or compared with what it must be.
package enum SegmentKind: String, Sendable {
  /// Band keys of one shard, sorted; one segment for each partition. Records: `BandKey`.
  case bands = "BAND"
  /// One record for each document of a shard; segments of `SignatureLayout.rowsPerSegment` rows.
  case signatures = "SIGN"
  /// The document ids of a shard, one behind the other; segments as in the signatures.
  case ids = "IDS "
  /// Sets of shingles of a shard's documents. See `ShingleWriter`.
  case shingles = "SHNG"
  /// Candidate pairs of one partition, sorted, each once; a segment for each range of the later
  /// document. Records: `Edge`.
  case edges = "EDGE"
  /// Verified pairs of one range of later documents, sorted; one segment. Records: `ComparedPair`.
  case pairs = "PAIR"
  /// Each connected document but the first of its set, under that first one, sorted; a segment for
  /// each range of the first one. Records: the first document, then the other.
  case sets = "SETS"
  /// The documents removed in one range of sets, each with the one kept, sorted; a segment for each
  /// range of the removed. Records: `ComparedPair`.
  case removed = "GONE"
  /// Two bits for each document of a shard; one segment. See `RemovalList`.
  case removals = "DROP"
  /// Documents that others were removed for, one segment for each range of documents. Records:
  /// document, and how many it stands for.
  case kept = "KEPT"
  /// The same for one shard, by row; one segment. See `DuplicateCounts`.
  case counts = "COUN"
  /// Each connected document, the first of its set too, sorted; a segment for each range of documents.
  /// Records: the document, then the first of its set.
  case documentSets = "DSET"
  /// The same for one shard, by row; one segment. See `SetRows`.
  case setRows = "SROW"
  /// Keys of the pieces of one shard, sorted; one segment for each partition. Records: `PieceKey`.
  case pieceKeys = "PKEY"
  /// The pages that the pieces of one shard stand on; one segment. See `PageTable`.
  case pages = "PAGE"
  /// Keys of the anchors of one shard, as those of pieces. See `AnchorFinder`.
  case anchorKeys = "AKEY"
  /// Tokens and anchors of each document of one shard; one segment. See `TokenCounts`.
  case tokenCounts = "TOKC"
  /// Keys of those windows of tokens of one shard whose anchors are repeated, as those of pieces.
  case windowKeys = "WKEY"
  /// The pieces of one partition that are to be cut: a segment for each shard, then one with the most
  /// frequent pieces. Records: number of the piece in its shard and kind; `FrequentPiece`.
  case repeatedPieces = "RPTS"
  /// The repeated anchors of one partition, in the same form.
  case repeatedAnchors = "ARPT"
  /// The windows of one partition that are to be cut, in the same form.
  case repeatedWindows = "WRPT"
  /// What is cut from the documents of one shard, in order; one segment. Records: `CutRecord`.
  case cuts = "CUTS"

  static let headMagic = Array("GMSEGMNT".utf8)
  static let tailMagic = Array("GMSEGEND".utf8)
  static let version: UInt32 = 1
  static let headerByteCount = 32
  static let trailerByteCount = 40
  static let tableEntryByteCount = 24
}
