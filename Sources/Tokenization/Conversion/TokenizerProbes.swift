/// Texts that tell two tokenizers apart when something was lost between their files.
struct TokenizerProbes {
  private let vocabulary: Vocabulary
  /// Texts that somebody gave.
  private let texts: [[UInt8]]

  /// No more pairs of tokens than this, and no more than so many for each token.
  private static let pairLimit = (all: 60_000, perToken: 8)
  private static let edges = [
    "", " ", "  ", "   a", "a   ", " \n", "\n", "\n\n\n", "\r\n", "\t\t", "a\tb", " \u{A0} ",
    "\u{3000}",
    "\u{200B}", "\u{2028}", "\u{FEFF}a", "e\u{301}", "é", "ﬁ", "ｱ", "㍿", "가", "नमस्ते", "สวัสดี", "👨‍👩‍👧‍👦",
    "🇩🇪", "İ", "ß", "\u{0}", "\u{7F}", "\u{85}", "'s", "'S", "'ſ", "don't", "DON'T", "123456789",
    "1,234.5", "²³¼", "٣٤٥", "_x__y", "CamelCase", "x=1;\n\tif(a){\n\t\treturn;\n\t}\n",
    "https://example.com/?a=b&c=%20d", "\u{10FFFF}", "▁", "▁▁a", "<0x41>", "<unk>", "</s>",
    "<|endoftext|>",
  ]

  /// What a character and those before it may make one grapheme with: marks, joiners, selectors.
  private static let extenders = [
    "\u{301}", "\u{301}\u{323}", "\u{903}", "\u{20DD}", "\u{3099}", "\u{200D}", "\u{FE0F}",
    "\u{E0100}", "\u{1F3FB}",
  ]

  init(_ vocabulary: Vocabulary, texts: [[UInt8]]) {
    self.vocabulary = vocabulary
    self.texts = texts
  }

  /// Calls `body` with every probe, valid UTF-8 all.
  func forEach<Failure: Error>(
    _ body: ([UInt8]) throws(Failure) -> Void
  ) throws(Failure) {
    for text in texts { try body(text) }
    for edge in Self.edges {
      try body(Array(edge.utf8))
      try body(Array((edge + edge).utf8))
      try body(Array(("a" + edge + "b").utf8))
    }
    try scalars(body)
    try graphemes(body)
    for added in vocabulary.addedTokens {
      for text in ["\(added.text)", "a\(added.text)b", "a \(added.text)  b\(added.text)"] {
        try body(Array(text.utf8))
      }
    }
    let tokens = vocabulary.tokens.filter { String(validating: $0, as: UTF8.self) != nil }
    for token in tokens { try body(token) }
    try pairs(of: tokens, body)
    for edge in Self.edges where !edge.isEmpty {
      try body(Array(String(repeating: edge, count: 150).utf8))
    }
  }

  /// Every scalar of one and two bytes, and some of every block of 64 beyond.
  private func scalars<Failure: Error>(
    _ body: ([UInt8]) throws(Failure) -> Void
  ) throws(Failure) {
    var text: [UInt8] = []
    let beyond = stride(from: UInt32(0x815), to: 0x110000, by: 64)
    for value in Array(UInt32(0)..<0x800) + Array(beyond) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      text += Array("\(scalar) \(scalar)a\(scalar)".utf8)
      if text.count > 400 {
        try body(text)
        text = []
      }
    }
    try body(text)
  }

  /// White space, and every character that a character map has a rule for, in graphemes of several
  /// scalars: SentencePiece replaces scalars one after the other, Hugging Face whole graphemes.
  private func graphemes<Failure: Error>(
    _ body: ([UInt8]) throws(Failure) -> Void
  ) throws(Failure) {
    for value in UInt32(0)..<0x3001 where WhiteSpaceScalars.contains(value) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      for extender in Self.extenders { try body(Array("\(scalar)\(extender)".utf8)) }
    }
    for map in vocabulary.characterMaps {
      for (index, word) in (map.trie.firstScalars() ?? []).enumerated() where word != 0 {
        for bit in 0..<64 where word >> UInt64(bit) & 1 == 1 {
          guard let scalar = Unicode.Scalar(UInt32(index * 64 + bit)) else { continue }
          let text = Self.extenders.map { "\(scalar)\($0)" }.joined(separator: "a")
          try body(Array(text.utf8))
        }
      }
    }
  }

  /// Tokens side by side, drawn with a fixed seed.
  private func pairs<Failure: Error>(
    of tokens: [[UInt8]], _ body: ([UInt8]) throws(Failure) -> Void
  ) throws(Failure) {
    if tokens.isEmpty { return }
    var state: UInt64 = 6
    func draw() -> [UInt8] {
      // The generator of Knuth's MMIX.
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return tokens[Int((state >> 33) % UInt64(tokens.count))]
    }
    for number in 0..<min(Self.pairLimit.all, tokens.count * Self.pairLimit.perToken) {
      let count = 2 + number % 3
      try body((0..<count).flatMap { _ in draw() })
    }
  }
}

extension Vocabulary {
  /// The maps of characters that are applied to a text before it is cut into pieces.
  fileprivate var characterMaps: [CharacterMap] {
    var maps = normalizers.compactMap { if case .precompiled(let map) = $0 { map } else { nil } }
    if case .sentencePiece(let model) = model, let map = try? CharacterMap(model.characterMap) {
      maps.append(map)
    }
    return maps
  }
}
