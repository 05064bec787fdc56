import ByteKernels
import TestSupport
import Testing

struct ByteSearchTests {
  @Test func `a byte is found where a plain loop finds it`() {
    var generator = SeededGenerator(seed: 3)
    for byteCount in 0..<130 {
      let bytes = (0..<byteCount).map { _ in UInt8.random(in: 0..<40, using: &generator) }
      for start in 0...byteCount {
        let expected = bytes[start...].firstIndex(of: 10)
        #expect(bytes.span.firstOffset(of: 10 as UInt8, from: start) == expected)
      }
    }
  }

  @Test func `a needle is found where a plain loop finds it`() {
    var generator = SeededGenerator(seed: 4)
    for byteCount in 0..<80 {
      let bytes = (0..<byteCount).map { _ in UInt8.random(in: 0..<3, using: &generator) }
      for needle: [UInt8] in [[], [1], [1, 2], [0, 0, 1], [2, 2, 2, 2]] {
        for start in 0...byteCount {
          let places = start...max(start, byteCount - needle.count)
          let expected = places.first { bytes.span.has(needle, at: $0) }
          #expect(bytes.span.firstOffset(of: needle, from: start) == expected)
        }
      }
    }
  }

  @Test(arguments: [
    ("", 0, true), ("ab", 0, true), ("bc", 1, true), ("cd", 2, false), ("b", 0, false),
  ])
  func `a prefix at an offset is recognised`(prefix: String, offset: Int, expected: Bool) {
    #expect(Array("abc".utf8).span.has(Array(prefix.utf8), at: offset) == expected)
  }
}
