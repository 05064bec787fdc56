/// Where things are in the record of one document in a signature file.
///
/// ```
///  0  8  digest, high
///  8  8  digest, low
/// 16  8  byte count of the text
/// 24  8  score, a binary64
/// 32  8  where the id ends in its segment of the ids; it begins where the id before it ends
/// 40  4  1 when there are min-hashes, else 0
/// 44  4  zero
/// 48  4  each min-hash; zeros when there are none
/// ```
enum SignatureLayout {
  static let digestHigh = 0
  static let digestLow = 8
  static let byteCount = 16
  static let score = 24
  static let idEnd = 32
  static let hasMinHashes = 40
  static let minHashes = 48

  static let rowsPerSegment = 4096

  static func recordByteCount(hashCount: Int) -> Int { minHashes + 4 * hashCount }
}
