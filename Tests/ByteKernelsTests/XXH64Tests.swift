import ByteKernels
import TestSupport
import Testing

struct XXH64Tests {
  @Test(arguments: [
    ("", 0 as UInt64, 0xEF46_DB37_51D8_E999 as UInt64),
    ("a", 0, 0xD24E_C4F1_A98C_6E5B),
    ("abc", 0, 0x44BC_2CF5_AD77_0999),
    ("Nobody inspects the spammish repetition", 0, 0xFBCE_A83C_8A37_8BF1),
  ])
  func `the hash of known texts is the published one`(text: String, seed: UInt64, hash: UInt64) {
    #expect(XXH64.hash(Array(text.utf8).span, seed: seed) == hash)
  }

  @Test func `any cut into updates gives the hash of the whole`() {
    var generator = SeededGenerator(seed: 7)
    for byteCount in 0..<130 {
      let bytes = (0..<byteCount).map { _ in UInt8.random(in: 0...255, using: &generator) }
      let whole = XXH64.hash(bytes.span)
      for cut in 0...byteCount {
        var running = XXH64()
        running.update(bytes.span.extracting(0..<cut).raw)
        running.update(bytes.span.extracting(cut..<byteCount).raw)
        #expect(running.digest() == whole)
      }
    }
  }
}
