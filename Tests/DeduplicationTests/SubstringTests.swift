import TestSupport
import Testing
import TextAnalysis

@testable import Deduplication

struct SubstringTests {
  /// Documents of random words with runs copied from one another and repeats within one.
  static func documents(count: Int, seed: UInt64) -> [[String]] {
    var generator = SeededGenerator(seed: seed)
    var documents: [[String]] = [Array(repeating: "again", count: 70)]
    for _ in 1..<count {
      var words = RandomText.words(
        count: Int.random(in: 0...120, using: &generator), vocabulary: 900, using: &generator)
      for _ in 0..<Int.random(in: 0...2, using: &generator) {
        let source = documents[Int.random(in: 0..<documents.count, using: &generator)]
        if source.count < 5 { continue }
        let start = Int.random(in: 0..<(source.count - 4), using: &generator)
        let length = Int.random(in: 3...(source.count - start), using: &generator)
        words.insert(
          contentsOf: source[start..<(start + length)],
          at: Int.random(in: 0...words.count, using: &generator))
      }
      documents.append(words)
    }
    return documents
  }

  static func settings(_ rule: CopyRule, tokens: Int, _ cut: SubstringCut = .token)
    -> DeduplicationSettings
  {
    PieceTests.settings {
      ($0.substrings, $0.substringTokens, $0.substringCut) = (rule, tokens, cut)
    }
  }

