/// How likely a single-byte charset makes a text of one language.
///
/// A character's probability falls with its rank in the language's alphabet (Zipf); what words do not
/// do (a capital after a small letter, two scripts in one word) costs extra.
struct SingleByteModel: Sendable {
  let charset: Charset
  let language: String
  /// Natural logarithms of the probabilities of the bytes from 0x80.
  private let costs: [Float]
  private let kinds: [Kind]
  private let isLatin: Bool
  /// The charset's own rarity, once a text.
  private let prior: Float

  private enum Kind: UInt8 {
    case space, small, capital, foreign, mark, symbol
  }

  /// Nil when the charset cannot write the language.
  init?(_ alphabet: LanguageAlphabet, charset: Charset, table: SingleByteTable) {
    var ranks: [UInt32: Int] = [:]
    for (rank, letter) in alphabet.letters.unicodeScalars.enumerated() {
      ranks[letter.value] = ranks[letter.value] ?? rank
    }
    let written = ranks.keys.count { table.scalars.contains($0) }
    guard written * 10 >= ranks.count * 8 else { return nil }
    let total = (0..<ranks.count).reduce(Float(0)) { $0 + 1 / Float($1 + 2) }
    var costs: [Float] = []
    var kinds: [Kind] = []
    for value in table.scalars {
      let (cost, kind) = Self.judge(value, ranks: ranks, total: total, alphabet: alphabet)
      costs.append(cost)
      kinds.append(kind)
    }
    self.charset = charset
    language = alphabet.name
    isLatin = alphabet.isLatin
    prior = Self.rarity[charset.name] ?? 0
    (self.costs, self.kinds) = (costs, kinds)
  }

  /// The logarithm of the sample's probability; higher is likelier.
  func score(_ sample: Span<UInt8>) -> Float {
    var score = prior
    var previous = Kind.space
    var beforeIsASCII = true
    for index in sample.indices {
      let byte = sample[index]
      guard byte >= 0x80 else {
        let kind = Self.kind(ofASCII: byte)
        if !beforeIsASCII { score += joint(previous, kind, mixes: true) }
        (previous, beforeIsASCII) = (kind, true)
        continue
      }
      let slot = Int(byte & 0x7F)
      score += costs[slot]
      score += joint(previous, kinds[slot], mixes: beforeIsASCII)
      (previous, beforeIsASCII) = (kinds[slot], false)
    }
    return score
  }

  /// What it costs that two characters stand side by side, one of them at least beyond ASCII.
  @inline(__always)
  private func joint(_ first: Kind, _ second: Kind, mixes: Bool) -> Float {
    switch (first, second) {
    case (.small, .capital): return -5
    case (.small, .small), (.capital, .small), (.capital, .capital):
      if isLatin { return mixes ? 0.4 : -1.5 }
      return mixes ? -5 : 0.3
    case (.symbol, .small), (.symbol, .capital), (.small, .symbol), (.capital, .symbol): return -1.5
    case (.space, .small), (.small, .space): return isLatin && !mixes ? 0 : -0.3
    default: return 0
    }
  }

  private static func kind(ofASCII byte: UInt8) -> Kind {
    if byte >= 0x61 && byte <= 0x7A { return .small }
    if byte >= 0x41 && byte <= 0x5A { return .capital }
    return byte <= 0x20 ? .space : .mark
  }

  private static func judge(
    _ value: UInt32, ranks: [UInt32: Int], total: Float, alphabet: LanguageAlphabet
  ) -> (Float, Kind) {
    guard value != 0xFFFD, value >= 0xA0, let scalar = Unicode.Scalar(value) else {
      return (-14, .symbol)
    }
    if value == 0xA0 { return (alphabet.isLatin ? -2 : -4, .space) }
    func cost(_ rank: Int) -> Float { -0.6 - logarithm(total * Float(rank + 2)) }
    if let rank = ranks[value] { return (cost(rank), .small) }
    let small = scalar.properties.lowercaseMapping.unicodeScalars
    if small.count == 1, let first = small.first, let rank = ranks[first.value] {
      return (cost(rank) - 2.2, .capital)
    }
    if scalar.properties.isAlphabetic || scalar.properties.canonicalCombiningClass != .notReordered
    {
      let isNear = alphabet.isLatin == (value < 0x250)
      let isCapital = scalar.properties.isUppercase
      return ((isNear ? -7.5 : -11) - (isCapital ? 1 : 0), isCapital ? .capital : .small)
    }
    guard let mark = marks[scalar] else { return (-10, .symbol) }
    // Beside letters that are all beyond ASCII, a mark is the rarer among the bytes looked at.
    let cost = alphabet.isLatin ? mark : mark - 3
    return (cost, scalar.properties.generalCategory == .dashPunctuation ? .symbol : .mark)
  }

  /// Typography that texts in every language hold, the commonest first.
  private static let marks: [Unicode.Scalar: Float] = {
    var costs: [Unicode.Scalar: Float] = [:]
    for (cost, marks) in [
      (-2 as Float, "’"), (-3, "“”–«»…—"), (-4.5, "„‘©®°·•€§№´™£‹›¿¡"), (-6, "‚¥½¼¾²³±×ºª¢µ¶†"),
    ] {
      for mark in marks.unicodeScalars { costs[mark] = cost }
    }
    return costs
  }()

  private static func logarithm(_ value: Float) -> Float {
    // Twice the area hyperbolic tangent of (x - 1) / (x + 1), after taking out powers of two.
    var mantissa = value
    var exponent: Float = 0
    while mantissa > 1.5 {
      mantissa /= 2
      exponent += 1
    }
    while mantissa < 0.75 {
      mantissa *= 2
      exponent -= 1
    }
    let ratio = (mantissa - 1) / (mantissa + 1)
    let square = ratio * ratio
    let series = ratio * (1 + square * (1.0 / 3 + square * (1.0 / 5 + square / 7)))
    return exponent * 0.693_147_2 + 2 * series
  }

  private static let rarity: [String: Float] = [
    "iso-8859-2": -1, "iso-8859-4": -6, "iso-8859-13": -3, "iso-8859-15": -3, "iso-8859-16": -6,
    "iso-8859-3": -6, "iso-8859-14": -8, "iso-8859-5": -3, "iso-8859-6": -2, "iso-8859-7": -1,
    "iso-8859-8": -2, "ibm866": -4, "ibm855": -8, "ibm850": -12, "ibm852": -12,
    "macintosh": -10, "x-mac-cyrillic": -8, "koi8-r": -1, "koi8-u": -2, "windows-1258": -4,
  ]
}
