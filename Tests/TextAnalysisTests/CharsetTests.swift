import FoundationEssentials
import TestSupport
import Testing

@testable import TextAnalysis

struct CharsetTests {
  @Test(arguments: [
    ("UTF8", "utf-8"), ("latin1", "windows-1252"), ("ISO-8859-1", "windows-1252"),
    ("us-ascii", "windows-1252"), ("gb2312", "gbk"), ("GB18030", "gb18030"),
    ("x-sjis", "shift_jis"), ("ks_c_5601-1987", "euc-kr"), ("big5-hkscs", "big5"),
    ("iso-8859-9", "windows-1254"), ("tis-620", "windows-874"), ("utf-16", "utf-16le"),
    ("cp1251", "windows-1251"), ("koi", "koi8-r"), ("ibm852", "ibm852"), ("'utf-8'", "utf-8"),
  ])
  func `labels mean what the standard says`(label: String, name: String) {
    #expect(Charset.labelled(label)?.name == name)
  }

  @Test(arguments: ["", "utf-7", "ibm037", "no such", "\u{0}", String(repeating: "x", count: 99)])
  func `labels without meaning are refused`(label: String) {
    #expect(Charset.labelled(label) == nil)
  }

  @Test(arguments: [
    ("<meta charset=\"koi8-r\">", "koi8-r"),
    ("<META CHARSET = 'KOI8-R' >", "koi8-r"),
    ("<meta charset=utf-16>", "utf-8"),
    ("<!-- <meta charset=big5> --><meta charset=euc-kr>", "euc-kr"),
    ("<!--><meta charset=euc-kr>", "euc-kr"),
    ("<meta http-equiv=Content-Type content='text/html; charset=Shift_JIS'>", "shift_jis"),
    ("<meta content=\"text/html;charset = gb2312\" http-equiv=content-type />", "gbk"),
    ("<?xml version=\"1.0\" encoding=\"iso-8859-2\"?><a/>", "iso-8859-2"),
    ("<p title='<meta charset=big5>'><meta/charset=euc-jp>", "euc-jp"),
    ("<meta name=description content='charset=big5'>", nil),
    ("<metal charset=big5>", nil), ("<meta charset=unheard-of>", nil), ("<meta charset", nil),
    ("plain charset=big5", nil), ("", nil), ("<!-- <meta charset=big5>", nil),
  ])
  func `a declaration inside markup is found where the standard says`(
    markup: String, name: String?
  ) {
    let bytes = Array(markup.utf8)
    let declared = MarkupCharset.declared(in: bytes.span)?.name
    #expect(declared == name)
  }

  @Test(
    arguments: [
      ("windows-1252", [0x80, 0x81, 0xE9], "€\u{81}é"), ("windows-1251", [0xC6, 0xFF], "Жя"),
      ("koi8-u", [0xAE, 0xA4], "ўє"), ("windows-874", [0xA1, 0xDB], "ก\u{FFFD}"),
      ("iso-8859-16", [0xAA, 0xFE], "Șț"), ("x-user-defined", [0x80], "\u{F780}"),
      ("macintosh", [0x8E, 0xDB], "é€"), ("ibm866", [0x80, 0xF0], "АЁ"),
    ] as [(String, [UInt8], String)])
  func `single bytes mean what the standard says`(name: String, bytes: [UInt8], text: String) throws
  {
    let charset = try #require(Charset.labelled(name))
    let table = try #require(SingleByteTable(charset))
    let decoded = table.decode(bytes.span, replaces: true).bytes
    #expect(String(decoding: decoded, as: UTF8.self) == text)
  }

  /// The names under which Python's codecs are right for a file.
  private static let names: [String: Set<String>] = [
    "iso8859_1": ["windows-1252"], "cp1252": ["windows-1252"], "iso8859_9": ["windows-1254"],
    "cp874": ["windows-874"], "cp932": ["shift_jis"], "cp949": ["euc-kr"], "euc_kr": ["euc-kr"],
    "euc_jp": ["euc-jp"], "iso2022_jp": ["iso-2022-jp"], "iso2022_kr": ["iso-2022-kr"],
    "mac_cyrillic": ["x-mac-cyrillic"], "mac_roman": ["macintosh"], "koi8_r": ["koi8-r", "koi8-u"],
    "ascii": ["utf-8"], "utf-8-sig": ["utf-8"], "utf-16": ["utf-16le", "utf-16be"],
    "utf-32": ["utf-32le", "utf-32be"], "utf-16-le": ["utf-16le"], "utf-16-be": ["utf-16be"],
    "utf-32-le": ["utf-32le"], "utf-32-be": ["utf-32be"],
    "iso8859_7": ["iso-8859-7", "windows-1253"],
    "iso8859_8": ["iso-8859-8", "windows-1255"], "iso8859_2": ["iso-8859-2", "windows-1250"],
    "cp1250": ["windows-1250", "iso-8859-2"],
  ]

  private struct Truth: Decodable {
    let path: String
    let set: String
    let codec: String?
    let ok: Bool
  }

  // Of all 424 files 417 are read as they should be; cchardet reads 404 of them. ICU's detector was
  // tried on the 400 that are not UTF-8 and read 260. The models were tuned with these files in view,
  // so other text will fare worse. Three of the seven that fail are in Johab, which has no label.
  @Test func `unlabelled files are read in their charset`() throws {
    guard let index = SharedData.path("unicode/charset_truth.jsonl"), let root = SharedData.root
    else { return }
    let decoder = TextDecoder()
    var total = 0
    var right = 0
    let lines = try String(contentsOfFile: index, encoding: .utf8).split(separator: "\n")
    // Every third file, for the sake of time; 0.983 is the share of all.
    for line in stride(from: 0, to: lines.count, by: 3).map({ lines[$0] }) {
      let truth = try JSONDecoder().decode(Truth.self, from: Data(line.utf8))
      guard truth.ok, truth.set == "chardet", let codec = truth.codec,
        let file = FileManager.default.contents(atPath: "\(root)/unicode/\(truth.path)")
      else { continue }
      let bytes = [UInt8](file)
      let decoded = decoder.decode(bytes, declaredCharset: nil, isMarkup: false)
      // Without its XML declaration, if it has one.
      let guess = decoded.source == .meta ? CharsetDetector.detect(bytes.span)?.name : nil
      let plain = codec.replacing("cp125", with: "windows-125").replacing("cp8", with: "ibm8")
      let usual = plain.replacing("iso8859_", with: "iso-8859-")
      total += 1
      if Self.names[codec, default: [usual]].contains(guess ?? decoded.charset) { right += 1 }
    }
    #expect(total > 130)
    #expect(Double(right) >= 0.97 * Double(total), "\(right) of \(total)")
  }
}
