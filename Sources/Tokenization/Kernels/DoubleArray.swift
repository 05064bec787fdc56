/// A trie in the layout of darts-clone, as SentencePiece's character maps hold it.
///
/// A unit is 32 bits: the label in the low 8, whether a value follows in bit 8, the offset to the units
/// below in the others (shifted by 8 more where bit 9 is set). A value has bit 31. The unit below a node
/// by a byte is at the node's offset, exclusive-or the byte; no key holds a zero byte.
/// (github.com/s-yata/darts-clone)
@safe final class DoubleArray: Sendable {
  struct Match {
    var byteCount: Int
    var value: Int
  }

  private let storage: [UInt32]
  nonisolated(unsafe) private let units: UnsafeMutablePointer<UInt32>

  /// Takes units from a file; nil when they lead outside of themselves or round in circles.
  init?(_ words: [UInt32], valueLimit: Int) {
    storage = words
    unsafe units = .allocate(capacity: max(1, words.count))
    unsafe units.initialize(repeating: 0, count: max(1, words.count))
    for (index, word) in words.enumerated() { unsafe units[index] = word }
    if !leadsNowhereElse(valueLimit) || !ends() { return nil }
  }

  deinit {
    unsafe units.deallocate()
  }

  @inline(__always)
  private static func label(_ unit: UInt32) -> UInt32 { unit & 0x8000_00FF }

  @inline(__always)
  private static func offset(_ unit: UInt32) -> Int {
    Int((unit &>> 10) &<< ((unit & (1 &<< 9)) &>> 6))
  }

  @inline(__always)
  private static func hasValue(_ unit: UInt32) -> Bool { unit &>> 8 & 1 != 0 }

  /// The longest of the first `limit` keys that `byteCount` bytes begin with.
  @inline(__always)
  func longest(_ bytes: UnsafePointer<UInt8>, _ byteCount: Int, limit: Int) -> Match? {
    var match: Match?
    var count = 0
    unsafe walk(bytes, byteCount) { found in
      match = found
      count &+= 1
      return count < limit
    }
    return match
  }

  /// The shortest key that a text begins with.
  func shortest(_ text: ArraySlice<UInt8>) -> Match? {
    var match: Match?
    unsafe text.withUnsafeBufferPointer { buffer in
      guard let bytes = buffer.baseAddress else { return }
      unsafe walk(bytes, buffer.count) { found in
        match = found
        return false
      }
    }
    return match
  }

  @inline(__always)
  private func walk(
    _ bytes: UnsafePointer<UInt8>, _ byteCount: Int, _ body: (Match) -> Bool
  ) {
    // SAFETY: the initializer has checked that all that an inner unit can lead to is inside the array.
    var place = unsafe Self.offset(units[0])
    for index in 0..<byteCount {
      let byte = unsafe bytes[index]
      place ^= Int(byte)
      let unit = unsafe units[place]
      if Self.label(unit) != UInt32(byte) || byte == 0 { return }
      place ^= Self.offset(unit)
      if Self.hasValue(unit) {
        let value = unsafe Int(units[place] & 0x7FFF_FFFF)
        if !body(Match(byteCount: index &+ 1, value: value)) { return }
      }
    }
  }

  /// The bytes that some key begins with, and those among them that are keys, or that a key of two
  /// ASCII characters begins with.
  func firstBytes() -> (begins: [Bool], isKeyInASCII: [Bool]) {
    var begins = [Bool](repeating: false, count: 256)
    var isKeyInASCII = [Bool](repeating: false, count: 256)
    let root = Self.offset(storage[0])
    for byte in 1..<256 {
      let unit = storage[root ^ byte]
      if Self.label(unit) != UInt32(byte) { continue }
      begins[byte] = true
      let below = root ^ byte ^ Self.offset(unit)
      isKeyInASCII[byte] =
        Self.hasValue(unit)
        || (1..<128).contains { Self.label(storage[below ^ $0]) == UInt32($0) }
    }
    return (begins, isKeyInASCII)
  }

  /// One bit for every scalar: whether some key begins with it; nil when a key ends inside a character.
  func firstScalars() -> [UInt64]? {
    var bits = [UInt64](repeating: 0, count: 0x110000 / 64)
    var paths: [(place: Int, scalar: UInt32, missing: Int)] = [(Self.offset(storage[0]), 0, -1)]
    while let path = paths.popLast() {
      for byte in (path.missing < 0 ? 1 : 0x80)..<(path.missing < 0 ? 0xF5 : 0xC0) {
        let unit = storage[path.place ^ byte]
        if Self.label(unit) != UInt32(byte) { continue }
        let isLead = path.missing < 0
        if isLead, (0x80..<0xC2).contains(byte) { return nil }
        let length = isLead ? SentencePieceNormalizer.characterByteCount(UInt8(byte)) : 0
        let missing = isLead ? length - 1 : path.missing - 1
        let kept = isLead ? (byte < 0x80 ? 0x7F : 0xFF >> (length + 1)) : 0x3F
        let scalar = path.scalar << 6 | UInt32(byte & kept)
        if missing == 0 {
          if scalar < 0x110000 { bits[Int(scalar >> 6)] |= 1 << UInt64(scalar & 63) }
        } else if Self.hasValue(unit) {
          return nil
        } else {
          paths.append((path.place ^ byte ^ Self.offset(unit), scalar, missing))
        }
      }
    }
    return bits
  }

  /// All values, in no order.
  var values: [Int] {
    storage.filter { $0 >> 31 != 0 }.map { Int($0 & 0x7FFF_FFFF) }
  }

  /// True when every unit's offset stays inside, whatever the byte, and every value is below the limit.
  private func leadsNowhereElse(_ valueLimit: Int) -> Bool {
    guard let first = storage.first, Self.label(first) == 0, !Self.hasValue(first),
      Self.offset(first) != 0
    else { return false }
    for (index, unit) in storage.enumerated() {
      if index > 0, Self.label(unit) > 0xFF {
        if Int(unit & 0x7FFF_FFFF) >= valueLimit { return false }
        continue
      }
      let below = index ^ Self.offset(unit)
      if below | 0xFF >= storage.count { return false }
      if Self.hasValue(unit), Self.label(storage[below]) <= 0xFF { return false }
    }
    return true
  }

  /// True when every way down ends: units share what is below them, but none is above itself.
  private func ends() -> Bool {
    var isDone = [Bool](repeating: false, count: storage.count)
    var isOpen = isDone
    var path: [(unit: Int, byte: Int)] = [(0, 1)]
    isOpen[0] = true
    while let (unit, byte) = path.last {
      if byte == 256 {
        isOpen[unit] = false
        isDone[unit] = true
        path.removeLast()
        continue
      }
      path[path.count - 1].byte += 1
      let below = unit ^ Self.offset(storage[unit]) ^ byte
      if Self.label(storage[below]) != UInt32(byte) { continue }
      if isOpen[below] { return false }
      if isDone[below] { continue }
      isOpen[below] = true
      path.append((below, 1))
    }
    return true
  }
}
