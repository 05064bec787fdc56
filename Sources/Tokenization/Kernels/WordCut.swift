/// Where a text may be cut into words without changing its ids, which is where no token can lie across.
enum WordCut: Sendable, Equatable {
  /// Before a U+2581 that follows another character.
  case beforeSpace
  /// Behind a U+2581 that another character follows.
  case behindSpace
  case nowhere

  /// Looks at the texts of all tokens that text can become.
  init(_ tokens: some Sequence<[UInt8]>) {
    var allowsBefore = true
    var allowsBehind = true
    for token in tokens {
      var wasSpace: Bool?
      for scalar in String(decoding: token, as: UTF8.self).unicodeScalars {
        let isSpace = scalar.value == 0x2581
        if wasSpace == false, isSpace { allowsBefore = false }
        if wasSpace == true, !isSpace { allowsBehind = false }
        wasSpace = isSpace
      }
    }
    self = allowsBefore ? .beforeSpace : allowsBehind ? .behindSpace : .nowhere
  }

  /// Where the word ends that begins at `start`.
  @inline(__always)
  func end(of bytes: UnsafePointer<UInt8>, from start: Int, to end: Int) -> Int {
    switch self {
    case .nowhere: end
    case .beforeSpace: unsafe Self.endBeforeSpace(bytes, start, end)
    case .behindSpace: unsafe Self.endBehindSpace(bytes, start, end)
    }
  }

  @inline(__always)
  private static func endBeforeSpace(
    _ bytes: UnsafePointer<UInt8>, _ start: Int, _ end: Int
  ) -> Int {
    var place = unsafe behindSpaces(bytes, start, end)
    while place < end {
      place = unsafe nextSpace(bytes, place, end)
      if place > start { return place }
      place &+= 1
    }
    return end
  }

  @inline(__always)
  private static func endBehindSpace(
    _ bytes: UnsafePointer<UInt8>, _ start: Int, _ end: Int
  ) -> Int {
    let space = unsafe nextSpace(bytes, start, end)
    return unsafe behindSpaces(bytes, space, end)
  }

  /// The place behind all U+2581 that begin at a place.
  @inline(__always)
  private static func behindSpaces(
    _ bytes: UnsafePointer<UInt8>, _ start: Int, _ end: Int
  ) -> Int {
    var place = start
    while unsafe isSpace(bytes, place, end) { place &+= 3 }
    return place
  }

  /// The place of the next U+2581, or the end.
  @inline(__always)
  private static func nextSpace(_ bytes: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Int {
    var place = start
    let raw = unsafe UnsafeRawPointer(bytes)
    while place &+ 8 <= end {
      // SAFETY: eight bytes are left.
      let word = unsafe UInt64(
        littleEndian: raw.loadUnaligned(fromByteOffset: place, as: UInt64.self))
      let other = word ^ 0xE2E2_E2E2_E2E2_E2E2
      let zeros = (other &- 0x0101_0101_0101_0101) & ~other & 0x8080_8080_8080_8080
      if zeros == 0 {
        place &+= 8
        continue
      }
      place &+= zeros.trailingZeroBitCount &>> 3
      if unsafe isSpace(bytes, place, end) { return place }
      place &+= 1
    }
    while place < end, unsafe !isSpace(bytes, place, end) { place &+= 1 }
    return place
  }

  @inline(__always)
  private static func isSpace(_ bytes: UnsafePointer<UInt8>, _ place: Int, _ end: Int) -> Bool {
    // SAFETY: three bytes are left where they are looked at.
    unsafe place &+ 3 <= end && bytes[place] == 0xE2 && bytes[place &+ 1] == 0x96
      && bytes[place &+ 2] == 0x81
  }
}
