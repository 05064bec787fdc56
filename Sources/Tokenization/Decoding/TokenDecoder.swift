internal import ByteKernels
internal import TextAnalysis

/// Turns ids into text by the decoding steps of a vocabulary.
struct TokenDecoder: Sendable {
  private let steps: [DecodingStep]
  /// What each id stands for; spelled as the model has it where steps are to be taken.
  private let spellings: [[UInt8]]
  private let specials: Set<UInt32>
  /// Whether a text is the bytes of its tokens, one after the other.
  private let isPlain: Bool

  init(_ vocabulary: Vocabulary) {
    let isByteLevel = vocabulary.model == .byteLevel
    let steps = vocabulary.decoding
    let onlyBytes = steps.allSatisfy { if case .byteLevel = $0 { true } else { false } }
    isPlain = isByteLevel && onlyBytes
    self.steps = steps
    var spellings =
      isByteLevel && !onlyBytes
      ? vocabulary.tokens.enumerated().map { id, token in
        vocabulary.literalTokens.contains(UInt32(id)) ? token : ByteAlphabet.encode(token)
      } : vocabulary.tokens
    for added in vocabulary.addedTokens {
      spellings[Int(added.id)] =
        added.isNormalized
        ? EncodingSteps.normalizedText(added, vocabulary.normalizers) : Array(added.text.utf8)
    }
    self.spellings = spellings
    specials = Set(vocabulary.specialTokens.map(\.id))
  }

  /// The text of ids; refuses an id that is not used.
  func decode(
    _ ids: [UInt32], skippingSpecials: Bool
  ) throws(UnknownTokenError) -> [UInt8] {
    var bytes: [UInt8] = []
    var tokens: [[UInt8]] = []
    for (position, id) in ids.enumerated() {
      guard id < spellings.count, !spellings[Int(id)].isEmpty else {
        throw UnknownTokenError(id: id, position: position, vocabularySize: spellings.count)
      }
      if skippingSpecials, specials.contains(id) { continue }
      if isPlain {
        bytes.append(contentsOf: spellings[Int(id)])
      } else {
        tokens.append(spellings[Int(id)])
      }
    }
    if isPlain { return bytes }
    // Without a decoder tokens are set apart by spaces.
    if steps.isEmpty { return Array(tokens.joined(separator: [0x20])) }
    for step in steps { tokens = step.apply(to: tokens) }
    return Array(tokens.joined())
  }
}

extension DecodingStep {
  /// Takes the step on the spellings of successive tokens.
  fileprivate func apply(to tokens: [[UInt8]]) -> [[UInt8]] {
    switch self {
    case .byteLevel:
      return [
        Array(
          tokens.map { token in
            ByteAlphabet.decode(String(decoding: token, as: UTF8.self)) ?? token
          }.joined())
      ]
    case .byteFallback: return Self.joinBytes(tokens)
    case .fuse: return [Array(tokens.joined())]
    case .strip(let scalar, let start, let stop):
      return tokens.map { Self.strip($0, Array(String(scalar).utf8), start, stop) }
    case .replace(let pattern, let content):
      return tokens.map { token in
        var text = AlignedText(token.span, offset: nil)
        Normalizer.replace(pattern, with: content).apply(to: &text)
        return text.bytes
      }
    case .metaspace(let replacement, let prepending, _):
      return tokens.enumerated().map { index, token in
        let space = index == 0 && prepending != .never ? "" : " "
        var text = AlignedText(token.span, offset: nil)
        Normalizer.replace(.text(String(replacement)), with: space).apply(to: &text)
        return text.bytes
      }
    case .bpe(let suffix):
      return tokens.enumerated().map { index, token in
        var text = AlignedText(token.span, offset: nil)
        let space = index == tokens.count - 1 ? "" : " "
        Normalizer.replace(.text(suffix), with: space).apply(to: &text)
        return text.bytes
      }
    }
  }

  /// Runs of tokens that name bytes become one text, or as many U+FFFD where they are not UTF-8.
  private static func joinBytes(_ tokens: [[UInt8]]) -> [[UInt8]] {
    var joined: [[UInt8]] = []
    var run: [UInt8] = []
    func finish() {
      if run.isEmpty { return }
      if UTF8Validator.isValid(run.span) {
        joined.append(run)
      } else {
        joined.append(contentsOf: repeatElement(Array("\u{FFFD}".utf8), count: run.count))
      }
      run = []
    }
    for token in tokens {
      if let byte = CharacterRules.byte(named: token) {
        run.append(byte)
      } else {
        finish()
        joined.append(token)
      }
    }
    finish()
    return joined
  }

  private static func strip(
    _ token: [UInt8], _ sign: [UInt8], _ start: Int, _ stop: Int
  ) -> [UInt8] {
    var rest = token[...]
    var count = 0
    while count < start, rest.starts(with: sign) {
      rest = rest.dropFirst(sign.count)
      count += 1
    }
    count = 0
    while count < stop, rest.count >= sign.count, rest.suffix(sign.count).elementsEqual(sign) {
      rest = rest.dropLast(sign.count)
      count += 1
    }
    return Array(rest)
  }
}
