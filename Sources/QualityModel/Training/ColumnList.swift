/// Ascending numbers in few bytes that are fast to read: the Elias-Fano code with whole bytes.
///
/// Of each number the low 1, 2 or 4 bytes are written as they are. The rest, its high part, is the number
/// of zeros before the number's one in a bitmap: bit `high + position` is set. A list is the bitmap, in
/// words of 64 bits, then the low parts.
///
/// Source: Elias 1974, "Efficient storage and retrieval by content and address of static files".
enum ColumnList {
  /// The widths of low parts, in bytes.
  static let widths = [1, 2, 4]

  /// Words of the bitmap of `count` numbers below `limit`.
  @inline(__always)
  static func wordCount(_ count: Int, below limit: Int, width: Int) -> Int {
    count == 0 ? 0 : (count &+ ((limit &- 1) &>> (8 &* width)) &+ 63) &>> 6
  }

  @inline(__always)
  static func byteCount(_ count: Int, below limit: Int, width: Int) -> Int {
    8 &* wordCount(count, below: limit, width: width) &+ width &* count
  }

  /// The width that takes the fewest bytes; the narrowest of equals.
  static func bestWidth(_ count: Int, below limit: Int) -> Int {
    var best = widths[0]
    for width in widths.dropFirst()
    where byteCount(count, below: limit, width: width) < byteCount(count, below: limit, width: best)
    {
      best = width
    }
    return best
  }

  /// Adds a list; `words` is scratch.
  static func append(
    _ numbers: [UInt32], below limit: Int, width: Int, words: inout [UInt64],
    to bytes: inout [UInt8]
  ) {
    let wordCount = wordCount(numbers.count, below: limit, width: width)
    words.removeAll(keepingCapacity: true)
    words.append(contentsOf: repeatElement(0, count: wordCount))
    let shift = UInt64(8 * width)
    for (position, number) in numbers.enumerated() {
      let bit = Int(truncatingIfNeeded: UInt64(number) &>> shift) &+ position
      words[bit &>> 6] |= 1 &<< UInt64(bit & 63)
    }
    for word in words { append(word, width: 8, to: &bytes) }
    switch width {
    case 1: bytes.append(contentsOf: numbers.lazy.map { UInt8(truncatingIfNeeded: $0) })
    default: for number in numbers { append(UInt64(number), width: width, to: &bytes) }
    }
  }

  /// Adds the low `width` bytes of a number.
  @inline(__always)
  static func append(_ number: UInt64, width: Int, to bytes: inout [UInt8]) {
    for index in 0..<width {
      bytes.append(UInt8(truncatingIfNeeded: number &>> UInt64(8 &* index)))
    }
  }
}
