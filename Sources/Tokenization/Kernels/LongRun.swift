/// The longest stretch of a pre-token in which the same one to four bytes come again and again.
struct LongRun {
  let start: Int
  let byteCount: Int
  /// Each byte of the stretch but the first is that so many bytes before.
  let period: Int

  /// Shorter stretches are no burden.
  static let leastByteCount = 2048

  /// Nil when there is no stretch of `leastByteCount` bytes.
  static func longest(_ bytes: UnsafePointer<UInt8>, _ byteCount: Int) -> LongRun? {
    if byteCount < leastByteCount { return nil }
    var best: LongRun?
    for period in 1...4 {
      var start = 0
      for place in period...byteCount {
        // SAFETY: `place` is below `byteCount` where bytes are compared.
        if place < byteCount, unsafe bytes[place] == bytes[place &- period] { continue }
        if place &- start >= max(leastByteCount, (best?.byteCount ?? 0) &+ 1) {
          best = LongRun(start: start, byteCount: place &- start, period: period)
        }
        start = place &- period &+ 1
      }
    }
    return best
  }
}
