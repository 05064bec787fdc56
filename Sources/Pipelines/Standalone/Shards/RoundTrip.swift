internal import ByteKernels
internal import Packing
internal import Tokenization

/// Decodes documents and encodes them again, which must give the same tokens.
struct RoundTrip {
  private let tokenizer: Tokenizer
  private let encoder: Encoder
  private let expectations: TokenExpectations
  /// Of how many documents one is tried.
  private let stride: Int
  /// Documents tried before it goes by the stride.
  private static let firstCount = 8
  private var seenCount = 0
  private(set) var triedCount = 0

  init(_ tokenizer: Tokenizer, _ expectations: TokenExpectations, isOfAll: Bool) {
    self.tokenizer = tokenizer
    encoder = tokenizer.makeEncoder(cacheByteCount: 1 << 24)
    self.expectations = expectations
    stride = isOfAll ? 1 : 256
  }

  /// Tries the whole documents of a sequence.
  mutating func check(
    _ sequence: PackedSequence, at offset: Int, _ file: String, _ faults: inout ShardFaults
  ) {
    var start = 0
    for piece in sequence.pieces {
      defer { start += piece.count }
      var tokens = sequence.tokens[start..<(start + piece.count)]
      guard !piece.isPadding, piece.start == 0, isWhole(tokens) else { continue }
      seenCount += 1
      guard seenCount <= Self.firstCount || seenCount % stride == 0 else { continue }
      triedCount += 1
      if let end = expectations.endOfDocument, tokens.last == end { tokens.removeLast() }
      if let beginning = expectations.beginningOfDocument, tokens.first == beginning {
        tokens.removeFirst()
      }
      if let message = fault(of: Array(tokens)) {
        faults.add(
          .roundTrip, file, tokenOffset: offset + start,
          "document \(piece.document): \(message); was it encoded with another tokenizer?")
      }
    }
  }

  /// True when tokens from a document's first on go to its last for certain.
  private func isWhole(_ tokens: ArraySlice<UInt32>) -> Bool {
    expectations.isDocuments || (expectations.endOfDocument.map { $0 == tokens.last } ?? false)
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
