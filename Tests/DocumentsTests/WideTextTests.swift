import Documents
import TestSupport
import Testing

/// Lines and rows in UTF-16 and UTF-32, as Excel and PowerShell write them.
struct WideTextTests {
  private static let charsets = ["utf-16le", "utf-16be", "utf-32le", "utf-32be"]

  private func encode(_ text: String, _ charset: String) -> [UInt8] {
    let isBig = charset.hasSuffix("be")
    func bytes(_ number: UInt32, _ count: Int) -> [UInt8] {
      (0..<count).map { UInt8(number >> UInt32(8 * (isBig ? count - 1 - $0 : $0)) & 0xFF) }
    }
    let marked = "\u{FEFF}" + text
    return charset.hasPrefix("utf-16")
      ? marked.utf16.flatMap { bytes(UInt32($0), 2) }
      : marked.unicodeScalars.flatMap { bytes($0.value, 4) }
  }

  @Test(arguments: charsets)
  func `lines are cut in the text, not in its bytes`(charset: String) throws {
    // U+0A0D and U+220A hold the bytes of line ends, U+2C22 those of a comma and a quote.
    let words = "ਊ\u{0A0D}∊ \u{2C22} 😀 ü"
    let cases = [
      ("json-lines", "{\"id\":\"1\",\"text\":\"\(words)\"}\r\n{\"text\":\"two\"}"),
      ("csv", "id,text\r\n1,\"\(words)\"\r\n2,two\r\n"), ("tsv", "id\ttext\n1\t\(words)\n2\ttwo"),
      ("text", "\(words)\r\ntwo\n"),
    ]
    let folder = try ScratchFolder()
    for (format, text) in cases {
      var settings = ReadSettings()
      settings.format = try #require(ShardFormat(rawValue: format))
      settings.textUnit = .line
      for packing in [Packing.plain, .gzip] {
        let bytes = packing.unit(encode(text, charset))
        let summary = try ReadSummary.inPieces(bytes, settings, in: folder)
        #expect(summary.texts == [words, "two"], "\(format)")
        #expect(summary.records.allSatisfy { $0.transcodedFrom == charset })
        #expect(summary.errors.isEmpty && summary.malformed.isEmpty)
        #expect(summary.compressedByteCount == bytes.count)
      }
    }
  }

  @Test(arguments: charsets)
  func `the format is told by the text`(charset: String) throws {
    let folder = try ScratchFolder()
    let lines = encode("\n {\"text\":\"one\"}\n", charset)
    for name in ["a", "a.jsonl", "a.txt"] {
      #expect(ReadSummary(path: try folder.write(name, lines)).texts == ["one"])
    }
    let table = encode("text\tn\none\t1\n", charset)
    #expect(ReadSummary(path: try folder.write("a.tsv", table)).texts == ["one"])
    // A text that is one document keeps its bytes for the decoder.
    let text = encode("one\ntwo\n", charset)
    #expect(ReadSummary(path: try folder.write("b.txt", text)).records.map(\.payload) == [text])
    #expect(ReadSummary(path: try folder.write("b", text)).errors.map(\.code) == ["unknown-format"])
  }

  @Test func `a damaged unit ends the text, which says so`() throws {
    var units = ["a\tb\n1\t2\n", "3\t4\n", "5\t6\n"].map {
      Packing.gzip.unit(encode($0, "utf-16le"))
    }
    units[1][units[1].count - 1] ^= 0x55
    var settings = ReadSettings()
    settings.format = try #require(ShardFormat(rawValue: "tsv"))
    settings.textField = "b"
    let bytes = units.flatMap { $0 }
    let summary = try ReadSummary.inPieces(bytes, settings)
    #expect(summary.texts == ["2"])
    #expect(summary.errors.map(\.code) == ["corrupt"])
    let message = try #require(summary.errors.first?.message)
    #expect(message.contains("; 20 bytes of the text are lost") && !message.contains("goes on"))
    #expect(summary.events.last?.byteCount == 20)
    #expect(summary.compressedByteCount == bytes.count)
    let cut = try ReadSummary.inPieces(Array(units[0] + units[2].dropLast(9)), settings)
    #expect(cut.errors.map(\.code) == ["truncated"])
  }
}
