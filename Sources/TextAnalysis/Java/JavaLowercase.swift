/// Java's `String.toLowerCase`, as Spark's Tokenizer applies it in the root locale, and
/// StopWordsRemover in that of its words.
///
/// Code point by code point, with two rules of its own: İ becomes two code points, and a capital sigma
/// at the end of a word becomes ς. The word is that of Java's `BreakIterator`: letters, digits and
/// marks, and between two letters one dash, underscore, apostrophe, quotation mark or full stop.
/// Letters are those of Unicode 15; JDK 17 knows Unicode 13 and leaves the few younger capitals alone.
package enum JavaLowercase {
  private static let capitalSigma: UInt32 = 0x3A3
  private static let finalSigma: UInt32 = 0x3C2
  private static let capitalI: UInt32 = 0x49
  private static let capitalDottedI: UInt32 = 0x130
  private static let dotlessI: UInt32 = 0x131
  private static let dotAbove: UInt32 = 0x307

  /// Appends the lower case of UTF-8 text to `output`; text without white space may be part of more.
  ///
  /// Turkic is the lower case of Turkish and Azeri, where I becomes ı and İ becomes i. A dot above (U+0307) goes
  /// with the I that is right before it; further marks between the two are not looked through.
  package static func append(
    _ text: Span<UInt8>, _ table: CharacterTable, isTurkic: Bool = false, to output: inout [UInt8]
  ) {
    var finals = FinalSigmas()
    var position = 0
    var index = 0
    while position < text.count {
      let byte = text[position]
      if byte < 0x80, !isTurkic || byte != UInt8(ascii: "I") {
        output.append(byte &- 0x41 < 26 ? byte | 0x20 : byte)
        position &+= 1
        index &+= 1
        continue
      }
      let character = Utf8Character(text, at: position)
      position &+= character.byteCount
      switch character.codePoint {
      case capitalDottedI: output.append(contentsOf: isTurkic ? [0x69] : [0x69, 0xCC, 0x87])
      case capitalI where isTurkic:
        let isDotted =
          position < text.count && Utf8Character(text, at: position).codePoint == dotAbove
        append(Utf8Character.encode(isDotted ? capitalI + 0x20 : dotlessI), to: &output)
        if isDotted {
          position &+= 2
          index &+= 1
        }
      case capitalSigma:
        let isFinal = finals.contains(index, of: text, table)
        append(Utf8Character.encode(isFinal ? finalSigma : capitalSigma + 0x20), to: &output)
      default:
        let lowercase = table[character.codePoint].lowercase
        append(
          lowercase == character.codePoint
            ? (character.bytes, character.byteCount) : Utf8Character.encode(lowercase),
          to: &output)
      }
      index &+= 1
    }
  }

  /// The capital sigmas at the end of words, found when the first sigma is met and asked for in order.
  private struct FinalSigmas {
    private var indices: [Int]?
    private var next = 0

    mutating func contains(_ index: Int, of text: Span<UInt8>, _ table: CharacterTable) -> Bool {
      let finals = indices ?? finalSigmaIndices(text, table)
      indices = finals
      guard next < finals.count, finals[next] == index else { return false }
      next += 1
      return true
    }
  }

  private static func append(_ character: (bytes: UInt64, byteCount: Int), to output: inout [UInt8])
  {
    for offset in 0..<character.byteCount {
      output.append(UInt8(truncatingIfNeeded: character.bytes &>> UInt64(8 * offset)))
    }
  }

  /// The indices, in code points and ascending, of the capital sigmas that have a cased character
  /// before them in their word and none after.
  private static func finalSigmaIndices(_ text: Span<UInt8>, _ table: CharacterTable) -> [Int] {
    var codePoints: [UInt32] = []
    var position = 0
    while position < text.count {
      let character = Utf8Character(text, at: position)
      position += character.byteCount
      codePoints.append(character.codePoint)
    }
    let entries = codePoints.map { table[$0] }
    var finals: [Int] = []
    var start = 0
    while start < entries.count {
      guard isLetterOrDigit(entries[start]) else {
        start += 1
        continue
      }
      let end = wordEnd(entries, from: start)
      let cased = (start..<end).filter { entries[$0].isCased }
      if let last = cased.last, cased.count > 1, codePoints[last] == capitalSigma {
        finals.append(last)
      }
      start = end
    }
    return finals
  }

  private static func isLetterOrDigit(_ entry: CharacterEntry) -> Bool {
    entry.breakClass == CharacterEntry.breakLetter || entry.breakClass == CharacterEntry.breakDigit
  }

  private static func wordEnd(_ entries: [CharacterEntry], from start: Int) -> Int {
    func skippingIgnored(_ index: Int) -> Int {
      var index = index
      while index < entries.count, entries[index].breakClass == CharacterEntry.breakIgnored {
        index += 1
      }
      return index
    }
    var last = entries[start].breakClass
    var end = skippingIgnored(start + 1)
    while end < entries.count {
      if isLetterOrDigit(entries[end]) {
        last = entries[end].breakClass
        end = skippingIgnored(end + 1)
        continue
      }
      guard last == CharacterEntry.breakLetter,
        entries[end].breakClass == CharacterEntry.breakJoiner
      else { break }
      let next = skippingIgnored(end + 1)
      guard next < entries.count, entries[next].breakClass == CharacterEntry.breakLetter else {
        break
      }
      end = next
    }
    return end
  }
}
