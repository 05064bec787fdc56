/// Where things are in the record of one document in a signature file.
///
/// ```
///  0  8  digest, high
///  8  8  digest, low
/// 16  8  byte count of the text
/// 24  8  each of three ranks, a binary64
/// 48  8  digest of the URL, high
/// 56  8  digest of the URL, low; both zero when there is none
/// 64  8  where the id ends in its segment of the ids; it begins where the id before it ends
/// 72  4  1 when there are min-hashes, else 0
/// 76  4  zero
/// 80  4  each word of the min-hashes; zeros when there are none
///  N  4  lower half of XXH64 of the id
///  .  4  lower half of XXH64 of all before
/// ```
///
/// A record and an id are read here and there, and so have checksums of their own: those of segments
/// would be computed anew for every task that asks for a document.
enum SignatureLayout {
  static let digestHigh = 0
  static let digestLow = 8
  static let byteCount = 16
  static let ranks = 24
  static let urlDigestHigh = 48
  static let urlDigestLow = 56
  static let idEnd = 64
  static let hasMinHashes = 72
  static let minHashes = 80

  static let rowsPerSegment = 4096

  /// From the end of the record.
  static let idChecksum = 8
  static let checksum = 4

  static func recordByteCount(_ settings: DeduplicationSettings) -> Int {
    minHashes + 4 * settings.hashWordCount + 8
  }
}
