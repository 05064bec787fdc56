internal import ByteKernels

/// Finds one id among stored tokens.
enum TokenSearch {
  /// The place of the first token equal to `id` from token `start` on and before token `end`, nil when
  /// there is none.
  static func first(
    _ id: UInt32, in bytes: RawSpan, as type: TokenType, from start: Int, to end: Int
  ) -> Int? {
    switch type.byteCount {
    case 1: UInt8(exactly: id).flatMap { first($0, in: bytes, from: start, to: end) }
    case 2: UInt16(exactly: id).flatMap { first($0, in: bytes, from: start, to: end) }
    case 4: first(id, in: bytes, from: start, to: end)
    default: first(UInt64(id), in: bytes, from: start, to: end)
    }
  }

  /// Blocks are compared whole, without a way out in between, so that the compiler takes wide vectors.
  private static let blockLength = 128

  @inline(__always)
  private static func first<Token: FixedWidthInteger & BitwiseCopyable>(
    _ wanted: Token, in bytes: RawSpan, from start: Int, to end: Int
  ) -> Int? {
    let width = MemoryLayout<Token>.size
    precondition(start >= 0 && end <= bytes.byteCount / width, "no such tokens")
    // SAFETY: every place looked at is below `end`, which lies in the span.
    return unsafe bytes.withUnsafeBytes { source in
      func isWanted(_ place: Int) -> Bool {
        let token = unsafe source.loadUnaligned(fromByteOffset: place &* width, as: Token.self)
        return Token(littleEndian: token) == wanted
      }
      var place = start
      while end - place >= blockLength {
        var found: Token = 0
        for position in place..<(place &+ blockLength) { found |= isWanted(position) ? 1 : 0 }
        if found != 0 { break }
        place &+= blockLength
      }
      while place < end {
        if isWanted(place) { return place }
        place &+= 1
      }
      return nil
    }
  }
}
