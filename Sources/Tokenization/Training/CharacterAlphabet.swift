/// The characters that become pieces of their own: the most frequent ones, until they make up the
/// share of all characters that is to be covered.
struct CharacterAlphabet {
  /// In order of their scalars: a character's place is its token in training.
  let characters: [Unicode.Scalar]
  /// The places, the most frequent first, of equal counts the smaller scalar.
  let byFrequency: [Int]
  /// Bytes of all characters left out, times their counts.
  private(set) var fallbackTotal: UInt64 = 0
  /// A character's place by its scalar, `none` for those left out.
  private var places: [UInt32]

  private static let none = UInt32.max

  init(_ words: CountedWords, coverage: Double, limit: Int?) throws {
    var counts = [UInt64](repeating: 0, count: 0x110000)
    try words.forEach { word, count in
      var place = 0
      while let scalar = UTF8Scalars.next(word, &place) { counts[Int(scalar)] += count }
    }
    let found = counts.indices.filter { counts[$0] > 0 && Unicode.Scalar(UInt32($0)) != nil }
      .sorted { counts[$0] != counts[$1] ? counts[$0] > counts[$1] : $0 < $1 }
    let total = found.reduce(0.0) { $0 + Double(counts[$1]) }
    var covered = 0.0
    // U+0000 ends texts for SentencePiece.
    let taken = found.prefix { scalar in
      defer { covered += Double(counts[scalar]) }
      return covered < total * coverage
    }.filter { $0 > 0 }.prefix(limit ?? .max)
    characters = taken.sorted().compactMap { Unicode.Scalar(UInt32($0)) }
    places = [UInt32](repeating: Self.none, count: 0x110000)
    for (place, character) in characters.enumerated() {
      places[Int(character.value)] = UInt32(place)
    }
    byFrequency = taken.map { [places] in Int(places[$0]) }
    for scalar in found where places[scalar] == Self.none {
      let width = Unicode.Scalar(UInt32(scalar)).map { UTF8.width($0) } ?? 0
      fallbackTotal += counts[scalar] * UInt64(width)
    }
  }

  /// Gives the runs of characters of the alphabet in a word, as tokens.
  func forEachRun(
    of word: Span<UInt8>, into tokens: inout [UInt32], _ body: (Span<UInt32>) -> Void
  ) {
    tokens.removeAll(keepingCapacity: true)
    var place = 0
    while let scalar = UTF8Scalars.next(word, &place) {
      let token = places[Int(scalar)]
      if token != Self.none {
        tokens.append(token)
      } else if !tokens.isEmpty {
        body(tokens.span)
        tokens.removeAll(keepingCapacity: true)
      }
    }
    if !tokens.isEmpty { body(tokens.span) }
  }
}

/// The scalars of bytes that should be valid UTF-8.
enum UTF8Scalars {
  /// The scalar at a place, which moves behind it; U+FFFD for a byte that is part of none, nil at the
  /// end.
  static func next(_ bytes: Span<UInt8>, _ place: inout Int) -> UInt32? {
    guard place < bytes.count else { return nil }
    let lead = UInt32(bytes[place])
    place += 1
    if lead < 0x80 { return lead }
    let width = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1
    guard lead >= 0xC2, lead < 0xF5, place + width <= bytes.count else { return 0xFFFD }
    var scalar = lead & (0x3F >> UInt32(width))
    for offset in 0..<width {
      let byte = UInt32(bytes[place + offset])
      guard byte & 0xC0 == 0x80 else { return 0xFFFD }
      scalar = scalar << 6 | (byte & 0x3F)
    }
    place += width
    return scalar < 0x110000 ? scalar : 0xFFFD
  }
}
