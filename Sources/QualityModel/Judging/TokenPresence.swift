/// In how many good and bad texts each frequent token occurs, in a table of fixed size.
///
/// A token that finds no room takes the place of the rarest of four. One that most texts of a class have is
/// soon too frequent for that, so its count in that class is short by the first few texts at most. How many
/// of the other class have it, when they are few, may be forgotten.
struct TokenPresence {
  /// Bytes of a text in which tokens are looked for.
  static let maximumByteCount = 1 << 16
  /// Bytes of a token that are kept to show.
  private static let shownByteCount = 48
  private static let ways = 4
  private static let bucketBits = 15
  private static let recentCount = 1024
  /// Texts of a class before the tokens of a fifth of them are kept to show.
  private static let patience: UInt32 = 16

  private struct Slot {
    /// The token's hash; 0 in an empty slot.
    var hash: UInt64 = 0
    var positives: UInt32 = 0
    var negatives: UInt32 = 0
    /// The last document the token was counted in.
    var document: UInt32 = 0
    var isShown = false

    var count: UInt32 { positives + negatives }
  }

  /// A token and the texts that have it.
  struct Token: Equatable {
    let text: String
    let positiveCount: Int
    let negativeCount: Int
  }

  private var slots = [Slot](repeating: Slot(), count: ways << bucketBits)
  /// Tokens counted lately, each mixed with its document: what stands there need not be looked up again.
  private var recent = [UInt64](repeating: 0, count: recentCount)
  private var texts: [UInt64: String] = [:]
  private var document: UInt32 = 0
  private var classCounts: (positives: UInt32, negatives: UInt32) = (0, 0)

  /// Adds a text, UTF-8: its runs of letters and digits without regard to the case of ASCII, and each
  /// other character of ASCII that can be seen.
  mutating func add(_ text: Span<UInt8>, isPositive: Bool) {
    document += 1
    if isPositive { classCounts.positives += 1 } else { classCounts.negatives += 1 }
    let end = min(text.count, Self.maximumByteCount)
    let seed: UInt64 = 0xCBF2_9CE4_8422_2325
    var (start, hash) = (0, seed)
    for index in 0..<end {
      let byte = text[index]
      let lower = byte | 0x20
      let isLetter = byte >= 0x80 || (lower >= 0x61 && lower <= 0x7A)
      if isLetter || (byte >= 0x30 && byte <= 0x39) {
        // FNV-1a; letters are folded to lower case.
        hash = (hash ^ UInt64(isLetter && byte < 0x80 ? lower : byte)) &* 0x100_0000_01B3
        continue
      }
      if start < index { count(text.extracting(start..<index), hash, isPositive) }
      if byte > 0x20, byte < 0x7F {
        count(text.extracting(index..<(index + 1)), seed ^ UInt64(byte), isPositive)
      }
      (start, hash) = (index + 1, seed)
    }
    // What the limit may have cut is no token.
    if start < end, end == text.count { count(text.extracting(start..<end), hash, isPositive) }
  }

  private mutating func count(_ token: Span<UInt8>, _ hash: UInt64, _ isPositive: Bool) {
    let mixed = (hash ^ (hash &>> 32)) &* 0x9E37_79B9_7F4A_7C15 | 1
    let place = Int(truncatingIfNeeded: mixed &>> 20) & (Self.recentCount - 1)
    let stamp = mixed ^ (UInt64(document) &* 0xBF58_476D_1CE4_E5B9)
    if recent[place] == stamp { return }
    recent[place] = stamp
    let first = Int(truncatingIfNeeded: mixed &>> (64 - UInt64(Self.bucketBits))) * Self.ways
    var rarest = first
    for index in first..<(first + Self.ways) {
      if slots[index].hash == mixed {
        if slots[index].document != document { count(token, slot: index, isPositive) }
        return
      }
      if slots[index].count < slots[rarest].count { rarest = index }
    }
    if slots[rarest].isShown { texts[slots[rarest].hash] = nil }
    slots[rarest] = Slot(hash: mixed)
    count(token, slot: rarest, isPositive)
  }

  private mutating func count(_ token: Span<UInt8>, slot index: Int, _ isPositive: Bool) {
    slots[index].document = document
    let (count, classCount): (UInt32, UInt32)
    if isPositive {
      slots[index].positives += 1
      (count, classCount) = (slots[index].positives, classCounts.positives)
    } else {
      slots[index].negatives += 1
      (count, classCount) = (slots[index].negatives, classCounts.negatives)
    }
    guard !slots[index].isShown, classCount >= Self.patience, count >= classCount / 5 else {
      return
    }
    slots[index].isShown = true
    let shown = token.extracting(0..<min(token.count, Self.shownByteCount))
    var bytes: [UInt8] = []
    for place in 0..<shown.count {
      let byte = shown[place]
      bytes.append(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
    }
    texts[slots[index].hash] = String(decoding: bytes, as: UTF8.self)
  }

  /// The tokens that at least a fifth of the texts of a class had at some time, in no particular order.
  var frequentTokens: [Token] {
    slots.compactMap { slot in
      texts[slot.hash].map {
        Token(text: $0, positiveCount: Int(slot.positives), negativeCount: Int(slot.negatives))
      }
    }
  }
}
