internal import CKernels

/// The beginning of SHA-1.
enum SHA1Prefix {
  private static let ofNothing: UInt64 = 0x0D4B_6B5E_EEA3_39DA

  /// The first eight bytes of the digest as a little-endian number.
  static func hash(_ bytes: Span<UInt8>) -> UInt64 {
    // SAFETY: the kernel is told of one word, which ends where the bytes end.
    unsafe bytes.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return ofNothing }
      var hash: UInt64 = 0
      unsafe ck_shingles_sha1_64(base, [0, buffer.count + 1], 1, 1, &hash)
      return hash
    }
  }
}
