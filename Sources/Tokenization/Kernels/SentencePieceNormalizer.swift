/// Makes of a text what a SentencePiece model is given: characters replaced by the model's map, white
/// space thinned out and written as U+2581, and one of it before or after the text.
///
/// The steps are those of SentencePiece 0.2.3 (normalizer.cc).
@safe final class SentencePieceNormalizer: Sendable {
  private let map: CharacterMap?
  /// User-defined pieces, which stay as they are.
  private let kept: PieceTrie?
  private let addsDummyPrefix: Bool
  private let removesExtraWhitespace: Bool
  private let treatsWhitespaceAsSuffix: Bool
  private let space: [UInt8]
  /// The space in the lowest bytes of a number that is stored in this machine's order.
  private let spaceWord: UInt32
  /// Those of the map, and behind them U+FFFD.
  nonisolated(unsafe) private let replacements: UnsafeMutablePointer<UInt8>
  private let replacementCharacter: Int
  /// What to do at each byte.
  nonisolated(unsafe) private let actions: UnsafeMutablePointer<Action>

  /// True when all visible ASCII characters stay as they are, but for what a byte above 0x7F behind
  /// them may change.
  private let copiesGraphics: Bool

  /// One bit for every scalar that a rule of the map begins with; nil when that cannot be said.
  private let ruled: [UInt64]?

  private enum Action: UInt8 {
    /// The character stays as it is.
    case copy
    /// So it does, unless a byte above 0x7F follows.
    case copyBeforeASCII
    case space
    case spaceBeforeASCII
    /// Some rule may apply.
    case look
    /// A rule applies if one begins with the character.
    case lookUp
  }

  /// SentencePiece looks at so many user-defined pieces that a text begins with.
  static let keptLimit = 64

  /// The normalizer of a model.
  convenience init(_ model: SentencePieceModel) throws(VocabularyError) {
    try self.init(
      model.normalizer, treatsWhitespaceAsSuffix: model.treatsWhitespaceAsSuffix,
      kept: model.pieces.filter { $0.kind == .userDefined }.map(\.text))
  }

  /// What the settings say (NormalizerSpec), with strings that stay as they are.
  init(
    _ settings: ProtobufMessage, treatsWhitespaceAsSuffix: Bool, kept: [[UInt8]]
  ) throws(VocabularyError) {
    let bytes = settings.bytes(2) ?? []
    map = bytes.isEmpty ? nil : try CharacterMap(bytes)
    self.kept = kept.isEmpty ? nil : PieceTrie(kept.map { ($0, 0) })
    addsDummyPrefix = settings.flag(3) ?? true
    removesExtraWhitespace = settings.flag(4) ?? true
    self.treatsWhitespaceAsSuffix = treatsWhitespaceAsSuffix
    space = settings.flag(5) ?? true ? [0xE2, 0x96, 0x81] : [0x20]
    spaceWord = space.reversed().reduce(0) { $0 << 8 | UInt32($1) }.littleEndian
    let ruled = map?.trie.firstScalars()
    self.ruled = ruled
    let actions = unsafe Self.actions(map, self.kept, hasRuled: ruled != nil)
    unsafe self.actions = unsafe actions
    copiesGraphics = (0x21...0x7E).allSatisfy {
      unsafe actions[$0] == .copy || actions[$0] == .copyBeforeASCII
    }
    let texts = map?.replacements ?? []
    replacementCharacter = texts.count
    unsafe replacements = .allocate(capacity: texts.count + 3)
    for (index, byte) in (texts + [0xEF, 0xBF, 0xBD]).enumerated() {
      unsafe (replacements + index).initialize(to: byte)
    }
  }

  deinit {
    unsafe replacements.deallocate()
    unsafe actions.deallocate()
  }

  private static func actions(
    _ map: CharacterMap?, _ kept: PieceTrie?, hasRuled: Bool
  ) -> UnsafeMutablePointer<Action> {
    let first = map?.trie.firstBytes()
    let actions = UnsafeMutablePointer<Action>.allocate(capacity: 256)
    for byte in 0..<256 {
      let isSpace = byte == 0x20
      let begins = first?.begins[byte] ?? false
      var action = isSpace ? Action.space : .copy
      if begins { action = isSpace ? .spaceBeforeASCII : .copyBeforeASCII }
      // A text may have to be entered inside a character, behind an odd rule.
      if kept?.begins[byte] == true || (0x80..<0xC0).contains(byte)
        || (begins && (byte >= 0x80 || first?.isKeyInASCII[byte] == true))
      {
        let isByMap = kept?.begins[byte] != true && byte >= 0xC2
        action = isByMap && hasRuled ? .lookUp : .look
      }
      unsafe (actions + byte).initialize(to: action)
    }
    return unsafe actions
  }

