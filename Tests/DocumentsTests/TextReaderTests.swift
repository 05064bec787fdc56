import Documents
import TestSupport
import Testing

struct TextReaderTests {
  private func settings(_ unit: TextUnit, separator: String? = nil) throws -> ReadSettings {
    var settings = ReadSettings()
    settings.format = try #require(ShardFormat(rawValue: "text"))
    settings.textUnit = unit
    if let separator { settings.textSeparator = Array(separator.utf8) }
    return settings
  }

  @Test func `a text file is one document with the file's name as its id`() throws {
    let folder = try ScratchFolder()
    for (name, packing) in [("a.txt", Packing.plain), ("b.text.gz", .gzip), ("C.MD.zst", .zstd)] {
      let text = "First line.\r\n\nÄ second one, \u{1E} all of it.\n"
      let path = try folder.write(name, packing.unit(Array(text.utf8)))
      let summary = ReadSummary(path: path)
      #expect(summary.texts == [text])
      #expect(summary.records.map(\.id) == [name])
      #expect(summary.records.map(\.mediaType) == ["text/plain"])
      #expect(summary.events.count == 1)
    }
  }

  @Test func `a text file whose first line is a JSON object holds JSON lines`() throws {
    let folder = try ScratchFolder()
    let object = #"{"text":"an object"}"#
    let cases = [
      ("\n \(object)\nmore", ["an object"]), ("\(object) and\n", ["\(object) and\n"]),
      ("{\n  a block\n}\n", ["{\n  a block\n}\n"]), ("\u{FEFF}\(object)", ["an object"]),
    ]
    for (text, texts) in cases {
      #expect(ReadSummary(path: try folder.write("a.txt", Array(text.utf8))).texts == texts)
    }
  }

  @Test func `lines are documents, blank ones are counted`() throws {
    let text = "one\r\n\n  \t\r\ntwo \r\r\n \u{B}three"
    let summary = try ReadSummary.inPieces(Array(text.utf8), settings(.line))
    #expect(summary.texts == ["one", "two \r", " \u{B}three"])
    #expect(summary.records.map(\.id) == ["shard#0", "shard#11", "shard#18"])
    #expect(summary.counts == ["blank-line": 2])
  }

  @Test(arguments: [
    ("---\n", "a\n---\nb\r\n---\n", ["a\n", "b\r\n"]),
    ("\n\n", "a\n\n\nb\n\nc\n", ["a", "\nb", "c\n"]),
    ("<|endoftext|>", "<|endoftext|>a<|endoftext|><|endoftext|> <|endoftext|>b", ["a", "b"]),
    ("aab", "aaabab aab", ["a", "ab "]),
    (TextUnit.defaultSeparator, "x\n\u{1E}\ny\n\u{1E}\n", ["x", "y"]),
  ])
  func `pieces between separators are documents`(
    separator: String, text: String, texts: [String]
  ) throws {
    let settings = try settings(.separator, separator: separator)
    let summary = try ReadSummary.inPieces(Array(text.utf8), settings)
    #expect(summary.texts == texts)
  }

  @Test(arguments: [TextUnit.file, .line, .separator])
  func `a text above the maximum is passed over`(unit: TextUnit) throws {
    var settings = try settings(unit, separator: "##")
    settings.maximumRecordByteCount = 10
    let end = unit == .line ? "\n" : "##"
    let text = "0123456789\(end)0123456789a\(end)\(String(repeating: "x", count: 99))\(end)b"
    let summary = try ReadSummary.inPieces(Array(text.utf8), settings)
    #expect(summary.texts == (unit == .file ? [] : ["0123456789", "b"]))
    #expect(summary.counts["malformed too-long"] == (unit == .file ? 1 : 2))
  }

  @Test func `what damage has left of a text is no document`() throws {
    let parts = ["one\ntw", "o\nthr", "ee\nfour\n"]
    for (unit, texts) in [(TextUnit.line, ["one", "four"]), (.file, [])] {
      var units = parts.map { Packing.zstd.units([$0]) }
      units[1][units[1].count - 1] ^= 0xFF
      let summary = try ReadSummary(units.flatMap { $0 }, settings(unit))
      #expect(summary.texts == texts)
      #expect(summary.counts["damaged corrupt"] == 1)
      #expect(summary.counts["malformed cut-by-damage"] == 1)
      let cut = try ReadSummary(Array(units[0].dropLast(3)), settings(unit))
      #expect(cut.texts == (unit == .line ? ["one"] : []))
      #expect(cut.errors.map(\.code) == ["truncated"])
    }
  }

  @Test func `an empty and a blank file are counted`() throws {
    #expect(try ReadSummary([], settings(.file)).counts == ["empty-file": 1])
    #expect(try ReadSummary(" \n", settings(.file)).counts == ["blank-text": 1])
  }
}
