/// A pre-token of up to 15 bytes as two words: its bytes, zeros, and in the last byte their number.
struct ShortKey: Equatable {
  static let maximumByteCount = 15

  /// Zero in both words: no pre-token.
  static let none = ShortKey(low: 0, high: 0)

  var low: UInt64
  var high: UInt64

  @inline(__always)
  init(low: UInt64, high: UInt64) {
    self.low = low
    self.high = high
  }

  /// The key of `byteCount` bytes, 1 to 15, of which `readable` bytes, no fewer, may be read.
  @inline(__always)
  init(_ bytes: UnsafePointer<UInt8>, byteCount: Int, readable: Int) {
    if readable < 16 {
      unsafe self.init(bytes, byteCount: byteCount)
      return
    }
    // SAFETY: 16 bytes may be read.
    let raw = unsafe UnsafeRawPointer(bytes)
    let first = unsafe UInt64(littleEndian: raw.loadUnaligned(as: UInt64.self))
    let second = unsafe UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    let bits = UInt64(truncatingIfNeeded: byteCount &* 8)
    let mask = (1 as UInt64 &<< bits) &- 1
    let isWide = byteCount >= 8
    self.init(
      low: first & (isWide ? ~0 : mask), high: (second & (isWide ? mask : 0)) | (bits &<< 53))
  }

  /// The same, byte by byte, where the text ends soon.
  @inline(never)
  private init(_ bytes: UnsafePointer<UInt8>, byteCount: Int) {
    low = 0
    high = UInt64(byteCount) &<< 56
    for index in 0..<byteCount {
      // SAFETY: the caller has `byteCount` bytes.
      let byte = unsafe UInt64(bytes[index])
      let shift = UInt64(index & 7) &* 8
      if index < 8 { low |= byte &<< shift } else { high |= byte &<< shift }
    }
  }

  /// Both words are always looked at: which of two slots a key is in cannot be predicted.
  @inline(__always)
  static func == (a: ShortKey, b: ShortKey) -> Bool {
    (a.low ^ b.low) | (a.high ^ b.high) == 0
  }

  var byteCount: Int { Int(high &>> 56) }

  @inline(__always)
  var hash: UInt64 {
    let product = (low ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(
      by: high ^ 0xD6E8_FEB8_6659_FD93)
    return product.high ^ product.low
  }

  /// Byte order; a pre-token comes before those it begins.
  @inline(__always)
  static func precedes(_ a: ShortKey, _ b: ShortKey) -> Bool {
    if a.low != b.low { return a.low.byteSwapped < b.low.byteSwapped }
    return a.high.byteSwapped < b.high.byteSwapped
  }

  /// Writes all 15 bytes, zeros after the pre-token's own, and one byte more.
  @inline(__always)
  func store(to bytes: UnsafeMutablePointer<UInt8>) {
    let raw = UnsafeMutableRawPointer(bytes)
    // SAFETY: the caller has room for 16 bytes.
    unsafe raw.storeBytes(of: low.littleEndian, as: UInt64.self)
    unsafe raw.storeBytes(of: high.littleEndian, toByteOffset: 8, as: UInt64.self)
  }
}