  /// The normalized form of a text.
  func normalized(_ text: [UInt8]) -> [UInt8] {
    var output = GrowingBuffer<UInt8>(capacity: 3 * text.count + 16)
    defer { output.deallocate() }
    unsafe text.withUnsafeBufferPointer { unsafe normalize($0, into: &output) }
    // SAFETY: the buffer holds `count` bytes, which are copied at once.
    return unsafe Array(UnsafeBufferPointer(start: output.base, count: output.count))
  }

  /// Appends the normalized form of a text to `output`.
  func normalize(_ text: UnsafeBufferPointer<UInt8>, into output: inout GrowingBuffer<UInt8>) {
    guard let bytes = text.baseAddress, text.count > 0 else { return }
    let start = output.count
    var place = 0
    if removesExtraWhitespace {
      while place < text.count {
        let prefix = unsafe prefix(bytes + place, text.count - place)
        if prefix.count != 1 || prefix.first != 0x20 { break }
        place += prefix.consumed
      }
      if place == text.count { return }
    }
    if !treatsWhitespaceAsSuffix, addsDummyPrefix { appendSpace(&output) }
    unsafe normalize(bytes, from: place, to: text.count, into: &output)
    if removesExtraWhitespace { removeTrailingSpace(from: start, &output) }
    if treatsWhitespaceAsSuffix, addsDummyPrefix { appendSpace(&output) }
  }

  private func normalize(
    _ bytes: UnsafePointer<UInt8>, from start: Int, to end: Int,
    into output: inout GrowingBuffer<UInt8>
  ) {
    var followsSpace = removesExtraWhitespace
    var place = start
    while place < end {
      let stop = min(end, place &+ Self.blockByteCount)
      output.reserve(3 &* Self.blockByteCount &+ 16)
      unsafe place = copyPlain(bytes, from: place, to: stop, end, &followsSpace, &output)
      if place >= stop { continue }
      let prefix = unsafe prefix(bytes + place, end &- place)
      append(prefix, &followsSpace, &output)
      place &+= prefix.consumed
    }
  }

  private static let blockByteCount = 512

  /// Copies what no rule touches, white space thinned out, up to `stop` or the first place that must be
  /// looked at closely, which it returns.
  ///
  /// Room must have been made.
  @inline(__always)
  private func copyPlain(
    _ bytes: UnsafePointer<UInt8>, from start: Int, to stop: Int, _ end: Int,
    _ followsSpace: inout Bool, _ output: inout GrowingBuffer<UInt8>
  ) -> Int {
    var place = start
    var follows = followsSpace
    let removes = removesExtraWhitespace
    let actions = unsafe self.actions
    let (spaceBytes, spaceCount) = (spaceWord, space.count)
    // SAFETY: places are below `stop`; a byte becomes three at the most, and a space is written as four.
    var target = unsafe output.base + output.count
    while place < stop {
      if copiesGraphics, place &+ 8 < stop {
        // Eight bytes are copied, and those counted that are visible ASCII characters.
        let word = unsafe UnsafeRawPointer(bytes + place).loadUnaligned(as: UInt64.self)
        unsafe UnsafeMutableRawPointer(target).storeBytes(of: word, as: UInt64.self)
        let run = Self.graphicCount(UInt64(littleEndian: word))
        // The last of them may be changed by a byte above 0x7F behind it.
        let kept = unsafe run > 0 && bytes[place &+ run] >= 0x80 ? run &- 1 : run
        unsafe target += kept
        place &+= kept
        if kept > 0 { follows = false }
        if kept == 8 { continue }
      }
      let byte = unsafe bytes[place]
      let action = unsafe actions[Int(byte)]
      if action == .look { break }
      if action == .lookUp, unsafe hasRule(bytes + place, end &- place) { break }
      if action == .copyBeforeASCII || action == .spaceBeforeASCII, place &+ 1 < end,
        unsafe bytes[place &+ 1] >= 0x80
      {
        break
      }
      if byte == 0x20 {
        unsafe UnsafeMutableRawPointer(target).storeBytes(of: spaceBytes, as: UInt32.self)
        unsafe target += follows ? 0 : spaceCount
        follows = removes
        place &+= 1
        continue
      }
      let count = min(Self.characterByteCount(byte), end &- place)
      for index in 0..<count { unsafe target[index] = unsafe bytes[place &+ index] }
      unsafe target += count
      place &+= count
      follows = false
    }
    unsafe output.setCount(target - output.base)
    followsSpace = follows
    return place
  }

