import ByteKernels
import Testing

@testable import Documents

struct DeltaDecoderTests {
  /// Blocks of eight numbers: the first number 0, differences 1, 2 and 3 of eight bits each.
  private static let bytes: [UInt8] = [8, 1, 4, 0, 0, 8, 1, 2, 3]

  @Test func `a last miniblock may end behind its last number`() throws {
    var decoder = try DeltaDecoder(Self.bytes.span, 0..<Self.bytes.count)
    var all = decoder
    var numbers: [UInt64] = []
    try decoder.decode(Self.bytes.span, count: 4, into: &numbers)
    #expect(numbers == [0, 1, 3, 6])
    #expect(try all.finish(Self.bytes.span) == Self.bytes.count)
  }

  @Test func `one that ends before it is damage`() throws {
    let bytes = Self.bytes.dropLast()
    let page = Array(bytes)
    var decoder = try DeltaDecoder(page.span, 0..<page.count)
    var numbers: [UInt64] = []
    #expect(throws: ParquetFault.self) {
      try decoder.decode(page.span, count: 4, into: &numbers)
    }
  }
}
