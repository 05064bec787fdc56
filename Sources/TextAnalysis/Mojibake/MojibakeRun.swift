/// Characters in a row that are UTF-8 read in one charset, and how sure that is.
struct MojibakeRun {
  /// What the characters should have been.
  private(set) var decoded: [UInt32] = []
  private(set) var end: Int
  /// In points: what is odd about the characters as they stand, less what is odd in their place.
  private(set) var points = 0
  /// How many C1 controls stand for bytes to which the charset gives other characters.
  private(set) var controlCount = 0

  /// By which one of several charsets is chosen.
  var rank: Int { points - 4 * controlCount }

  /// How freely characters are taken for bytes.
  struct Freedom: OptionSet {
    let rawValue: UInt8

    /// A space may be what became of byte A0, a no-break space.
    static let lostSpaces = Freedom(rawValue: 1)
    /// The characters may be of any script.
    static let rareCharacters = Freedom(rawValue: 2)
  }

  /// The run that begins at the position; nil when no sequence does.
  init?(_ text: [UInt32], at start: Int, _ charset: MojibakeCharset, _ freedom: Freedom = []) {
    end = start
    while end < text.count, decoded.count < 4096,
      let (scalar, length) = Self.sequence(text, at: end, charset, freedom),
      freedom.contains(.rareCharacters) || Self.isInUse(scalar)
    {
      points += Self.points(text, end..<(end + length), scalar, charset)
      if !decoded.isEmpty { points += 2 }
      for position in end..<(end + length) where text[position] < 0xA0 && text[position] >= 0x80 {
        if charset.assigns(UInt8(text[position])) { controlCount += 1 }
      }
      decoded.append(scalar)
      end += length
    }
    guard let first = decoded.first, let last = decoded.last else { return nil }
    points += Self.neighbourPoints(start > 0 ? text[start - 1] : 0x20, first)
    points += Self.neighbourPoints(end < text.count ? text[end] : 0x20, last)
    if isOrdinary(text[start..<end]) { points = min(points, 2) }
  }

  /// One sequence of UTF-8: what it means, and of how many characters it is.
  private static func sequence(
    _ text: [UInt32], at start: Int, _ charset: MojibakeCharset, _ freedom: Freedom
  ) -> (scalar: UInt32, length: Int)? {
    // A no-break space, byte CA of Mac Roman, does not begin anything.
    guard text[start] != 0xA0, let lead = charset.bytes[text[start]], lead >= 0xC2, lead <= 0xF4
    else { return nil }
    let length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    guard start + length <= text.count else { return nil }
    var scalar = UInt32(lead) & (0x7F >> UInt32(length))
    for offset in 1..<length {
      var trail = charset.bytes[text[start + offset]]
      // Byte 9D has no character in windows-1252; the closing quotation mark loses it.
      if text[start + offset] == 0xFFFD, offset == 2, lead == 0xE2, scalar == 0x80 { trail = 0x9D }
      if freedom.contains(.lostSpaces), text[start + offset] == 0x20 {
        // Behind E2 80 it is rather a closing quotation mark that was lost.
        if length == 3 ? !(lead == 0xE2 && scalar == 0x80) : text[start] == 0xC2 { trail = 0xA0 }
      }
      guard let trail, trail < 0xC0 else { return nil }
      scalar = scalar << 6 | UInt32(trail & 0x3F)
    }
    let least: UInt32 = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000
    guard scalar >= least, Unicode.Scalar(scalar) != nil else { return nil }
    return (scalar, length)
  }

  private static func points(
    _ text: [UInt32], _ range: Range<Int>, _ scalar: UInt32, _ charset: MojibakeCharset
  ) -> Int {
    let lead = text[range.lowerBound]
    let kind = CharacterKind.of(lead)
    // Letters alone may be a word, as `ášť` is part of one.
    let isWord = range.allSatisfy { CharacterKind.of(text[$0]).contains(.letter) }
    var points = range.count == 2 || isWord ? 0 : range.count == 3 ? 2 : 5
    // The lead bytes of the Latin letters with accents are letters that few languages have.
    if charset.bytes[lead] == 0xC3 { points += 1 }
    // Nor does a symbol stand behind `Â`.
    if lead == 0xC2,
      !CharacterKind.of(text[range.lowerBound + 1]).isDisjoint(with: [.symbol, .opening])
    {
      points += 2
    }
    let before = range.lowerBound > 0 ? text[range.lowerBound - 1] : 0x20
    points += oddness(of: before, before: lead, kind)
    var former = kind
    for position in range.dropFirst() {
      let now = CharacterKind.of(text[position])
      if now.contains(.control) || text[position] == 0xFFFD {
        points += 4
      } else if former.contains(.letter), !now.isDisjoint(with: [.symbol, .opening]) {
        points += 2
      } else if !former.contains(.letter), now.contains(.symbol) {
        points += 2
      } else if former.contains(.lower), now.contains(.upper) {
        points += 2
      }
      former = now
    }
    if !former.contains(.letter), !former.contains(.dash), range.upperBound < text.count,
      CharacterKind.of(text[range.upperBound]).contains(.letter)
    {
      points += 1
    }
    return points
  }

  /// How odd it is that a sequence's first character follows the one before.
  private static func oddness(of before: UInt32, before lead: UInt32, _ kind: CharacterKind) -> Int
  {
    let former = CharacterKind.of(before)
    if former.contains(.lower), kind.contains(.upper) { return 2 }
    if former.contains(.digit), kind.contains(.upper) { return 1 }
    if former.contains(.letter), before < 0x80, !kind.isDisjoint(with: [.symbol, .opening]) {
      return 3
    }
    if let one = Script.of(before), let other = Script.of(lead), one != other { return 2 }
    return 0
  }

  /// What speaks for the decoded character beside one that stays.
  private static func neighbourPoints(_ neighbour: UInt32, _ scalar: UInt32) -> Int {
    guard let one = Script.of(neighbour), let other = Script.of(scalar) else { return 0 }
    return one == other ? 1 : -3
  }

  /// Letters that end in typography of their own, as in `é…»`: writers do that.
  private func isOrdinary(_ characters: ArraySlice<UInt32>) -> Bool {
    decoded.count == 1
      && characters.dropFirst().allSatisfy { CharacterKind.of($0).contains(.closing) }
      && !(0x2010...0x203A).contains(decoded[0]) && decoded[0] != 0xE0
  }

  /// Whether texts of today hold the character.
  private static func isInUse(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0xA0...0x17F, 0x218...0x21B, 0x2C6, 0x2DA, 0x2DC, 0x300...0x304, 0x306...0x328,
      0x384...0x3CE, 0x400...0x45F, 0x490...0x4FF, 0x531...0x586, 0x591...0x5F4, 0x600...0x6FF,
      0x900...0xDFF, 0xE00...0xEFF, 0x1000...0x10FF, 0x1780...0x17FF, 0x1E00...0x1FFF,
      0x2000...0x206F, 0x20AC, 0x2116, 0x2122, 0x2190...0x22FF, 0x2500...0x27BF, 0x3000...0x318F,
      0x3400...0x9FFF, 0xAC00...0xD7A3, 0xFB00...0xFB06, 0xFE0F, 0xFEFF, 0xFF01...0xFF5E, 0xFFFD,
      0x1F300...0x1FAFF, 0x20000...0x2A6DF:
      true
    // What a second misreading makes of C1 controls.
    case 0x80...0x9F: true
    default:
      scalar == 0x18F || scalar == 0x192 || scalar == 0x1A0 || scalar == 0x1A1
        || scalar == 0x1AF || scalar == 0x1B0
    }
  }
}
