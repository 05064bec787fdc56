import ByteKernels
import TestSupport
import Testing

struct WideTranscoderTests {
  /// What a transcoder makes of bytes that come in pieces of so many.
  private func transcode(
    _ bytes: [UInt8], _ encoding: WideTranscoder.Encoding, pieceByteCount: Int
  ) -> (text: [UInt8], replacementCount: Int) {
    var transcoder = WideTranscoder(encoding)
    var output = ByteBuffer()
    var (start, end) = (0, 0)
    while end < bytes.count || start < end {
      end = min(bytes.count, end + pieceByteCount)
      let piece = Array(bytes[start..<end])
      let isLast = end == bytes.count
      start += transcoder.transcode(piece.span, isLast: isLast, into: &output)
    }
    return ([UInt8](copying: output.bytes), transcoder.replacementCount)
  }

  @Test func `UTF-16 is decoded as the standard library does, however it is cut`() {
    var generator = SeededGenerator(seed: 16)
    for _ in 0..<300 {
      let units = (0..<Int.random(in: 0..<40, using: &generator)).map { _ -> UInt16 in
        switch UInt8.random(in: 0..<5, using: &generator) {
        case 0: UInt16.random(in: 0xD800...0xDFFF, using: &generator)
        case 1: UInt16.random(in: 0...0x7F, using: &generator)
        default: UInt16.random(in: 0...UInt16.max, using: &generator)
        }
      }
      let expected = Array(String(decoding: units, as: UTF16.self).utf8)
      let little = units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
      let big = units.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
      for pieceByteCount in [1, 2, 3, 7, 1000] {
        #expect(
          transcode(little, .utf16LittleEndian, pieceByteCount: pieceByteCount).text == expected)
        #expect(transcode(big, .utf16BigEndian, pieceByteCount: pieceByteCount).text == expected)
      }
    }
  }

  @Test func `UTF-32 is decoded as the standard library does, however it is cut`() {
    var generator = SeededGenerator(seed: 32)
    for _ in 0..<300 {
      let numbers = (0..<Int.random(in: 0..<20, using: &generator)).map { _ in
        UInt32.random(
          in: 0...(Bool.random(using: &generator) ? 0x11_0010 : 0xFFFF), using: &generator)
      }
      let scalars = numbers.map { Unicode.Scalar($0) ?? "\u{FFFD}" }
      let expected = Array(String(String.UnicodeScalarView(scalars)).utf8)
      let little = numbers.flatMap { number in (0..<4).map { UInt8(number >> (8 * $0) & 0xFF) } }
      let big = numbers.flatMap { number in (0..<4).map { UInt8(number >> (24 - 8 * $0) & 0xFF) } }
      for pieceByteCount in [1, 3, 4, 1000] {
        let result = transcode(little, .utf32LittleEndian, pieceByteCount: pieceByteCount)
        #expect(result.text == expected)
        #expect(result.replacementCount == numbers.filter { Unicode.Scalar($0) == nil }.count)
        #expect(transcode(big, .utf32BigEndian, pieceByteCount: pieceByteCount).text == expected)
      }
    }
  }

  /// Made by Python: `bytes.decode(encoding, "replace")`.
  @Test(arguments: [
    ([0x61, 0, 0x3D, 0xD8], WideTranscoder.Encoding.utf16LittleEndian, "a\u{FFFD}"),
    ([0x61, 0, 0x3D, 0xD8, 1], .utf16LittleEndian, "a\u{FFFD}"),
    ([0x61, 0, 1], .utf16LittleEndian, "a\u{FFFD}"),
    ([0x3D, 0xD8, 0x61, 0], .utf16LittleEndian, "\u{FFFD}a"),
    ([0, 0xDC, 0x61, 0], .utf16LittleEndian, "\u{FFFD}a"),
    ([0x3D, 0xD8, 0x3D, 0xD8, 0, 0xDE], .utf16LittleEndian, "\u{FFFD}\u{1F600}"),
    ([0x61, 0, 0, 0, 1, 2], .utf32LittleEndian, "a\u{FFFD}"),
    ([0, 0xD8, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF], .utf32LittleEndian, "\u{FFFD}\u{FFFD}"),
  ])
  func `what is malformed is replaced as Python does`(
    bytes: [UInt8], encoding: WideTranscoder.Encoding, text: String
  ) {
    for pieceByteCount in [1, 2, 100] {
      let result = transcode(bytes, encoding, pieceByteCount: pieceByteCount)
      #expect(String(decoding: result.text, as: UTF8.self) == text)
      #expect(result.replacementCount == text.unicodeScalars.filter { $0 == "\u{FFFD}" }.count)
    }
  }
}
