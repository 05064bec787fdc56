import TestSupport
import Testing

@testable import TextAnalysis

struct TextDecoderTests {
  private static let windows1251: [UInt8] = [
    0xCF, 0xF0, 0xE8, 0xE2, 0xE5, 0xF2, 0x2C, 0x20, 0xEC, 0xE8, 0xF0,
  ]
  private static let eAcute: [UInt8] = [0x63, 0x61, 0x66, 0xE9]
  private static let shiftJIS: [UInt8] = [
    0x82, 0xB1, 0x82, 0xF1, 0x82, 0xC9, 0x82, 0xBF, 0x82, 0xCD,
  ]

  private func decode(
    _ bytes: [UInt8], http: String? = nil, isMarkup: Bool = false,
    invalid: InvalidBytes = .replace, detects: Bool = true
  ) -> DecodedText {
    TextDecoder(DecodeSettings(invalid: invalid, detectCharset: detects))
      .decode(bytes, declaredCharset: http, isMarkup: isMarkup)
  }

  @Test(
    arguments: [
      ([0xEF, 0xBB, 0xBF, 0x61], "latin1", "a", "utf-8", .bom),
      ([0xFF, 0xFE, 0x61, 0x00], "utf-8", "a", "utf-16le", .bom),
      ([0xFE, 0xFF, 0x04, 0x16], nil, "Ж", "utf-16be", .bom),
      ([0xFF, 0xFE, 0x00, 0x00, 0x61, 0x00, 0x00, 0x00], nil, "a", "utf-32le", .bom),
      (Array("abc".utf8), nil, "abc", "utf-8", .utf8),
      (Array("abc".utf8), "ISO-8859-1", "abc", "windows-1252", .http),
      (Array("été".utf8), nil, "été", "utf-8", .utf8),
      (Array("été".utf8), "utf8", "été", "utf-8", .http),
      (Array("été".utf8), "iso-8859-1", "été", "utf-8", .utf8),
      (eAcute, "latin1", "café", "windows-1252", .http),
      (eAcute, " \"ISO-8859-1\"; ", "café", "windows-1252", .http),
      (eAcute, "no-such-charset", "café", "windows-1252", .detection),
      ([0x80], "iso-8859-1", "€", "windows-1252", .http),
      (windows1251, "windows-1251", "Привет, мир", "windows-1251", .http),
      (windows1251, nil, "Привет, мир", "windows-1251", .detection),
      (windows1251, "utf-8", "Привет, мир", "windows-1251", .detection),
      (shiftJIS, "x-sjis", "こんにちは", "shift_jis", .http),
      (shiftJIS, nil, "こんにちは", "shift_jis", .detection),
      (Array("~{VPND~}".utf8), nil, "中文", "hz-gb-2312", .detection),
      ([0x1B, 0x24, 0x42, 0x24, 0x22, 0x1B, 0x28, 0x42], nil, "あ", "iso-2022-jp", .detection),
      ([], nil, "", "utf-8", .utf8),
    ] as [([UInt8], String?, String, String, CharsetSource)])
  func `labels and bytes are weighed`(
    bytes: [UInt8], http: String?, text: String, charset: String, source: CharsetSource
  ) {
    let decoded = decode(bytes, http: http)
    let expected = DecodedText(
      bytes: Array(text.utf8), charset: charset, source: source, replacementCount: 0)
    #expect(decoded == expected)
  }

  @Test func `the header comes before the markup unless the bytes speak for the markup`() {
    let page = Array("<meta charset=windows-1251><p>".utf8) + Self.windows1251
    #expect(decode(page, isMarkup: true).source == .meta)
    #expect(decode(page, isMarkup: false).source == .detection)
    let wrongHeader = decode(page, http: "iso-8859-1", isMarkup: true)
    #expect(wrongHeader.charset == "windows-1251" && wrongHeader.source == .meta)
    let other = Array("<meta charset=koi8-r><p>".utf8) + Self.windows1251
    let wrongMarkup = decode(other, http: "windows-1251", isMarkup: true)
    #expect(wrongMarkup.charset == "windows-1251" && wrongMarkup.source == .http)
  }

  @Test func `an XML declaration counts whatever the media type is`() {
    let feed = Array("<?xml version='1.0' encoding='koi8-r'?><a>".utf8) + Self.windows1251
    #expect(decode(feed).charset == "koi8-r")
    #expect(decode(feed, http: "windows-1251").charset == "windows-1251")
  }

  @Test func `text that is UTF-8 but for a few bytes stays UTF-8, with the damage counted`() {
    let text = Array(String(repeating: "Grüße aus Köln. ", count: 20).utf8) + [0xFF, 0xC3]
    for label in [nil, "utf-8", "iso-8859-1"] {
      let decoded = decode(text, http: label)
      #expect(decoded.charset == "utf-8" && decoded.replacementCount == 2)
    }
    #expect(decode(text, invalid: .remove).bytes == Array(text.dropLast(2)))
    #expect(decode(text, invalid: .remove).replacementCount == 2)
    let strict = TextDecoder(DecodeSettings(invalid: .dropDocument))
    let damaged = strict.decode(text, declaredCharset: nil, isMarkup: false)
    let whole = strict.decode(Array("é".utf8), declaredCharset: nil, isMarkup: false)
    #expect(strict.drops(damaged))
    #expect(!strict.drops(whole))
  }

  @Test func `without detection the label holds, or windows-1252`() {
    let fallback = decode(Self.windows1251, detects: false)
    #expect(fallback.charset == "windows-1252" && fallback.source == .fallback)
    let labelled = decode(Self.windows1251, http: "utf-8", detects: false)
    #expect(labelled.charset == "utf-8" && labelled.replacementCount == 9)
  }

  @Test func `malformed double-byte characters are counted`() {
    let decoded = decode(
      Array(repeating: Self.shiftJIS, count: 20).flatMap { $0 } + [0x82], http: "shift_jis")
    #expect(decoded.replacementCount == 1)
    #expect(decoded.bytes.suffix(3) == [0xEF, 0xBF, 0xBD])
  }

  @Test func `input that must be UTF-8 is only repaired`() {
    let decoder = TextDecoder()
    let decoded = decoder.decodeInput([0x61, 0xE9, 0x62])
    #expect(decoded.source == .input && decoded.replacementCount == 1)
    #expect(decoded.bytes == Array("a\u{FFFD}b".utf8))
  }

  @Test func `a file with a label that lies about its width is read by its bytes`() {
    let text = Array("plain words".utf8)
    #expect(decode(text, http: "utf-16").charset == "utf-8")
    #expect(decode(Self.eAcute + text, http: "utf-16").charset == "windows-1252")
    let wide: [UInt8] = text.flatMap { [$0, 0] }
    let decoded = decode(wide)
    #expect(decoded.charset == "utf-16le" && decoded.bytes == text)
  }
}
