/// Which steps of a `tokenizer.json` a pattern is.
extension PreTokenizer {
  /// The steps of a byte-level tokenizer that splits by a pattern.
  package init(_ pattern: SplitPattern) {
    // What ByteLevel splits by itself is the gpt2 pattern.
    let splits = pattern == .gpt2 || pattern == .starcoder
    let bytes = Step.byteLevel(addsPrefixSpace: false, splits: splits, trimsOffsets: true)
    self.init(pattern.steps + [bytes])
  }

  /// The pattern that does the same to the bytes of a text as all steps together; nil when there is
  /// none.
  package var pattern: SplitPattern? {
    guard case .byteLevel(false, let splits, _) = steps.last else { return nil }
    var keys = steps.dropLast().map { $0.key }
    if splits { keys.append(KnownSteps.gpt2) }
    if keys.isEmpty { return SplitPattern.none }
    if let known = KnownSteps.patterns[keys] { return known }
    guard keys.count == 1, !splits,
      case .split(.expression(let expression), let behavior, let isInverted) = steps[0]
    else { return nil }
    switch (behavior, isInverted) {
    case (.isolated, _): return .expression(expression)
    case (.removed, true):
      let pattern = KnownSteps.patterns[[KnownSteps.key(expression.source)]]
      // Of the other patterns known by one expression every character is part of a match.
      return pattern == .digits3 ? nil : pattern
    default: return nil
    }
  }
}

extension PreTokenizer.Step {
  /// Equal for steps that do the same.
  fileprivate var key: [UInt8] {
    switch self {
    case .split(.expression(let expression), .isolated, _): KnownSteps.key(expression.source)
    case .digits(areIndividual: true): KnownSteps.digits
    default: []
    }
  }
}

extension SplitPattern {
  /// What cuts the text, the step to bytes left out.
  fileprivate var steps: [PreTokenizer.Step] {
    switch self {
    case .gpt2, .none: []
    case .starcoder, .digits: [.digits(areIndividual: true)]
    case .expression(let expression):
      [.split(.expression(expression), .isolated, isInverted: false)]
    default:
      SplitSpelling.expressions(of: self).compactMap { source in
        (try? SplitExpression(source)).map {
          .split(.expression($0), .isolated, isInverted: false)
        }
      }
    }
  }
}

/// The steps that are patterns, by their keys.
private enum KnownSteps {
  /// No expression has such a byte.
  static let digits: [UInt8] = [0xFF]
  static let gpt2 = key(SplitSpelling.all(of: .gpt2)[0])

  /// The bytes of an expression: strings that are canonically equal may split otherwise.
  static func key(_ expression: String) -> [UInt8] {
    // A file may have the newlines themselves where an escape is usual.
    var key: [UInt8] = []
    for byte in expression.utf8 {
      switch byte {
      case 0x0A: key += [0x5C, 0x6E]
      case 0x0D: key += [0x5C, 0x72]
      default: key.append(byte)
      }
    }
    return key
  }

  static let patterns: [[[UInt8]]: SplitPattern] = {
    var patterns: [[[UInt8]]: SplitPattern] = [
      [digits]: .digits, SplitSpelling.expressions(of: .deepseekV3).map(key): .deepseekV3,
    ]
    for pattern in SplitPattern.allCases where pattern != .deepseekV3 {
      for spelling in SplitSpelling.all(of: pattern) { patterns[[key(spelling)]] = pattern }
    }
    for spelling in SplitSpelling.all(of: .gpt2) {
      patterns[[digits, key(spelling)]] = .starcoder
    }
    return patterns
  }()
}
