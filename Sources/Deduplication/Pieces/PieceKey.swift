/// The key under which a piece waits for its copies, as a sortable record.
///
/// ```
/// high  64 bits of the digest
/// low   29 bits of the digest | 3 bits: kind | 32 bits: number of the piece in its shard
/// ```
///
/// Ninety-three bits make equal keys true equality: among the 120 billion lines of three billion
/// documents one false pair is expected in some million runs.
enum PieceKey {
  /// What of `low` belongs to the key.
  static let keyMask: UInt64 = ~0 << 32

  static func record(_ digest: PieceDigest, _ kind: PieceKind, number: UInt32) -> SortRecord {
    SortRecord(
      high: digest.high,
      low: digest.low & ~0 << 35 | UInt64(kind.rawValue) << 32 | UInt64(number))
  }

  static func kind(_ record: SortRecord) -> PieceKind? {
    PieceKind(rawValue: UInt8(record.low >> 32 & 7))
  }

  static func number(_ record: SortRecord) -> UInt64 { record.low & 0xFFFF_FFFF }
}
