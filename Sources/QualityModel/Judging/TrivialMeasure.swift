/// A number that says nothing of quality but may tell good texts from bad ones all the same.
package enum TrivialMeasure: String, Sendable, CaseIterable {
  case byteLength = "byte length"
  case wordCount = "word count"
  case meanWordLength = "mean word length"
  case lineCount = "number of lines"
  case nonASCIIShare = "share of characters outside ASCII"
  case upperCaseShare = "share of upper case"
  case digitShare = "share of digits"

  /// What a model would learn in place of quality.
  var lesson: String {
    switch self {
    case .byteLength, .wordCount: "length"
    case .meanWordLength: "the length of words"
    case .lineCount: "layout"
    case .nonASCIIShare: "script or language"
    case .upperCaseShare: "upper case"
    case .digitShare: "digits"
    }
  }
}

/// The trivial numbers of one text.
///
/// Words are what white space of ASCII separates, characters are code points, upper case and digits are
/// those of ASCII.
struct TextMeasures {
  private var counts = [Int](repeating: 0, count: Kind.allCases.count)
  private let byteCount: Int
  private var wordCount = 0
  private var endsInLineFeed = true

  /// Of a byte; at most seven.
  private enum Kind: UInt8, CaseIterable {
    /// The bytes of a character after its first.
    case continuation
    case nonASCII, upperCase, digit, other, space, lineFeed
  }

  /// For each byte a one in the eight bits of its kind; the highest eight are for the beginnings of words.
  private static let marks: [UInt64] = (0..<256).map { byte in
    let kind: Kind =
      switch UInt8(byte) {
      case 0x80...0xBF: .continuation
      case 0xC0...0xFF: .nonASCII
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): .upperCase
      case UInt8(ascii: "0")...UInt8(ascii: "9"): .digit
      case 0x0A: .lineFeed
      case 0x09, 0x0B, 0x0C, 0x0D, 0x20: .space
      default: .other
      }
    return mark(kind)
  }

  /// Takes UTF-8.
  init(_ text: Span<UInt8>) {
    byteCount = text.count
    let marks = Self.marks
    let spaces = Self.mark(.space) | Self.mark(.lineFeed)
    var wasSpace: UInt64 = 1
    var start = 0
    while start < text.count {
      // Eight counters in one word; none can exceed 255 within 255 bytes.
      let end = min(start + 255, text.count)
      var sums: UInt64 = 0
      for index in start..<end {
        let mark = marks[Int(text[index])]
        let isSpace: UInt64 = mark & spaces == 0 ? 0 : 1
        sums &+= mark | (wasSpace & ~isSpace) &<< 56
        wasSpace = isSpace
      }
      for kind in Kind.allCases {
        let index = Int(kind.rawValue)
        counts[index] += Int(sums &>> (8 * UInt64(index)) & 0xFF)
      }
      wordCount += Int(sums &>> 56)
      start = end
    }
    if text.count > 0 { endsInLineFeed = text[text.count - 1] == 0x0A }
  }

  private static func mark(_ kind: Kind) -> UInt64 { 1 << (8 * UInt64(kind.rawValue)) }

  /// Not negative; 0 where there is nothing to divide by.
  subscript(measure: TrivialMeasure) -> Double {
    let characterCount = byteCount - count(.continuation)
    let letterCount = characterCount - count(.space) - count(.lineFeed)
    switch measure {
    case .byteLength: return Double(byteCount)
    case .wordCount: return Double(wordCount)
    case .meanWordLength: return Self.ratio(letterCount, wordCount)
    case .lineCount: return Double(count(.lineFeed) + (endsInLineFeed ? 0 : 1))
    case .nonASCIIShare: return Self.ratio(count(.nonASCII), characterCount)
    case .upperCaseShare: return Self.ratio(count(.upperCase), characterCount)
    case .digitShare: return Self.ratio(count(.digit), characterCount)
    }
  }

  private func count(_ kind: Kind) -> Int { counts[Int(kind.rawValue)] }

  private static func ratio(_ part: Int, _ whole: Int) -> Double {
    whole == 0 ? 0 : Double(part) / Double(whole)
  }
}
