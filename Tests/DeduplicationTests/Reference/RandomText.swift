/// Seeded text that mixes scripts, cases, separators and word lengths.
enum RandomText {
  private static let pieces = [
    "a", "Word", "LONGER", "averyveryverylongword", "é", "Ñandú", "straße", "中", "文字", "か\u{3099}",
    "ไทย", "हिन्दी", "Привет", "ΣΟΦΟΣ", "한국", "𝐀", "😀", "\u{301}", "123", "x²", "İ", "Ⱥ", "𠀀",
  ]
  private static let separators = [
    " ", " ", " ", ", ", "\n", "_", "", "\u{3000}", "—", ".", "\u{0}",
  ]

  /// At least `length` pieces of text, each followed by a separator or none.
  static func mixed(length: Int, using generator: inout some RandomNumberGenerator) -> String {
    var text = ""
    for _ in 0..<length {
      let onlyASCII = Int.random(in: 0..<3, using: &generator) > 0
      text +=
        onlyASCII
        ? pieces[Int.random(in: 0..<4, using: &generator)]
        : pieces[Int.random(in: 0..<pieces.count, using: &generator)]
      text += separators[Int.random(in: 0..<separators.count, using: &generator)]
    }
    return text
  }

  /// Words from a vocabulary of `vocabulary`, with spaces.
  static func words(
    count: Int, vocabulary: Int, using generator: inout some RandomNumberGenerator
  ) -> [String] {
    (0..<count).map { _ in "w\(Int.random(in: 0..<vocabulary, using: &generator))" }
  }
}
