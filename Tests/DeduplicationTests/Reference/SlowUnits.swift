import TextAnalysis

@testable import Deduplication

/// The units of shingles as their definitions read, one character at a time.
enum SlowUnits {
  static func units(_ text: String, _ settings: DeduplicationSettings) -> [String] {
    let simple =
      switch settings.simplify {
      case .words: words(text).joined(separator: " ")
      case .lowercase: lowercase(text)
      case .slimpajama:
        // `PeerSignatureTests` holds this to Python's.
        String(decoding: WholeTexts.slimPajama(Array(text.utf8).span), as: UTF8.self)
      case .none: text
      }
    switch settings.shingles {
    case .words: return words(simple, keepsCase: [.none, .slimpajama].contains(settings.simplify))
    case .unicodeWords:
      // The room of TextAnalysis holds these words to Unicode's own test file.
      let bytes = Array(simple.utf8)
      return AnalyzedText(bytes).words(.unicode).map {
        String(decoding: bytes[$0.range], as: UTF8.self)
      }
    case .whitespace:
      // Python's str.isspace.
      return simple.unicodeScalars.split {
        $0.properties.isWhitespace || (0x1C...0x1F).contains($0.value)
      }.map { String(String.UnicodeScalarView($0)) }
    case .sparkWords, .datatroveWords:
      // `SparkMinHashTests` holds these to Spark's own.
      let units = UnitCutter(simplification: settings.simplify, unit: settings.shingles).cut(
        Array(text.utf8).span)
      let joined = String(decoding: units.bytes, as: UTF8.self).unicodeScalars
      if units.count == 0 { return [] }
      return joined.split(separator: " ", omittingEmptySubsequences: false).map { String($0) }
    case .characters: return simple.unicodeScalars.map { String($0) }
    }
  }

  /// The words of valid UTF-8.
  static func words(_ text: String, keepsCase: Bool = false) -> [String] {
    var words: [String] = []
    var isOpen = false
    var isSingle = false
    for scalar in text.unicodeScalars {
      let letter = String(keepsCase ? scalar : WordRangesGenerator.lowerCase(scalar))
      switch WordRangesGenerator.wordClass(scalar) {
      case 0: isOpen = false
      case 1:
        if isOpen && !isSingle { words[words.count - 1] += letter } else { words.append(letter) }
        (isOpen, isSingle) = (true, false)
      case 2:
        if isOpen { words[words.count - 1] += letter } else { words.append(letter) }
        if !isOpen { (isOpen, isSingle) = (true, false) }
      default:
        words.append(letter)
        (isOpen, isSingle) = (true, true)
      }
    }
    return words.map { String(decoding: Array($0.utf8), as: UTF8.self) }
  }

  static func lowercase(_ text: String) -> String {
    var lower = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { lower.append(WordRangesGenerator.lowerCase(scalar)) }
    return String(lower)
  }
}
