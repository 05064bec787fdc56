import TestSupport
import Testing

@testable import Deduplication

struct PieceTests {
  /// Documents of lines from a small stock, some blank, some with spaces, some without a last line feed.
  static func texts(count: Int, seed: UInt64) -> [String] {
    var generator = SeededGenerator(seed: seed)
    var stock: [String] = ["", "  ", "Read more", "read MORE ", "\tRead more", "é中 9", "É中 7"]
    for _ in 0..<60 {
      stock.append(
        RandomText.mixed(length: Int.random(in: 1...6, using: &generator), using: &generator)
          .replacing("\n", with: " "))
    }
    return (0..<count).map { index in
      let lines = (0..<Int.random(in: 0...9, using: &generator)).map { _ in
        Int.random(in: 0..<3, using: &generator) == 0
          ? "own \(index) \(Int.random(in: 0..<1000, using: &generator))"
          : stock[Int.random(in: 0..<stock.count, using: &generator)]
      }
      return lines.joined(separator: "\n") + (Bool.random(using: &generator) ? "\n" : "")
    }
  }

  static func settings(_ change: (inout PieceSettings) -> Void) -> DeduplicationSettings {
    var settings = DeduplicationSettings()
    settings.partitions = 3
    change(&settings.pieces)
    return settings
  }

  @Test(arguments: [CopyRule.first, .none], [PieceForm.bytes, .trimmed])
  func `lines and paragraphs are cut as dictionaries of them say`(
    rule: CopyRule, form: PieceForm
  ) throws {
    let texts = Self.texts(count: 200, seed: 7)
    let slow = SlowPieces(texts, rule: rule) { line in
      form == .bytes ? line : line.trimmed()
    }
    let asLines = Self.settings { ($0.lines, $0.lineForm) = (rule, form) }
    let asParagraphs = Self.settings { ($0.paragraphs, $0.paragraphForm) = (rule, form) }
    for settings in [asLines, asParagraphs] {
      let fast = try FastPieces(texts, settings, shardCount: 4).run()
      #expect(fast.left == slow.left)
      #expect(fast.frequent.map(\.count) == slow.counts.values.sorted(by: >))
    }
    #expect(slow.left.count { $0 == nil } > 5)
    #expect(zip(texts, slow.left).count { $0 != $1 && $1 != nil } > 50)
  }

  @Test func `shards, memory and partitions do not show in what is left`() throws {
    let texts = Self.texts(count: 300, seed: 8)
    var results: [[String?]] = []
    for (shards, memory, partitions) in [(1, 1 << 20, 1), (7, 1 << 17, 16), (30, 1 << 18, 2)] {
      var settings = Self.settings { $0.lines = .first }
      settings.partitions = partitions
      var fast = try FastPieces(texts, settings, shardCount: shards)
      fast.memoryByteCount = max(memory, 8192 * shards)
      results.append(try fast.run().left)
    }
    #expect(Set(results).count == 1)
  }

  @Test func `paragraphs between blank lines are compared without the blank lines`() throws {
    let settings = Self.settings { ($0.paragraphs, $0.paragraphBreak) = (.first, .blankLine) }
    let fast = try FastPieces(
      ["\n\na\nb\n \n\nc\n", "x\n\na\nb\n\nc", "a\nb", "\n", "a\nb\n\nc\n\n\nd"], settings,
      shardCount: 2
    ).run()
    #expect(fast.left == ["\n\na\nb\n \n\nc\n", "x\n", nil, "\n", "d"])
  }

  @Test func `documents that lose too much or keep too little are dropped`() throws {
    let texts = ["one two three four\n", "one two three four\nfive six", "one two three four\n7"]
    func left(_ change: (inout PieceSettings) -> Void) throws -> [Bool] {
      let settings = Self.settings {
        $0.lines = .first
        change(&$0)
      }
      return try FastPieces(texts, settings, shardCount: 1).run().left.map { $0 != nil }
    }
    #expect(try left { _ in } == [true, true, true])
    #expect(try left { $0.minimumLeftBytes = 2 } == [true, true, false])
    #expect(try left { $0.minimumLeftWords = 2 } == [true, true, false])
    #expect(try left { $0.maximumCutShare = 0.9 } == [true, true, false])
    #expect(try left { $0.minimumLineBytes = 20 } == [true, true, true])
  }

