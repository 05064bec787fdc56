/// Cuts a text into pre-tokens, a few blocks of it at a time.
enum PieceScanner {
  private static let blockSize = ClassMaskReader<PlainMasks>.blockSize
  private static let blocksPerChunk = 8
  /// No chunk gives `body` more pre-tokens than this.
  static let maximumPieceCount = blocksPerChunk * blockSize + 1

  /// Calls `body` with the boundaries of successive pre-tokens: the first of `count` goes from
  /// boundary 0 to boundary 1, and there are `count + 1` boundaries.
  static func scan<Failure: Error>(
    _ text: UnsafeBufferPointer<UInt8>, _ pattern: SplitPattern,
    _ body: (_ boundaries: UnsafePointer<Int>, _ count: Int) throws(Failure) -> Void
  ) throws(Failure) {
    switch pattern {
    case .gpt2: unsafe try scan(text, by: GPT2Rules(), body)
    case .gpt4:
      unsafe try scan(text, by: GPT4Rules<PlainMasks>(.three, cutsLastWhitespace: false), body)
    case .gpt4o: unsafe try scan(text, by: CaseRules(.three, hasContractions: true), body)
    case .llama3:
      unsafe try scan(text, by: GPT4Rules<PlainMasks>(.three, cutsLastWhitespace: true), body)
    case .qwen2:
      unsafe try scan(text, by: GPT4Rules<PlainMasks>(.one, cutsLastWhitespace: true), body)
    case .qwen35:
      let rules = GPT4Rules<CaseMasks>(.one, cutsLastWhitespace: true)
      unsafe try scan(text, by: MarkedRules(rules), body)
    case .deepseekV3: unsafe try scan(text, by: DeepSeekRules(), body)
    case .tekken: unsafe try scan(text, by: CaseRules(.one, hasContractions: false), body)
    case .starcoder: unsafe try scan(text, by: GPT2Rules(isolatesNumbers: true), body)
    case .whitespace: unsafe try scan(text, by: WhitespaceRules(), body)
    case .digits: unsafe try scan(text, by: DigitRules(.one), body)
    case .digits3: unsafe try scan(text, by: DigitRules(.three), body)
    case .metaspace: unsafe try scan(text, by: MetaspaceRules(), body)
    case .none: unsafe try scan(text, by: WholeTextRules(), body)
    case .expression(let expression):
      unsafe try ExpressionScanner.scan(text, by: expression, body)
    }
  }

  @inline(__always)
  private static func scan<Rules: SplitRules, Failure: Error>(
    _ text: UnsafeBufferPointer<UInt8>, by initial: Rules,
    _ body: (UnsafePointer<Int>, Int) throws(Failure) -> Void
  ) throws(Failure) {
    // A few places more than can be used: starts are written eight at a time.
    let boundaries = UnsafeMutablePointer<Int>.allocate(capacity: maximumPieceCount + 16)
    defer { unsafe boundaries.deallocate() }
    var rules = initial
    var reader = unsafe ClassMaskReader<Rules.Detail>(text)
    var now = reader.next()
    var offset = 0
    var held = 0
    while offset < text.count {
      let chunkEnd = offset &+ blocksPerChunk &* blockSize
      while offset < chunkEnd {
        let next = reader.next()
        let starts = rules.starts(now, next, at: offset, in: reader)
        // SAFETY: one boundary is held over and 64 starts a block are the most there can be.
        unsafe append(starts, offset, to: boundaries + held)
        held &+= starts.nonzeroBitCount
        now = next
        offset &+= blockSize
      }
      if offset >= text.count {
        unsafe boundaries[held] = text.count
        held &+= 1
      }
      if held < 2 { continue }
      unsafe try body(boundaries, held &- 1)
      unsafe boundaries[0] = boundaries[held &- 1]
      held = 1
    }
  }

  /// Writes the places of the set bits; up to seven places after the last are overwritten.
  @inline(__always)
  private static func append(
    _ starts: UInt64, _ offset: Int, to boundaries: UnsafeMutablePointer<Int>
  ) {
    var target = unsafe boundaries
    var rest = starts
    // Eight at a time and no look at each: the number of bits cannot be predicted, the loop's can.
    while rest != 0 {
      for place in 0..<8 {
        unsafe target[place] = offset &+ rest.trailingZeroBitCount
        rest &= rest &- 1
      }
      unsafe target += 8
    }
  }
}
