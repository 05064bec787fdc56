internal import ByteKernels

/// The units of a text, joined so that neighbours are a slice of it.
struct UnitText {
  /// Words with one space between them, or characters with nothing.
  private(set) var bytes: [UInt8]
  private(set) var count: Int
  let areCharacters: Bool

  /// No words yet.
  init() { (bytes, count, areCharacters) = ([], 0, false) }

  /// The characters of a text: its code points.
  init(characters: [UInt8]) {
    (bytes, areCharacters) = (characters, true)
    count = 0
    var position = 0
    while position < bytes.count {
      position = end(of: position)
      count += 1
    }
  }

  /// Words that have one space between them already.
  init(words: [UInt8]) {
    (bytes, areCharacters) = (words, false)
    count = words.isEmpty ? 0 : words.count { $0 == 0x20 } + 1
  }

  mutating func append(word: Span<UInt8>) {
    if count > 0 { bytes.append(0x20) }
    bytes.append(copying: word)
    count += 1
  }

  /// Where the unit ends that begins at a position.
  func end(of start: Int) -> Int {
    var end = start
    if areCharacters {
      // A byte that belongs to no character counts as one.
      end += 1
      while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
    } else {
      while end < bytes.count, bytes[end] != 0x20 { end += 1 }
    }
    return end
  }

  /// Where the next unit begins after one that ends at a position.
  func start(after end: Int) -> Int { areCharacters ? end : end + 1 }
}
