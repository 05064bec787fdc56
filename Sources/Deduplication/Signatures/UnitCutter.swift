internal import ByteKernels
internal import TextAnalysis

/// How a text is rewritten before shingles are made of it.
package enum TextSimplification: String, CaseIterable, SettingChoice {
  /// Words of letters, digits and marks in lower case, with one space between; see `TextSimplifier`.
  case words
  /// Every code point in lower case by its simple mapping.
  case lowercase
  /// Python's lower case, without ASCII punctuation, white space as single spaces between words.
  case slimpajama
  /// As it is.
  case none
}

/// What shingles are made of.
package enum ShingleUnit: String, CaseIterable, SettingChoice {
  /// Runs of letters, digits and marks, and each letter of a script without spaces; `TextSimplifier`.
  case words
  /// Unicode's word boundaries (UAX #29); runs of one punctuation mark are words too.
  case unicodeWords = "unicode-words"
  /// Runs between white space.
  case whitespace
  /// Code points.
  case characters
  /// Tokens of Spark's Tokenizer, which brings its own lower case and keeps empty ones.
  case sparkWords = "spark-words"
  /// Tokens of spaCy's English tokenizer in datatrove's simplified text; see `DatatroveWords`.
  case datatroveWords = "datatrove-words"
}

/// Cuts texts into the units of their shingles, whatever the settings.
struct UnitCutter {
  private let simplification: TextSimplification
  private let unit: ShingleUnit
  private let datatroveWords: DatatroveWords?

  init(simplification: TextSimplification, unit: ShingleUnit) {
    self.simplification = simplification
    self.unit = unit
    datatroveWords = unit == .datatroveWords ? DatatroveWords() : nil
  }

  func cut(_ text: Span<UInt8>) -> UnitText {
    if unit == .words, simplification != .slimpajama {
      return UnitText(words: WholeTexts.words(of: text, keepsCase: simplification == .none))
    }
    if let datatroveWords { return UnitText(words: datatroveWords.all(of: text)) }
    let simple =
      switch simplification {
      case .words: WholeTexts.words(of: text, keepsCase: false)
      case .lowercase: WholeTexts.lowercase(text)
      case .slimpajama: WholeTexts.slimPajama(text)
      case .none: [UInt8](copying: text)
      }
    var units = UnitText()
    switch unit {
    case .words: return UnitText(words: WholeTexts.words(of: simple.span, keepsCase: true))
    case .characters: return UnitText(characters: simple)
    case .sparkWords:
      var lowered: [UInt8] = []
      JavaLowercase.append(simple.span, CharacterTable.shared, to: &lowered)
      let text = lowered
      JavaSplit.tokens(text.span) { units.append(word: text.span.extracting($0)) }
    default:
      let words = AnalyzedText(simple).words(unit == .unicodeWords ? .unicode : .whitespace)
      for word in words { units.append(word: simple.span.extracting(word.range)) }
    }
    return units
  }
}
