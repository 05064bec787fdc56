import ByteKernels
import TestSupport
import Testing

struct TextBlockTests {
  /// Random bytes, half of them such as the classes are made of.
  private static func bytes(_ count: Int, _ generator: inout SeededGenerator) -> [UInt8] {
    let telling = Array("azAZ09_.,:;' \t\n\r\u{B}\u{C}@[`{/:!".utf8) + [0x1B, 0x1C, 0x1E, 0x1F]
    return (0..<count).map { _ in
      Bool.random(using: &generator)
        ? telling.randomElement(using: &generator) ?? 0
        : UInt8.random(in: 0...255, using: &generator)
    }
  }

  private static func mask(
    _ bytes: [UInt8], _ offset: Int, _ isIn: (UInt8) -> Bool
  ) -> UInt64 {
    var mask: UInt64 = 0
    for bit in 0..<64 where offset + bit < bytes.count && isIn(bytes[offset + bit]) {
      mask |= 1 << UInt64(bit)
    }
    return mask
  }

  @Test func `class masks are those of a loop over the bytes, at every offset and length`() {
    var generator = SeededGenerator(seed: 1)
    let white: Set<UInt8> = [9, 10, 11, 12, 13, 0x1C, 0x1D, 0x1E, 0x1F, 0x20]
    for length in 0...130 {
      let bytes = Self.bytes(length, &generator)
      for offset in Set([0, length, length / 2, max(0, length - 1), max(0, length - 64)]) {
        let block = TextBlock(bytes.span, at: offset)
        #expect(
          block.letters
            == Self.mask(bytes, offset) { (65...90).contains($0) || (97...122).contains($0) })
        #expect(block.digits == Self.mask(bytes, offset) { (48...57).contains($0) })
        #expect(block.underscores == Self.mask(bytes, offset) { $0 == 0x5F })
        #expect(block.whiteSpace == Self.mask(bytes, offset, white.contains))
        #expect(block.letterJoints == Self.mask(bytes, offset) { Array(":.'".utf8).contains($0) })
        #expect(block.digitJoints == Self.mask(bytes, offset) { Array(",;.'".utf8).contains($0) })
        #expect(block.notASCII == Self.mask(bytes, offset) { $0 >= 0x80 })
        let padded = bytes + [UInt8](repeating: 0, count: 130)
        for bit in 0..<64 {
          let repeats = padded[offset + bit] == padded[offset + bit + 1]
          #expect((block.repeatsNext >> UInt64(bit)) & 1 == (repeats ? 1 : 0))
        }
        let spaces = TextBlock.whiteSpace(bytes.span, at: offset)
        #expect(spaces.ascii == Self.mask(bytes, offset, white.contains))
        #expect(
          spaces.leads == Self.mask(bytes, offset) { [0xC2, 0xE1, 0xE2, 0xE3].contains($0) })
        let ends = TextBlock.lineEnds(bytes.span, at: offset)
        #expect(
          ends.ascii
            == Self.mask(bytes, offset) { (10...13).contains($0) || (0x1C...0x1E).contains($0) })
        #expect(ends.leads == Self.mask(bytes, offset) { [0xC2, 0xE2].contains($0) })
      }
    }
  }

  @Test func `tallies are those of a loop over the bytes`() {
    var generator = SeededGenerator(seed: 2)
    for length in Array(0...130) + [1000, 4096] {
      let bytes = Self.bytes(length, &generator)
      let expected = bytes.indices.filter { bytes[$0] == 0x2E }
      #expect(ByteTally.count(0x2E, in: bytes.span) == expected.count)
      #expect(ByteTally.offsets(of: 0x2E, in: bytes.span) == expected)
      #expect(ByteTally.count(0, in: bytes.span) == bytes.count { $0 == 0 })
      #expect(ByteTally.offsets(of: 0, in: bytes.span) == bytes.indices.filter { bytes[$0] == 0 })
      #expect(ByteTally.scalars(in: bytes.span) == bytes.count { $0 & 0xC0 != 0x80 })
    }
  }
}
