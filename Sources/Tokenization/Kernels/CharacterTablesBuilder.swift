/// Gathers what `CharacterTables` hold, from a SentencePiece model or from tokens and merges.
struct CharacterTablesBuilder {
  private(set) var rules: CharacterRules
  private(set) var ids: [UInt32] = []
  private(set) var byteCounts: [UInt32] = []
  private(set) var byteIDs = [UInt32](repeating: CharacterTables.none, count: 256)
  private(set) var characters: [UInt32: UInt32] = [:]
  private(set) var pairs: [(left: UInt32, right: UInt32, merge: UInt64)] = []
  /// Symbols of characters that stand side by side in some token.
  private(set) var neighbours: Set<SymbolPair> = []
  private(set) var hasParts = false
  private(set) var userDefined: PieceTrie?
  private(set) var wholePieces: PieceTrie?
  private(set) var unusedSymbols: Set<UInt32> = []
  private(set) var followsSentencePiece: Bool
  private(set) var cut = WordCut()

  struct SymbolPair: Hashable {
    let left: UInt32
    let right: UInt32
  }

  /// Bytes of possible right halves that are looked up; published models have some ten million.
  private static let maximumLookupByteCount = 1 << 28

  /// The tables of a model of SentencePiece's; one of single characters has no merges.
  init(_ model: SentencePieceModel) throws(VocabularyError) {
    followsSentencePiece = true
    rules = CharacterRules(
      unknownID: model.unknownID, hasByteFallback: model.hasByteFallback, fusesUnknown: true)
    let pieces = model.pieces
    // What text can become.
    let isMerged = pieces.map { !$0.kind.isReserved && !model.isNull($0) }
    for (id, piece) in pieces.enumerated() {
      let isKnown = isMerged[id] && piece.kind != .unused
      ids.append(isKnown ? UInt32(id) : CharacterTables.none)
      byteCounts.append(UInt32(piece.text.count))
      if piece.kind == .byte, let byte = piece.byte { byteIDs[Int(byte)] = UInt32(id) }
    }
    addCharacters(
      pieces.enumerated().lazy.filter { isMerged[$0.offset] }.map {
        (UInt32($0.offset), $0.element.text)
      })
    if model.algorithm == .bpe { try addPairs(model, isMerged) }
    addUserDefined(pieces)
    let texts = pieces.enumerated().lazy.filter { isMerged[$0.offset] }.map(\.element.text)
    cut = WordCut(texts)
    if unusedSymbols.isEmpty { addNeighbours(texts) }
  }

  /// The tables of tokens and ranked merges, as Hugging Face's BPE uses them.
  ///
  /// The names of byte tokens are those of `tokens`; empty tokens are no tokens.
  init(
    tokens: [[UInt8]], merges: [Vocabulary.Merge], rules: CharacterRules,
    acceptsWholePieces: Bool
  ) throws(VocabularyError) {
    followsSentencePiece = false
    self.rules = rules
    ids = tokens.indices.map { UInt32($0) }
    byteCounts = tokens.map { UInt32($0.count) }
    let named = tokens.enumerated().filter { !$0.element.isEmpty }
    for (id, token) in named {
      let scalars = Array(String(decoding: token, as: UTF8.self).unicodeScalars)
      if scalars.count == 1 { characters[scalars[0].value] = UInt32(id) }
    }
    if rules.hasByteFallback {
      let names = Dictionary(named.map { ($0.element, UInt32($0.offset)) }) { $1 }
      for byte in 0..<256 {
        byteIDs[byte] = names[CharacterRules.name(ofByte: UInt8(byte))] ?? CharacterTables.none
      }
    }
    if merges.count > Int(Int32.max) { throw VocabularyError(message: "it has too many merges") }
    for (rank, merge) in merges.enumerated() {
      let ids = [merge.left, merge.right, merge.product]
      guard ids.allSatisfy({ $0 < tokens.count }) else {
        throw VocabularyError(message: "merge \(rank) is of a token that is not there")
      }
      pairs.append((merge.left, merge.right, UInt64(rank) << 32 | UInt64(merge.product)))
    }
    if acceptsWholePieces { wholePieces = PieceTrie(named.map { ($0.element, UInt64($0.offset)) }) }
    // Where U+2581 is not known it may be fused with what stands before it.
    let products = merges.lazy.map { tokens[Int($0.product)] }
    // Tokens of bytes and the unknown one are no characters.
    let others = Set(byteIDs + [rules.unknownID].compactMap { $0 })
    if !merges.contains(where: { others.contains($0.left) || others.contains($0.right) }) {
      addNeighbours(products)
      // Where unknown characters are left out, those beside them become neighbours.
      let leavesOut = rules.unknownID == nil && byteIDs.contains(CharacterTables.none)
      if !leavesOut { cut = WordCut(products, known: Set(characters.keys)) }
    }
  }

