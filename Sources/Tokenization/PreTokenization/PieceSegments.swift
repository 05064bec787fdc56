internal import ByteKernels

/// What a step finds in a piece: matches, and the stretches between them.
struct PieceSegments {
  private var ends: [(end: Int, isMatch: Bool)] = []
  private let isInverted: Bool

  init(isInverted: Bool = false) {
    self.isInverted = isInverted
  }

  /// Adds a match, and what lies between it and the one before; empty matches count.
  private mutating func add(_ match: Range<Int>) {
    close(match.lowerBound)
    ends.append((match.upperBound, !isInverted))
  }

  /// Ends what is no match.
  private mutating func close(_ end: Int) {
    if end > ends.last?.end ?? 0 { ends.append((end, isInverted)) }
  }

  mutating func find(_ expression: SplitExpression, in piece: Span<UInt8>) {
    var matches: [Range<Int>] = []
    expression.matches(in: piece) { matches.append($0) }
    for match in matches { add(match) }
    close(piece.count)
  }

  mutating func find(_ text: [UInt8], in piece: Span<UInt8>) {
    var start = 0
    while !text.isEmpty, let found = piece.firstOffset(of: text, from: start) {
      start = found + text.count
      add(found..<start)
    }
    close(piece.count)
  }

  /// Each scalar that `isWanted` is a match.
  mutating func find(in piece: Span<UInt8>, where isWanted: (Unicode.Scalar) -> Bool) {
    var start = 0
    while start < piece.count {
      let (scalar, next) = piece.scalar(at: start)
      if isWanted(scalar) { add(start..<next) }
      start = next
    }
    close(piece.count)
  }

  /// Hands over the pieces that are made of them.
  func hand(_ behavior: PreTokenizer.Behavior, to body: (Range<Int>) -> Void) {
    var start = 0
    for (index, segment) in ends.enumerated() {
      let next = index + 1 < ends.count ? ends[index + 1].isMatch : nil
      let goesOn: Bool
      switch behavior {
      case .removed:
        if segment.isMatch { start = segment.end }
        goesOn = false
      case .isolated: goesOn = false
      case .contiguous: goesOn = next == segment.isMatch
      // A match goes to what is no match before it, or after it, and else stands alone.
      case .mergedWithPrevious: goesOn = !segment.isMatch && next == true
      case .mergedWithNext: goesOn = segment.isMatch && next == false
      }
      if goesOn { continue }
      body(start..<segment.end)
      start = segment.end
    }
  }
}