  @Test(arguments: [CopyRule.first, .none], [2, 7, 20])
  func `what is cut is what a dictionary of all windows and a suffix array say`(
    rule: CopyRule, length: Int
  ) throws {
    let documents = Self.documents(count: 80, seed: UInt64(length))
    let slow = SlowSubstrings(documents: documents)
    let isCut = slow.cutByWindows(length: length, rule: rule)
    if rule == .none { #expect(isCut == slow.cutBySuffixArray(length: length)) }
    let expected = zip(documents, isCut).map { words, isCut in
      zip(words, isCut).filter { !$0.1 }.map(\.0).joined(separator: " ")
    }
    let texts = documents.map { $0.joined(separator: " ") }
    let fast = try FastPieces(texts, Self.settings(rule, tokens: length), shardCount: 3)
    let left = try fast.run().left
    for (document, words) in left.enumerated() {
      if words == nil { #expect(expected[document].isEmpty && !texts[document].isEmpty) }
      #expect((words ?? "") == expected[document], "document \(document)")
    }
    #expect(isCut.joined().count { $0 } > 500)
  }

  @Test func `few windows are looked at when little is repeated`() throws {
    var generator = SeededGenerator(seed: 3)
    let shared = RandomText.words(count: 60, vocabulary: 90_000, using: &generator)
    let texts = (0..<50).map { index in
      let own = RandomText.words(count: 400, vocabulary: 90_000, using: &generator)
      return (own + (index % 10 == 0 ? shared : [])).joined(separator: " ")
    }
    let fast = try FastPieces(texts, Self.settings(.first, tokens: 50), shardCount: 2)
    // Five copies of 11 windows and at most as many around each as share an anchor.
    #expect(try fast.findSubstrings() < 400)
  }

  @Test func `tokens are words and characters of scripts without spaces, never part of a grapheme`()
  {
    var splitter = TokenSplitter()
    func tokens(_ text: String) -> [String] {
      let bytes = Array(text.utf8)
      splitter.split(bytes.span)
      return splitter.tokens.map {
        String(decoding: bytes[Int($0.start)..<Int($0.end)], as: UTF8.self)
      }
    }
    #expect(tokens("  a bc\u{A0}d\n") == ["a", "bc", "d"])
    #expect(tokens("日本go中か\u{3099}x") == ["日", "本", "go", "中", "か\u{3099}", "x"])
    #expect(tokens("한국 사람") == ["한국", "사람"])
    #expect(tokens("ก\u{E33}น") == ["ก\u{E33}", "น"])
    #expect(tokens("a \u{308}b\n\u{308}c") == ["a", " \u{308}b", "\u{308}c"])
    var generator = SeededGenerator(seed: 8)
    for _ in 0..<60 {
      let text = RandomText.mixed(length: 40, using: &generator)
      let boundaries = Set(text.indices.map { $0.utf16Offset(in: text) } + [text.utf16.count])
      splitter.split(Array(text.utf8).span)
      for token in splitter.tokens {
        for edge in [token.start, token.end] {
          let index = text.utf8.index(text.startIndex, offsetBy: Int(edge))
          #expect(boundaries.contains(index.utf16Offset(in: text)))
        }
      }
    }
  }

  @Test(arguments: [
    (SubstringCut.token, "Mine. And on, the end.\nlast"),
    (.sentence, "Mine. And so it is.\nso it goes on, the end.\nlast"),
    (.line, "Mine. And so it is. One two three\nso it goes on, the end.\nlast"),
    (
      .nothing,
      "Mine. And so it is. One two three\nfour five. Six seven.\nso it goes on, the end.\nlast"
    ),
  ])
  func `a run is cut to whole sentences or lines`(cut: SubstringCut, expected: String) throws {
    let shared = "so it is. One two three\nfour five. Six seven.\nso it goes on"
    let texts = ["Yours \(shared) and on", "Mine. And \(shared), the end.\nlast"]
    let left = try FastPieces(texts, Self.settings(.first, tokens: 4, cut), shardCount: 1).run()
      .left
    #expect(left == [texts[0], expected])
  }

  @Test func `sentences beside runs are those of each run's lines split anew`() {
    var generator = SeededGenerator(seed: 5)
    let stock = [
      "One two. ", "three", " U.S. ", "Four! ", "\n", "\n\n", "... ", "。", " ", "five? ",
    ]
    for _ in 0..<400 {
      let text = Array(
        (0..<30).map { _ in stock.randomElement(using: &generator) ?? "" }.joined().utf8)
      let edges = Set((0..<8).map { _ in Int.random(in: 0...text.count, using: &generator) })
        .sorted()
      var walk = SentenceWalk(text)
      for place in stride(from: 0, to: edges.count - 1, by: 2) {
        let run = edges[place]..<edges[place + 1]
        #expect(walk.wholeSentences(of: run) == Self.wholeSentences(of: run, in: text))
      }
    }
  }

  private static func wholeSentences(of run: Range<Int>, in text: [UInt8]) -> Range<Int>? {
    var start = 0
    var whole: [Range<Int>] = []
    for line in text.split(separator: 0x0A, omittingEmptySubsequences: false) {
      whole += Sentences.ranges(in: text, range: start..<(start + line.count))
        .filter { $0.lowerBound >= run.lowerBound && $0.upperBound <= run.upperBound }
      start += line.count + 1
    }
    guard let first = whole.first, let last = whole.last else { return nil }
    return first.lowerBound..<last.upperBound
  }

  @Test func `documents whose repeated share is too large are dropped`() throws {
    let shared = (0..<30).map { "w\($0)" }.joined(separator: " ")
    let texts = [
      shared, "\(shared) own",
      "\(shared) and much more of its own than is shared \(shared.uppercased())",
    ]
    var settings = Self.settings(.first, tokens: 10, .nothing)
    settings.pieces.maximumCutShare = 0.6
    let left = try FastPieces(texts, settings, shardCount: 2).run().left
    #expect(left == [texts[0], nil, texts[2]])
  }

  @Test func `a share of substrings that are not cut is told as theirs, and lines are cut whole`()
    throws
  {
    let shared = (0..<30).map { "w\($0)" }.joined(separator: " ")
    let texts = ["line\n\(shared)", "line\n\(shared) x"]
    var settings = Self.settings(.first, tokens: 5, .nothing)
    (settings.pieces.maximumCutShare, settings.pieces.lines) = (0.6, .first)
    let fast = try FastPieces(texts, settings, shardCount: 1)
    #expect(try fast.run().left == [texts[0], nil])
    #expect(try fast.dropped(inShard: 0) == [nil, .substring])
    let cuts = TextCuts.overlapping
    #expect(cuts.merged(in: Array(repeating: 97, count: 80)).map(\.range) == [0..<50, 50..<60])
    #expect(
      cuts.merged(in: Array(repeating: 97, count: 80), without: .substring).map(\.range)
        == [40..<60])
  }
}

extension TextCuts {
  /// A line whose beginning a run of tokens reaches.
  fileprivate static var overlapping: TextCuts {
    var cuts = TextCuts()
    cuts.add(0..<50, .substring)
    cuts.add(40..<60, .line)
    return cuts
  }
}
