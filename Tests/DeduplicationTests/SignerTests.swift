import ByteKernels
import TestSupport
import Testing

@testable import Deduplication

struct SignerTests {
  @Test(arguments: [
    ("The quick, BROWN fox.", ["the", "quick", "brown", "fox"]),
    ("", []), ("  \n\t ", []), ("snake_case", ["snake", "case"]), ("don't", ["don", "t"]),
    ("ÄÖÜ straße ΣΑΣ İstanbul", ["äöü", "straße", "σασ", "istanbul"]),
    ("日本語abc中", ["日", "本", "語", "abc", "中"]), ("か\u{3099}な", ["か\u{3099}", "な"]),
    ("ไทย ที่", ["ไ", "ท", "ย", "ท\u{E35}\u{E48}"]), ("हिन्दी में", ["हिन्दी", "में"]),
    ("한국어 문서", ["한국어", "문서"]), ("x²+½", ["x²", "½"]), ("a\u{2014}b\u{200B}c", ["a", "b", "c"]),
    ("e\u{301}a \u{301}b", ["e\u{301}a", "\u{301}b"]), ("😀ok😀", ["ok"]), ("K\u{212A}", ["kk"]),
  ])
  func `words are letters, digits and marks in lower case`(text: String, words: [String]) {
    #expect(SlowUnits.words(text).map { Array($0.utf8) } == words.map { Array($0.utf8) })
    #expect(simplified(Array(text.utf8)) == words.map { Array($0.utf8) })
  }

