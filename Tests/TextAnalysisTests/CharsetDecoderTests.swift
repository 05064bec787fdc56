import Testing

@testable import TextAnalysis

/// The decoders beside another implementation of the WHATWG Encoding Standard (encoding_rs, in Deno's
/// TextDecoder): hashes and counts of U+FFFD by `Tests/Tools/decoder-gold.js`.
struct CharsetDecoderTests {
  @Test(
    arguments: [
      ("ibm866", 2904356282, 0),
      ("iso-8859-2", 1739236060, 0),
      ("iso-8859-3", 122790421, 7),
      ("iso-8859-4", 2686299253, 0),
      ("iso-8859-5", 2818974701, 0),
      ("iso-8859-6", 3508971484, 45),
      ("iso-8859-7", 965895409, 3),
      ("iso-8859-8", 2096554365, 36),
      ("iso-8859-8-i", 2096554365, 36),
      ("iso-8859-10", 3429277023, 0),
      ("iso-8859-13", 1405690493, 0),
      ("iso-8859-14", 2023219123, 0),
      ("iso-8859-15", 370039698, 0),
      ("iso-8859-16", 3606242660, 0),
      ("koi8-r", 3838756433, 0),
      ("koi8-u", 146520573, 0),
      ("macintosh", 786116553, 0),
      ("windows-874", 2720038809, 8),
      ("windows-1250", 3066917137, 0),
      ("windows-1251", 2397933313, 0),
      ("windows-1252", 1562415752, 0),
      ("windows-1253", 3593515212, 3),
      ("windows-1254", 1119397316, 0),
      ("windows-1255", 3979289189, 10),
      ("windows-1256", 3048372971, 0),
      ("windows-1257", 1380759290, 2),
      ("windows-1258", 817193375, 0),
      ("x-mac-cyrillic", 203079215, 0),
      ("x-user-defined", 324910085, 0),
      ("gbk", 2352258837, 31957),
      ("gb18030", 2352258837, 31957),
      ("big5", 259544370, 52117),
      ("euc-jp", 2228478870, 92259),
      ("shift_jis", 1966348716, 32950),
      ("euc-kr", 3189714865, 53698),
      ("iso-2022-jp", 1756690882, 145667),
      ("utf-16le", 669198087, 54579),
      ("utf-16be", 3877199058, 54238),
      ("utf-8", 1816806153, 140664),
    ] as [(String, UInt32, Int)])
  func `every byte and pair, and noise cut anywhere, is read as the standard says`(
    name: String, hash: UInt32, replacementCount: Int
  ) throws {
    let charset = try #require(Charset.labelled(name))
    #expect(charset.name == name)
    var sum = Sum(charset)
    if charset.kind == .singleByte {
      for byte in 0...255 as ClosedRange<UInt8> { sum.take([byte]) }
    } else {
      for first in 0x80...0xFF as ClosedRange<UInt8> {
        for second in 0...0xFF as ClosedRange<UInt8> { sum.take([first, second]) }
      }
      for second in 0...0xFF as ClosedRange<UInt8> {
        for third in stride(from: 0x60, to: 0x100, by: 3) {
          sum.take([0x8F, second, UInt8(third), 0x41])
        }
      }
      var noise = Noise()
      for _ in 0..<20_000 { sum.take(noise.next(for: name)) }
    }
    #expect(sum.hash == hash)
    #expect(sum.replacementCount == replacementCount)
  }

  /// What the standard does not know is counted all the same.
  @Test(
    arguments: [
      ("utf-32", [0x41, 0, 0, 0, 0x34, 0xF6, 1, 0], "A😴", 0),
      (
        "utf-32be", [0, 1, 0xF6, 0x34, 0, 0, 0xD8, 0, 0, 0x11, 0, 0, 0],
        "😴\u{FFFD}\u{FFFD}\u{FFFD}", 3
      ),
      ("iso-2022-kr", [0x1B, 0x24, 0x29, 0x43, 0x0E, 0x30, 0x21, 0x0F, 0x61], "가a", 0),
      ("csiso2022kr", [0x1B, 0x24, 0x29, 0x43, 0x61], "a", 0),
      ("hz-gb-2312", Array("~{VPND~}".utf8), "中文", 0),
      ("euc-tw", [0xC5, 0xC6, 0x61], "文a", 0),
    ] as [(String, [UInt8], String, Int)])
  func `charsets that the standard lacks are read too`(
    name: String, bytes: [UInt8], text: String, replacementCount: Int
  ) throws {
    let charset = try #require(Charset.labelled(name))
    let decoded = TextDecoder().decoded(bytes, charset)
    #expect(String(decoding: decoded.bytes, as: UTF8.self) == text)
    #expect(decoded.1 == replacementCount)
  }

  @Test func `what is malformed can be left out, and is counted`() throws {
    let decoder = TextDecoder(DecodeSettings(invalid: .remove))
    for (name, bytes, text) in [
      ("shift_jis", [0x81, 0x3C, 0x62, 0x3E], "<b>"), ("big5", [0x80, 0x61, 0xA4], "a"),
      ("utf-16le", [0x00, 0xD8, 0x61, 0x00, 0x62], "a"), ("iso-8859-6", [0xA1, 0x61, 0xC7], "aا"),
      ("iso-2022-jp", [0x1B, 0x61, 0x0E], "a"),
    ] as [(String, [UInt8], String)] {
      let charset = try #require(Charset.labelled(name))
      let decoded = decoder.decoded(bytes, charset)
      #expect(String(decoding: decoded.bytes, as: UTF8.self) == text, "\(name)")
      #expect(decoded.1 > 0, "\(name)")
    }
  }

  private struct Sum {
    let charset: Charset
    var hash: UInt32 = 2_166_136_261
    var replacementCount = 0
    let decoder = TextDecoder()

    init(_ charset: Charset) { self.charset = charset }

    mutating func take(_ bytes: [UInt8]) {
      let text = decoder.decoded(bytes, charset).bytes
      for byte in text { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
      hash = (hash ^ 0x0A) &* 16_777_619
      for index in text.indices.dropLast(2) where text[index] == 0xEF {
        if text[index + 1] == 0xBF && text[index + 2] == 0xBD { replacementCount += 1 }
      }
    }
  }

  /// The same bytes as the tool makes.
  private struct Noise {
    private var state: UInt32 = 1

    private static let escapes: [[UInt8]] = [
      [0x1B, 0x24, 0x42], [0x1B, 0x28, 0x42], [0x1B, 0x28, 0x4A], [0x1B, 0x28, 0x49],
      [0x1B, 0x24, 0x40], [0x1B, 0x24], [0x1B], [0x1B, 0x28],
    ]

    private mutating func below(_ limit: UInt32) -> UInt32 {
      state = state &* 1_664_525 &+ 1_013_904_223
      return (state >> 8) % limit
    }

    mutating func next(for name: String) -> [UInt8] {
      var bytes: [UInt8] = []
      for _ in 0...below(12) {
        let kind = below(8)
        if name == "iso-2022-jp", kind < 3 {
          bytes += Self.escapes[Int(below(8))]
        } else if name.hasPrefix("utf-16"), kind < 4 {
          bytes.append(UInt8(0xD8 + below(8)))
          bytes.append(UInt8(0xD8 + below(8)))
        } else if kind < 4 {
          bytes.append(UInt8(0x80 + below(128)))
        } else {
          bytes.append(UInt8(kind < 6 ? 0x30 + below(10) : below(256)))
        }
      }
      return bytes
    }
  }
}
