internal import ByteKernels
internal import Packing
internal import Tokenization

/// Decodes documents and encodes them again, which must give the same tokens.
struct RoundTrip {
  /// A document from its first token on.
  private struct Open {
    let document: UInt32
    /// Of its first token in the shard.
    let offset: Int
    var tokens: [UInt32] = []
  }

  private let tokenizer: Tokenizer
  private let encoder: Encoder
  private let expectations: TokenExpectations
  /// Of how many documents one is tried.
  private let stride: Int
  /// Documents tried before it goes by the stride.
  private static let firstCount = 8
  private static let maximumTokenCount = 1 << 24
  private var seenCount = 0
  /// The document whose end has not come yet, when it is to be tried.
  private var open: Open?
  private(set) var triedCount = 0

  init(_ tokenizer: Tokenizer, _ expectations: TokenExpectations, isOfAll: Bool) {
    self.tokenizer = tokenizer
    encoder = tokenizer.makeEncoder(cacheByteCount: 1 << 24)
    self.expectations = expectations
    stride = isOfAll ? 1 : 256
  }

  /// Tries the documents that end in a sequence; one that began in sequences before is remembered from
  /// there, when nothing else came between.
  mutating func check(
    _ sequence: PackedSequence, at offset: Int, _ file: String, _ faults: inout ShardFaults
  ) {
    var start = 0
    for (number, piece) in sequence.pieces.enumerated() {
      defer { start += piece.count }
      if piece.isPadding { continue }
      if piece.start == 0 {
        seenCount += 1
        let isTried = seenCount <= Self.firstCount || seenCount % stride == 0
        open = isTried ? Open(document: piece.document, offset: offset + start) : nil
      }
      guard open?.document == piece.document, open?.tokens.count == piece.start,
        piece.start + piece.count <= Self.maximumTokenCount
      else {
        open = nil
        continue
      }
      open?.tokens += sequence.tokens[start..<(start + piece.count)]
      let reachesEnd = expectations.reachesEnd(number, of: sequence.pieces)
      if let whole = open, isWhole(whole.tokens, reachesEnd: reachesEnd) {
        open = nil
        check(whole, file, &faults)
      }
    }
  }

  private mutating func check(_ document: Open, _ file: String, _ faults: inout ShardFaults) {
    // What the vocabulary did not know is lost: such a document cannot come out the same.
    if let unknown = tokenizer.vocabulary.model.unknownID, document.tokens.contains(unknown) {
      return
    }
    triedCount += 1
    var tokens = document.tokens[...]
    if let end = expectations.endOfDocument, tokens.last == end { tokens.removeLast() }
    if let beginning = expectations.beginningOfDocument, tokens.first == beginning {
      tokens.removeFirst()
    }
    if let message = fault(of: Array(tokens)) {
      faults.add(
        .roundTrip, file, tokenOffset: document.offset,
        "document \(document.document): \(message); was it encoded with another tokenizer?")
    }
  }

  /// True when tokens from a document's first on go to its last for certain.
  private func isWhole(_ tokens: [UInt32], reachesEnd: Bool) -> Bool {
    if expectations.isDocuments { return true }
    if let end = expectations.endOfDocument { return tokens.last == end }
    // Only what fills its sequence can be cut, unless sequences were made of parts.
    return expectations.hasPieces && !expectations.cutsDocuments && !reachesEnd
  }

  private func fault(of tokens: [UInt32]) -> String? {
    let bytes: [UInt8]
    do throws(UnknownTokenError) { bytes = try tokenizer.decode(tokens) } catch {
      return "\(error)"
    }
    let (text, repairedCount) = UTF8Repair.repaired(bytes, replacing: .replacementCharacter)
    if repairedCount > 0, !isLossy { return "its tokens are no text in UTF-8" }
    var plain: [UInt32] = []
    encoder.encode(text.span, into: &plain)
    if plain == tokens { return nil }
    // Text that looked like a special token became that token.
    var special: [UInt32] = []
    encoder.encode(text.span, into: &special, allowingSpecials: true)
    if special == tokens { return nil }
    // What a vocabulary lost of a text at first it loses no further.
    if isLossy, (try? tokenizer.decode(plain)) == bytes { return nil }
    let position = zip(plain, tokens).prefix { $0 == $1 }.count
    return "its text has other tokens from number \(position) on, \(plain.count) instead of "
      + "\(tokens.count)"
  }

  /// True for vocabularies that change texts or do not hold all of them.
  private var isLossy: Bool {
    tokenizer.vocabulary.model != .byteLevel || !tokenizer.vocabulary.normalizers.isEmpty
  }
}
