internal import ByteKernels

/// How many letters a text has, and how many of them are of scripts written without spaces.
package struct LetterCounts: Sendable, Equatable {
  package private(set) var letterCount = 0
  /// Han, Hiragana, Katakana, Thai, Lao, Khmer, Myanmar.
  package private(set) var unspacedLetterCount = 0

  init(of bytes: [UInt8]) {
    let text = bytes.span
    var base = 0
    while base < text.count {
      let block = TextBlock(text, at: base)
      letterCount &+= block.letters.nonzeroBitCount
      var rest = block.notASCII
      while rest != 0 {
        let offset = base &+ rest.trailingZeroBitCount
        rest &= rest &- 1
        if text[offset] & 0xC0 == 0x80 { continue }
        let properties = ScalarProperties(of: ScalarReader.read(text, at: offset).scalar)
        guard properties.isLetter else { continue }
        letterCount &+= 1
        unspacedLetterCount &+= properties.isUnspaced ? 1 : 0
      }
      base &+= TextBlock.byteCount
    }
  }

  /// Whether most letters are of scripts written without spaces.
  package var isMostlyUnspaced: Bool { 2 * unspacedLetterCount > letterCount }
}
