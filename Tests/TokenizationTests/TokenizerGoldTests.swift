import FoundationEssentials
import TestSupport
import Testing

@testable import Tokenization

/// Small files of every kind against what tokenizers 0.23.3 makes of them, as
/// Tests/Tools/generate-tokenizer-gold.py wrote it.
struct TokenizerGoldTests {
  struct Row: Decodable {
    let text: String
    let ids: [UInt32]
    let ordinary: [UInt32]
    let ranges: [[Int]]
    let decoded: String
    let skipped: String
  }

  struct Gold: Decodable {
    let name: String
    let file: String
    let texts: [Row]
  }

  private static func files() throws -> [Gold] {
    let path = "\(SourceTree.root)/Tests/Fixtures/Tokenization/tokenizer-json.json"
    return try JSONDecoder().decode([Gold].self, from: Data(contentsOf: URL(fileURLWithPath: path)))
  }

  private static func read(_ file: String, _ folder: ScratchFolder) throws -> Vocabulary {
    try folder.write("tokenizer.json", Array(file.utf8))
    return try TokenizerJSON.read(path: folder.path("tokenizer.json"))
  }

  private static func ids(_ encoder: Encoder, _ text: String, _ allows: Bool) -> [UInt32] {
    var ids: [UInt32] = []
    encoder.encode(Array(text.utf8).span, into: &ids, allowingSpecials: allows)
    return ids
  }

  @Test func `ids are those of Hugging Face, with special tokens and without`() throws {
    let folder = try ScratchFolder()
    for gold in try Self.files() {
      let tokenizer = try Tokenizer(try Self.read(gold.file, folder))
      let encoder = tokenizer.makeEncoder()
      let specials = Set(tokenizer.vocabulary.specialTokens.map(\.id))
      for row in gold.texts {
        #expect(Self.ids(encoder, row.text, true) == row.ids, "\(gold.name): \(row.text)")
        // There a model may make special tokens of ordinary text, here it never does.
        if !specials.isDisjoint(with: row.ordinary) { continue }
        #expect(Self.ids(encoder, row.text, false) == row.ordinary, "\(gold.name): \(row.text)")
      }
    }
  }

  @Test func `texts of ids are those of Hugging Face`() throws {
    let folder = try ScratchFolder()
    for gold in try Self.files() {
      let tokenizer = try Tokenizer(try Self.read(gold.file, folder))
      for row in gold.texts {
        let decoded = try tokenizer.decode(row.ids)
        // There an added token outside ASCII may lose bytes, here it does not.
        if row.decoded.contains("\u{FFFD}"), !row.text.contains("\u{FFFD}") { continue }
        #expect(
          String(decoding: decoded, as: UTF8.self) == row.decoded, "\(gold.name): \(row.text)")
        // There special tokens that a normalizer changes are not skipped.
        if gold.name.contains("normalized specials") { continue }
        let skipped = try tokenizer.decode(row.ids, skippingSpecials: true)
        #expect(
          String(decoding: skipped, as: UTF8.self) == row.skipped, "\(gold.name): \(row.text)")
      }
    }
  }

  @Test func `ranges are those of Hugging Face, in bytes`() throws {
    let folder = try ScratchFolder()
    // There a composed character stands for the first of its parts, a shorter replacement for as many
    // characters as it has, a byte of a run for the whole run, and bytes that are left out move others.
    let others = [
      "NFC", "NFKC", "NFKD", "normalized added tokens", "Replace by Regex", "missing bytes",
      "unigram with byte fallback", "unigram of words",
    ]
    for gold in try Self.files() where !others.contains(gold.name) {
      let encoder = try Tokenizer(try Self.read(gold.file, folder)).makeEncoder()
      for row in gold.texts {
        let text = Array(row.text.utf8)
        let all = encoder.encodeWithRanges(text.span, allowingSpecials: true)
        let found = try #require(all)
        #expect(found.ids == row.ids)
        let ranges = found.ranges.map { range in
          // There a token of a part of a character stands for all of it.
          var (start, end) = (range.lowerBound, range.upperBound)
          while start > 0, start < text.count, text[start] & 0xC0 == 0x80 { start -= 1 }
          while end > start, end < text.count, text[end] & 0xC0 == 0x80 { end += 1 }
          return [start, end]
        }
        // There a sign put before a text stands for the first character too.
        let expected = zip(ranges, row.ranges).map { $0[0] == $0[1] ? [$1[0], $1[0]] : $1 }
        #expect(ranges == expected, "\(gold.name): \(row.text)")
      }
    }
  }

  @Test func `a file read and written again is the same vocabulary`() throws {
    let folder = try ScratchFolder()
    for gold in try Self.files() {
      let vocabulary = try Self.read(gold.file, folder)
      _ = try TokenizerJSON.write(vocabulary, path: folder.path("again.json"))
      let again = try TokenizerJSON.read(path: folder.path("again.json"))
      #expect(again == vocabulary, "\(gold.name)")
      #expect(again.digest == vocabulary.digest)
    }
  }

  @Test func `broken files are refused, and nothing else happens`() throws {
    let folder = try ScratchFolder()
    var generator = SeededGenerator(seed: 16)
    let fragments = [
      "null", "-1", "1e99", "\"\"", "[]", "{}", "[[]]", "\"\\ud800\"", "true", "0.5",
    ]
    for gold in try Self.files() {
      let file = Array(gold.file.utf8)
      for _ in 0..<12 {
        var broken = file
        let place = Int.random(in: 0..<file.count, using: &generator)
        let end = min(file.count, place + Int.random(in: 0...40, using: &generator))
        switch Int.random(in: 0...3, using: &generator) {
        case 0: broken.removeSubrange(place..<end)
        case 1: broken = Array(broken[..<place])
        case 2: broken[place] = UInt8.random(in: 0...255, using: &generator)
        default:
          let value = file[place...].firstIndex(of: UInt8(ascii: ":")).map { $0 + 1 } ?? place
          let stop = file[value...].firstIndex(of: UInt8(ascii: ",")) ?? value
          let fragment = fragments.randomElement(using: &generator) ?? "null"
          broken.replaceSubrange(value..<stop, with: Array(fragment.utf8))
        }
        try folder.write("tokenizer.json", broken)
        guard let tokenizer = try? Tokenizer(contentsOf: folder.path("tokenizer.json")) else {
          continue
        }
        let encoder = tokenizer.makeEncoder()
        for row in gold.texts.prefix(8) {
          for id in Self.ids(encoder, row.text, true) { #expect(id < tokenizer.vocabularySize) }
        }
      }
    }
  }
}
