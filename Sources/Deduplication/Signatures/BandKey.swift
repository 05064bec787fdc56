/// The key under which a document waits for others like it, as a sortable record.
///
/// ```
/// high  64 bits of the key
/// low   31 bits of the key | 1 bit: exact | 32 bits: row of the document in its shard
/// ```
///
/// Ninety-five bits make a bucket true equality: among the 42 billion band keys of three billion
/// documents one false pair is expected in some forty million runs. The kind is a part of the key, so
/// exact and near buckets never mix.
enum BandKey {
  private static let exactBit: UInt64 = 1 << 32

  /// What of `low` belongs to the key.
  static let keyMask: UInt64 = ~0 << 32

  /// The record of the text's bytes.
  static func exact(_ digest: Signature.Digest, row: UInt32) -> SortRecord {
    SortRecord(high: digest.high, low: (digest.low & ~0 << 33) | exactBit | UInt64(row))
  }

  /// The record of one band: the `rows` min-hashes from `start` on.
  static func near(
    band: Int, _ minHashes: [UInt32], from start: Int, rows: Int, row: UInt32
  ) -> SortRecord {
    var high = 0x2D35_8DCC_AA6C_78A5 ^ UInt64(band)
    var low = 0x8BB8_4B93_962E_ACC9 ^ UInt64(band)
    for index in stride(from: start, to: start + rows, by: 2) {
      let second = index + 1 < start + rows ? UInt64(minHashes[index + 1]) : 0
      let pair = UInt64(minHashes[index]) | second << 32
      high = mix(high ^ pair, 0x4B33_A62E_D433_D4A3)
      low = mix(low ^ pair, 0x4D5A_2DA5_1DE1_AA47)
    }
    return SortRecord(high: high, low: (low & ~0 << 33) | UInt64(row))
  }

  static func isExact(_ record: SortRecord) -> Bool { record.low & exactBit != 0 }

  static func row(_ record: SortRecord) -> Int { Int(record.low & 0xFFFF_FFFF) }

  /// Keys are spread evenly; a partition is a range of them.
  static func partition(_ record: SortRecord, of partitions: Int) -> Int {
    Int((record.high >> 32) * UInt64(partitions) >> 32)
  }
}
