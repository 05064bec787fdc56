import Tokenization

/// Split patterns as the regular expressions say them: at each place the first alternative that
/// matches, quantifiers taking all they can and giving back one scalar at a time.
struct ReferenceSplitter {
  private let scalars: [Unicode.Scalar]
  private let pattern: SplitPattern

  static func ends(of text: String, _ pattern: SplitPattern) -> [Int] {
    let splitter = ReferenceSplitter(scalars: Array(text.unicodeScalars), pattern: pattern)
    var ends: [Int] = []
    var position = 0
    var byteCount = 0
    while position < splitter.scalars.count {
      let end = splitter.match(position)
      for scalar in splitter.scalars[position..<end] { byteCount += UTF8.width(scalar) }
      ends.append(byteCount)
      position = end
    }
    return ends
  }

  private func match(_ start: Int) -> Int {
    let alternatives: [(Int) -> Int?] =
      switch pattern {
      case .gpt2:
        [
          { contraction($0, ignoringCase: false) }, { spaced($0, isLetter) },
          { spaced($0, isNumber) }, { spaced($0, isOther) }, trailingBlank, blank,
        ]
      case .gpt4:
        [
          { contraction($0, ignoringCase: true) }, prefixedLetters, threeNumbers, punctuation,
          blankToEnd, blankToNewline, trailingBlank, blank,
        ]
      case .llama3:
        [
          { contraction($0, ignoringCase: true) }, prefixedLetters, threeNumbers, punctuation,
          blankToNewline, trailingBlank, blank,
        ]
      case .none: [{ _ in scalars.count }]
      case .expression: []
      }
    for alternative in alternatives {
      if let end = alternative(start) { return end }
    }
    return start + 1
  }

  // MARK: the alternatives

  /// `'(?:[sdmt]|ll|ve|re)`; ignoring case, the long s is an s.
  private func contraction(_ start: Int, ignoringCase: Bool) -> Int? {
    guard at(start) == "'" else { return nil }
    func letter(_ index: Int) -> String {
      guard let scalar = at(index) else { return "" }
      if !ignoringCase { return String(scalar) }
      return scalar == "\u{17F}" ? "s" : String(scalar).lowercased()
    }
    if ["s", "d", "m", "t"].contains(letter(start + 1)) { return start + 2 }
    if ["ll", "ve", "re"].contains(letter(start + 1) + letter(start + 2)) { return start + 3 }
    return nil
  }

  // `[^\r\n\p{L}\p{N}]?\p{L}+`
  private func prefixedLetters(_ start: Int) -> Int? {
    if let first = at(start), !isNewline(first), !isLetter(first), !isNumber(first),
      let end = run(start + 1, isLetter)
    {
      return end
    }
    return run(start, isLetter)
  }

  // `\p{N}{1,3}`
  private func threeNumbers(_ start: Int) -> Int? {
    run(start, isNumber).map { min($0, start + 3) }
  }

  // ` ?[^\s\p{L}\p{N}]+[\r\n]*`
  private func punctuation(_ start: Int) -> Int? {
    guard let end = spaced(start, isOther) else { return nil }
    return run(end, isNewline) ?? end
  }

  // ` ?X+`
  private func spaced(_ start: Int, _ wanted: (Unicode.Scalar) -> Bool) -> Int? {
    if at(start) == " ", let end = run(start + 1, wanted) { return end }
    return run(start, wanted)
  }

  /// `\s+$`, the end being that of the text.
  private func blankToEnd(_ start: Int) -> Int? {
    run(start, isWhitespace).flatMap { $0 == scalars.count ? $0 : nil }
  }

  // `\s*[\r\n]+`
  private func blankToNewline(_ start: Int) -> Int? {
    guard let end = run(start, isWhitespace) else { return nil }
    return scalars[start..<end].lastIndex(where: isNewline).map { $0 + 1 }
  }

  // `\s+(?!\S)`
  private func trailingBlank(_ start: Int) -> Int? {
    guard let end = run(start, isWhitespace) else { return nil }
    if end == scalars.count { return end }
    return end - 1 > start ? end - 1 : nil
  }

  /// `\s+`, where what came before it has failed.
  private func blank(_ start: Int) -> Int? {
    run(start, isWhitespace)
  }

  // MARK: scalars

  private func at(_ index: Int) -> Unicode.Scalar? {
    index < scalars.count ? scalars[index] : nil
  }

  /// The end of the scalars that are wanted, when there is one.
  private func run(_ start: Int, _ wanted: (Unicode.Scalar) -> Bool) -> Int? {
    var end = start
    while let scalar = at(end), wanted(scalar) { end += 1 }
    return end > start ? end : nil
  }

  private func isNewline(_ scalar: Unicode.Scalar) -> Bool { scalar == "\n" || scalar == "\r" }
  private func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    ScalarClassGenerator.contains(scalar, .letters)
  }
  private func isNumber(_ scalar: Unicode.Scalar) -> Bool {
    ScalarClassGenerator.contains(scalar, .numbers)
  }
  private func isWhitespace(_ scalar: Unicode.Scalar) -> Bool {
    ScalarClassGenerator.contains(scalar, .whitespace)
  }
  private func isOther(_ scalar: Unicode.Scalar) -> Bool {
    !isWhitespace(scalar) && !isLetter(scalar) && !isNumber(scalar)
  }
}
