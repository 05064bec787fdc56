internal import CKernels

/// Records as the bytes they are on disk.
@safe enum RecordBytes {
  /// The bytes of a run of records.
  static func bytes(of records: ArraySlice<SortRecord>) -> [UInt8] {
    precondition(UInt64(1).littleEndian == 1, "written for little-endian machines")
    // SAFETY: a record is two 64-bit integers without padding, copied at once.
    return unsafe records.withUnsafeBytes { unsafe Array($0) }
  }

  /// The records whose bytes these are.
  static func records(of bytes: [UInt8]) -> [SortRecord] {
    let count = bytes.count / SortRecord.byteCount
    // SAFETY: `count` records have no more bytes than `bytes`, and any bytes are a record.
    return unsafe [SortRecord](unsafeUninitializedCapacity: count) { space, filled in
      unsafe UnsafeMutableRawBufferPointer(space).copyBytes(
        from: bytes.prefix(count * SortRecord.byteCount))
      filled = count
    }
  }

  /// The 32-bit numbers whose bytes these are, little-endian.
  static func words(of bytes: [UInt8]) -> [UInt32] {
    let count = bytes.count / 4
    // SAFETY: `count` words have no more bytes than `bytes`, and any bytes are words.
    return unsafe [UInt32](unsafeUninitializedCapacity: count) { space, filled in
      unsafe UnsafeMutableRawBufferPointer(space).copyBytes(from: bytes.prefix(count * 4))
      filled = count
    }
  }

  /// A copy of the bytes.
  static func array(_ bytes: RawSpan) -> [UInt8] {
    // SAFETY: copied at once.
    unsafe bytes.withUnsafeBytes { unsafe Array($0) }
  }

  /// Appends 32-bit numbers, little-endian.
  static func append(_ numbers: [UInt32], to bytes: inout [UInt8]) {
    // SAFETY: integers without padding, copied at once.
    unsafe numbers.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
  }

  /// How many of `count` numbers of four or eight bytes are equal, at any alignment.
  static func equalCount(_ left: RawSpan, _ right: RawSpan, count: Int, byteWidth: Int) -> Int {
    precondition(byteWidth == 4 || byteWidth == 8)
    precondition(min(left.byteCount, right.byteCount) >= byteWidth * count)
    // SAFETY: both spans are long enough, and the kernel reads at any alignment.
    return unsafe left.withUnsafeBytes { left in
      unsafe right.withUnsafeBytes { right in
        guard let left = left.baseAddress, let right = right.baseAddress else { return 0 }
        return unsafe Int(ck_equal_lane_count(left, right, count, byteWidth))
      }
    }
  }
}
