/// The key under which a document waits for others like it, as a sortable record.
///
/// ```
/// high  64 bits of the key
/// low   30 bits of the key | 2 bits: kind | 32 bits: row of the document in its shard
/// ```
///
/// Ninety-four bits make a bucket true equality: among the 42 billion band keys of three billion
/// documents one false pair is expected in some twenty million runs. The kind is a part of the key,
/// so that buckets of different kinds never mix.
enum BandKey {
  private static let kindShift: UInt64 = 32

  /// What of `low` belongs to the key.
  static let keyMask: UInt64 = ~0 << 32

  /// The record of what has to be the same: the text's bytes, or the URL.
  static func same(_ kind: RemovalReason, _ digest: Signature.Digest, row: UInt32) -> SortRecord {
    record(kind, high: digest.high, low: digest.low, row: row)
  }

  /// The record of one band: the `wordCount` words of min-hashes from `start` on.
  static func near(
    band: Int, _ minHashes: [UInt32], from start: Int, wordCount: Int, row: UInt32
  ) -> SortRecord {
    // Mixed, so that no band and min-hash together look like another band and another min-hash.
    var high = SplitMix64.mixed(0x2D35_8DCC_AA6C_78A5 &+ UInt64(band))
    var low = SplitMix64.mixed(0x8BB8_4B93_962E_ACC9 &+ UInt64(band))
    for index in stride(from: start, to: start + wordCount, by: 2) {
      let second = index + 1 < start + wordCount ? UInt64(minHashes[index + 1]) : 0
      let pair = UInt64(minHashes[index]) | second << 32
      high = mix(high ^ pair, 0x4B33_A62E_D433_D4A3)
      low = mix(low ^ pair, 0x4D5A_2DA5_1DE1_AA47)
    }
    return record(.near, high: high, low: low, row: row)
  }

  private static func record(
    _ kind: RemovalReason, high: UInt64, low: UInt64, row: UInt32
  ) -> SortRecord {
    SortRecord(
      high: high, low: (low & ~0 << (kindShift + 2)) | kind.code << kindShift | UInt64(row))
  }

  /// Why the documents of a record's bucket may be duplicates.
  static func kind(_ record: SortRecord) -> RemovalReason {
    RemovalReason(code: record.low >> kindShift & 3)
  }

  static func row(_ record: SortRecord) -> Int { Int(record.low & 0xFFFF_FFFF) }

  /// Keys are spread evenly; a partition is a range of them.
  static func partition(_ record: SortRecord, of partitions: Int) -> Int {
    Int((record.high >> 32) * UInt64(partitions) >> 32)
  }
}

/// Both halves of the 128-bit product, combined.
func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
  let product = left.multipliedFullWidth(by: right)
  return product.high ^ product.low
}
