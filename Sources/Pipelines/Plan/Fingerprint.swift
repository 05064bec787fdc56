internal import ByteKernels

/// Hashes of files that say whether they are still what was planned.
enum Fingerprint {
  private static let blockByteCount = 1 << 16
  private static let blockCount = 16

  /// The size and up to sixteen blocks spread evenly over the file, first and last included: a
  /// terabyte is fingerprinted in milliseconds, and a file replaced, cut or grown is noticed.
  static func sampled(_ path: String, byteCount: Int) throws(FileError) -> UInt64 {
    let file = try InputFile(path: path)
    var state = XXH64()
    var size: [UInt8] = []
    size.append(littleEndian: UInt64(byteCount))
    state.update(size.span.raw)
    if byteCount <= blockByteCount * blockCount {
      try absorb(file, byteCount: byteCount, into: &state)
      return state.digest()
    }
    for block in 0..<blockCount {
      // Block by block from the first byte to the last; the division comes last so that the last
      // block ends the file.
      let (high, low) = (byteCount - blockByteCount).multipliedFullWidth(by: block)
      let offset = (blockCount - 1).dividingFullWidth((high, low)).quotient
      try file.seek(to: offset)
      try absorb(file, byteCount: blockByteCount, into: &state)
    }
    return state.digest()
  }

  /// The XXH64 of a whole file.
  static func whole(_ path: String) throws(FileError) -> UInt64 {
    var state = XXH64()
    try absorb(try InputFile(path: path), byteCount: .max, into: &state)
    return state.digest()
  }

  private static func absorb(
    _ file: InputFile, byteCount: Int, into state: inout XXH64
  ) throws(FileError) {
    var rest = byteCount
    while rest > 0 {
      var buffer: [UInt8] = []
      let got = try file.read(into: &buffer, limit: min(rest, 1 << 20))
      if got == 0 { return }
      state.update(buffer.span.raw)
      rest -= got
    }
  }
}
