import ByteKernels
import TestSupport
import Testing

struct Murmur3Tests {
  @Test(arguments: [
    ("", 0 as UInt32, 0 as UInt32),
    ("", 1, 0x514E_28B7),
    ("hello", 0, 613_153_351),
    ("", 42, 142_593_372),
    ("a", 42, UInt32(bitPattern: -1_293_573_533)),
    ("abc", 42, 1_313_807_976),
    ("abcd", 42, UInt32(bitPattern: -396_302_900)),
  ])
  func `the hash of known texts is the published one`(text: String, seed: UInt32, hash: UInt32) {
    #expect(Murmur3.hash32(Array(text.utf8).span, seed: seed) == hash)
  }

  @Test func `every length gives the hash of the byte-by-byte reference`() {
    var generator = SeededGenerator(seed: 3)
    for byteCount in 0...130 {
      for _ in 0..<8 {
        let bytes = (0..<byteCount).map { _ in UInt8.random(in: 0...255, using: &generator) }
        let seed = UInt32.random(in: 0...UInt32.max, using: &generator)
        #expect(Murmur3.hash32(bytes.span, seed: seed) == Murmur3Reference.hash(bytes, seed: seed))
      }
    }
  }
}
