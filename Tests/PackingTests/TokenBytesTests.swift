import ByteKernels
import TestSupport
import Testing

@testable import Packing

struct TokenBytesTests {
  @Test func `stores equal the reference at every length and alignment`() {
    var generator = SeededGenerator(seed: 3)
    for length in 0...130 {
      let tokens = (0..<length).map { _ in UInt32.random(in: 0...65_535, using: &generator) }
      let large = (0..<length).map { _ in UInt32.random(in: 0...UInt32.max, using: &generator) }
      for offset in [0, 1, 2, 3, 7, 8, 15, 16, 31] {
        var buffer = [UInt8](repeating: 0xA5, count: offset + 4 * length + 5)
        #expect(TokenBytes.store16(tokens.span, in: &buffer, at: offset) == tokens.max() ?? 0)
        let narrow = MegatronReference.tokens([tokens], width: 2)
        #expect(Array(buffer[offset..<(offset + 2 * length)]) == narrow)
        #expect(buffer[..<offset].allSatisfy { $0 == 0xA5 })
        #expect(buffer[(offset + 2 * length)...].allSatisfy { $0 == 0xA5 })

        #expect(TokenBytes.store32(large.span, in: &buffer, at: offset) == large.max() ?? 0)
        let wide = MegatronReference.tokens([large], width: 4)
        #expect(Array(buffer[offset..<(offset + 4 * length)]) == wide)
        #expect(buffer[(offset + 4 * length)...].allSatisfy { $0 == 0xA5 })

        let back = TokenBytes.load(wide.span.raw, as: .int32)
        #expect(back.ids == large)
        #expect(back.firstImpossible == large.firstIndex { $0 > UInt32(Int32.max) })
      }
    }
  }

  @Test func `the largest id is found wherever it stands`() {
    for length in 1...130 {
      for position in 0..<length {
        var tokens = [UInt32](repeating: 5, count: length)
        tokens[position] = 0x8000_0001
        var buffer = [UInt8](repeating: 0, count: 2 * length)
        #expect(TokenBytes.store16(tokens.span, in: &buffer, at: 0) == 0x8000_0001)
      }
    }
  }
}
