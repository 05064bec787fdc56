/// Where a text may be cut into words without changing its ids: between two characters that stand side
/// by side in no token.
///
/// What is known of characters beyond ASCII is U+2581 and all others as one; between two of the others
/// nothing is cut.
@safe final class WordCut: Sendable {
  private static let other = 128
  private static let space = 129
  private static let classCount = 130
  private static let lowercase = 0x61...0x7A

  /// One for every two classes between which nothing may be cut.
  nonisolated(unsafe) private let joined: UnsafeMutablePointer<UInt8>

  /// Looks at the texts of all tokens that text can become.
  ///
  /// Characters that are not `known` stay with what stands beside them; when that is nil, all may be
  /// cut off.
  init(_ tokens: some Sequence<[UInt8]>, known: Set<UInt32>? = nil) {
    let count = Self.classCount
    unsafe joined = .allocate(capacity: count * count)
    unsafe joined.initialize(repeating: 0, count: count * count)
    for token in tokens {
      var left: Int?
      for scalar in String(decoding: token, as: UTF8.self).unicodeScalars {
        let right = Self.characterClass(scalar.value)
        if let left { unsafe joined[left * count + right] = 1 }
        left = right
      }
    }
    unsafe joined[Self.other * count + Self.other] = 1
    // Not to cut is always right: runs of these are passed over eight bytes at a time.
    for left in Self.lowercase {
      for right in Self.lowercase { unsafe joined[left * count + right] = 1 }
    }
    guard let known else { return }
    for scalar in Array(0..<128) + [0x2581] where !known.contains(UInt32(scalar)) {
      let unknown = Self.characterClass(UInt32(scalar))
      for other in 0..<count {
        unsafe joined[unknown * count + other] = 1
        unsafe joined[other * count + unknown] = 1
      }
    }
  }

  /// Cuts nothing.
  init() {
    let placeCount = Self.classCount * Self.classCount
    unsafe joined = .allocate(capacity: placeCount)
    unsafe joined.initialize(repeating: 1, count: placeCount)
  }

  deinit {
    unsafe joined.deallocate()
  }

  private static func characterClass(_ scalar: UInt32) -> Int {
    scalar < 0x80 ? Int(scalar) : scalar == 0x2581 ? space : other
  }

  /// Writes where words end behind the first bound, at most `limit` of them, and returns how many.
  func bounds(
    of bytes: UnsafePointer<UInt8>, _ byteCount: Int, in bounds: UnsafeMutablePointer<Int>,
    limit: Int
  ) -> Int {
    let joined = unsafe self.joined
    // SAFETY: there is room for `limit` bounds behind the first, and a place for any two classes.
    var place = unsafe bounds[0]
    var count = 0
    var row = 0
    if place < byteCount {
      let first = unsafe Self.characterClass(bytes, place, byteCount)
      row = first.value &* Self.classCount
      place &+= first.byteCount
    }
    while place < byteCount {
      let next = unsafe Self.characterClass(bytes, place, byteCount)
      if unsafe joined[row &+ next.value] == 0 {
        count &+= 1
        unsafe bounds[count] = place
        if count == limit { return count }
      }
      row = next.value &* Self.classCount
      place &+= next.byteCount
      if Self.lowercase.contains(next.value) {
        unsafe place = Self.lowercaseEnd(bytes, from: place, to: byteCount)
        row = unsafe Int(bytes[place &- 1]) &* Self.classCount
      }
    }
    count &+= 1
    unsafe bounds[count] = byteCount
    return count
  }

  /// Where the run of letters a to z ends that goes on at a place, or a place inside the run.
  @inline(__always)
  private static func lowercaseEnd(
    _ bytes: UnsafePointer<UInt8>, from start: Int, to end: Int
  ) -> Int {
    var place = start
    while place &+ 8 <= end {
      // SAFETY: eight bytes are left.
      let word = unsafe UInt64(
        littleEndian: UnsafeRawPointer(bytes + place).loadUnaligned(as: UInt64.self))
      let high: UInt64 = 0x8080_8080_8080_8080
      // The highest bit of each byte below a, above z, and beyond ASCII.
      let below = ~((word | high) &- 0x6161_6161_6161_6161)
      let above = (word & ~high) &+ 0x0505_0505_0505_0505
      let others = (below | above | word) & high
      place &+= others.trailingZeroBitCount &>> 3
      if others != 0 { return place }
    }
    return place
  }

  @inline(__always)
  private static func characterClass(
    _ bytes: UnsafePointer<UInt8>, _ place: Int, _ end: Int
  ) -> (value: Int, byteCount: Int) {
    // SAFETY: the text is valid UTF-8, so as many bytes follow as the first one says.
    let byte = unsafe bytes[place]
    if byte < 0x80 { return (Int(byte), 1) }
    if byte == 0xE2, unsafe bytes[place &+ 1] == 0x96 && bytes[place &+ 2] == 0x81 {
      return (space, 3)
    }
    return (other, SentencePieceNormalizer.characterByteCount(byte))
  }
}
