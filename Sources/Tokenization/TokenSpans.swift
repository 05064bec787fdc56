internal import TextAnalysis

extension Encoder {
  /// The ids of a valid UTF-8 text, and for each the range of the text's bytes that it stands for.
  ///
  /// For byte-level vocabularies without normalizers the ranges are exact: together they are the text,
  /// but for the white space that added tokens take along, which is theirs. Where normalizers or
  /// pre-tokenizers change the text, a token's range is that of the characters it was made from; one
  /// made from none has an empty range, and a character of several tokens is in the range of each.
  /// Nil for a model that SentencePiece's own steps lead to, which keep no places.
  package func encodeWithRanges(
    _ text: Span<UInt8>, allowingSpecials: Bool = false, beginsText: Bool = true
  ) -> (ids: [UInt32], ranges: [Range<Int>])? {
    guard let spans else { return nil }
    var ids: [UInt32] = []
    var ranges: [Range<Int>] = []
    steps.part(
      text, allowingSpecials: allowingSpecials, tracksPlaces: true, beginsText: beginsText
    ) { part in
      switch part {
      case .token(let id, let range):
        ids.append(id)
        ranges.append(range)
      case .text(let text, let begins):
        for piece in model.pieces(of: text, beginsText: begins) {
          let first = ids.count
          model.encode(piece, into: &ids)
          let text = piece.text
          ranges += spans.ranges(of: ids[first...], in: text.bytes).map {
            steps.range(of: text.place(of: $0), beginsText: beginsText)
          }
        }
      }
    }
    return (ids, ranges)
  }
}

/// How many bytes of a piece each of its tokens stands for.
struct TokenSpans: Sendable {
  private let byteCounts: [Int]
  /// The tokens that stand for one byte each, by byte fallback.
  private let bytes: [UInt32: UInt8]
  private let unknownID: UInt32?
  private let fusesUnknown: Bool
  /// Characters that have a token; an unknown token stands for others.
  private let characters: Set<[UInt8]>

  /// Nil where tokens do not tell how much of a piece they stand for.
  init?(_ vocabulary: Vocabulary) {
    if case .sentencePiece = vocabulary.model { return nil }
    byteCounts = vocabulary.tokens.map(\.count)
    var rules = CharacterRules()
    switch vocabulary.model {
    case .characters(let own), .unigram(_, let own): rules = own
    case .byteLevel, .sentencePiece: break
    }
    unknownID = rules.unknownID
    fusesUnknown = rules.fusesUnknown
    var bytes: [UInt32: UInt8] = [:]
    var characters: Set<[UInt8]> = []
    if vocabulary.model != .byteLevel {
      for (id, token) in vocabulary.tokens.enumerated() {
        if rules.hasByteFallback, let byte = CharacterRules.byte(named: token) {
          bytes[UInt32(id)] = byte
        }
        if let lead = token.first, Self.width(lead) == token.count { characters.insert(token) }
      }
    }
    self.bytes = bytes
    self.characters = characters
  }

  /// The ranges of a piece's bytes that its tokens, in order, stand for.
  func ranges(of ids: ArraySlice<UInt32>, in piece: [UInt8]) -> [Range<Int>] {
    var start = 0
    return ids.map { id in
      var count = byteCounts[Int(id)]
      if id == unknownID {
        count = unknownByteCount(piece, start)
      } else if let byte = bytes[id], start < piece.count, piece[start] == byte {
        count = 1
      }
      let end = min(piece.count, start + count)
      defer { start = end }
      return start..<end
    }
  }

  /// How many bytes from a place on an unknown token stands for.
  private func unknownByteCount(_ piece: [UInt8], _ start: Int) -> Int {
    var end = start
    while end < piece.count {
      let next = min(piece.count, end + Self.width(piece[end]))
      if end > start, !fusesUnknown || characters.contains(Array(piece[end..<next])) { break }
      end = next
    }
    return end - start
  }

  private static func width(_ lead: UInt8) -> Int {
    lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
  }
}