  @Test func `lower case and CCNet's form fold what Python folds`() {
    let folder = PieceFolder()
    func fold(_ text: String, _ form: PieceForm) -> String {
      let bytes = Array(text.utf8)
      let range = PieceForm.trimmed(0..<bytes.count, in: bytes.span)
      return String(decoding: folder.bytes(bytes.span, range, as: form), as: UTF8.self)
    }
    // Each right side is what Python 3.11 gives.
    #expect(fold("\u{A0} ÀB ΟΔΟΣ Σ ΑΣ. İI \u{1C}", .lowerCase) == "àb οδος σ ας. i\u{307}i")
    #expect(fold("Ⱥ 𐐀 ẞ Ა", .lowerCase) == "ⱥ 𐐨 ß ა")
    #expect(fold(" On １2 «Mai» 2０2١: “A\tB”… \u{85}x", .ccnet) == "on 00 mai 0000: ab x")
  }

  @Test func `of C4's lines the page whose URL has the least MD5 keeps each, once`() throws {
    let texts = ["A line\nb\n", " a LINE \nB\nc", "c\na line\nA line", "d\nd"]
    let urls = ["http://a.example/", "http://b.example/", "http://c.example/", "x"]
    // Python's hashlib: b 2d8341…, a b30d4f…, c c2b616….
    let order = [1, 0, 2].map { MD5(of: Array(urls[$0].utf8)) }
    #expect(order == order.sorted())
    let settings = Self.settings { ($0.lines, $0.lineForm) = (.url, .lowerCase) }
    var fast = try FastPieces(texts, settings, shardCount: 3)
    fast.urls = urls
    #expect(try fast.run().left == [nil, texts[1], nil, "d"])
  }

  @Test(arguments: [nil, 1e-6])
  func `documents of the same text or URL are dropped but for the first`(rate: Double?) throws {
    let texts = ["one", "two", "one", "", "two", "", "three"]
    var settings = Self.settings { ($0.texts, $0.filterErrorRate) = (.first, rate) }
    #expect(
      try FastPieces(texts, settings, shardCount: 3).run().left
        == ["one", "two", nil, "", nil, nil, "three"])
    settings = Self.settings { ($0.urls, $0.filterErrorRate) = (.first, rate) }
    var fast = try FastPieces(texts, settings, shardCount: 3)
    fast.urls = ["a", "b", "c", "a", "a", "B", "b"]
    #expect(try fast.run().left == ["one", "two", "one", nil, nil, "", nil])
  }

  @Test(arguments: [
    ("", 0xD41D_8CD9_8F00_B204 as UInt64, 0xE980_0998_ECF8_427E as UInt64),
    ("abc", 0x9001_5098_3CD2_4FB0, 0xD696_3F7D_28E1_7F72),
    (
      "12345678901234567890123456789012345678901234567890123456789012345678901234567890",
      0x57ED_F4A2_2BE3_C955, 0xAC49_DA2E_2107_B67A
    ),
  ])
  func `MD5 gives the digests of RFC 1321`(text: String, high: UInt64, low: UInt64) {
    #expect(MD5(of: Array(text.utf8)) == MD5(high: high, low: low))
  }

  @Test func `a flipped byte or a file of other settings is refused with its name`() throws {
    let fast = try FastPieces(
      Self.texts(count: 40, seed: 2), Self.settings { $0.lines = .first }, shardCount: 2)
    let expected = try fast.run().left
    for name in ["keys-1", "repeats-2", "cuts-0"] {
      let sound = try fast.folder.read(name)
      for place in sound.indices where place < 40 || place % 37 == 0 || place > sound.count - 70 {
        var bytes = sound
        bytes[place] ^= 1 << UInt8(place % 8)
        try fast.folder.write(name, bytes)
        #expect(throws: DeduplicationError.self, "\(name) byte \(place)") {
          switch name {
          case "keys-1": try fast.find()
          case "cuts-0": _ = try CutList(path: fast.listPath(0))
          default: _ = try fast.cut()
          }
        }
      }
      try fast.folder.write(name, sound)
      try fast.find()
    }
    #expect(try fast.cut().left == expected)
    let other = Self.settings { $0.lines = .none }
    #expect(throws: DeduplicationError.self) {
      try RepeatTask.run(
        .pieces, keyFiles: fast.keyFiles, partition: 0, settings: other, memoryByteCount: 1 << 20,
        output: fast.folder.path("out"))
    }
  }
}

extension String {
  /// Without white space at the ends.
  fileprivate func trimmed() -> String {
    var scalars = unicodeScalars[...]
    while scalars.first?.properties.isWhitespace == true { scalars.removeFirst() }
    while scalars.last?.properties.isWhitespace == true { scalars.removeLast() }
    return String(scalars)
  }
}
