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
}