  /// Remembers which characters stand side by side in tokens.
  private mutating func addNeighbours(_ tokens: some Sequence<[UInt8]>) {
    hasParts = true
    for token in tokens {
      var last: UInt32?
      for scalar in String(decoding: token, as: UTF8.self).unicodeScalars {
        let symbol = characters[scalar.value]
        if let last, let symbol { neighbours.insert(SymbolPair(left: last, right: symbol)) }
        last = symbol
      }
    }
  }

  /// Gives every character of every piece a symbol: the piece it is, or a new one.
  private mutating func addCharacters(_ pieces: some Sequence<(UInt32, [UInt8])>) {
    var others: Set<UInt32> = []
    for (id, text) in pieces {
      let scalars = String(decoding: text, as: UTF8.self).unicodeScalars
      if let first = scalars.first, scalars.count == 1 { characters[first.value] = id }
      for scalar in scalars { others.insert(scalar.value) }
    }
    for scalar in others.sorted() where characters[scalar] == nil {
      characters[scalar] = addSymbol(CharacterTables.none, Self.byteCount(scalar))
    }
  }

  private mutating func addSymbol(_ id: UInt32, _ byteCount: Int) -> UInt32 {
    ids.append(id)
    byteCounts.append(UInt32(byteCount))
    return UInt32(ids.count - 1)
  }

  private static func byteCount(_ scalar: UInt32) -> Int {
    scalar < 0x80 ? 1 : scalar < 0x800 ? 2 : scalar < 0x1_0000 ? 3 : 4
  }

  /// All ways in which two symbols are a piece; the greater its score, the sooner they are merged.
  private mutating func addPairs(
    _ model: SentencePieceModel, _ isMerged: [Bool]
  ) throws(VocabularyError) {
    let pieces = model.pieces
    let ranks = Self.ranks(pieces)
    var symbols: [(bytes: [UInt8], value: UInt64)] = []
    for (scalar, symbol) in characters {
      guard let scalar = Unicode.Scalar(scalar) else { continue }
      symbols.append((Array(String(scalar).utf8), UInt64(symbol)))
    }
    for (id, piece) in pieces.enumerated() where isMerged[id] {
      symbols.append((piece.text, UInt64(id)))
    }
    let trie = PieceTrie(symbols)
    var lookupByteCount = 0
    for (id, piece) in pieces.enumerated() where isMerged[id] {
      let before = pairs.count
      unsafe piece.text.withUnsafeBufferPointer { text in
        guard let base = text.baseAddress else { return }
        // SAFETY: lengths of what a text begins with are at most its own.
        unsafe trie.match(base, text.count) { length, left in
          lookupByteCount += text.count - length
          if length < text.count,
            let right = unsafe trie.value(base + length, text.count - length)
          {
            let merge = UInt64(ranks[id]) << 32 | UInt64(id)
            pairs.append((UInt32(left), UInt32(right), merge))
          }
          return true
        }
      }
      if lookupByteCount > Self.maximumLookupByteCount {
        throw VocabularyError(message: "its pieces are made of two others in too many ways")
      }
      if piece.kind == .unused, pairs.count > before { unusedSymbols.insert(UInt32(id)) }
    }
  }

  /// The place of each piece's score among all, the greatest first; equal ones share it.
  private static func ranks(_ pieces: [SentencePieceModel.Piece]) -> [UInt32] {
    let keys = pieces.map { piece in
      // Bits whose order as whole numbers is that of the scores, with -0 before 0.
      let bits = Int32(bitPattern: piece.score.bitPattern)
      return bits < 0 ? bits ^ Int32.max : bits
    }
    var ranks = [UInt32](repeating: 0, count: pieces.count)
    var rank: UInt32 = 0
    var last: Int32?
    for id in keys.indices.sorted(by: { keys[$0] > keys[$1] }) {
      if let last, last != keys[id] { rank += 1 }
      last = keys[id]
      ranks[id] = rank
    }
    return ranks
  }

  private mutating func addUserDefined(_ pieces: [SentencePieceModel.Piece]) {
    var kept: [(bytes: [UInt8], value: UInt64)] = []
    for (id, piece) in pieces.enumerated() where piece.kind == .userDefined {
      kept.append((piece.text, UInt64(addSymbol(UInt32(id), piece.text.count))))
    }
    if !kept.isEmpty { userDefined = PieceTrie(kept) }
  }
}