  /// Whether a rule begins with the character that `byteCount` bytes begin with.
  @inline(__always)
  private func hasRule(_ bytes: UnsafePointer<UInt8>, _ byteCount: Int) -> Bool {
    guard let ruled, unsafe byteCount >= Self.characterByteCount(bytes[0]) else { return true }
    let scalar = unsafe CharacterMerger.scalar(bytes, 0).value
    return ruled[Int(scalar &>> 6)] &>> UInt64(scalar & 63) & 1 != 0
  }

  /// How many of eight bytes, from the lowest on, lie in 0x21 to 0x7E.
  @inline(__always)
  private static func graphicCount(_ word: UInt64) -> Int {
    let low = (word &- 0x2121_2121_2121_2121) & ~word
    let high = (word &+ 0x0101_0101_0101_0101) | word
    let others = (low | high) & 0x8080_8080_8080_8080
    return others.trailingZeroBitCount &>> 3
  }

  @inline(__always)
  static func characterByteCount(_ lead: UInt8) -> Int {
    lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
  }

  /// What a text begins with, normalized, and how many of its bytes that takes.
  @safe private struct Prefix {
    var base: UnsafePointer<UInt8>
    var count: Int
    var consumed: Int
    var first: UInt8 { unsafe base[0] }
  }

  @inline(__always)
  private func prefix(_ bytes: UnsafePointer<UInt8>, _ byteCount: Int) -> Prefix {
    if let found = unsafe kept?.longest(bytes, byteCount, limit: Self.keptLimit) {
      return unsafe Prefix(base: bytes, count: found.byteCount, consumed: found.byteCount)
    }
    if let found = unsafe map?.trie.longest(bytes, byteCount, limit: CharacterMap.ruleLimit) {
      // SAFETY: the map has checked its values; a zero byte ends every replacement.
      let base = unsafe replacements + found.value
      var count = 0
      while unsafe base[count] != 0 { count &+= 1 }
      return unsafe Prefix(base: UnsafePointer(base), count: count, consumed: found.byteCount)
    }
    let count = unsafe Self.validByteCount(bytes, byteCount)
    if count > 0 { return unsafe Prefix(base: bytes, count: count, consumed: count) }
    let base = unsafe UnsafePointer(replacements + replacementCharacter)
    return unsafe Prefix(base: base, count: 3, consumed: 1)
  }

  /// The length of the character that `byteCount` bytes, one or more, begin with; 0 when they begin
  /// inside of one.
  @inline(__always)
  private static func validByteCount(_ bytes: UnsafePointer<UInt8>, _ byteCount: Int) -> Int {
    let lead = unsafe bytes[0]
    let count = characterByteCount(lead)
    return (0x80..<0xC0).contains(lead) || count > byteCount ? 0 : count
  }

  @inline(__always)
  private func append(
    _ prefix: Prefix, _ followsSpace: inout Bool, _ output: inout GrowingBuffer<UInt8>
  ) {
    var index = 0
    // SAFETY: the prefix has `count` bytes.
    if followsSpace { while index < prefix.count, unsafe prefix.base[index] == 0x20 { index += 1 } }
    if index < prefix.count {
      followsSpace = unsafe prefix.base[prefix.count - 1] == 0x20
      while index < prefix.count {
        let byte = unsafe prefix.base[index]
        if byte == 0x20 { appendSpace(&output) } else { output.append(byte) }
        index += 1
      }
    }
    if !removesExtraWhitespace { followsSpace = false }
  }

  @inline(__always)
  private func appendSpace(_ output: inout GrowingBuffer<UInt8>) {
    for byte in space { output.append(byte) }
  }

  private func removeTrailingSpace(from start: Int, _ output: inout GrowingBuffer<UInt8>) {
    while output.count - start >= space.count {
      let tail = output.count - space.count
      // SAFETY: the output has as many bytes as a space behind `tail`.
      if !space.indices.allSatisfy({ unsafe output.base[tail + $0] == space[$0] }) { return }
      output.setCount(tail)
    }
  }
}
