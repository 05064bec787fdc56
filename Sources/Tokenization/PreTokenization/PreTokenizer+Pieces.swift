/// The steps at work, on texts of any kind: slower than a pattern by itself.
extension PreTokenizer {
  /// The pieces of a text, as the model is to see them; bytes are bytes, even behind ByteLevel.
  ///
  /// `beginsText` tells that nothing stands before it, not even an added token.
  func pieces(of text: AlignedText, beginsText: Bool = true) -> PieceList {
    var list = PieceList(text, beginsText: beginsText)
    var isSpelled = false
    for (index, step) in steps.enumerated() {
      step.apply(to: &list)
      guard case .byteLevel = step, index + 1 < steps.count, !isSpelled else { continue }
      list.map { _, bytes in ByteAlphabet.encode(Array(bytes)) }
      isSpelled = true
    }
    if isSpelled { list.map { scalar, _ in ByteAlphabet.byte(scalar).map { [$0] } } }
    return list
  }

  /// Whether it matters which piece comes from the beginning of the text.
  var asksForBeginning: Bool {
    steps.contains { if case .metaspace(_, .first, _) = $0 { true } else { false } }
  }
}

extension PreTokenizer.Step {
  fileprivate func apply(to list: inout PieceList) {
    switch self {
    case .split(.expression(let expression), let behavior, let isInverted):
      list.split { piece, body in
        var segments = PieceSegments(isInverted: isInverted)
        segments.find(expression, in: piece)
        segments.hand(behavior, to: body)
      }
    case .split(.string(let text), let behavior, let isInverted):
      list.split { piece, body in
        var segments = PieceSegments(isInverted: isInverted)
        segments.find(Array(text.utf8), in: piece)
        segments.hand(behavior, to: body)
      }
    case .byteLevel(let addsPrefixSpace, let splits, _):
      if addsPrefixSpace {
        list.prepend([0x20], standsForFirst: true) { piece, _ in piece[0] != 0x20 }
      }
      if splits { list.split { Self.split($0, .gpt2, $1) } }
    case .digits(let areIndividual):
      Self.split(&list, areIndividual ? .isolated : .contiguous) { Self.has($0, .number) }
    case .punctuation(let behavior): Self.split(&list, behavior, where: Self.isPunctuation)
    case .whitespace: list.split { Self.words($0, $1) }
    case .whitespaceSplit: Self.split(&list, .removed) { Self.has($0, .whitespace) }
    case .bert:
      Self.split(&list, .removed) { Self.has($0, .whitespace) }
      Self.split(&list, .isolated, where: Self.isPunctuation)
    case .delimiter(let delimiter): Self.split(&list, .removed) { $0 == delimiter }
    case .metaspace(let replacement, let prepending, let splits):
      Self.metaspace(&list, replacement, prepending, splits)
    case .fixedLength(let length): list.split { Self.split($0, every: length, $1) }
    }
  }

  private static func split(
    _ list: inout PieceList, _ behavior: PreTokenizer.Behavior,
    where isWanted: (Unicode.Scalar) -> Bool
  ) {
    list.split { piece, body in
      var segments = PieceSegments()
      segments.find(in: piece, where: isWanted)
      segments.hand(behavior, to: body)
    }
  }

  private static func split(
    _ piece: Span<UInt8>, _ pattern: SplitPattern, _ body: (Range<Int>) -> Void
  ) {
    var start = 0
    for end in PieceEnds.ends(of: piece, pattern) {
      body(start..<end)
      start = end
    }
  }

  private static func split(
    _ piece: Span<UInt8>, every length: Int, _ body: (Range<Int>) -> Void
  ) {
    var first = 0
    var position = 0
    var count = 0
    while position < piece.count {
      position = piece.scalar(at: position).next
      count += 1
      guard count == length || position == piece.count else { continue }
      body(first..<position)
      first = position
      count = 0
    }
  }

  /// `\w+|[^\w\s]+`, white space removed.
  private static func words(_ piece: Span<UInt8>, _ body: (Range<Int>) -> Void) {
    var first = 0
    var kind: WordScalars.Kind?
    var position = 0
    while position < piece.count {
      let (scalar, next) = piece.scalar(at: position)
      let found = WordScalars.kind(scalar)
      if found != kind {
        if kind != nil { body(first..<position) }
        first = position
        kind = found
      }
      position = next
    }
    if kind != nil { body(first..<piece.count) }
  }

  private static func metaspace(
    _ list: inout PieceList, _ replacement: Unicode.Scalar,
    _ prepending: PreTokenizer.Prepending, _ splits: Bool
  ) {
    let sign = Array(String(replacement).utf8)
    list.map { scalar, _ in scalar == " " ? sign : nil }
    if prepending != .never {
      list.prepend(sign, standsForFirst: false) { piece, beginsText in
        (prepending == .always || beginsText)
          && piece.scalar(at: 0).scalar != replacement
      }
    }
    if splits { split(&list, .mergedWithNext) { $0 == replacement } }
  }

  private static func has(_ scalar: Unicode.Scalar, _ wanted: ScalarClass) -> Bool {
    ScalarClassTable.shared.scalarClass(scalar.value).contains(wanted)
  }

  /// Punctuation in Unicode, and all signs of ASCII.
  private static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return has(scalar, .sign) }
    switch scalar.properties.generalCategory {
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
      .initialPunctuation, .finalPunctuation, .otherPunctuation:
      return has(scalar, .sign)
    default: return false
    }
  }
}

/// What `\w` and `\s` see in a scalar.
enum WordScalars {
  enum Kind {
    case word, other
  }

  /// Nil for white space.
  static func kind(_ scalar: Unicode.Scalar) -> Kind? {
    let found = ScalarClassTable.shared.scalarClass(scalar.value)
    if found.contains(.whitespace) { return nil }
    if !found.isDisjoint(with: [.letter, .mark]) { return .word }
    switch scalar.properties.generalCategory {
    case .decimalNumber where found.contains(.number),
      .connectorPunctuation where found.contains(.sign),
      .letterNumber where found.contains(.number):
      return .word
    default:
      let joins = scalar == "\u{200C}" || scalar == "\u{200D}"
      // Symbols that stand for letters, as those in circles.
      return joins || (scalar.properties.isAlphabetic && found.contains(.sign)) ? .word : .other
    }
  }
}