  @Test func `signatures of random text are those of the definition`() throws {
    var settings = DeduplicationSettings()
    var generator = SeededGenerator(seed: 11)
    for (size, bands, rows, bits) in [
      (5, 14, 8, 32), (1, 1, 1, 32), (3, 20, 13, 32), (2, 5, 3, 64), (5, 14, 8, 64),
    ] {
      settings.shingleSize = size
      settings.hashBits = bits
      settings.bands = bands
      settings.rows = rows
      let signer = try Signer(settings, seed: 42)
      for length in 0...130 {
        let text = RandomText.mixed(length: length, using: &generator)
        let expected = SlowSignature.minHashes(text, settings, seed: 42)
        #expect(
          signer.sign(Array(text.utf8).span).minHashes == expected, "\(text.debugDescription)")
      }
    }
  }

  @Test(arguments: TextSimplification.allCases, ShingleUnit.allCases)
  func `every way of cutting gives the signatures of its definition`(
    simplify: TextSimplification, shingles: ShingleUnit
  ) throws {
    var settings = DeduplicationSettings()
    (settings.simplify, settings.shingles) = (simplify, shingles)
    (settings.bands, settings.rows) = (3, 2)
    var generator = SeededGenerator(seed: 23)
    for size in [1, 3, 13] {
      settings.shingleSize = size
      let signer = try Signer(settings, seed: 42)
      for length in Array(0...40) + [3000] {
        let text = RandomText.mixed(length: length, using: &generator)
        let expected = SlowSignature.minHashes(text, settings, seed: 42)
        #expect(
          signer.sign(Array(text.utf8).span).minHashes == expected, "\(text.debugDescription)")
      }
      for length in 0..<200 {
        let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
        _ = signer.sign(bytes.span)
      }
    }
  }

  @Test func `the general way of cutting words gives what the fast one gives`() throws {
    var generator = SeededGenerator(seed: 29)
    let functions = HashFunctions.multiplyAdd(count: 20, bits: 32, seed: 1)
    let cutter = UnitCutter(simplification: .words, unit: .words)
    let (fast, general) = (
      MinHasher(ShingleHasher(shingleSize: 5), functions, keepsShingles: true),
      MinHasher(UnitShingles(cutter, shingleSize: 5), functions, keepsShingles: true)
    )
    for length in [0, 4, 5, 6, 100, 20_000] {
      let text = Array(RandomText.mixed(length: length, using: &generator).utf8)
      let (left, right) = (fast.sketch(of: text.span), general.sketch(of: text.span))
      #expect(left == right)
    }
  }

  @Test func `pieces and long words do not show in the signature`() throws {
    let settings = DeduplicationSettings()
    let signer = try Signer(settings, seed: 1)
    var generator = SeededGenerator(seed: 5)
    for length in [16_379, 16_384, 16_390, 33_000, 70_000] {
      let long = String(repeating: "x", count: length)
      let mixed = RandomText.mixed(length: length / 2, using: &generator)
      let text = "one two 日本 \(long)é three four \(mixed) five \(long)"
      let bytes = Array(text.utf8)
      #expect(signer.sign(bytes.span).minHashes == SlowSignature.minHashes(text, settings, seed: 1))
    }
  }

  @Test func `the signature does not depend on where the text lies or what was signed before`()
    throws
  {
    var settings = DeduplicationSettings()
    settings.rows = 2
    let signer = try Signer(settings, seed: 3)
    var generator = SeededGenerator(seed: 9)
    let text = Array(RandomText.mixed(length: 300, using: &generator).utf8)
    let expected = try Signer(settings, seed: 3).sign(text.span)
    for shift in 0..<66 {
      let padded = Array(repeating: UInt8(ascii: "z"), count: shift) + text
      #expect(signer.sign(padded.span.extracting(shift..<padded.count)) == expected)
    }
  }

  @Test func `bytes that are not UTF-8 separate words and harm nothing`() throws {
    let cases: [([UInt8], [String])] = [
      ([0x61, 0xFF, 0x62], ["a", "b"]), ([0x61, 0xC3], ["a"]), ([0xE4, 0xB8, 0x61], ["a"]),
      ([0xF0, 0x9F, 0x98], []), ([0xF4, 0x90, 0x80, 0x80], []),
      ([0x61, 0x80, 0xC3, 0xA9], ["a", "é"]),
    ]
    for (bytes, words) in cases {
      #expect(simplified(bytes) == words.map { Array($0.utf8) })
    }
    var generator = SeededGenerator(seed: 17)
    let signer = try Signer(DeduplicationSettings(), seed: 1)
    for length in 0..<400 {
      let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
      _ = signer.sign(bytes.span)
    }
  }

  @Test func `the share of equal min-hashes estimates the Jaccard similarity`() throws {
    var settings = DeduplicationSettings()
    settings.shingleSize = 1
    settings.bands = 64
    settings.rows = 16
    let signer = try Signer(settings, seed: 5)
    for (shared, own) in [(600, 0), (400, 100), (300, 300), (0, 300)] {
      let both = (0..<shared).map { "w\($0)" }
      let left = (both + (0..<own).map { "l\($0)" }).joined(separator: " ")
      let right = (both + (0..<own).map { "r\($0)" }).joined(separator: " ")
      let (a, b) = (signer.sign(Array(left.utf8).span), signer.sign(Array(right.utf8).span))
      let equal = zip(a.minHashes, b.minHashes).count { $0 == $1 }
      let jaccard = Double(shared) / Double(shared + 2 * own)
      // Four standard deviations of the mean of 1024 draws.
      #expect(abs(Double(equal) / 1024 - jaccard) < 4 * (0.25 / 1024).squareRoot() + 0.004)
    }
  }

  @Test func `the set of shingles has each once and ascending`()
    throws
  {
    let text = "a b c a b c a b d, long ago and far away a b c"
    var settings = DeduplicationSettings()
    settings.shingleSize = 2
    let expected = Set(SlowSignature.shingles(text, settings).map { UInt32($0 >> 32) }).sorted()
    let signature = try Signer(settings, seed: 1, keepsShingles: true).sign(Array(text.utf8).span)
    #expect(signature.shingles == expected)
    let plain = try Signer(settings, seed: 1).sign(Array(text.utf8).span)
    #expect(plain.shingles.isEmpty)
  }

  @Test func `sample keys are equal as often as the Jaccard similarity says`()
    throws
  {
    var settings = DeduplicationSettings()
    (settings.shingleSize, settings.bands, settings.rows) = (1, 1, 1)
    let signer = try Signer(settings, seed: 5)
    var (equal, low) = (0, 0)
    for trial in 0..<1000 {
      let both = (0..<60).map { "\(trial)w\($0)" }
      let left = (both + (0..<20).map { "\(trial)l\($0)" }).joined(separator: " ")
      let right = (both + (0..<20).map { "\(trial)r\($0)" }).joined(separator: " ")
      let (a, b) = (signer.sign(Array(left.utf8).span), signer.sign(Array(right.utf8).span))
      equal += a.sampleKey == b.sampleKey ? 1 : 0
      low += a.sampleKey < 1 << 62 ? 1 : 0
    }
    // Four standard deviations of 1000 draws.
    #expect(abs(equal - 600) < 62)
    #expect(abs(low - 250) < 55)
    let empty: [UInt8] = []
    let signature = signer.sign(empty.span)
    #expect(signature.sampleKey == 0)
  }

  @Test func `signatures of real text are those of the definition`() throws {
    guard let path = SharedData.path("unicode/udhr") else { return }
    let signer = try Signer(DeduplicationSettings(), seed: 7)
    for text in try SampleTexts.load(folder: path, limit: 25) {
      let expected = SlowSignature.minHashes(text, DeduplicationSettings(), seed: 7)
      #expect(signer.sign(Array(text.utf8).span).minHashes == expected)
    }
  }

  private func simplified(_ bytes: [UInt8]) -> [[UInt8]] {
    SimplifiedText.bytes(of: bytes).split(separator: UInt8(ascii: " ")).map(Array.init)
  }
}
