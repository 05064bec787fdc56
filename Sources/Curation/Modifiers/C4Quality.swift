internal import ByteKernels
package import TextAnalysis

/// Drops lines that are not sentences, and pages that are not prose, by the rules of C4.
///
/// Raffel et al. 2020, "Exploring the Limits of Transfer Learning", section 2.2, with the constants and
/// the order of the reference code (TensorFlow Datasets, `c4_utils.clean_page`). Each line, without
/// white space at its ends, is dropped when it has a word above `maximum-word-length`; loses its
/// citations; is dropped when it lacks an end mark or ends with three dots, has too few words, or says
/// "javascript" or one of the policy phrases. A line that came so far and says "lorem ipsum" or holds a
/// curly bracket drops the page, and so do too few sentences in the lines kept.
///
/// Datatrove's variant has the end mark `'` besides, `minimum-words-per-line: 3`,
/// `minimum-sentences: 5` and `count-words: before-citations`. Sentences are counted by `Sentences`,
/// not by punkt; see there how they differ.
package struct C4Quality: Modifier {
  package static let name = "c4-quality"
  package static let summary = "Drops lines and pages that are not prose (C4's rules)."

  package enum Reason: String, CaseIterable, Sendable {
    case loremIpsum = "lorem-ipsum"
    case curlyBracket = "curly-bracket"
    case tooFewSentences = "too-few-sentences"
    case noLines = "no-lines"
  }

  private let settings: Settings
  private let endMarks: [[UInt8]]
  private let phrases = C4Phrases()

  package init(_ settings: Settings) throws(SettingsError) {
    if settings.requireEndMark, settings.endMarks.isEmpty {
      throw SettingsError(setting: "end-marks", message: "Give an end mark, or require none.")
    }
    if settings.endMarks.contains("") {
      throw SettingsError(setting: "end-marks", message: "An end mark is not empty.")
    }
    self.settings = settings
    endMarks = settings.endMarks.map { Array($0.utf8) }
  }

  package func modify(_ text: AnalyzedText) -> Modification<Reason> {
    let found = phrases.places(in: text.bytes)
    var foundIndex = 0
    let words = text.words(settings.words)
    var wordIndex = 0
    let counted = settings.words == .whitespace ? [] : WordFacts.hasNonPunctuation
    let bytes = text.bytes
    var page = Page()
    for range in text.lines {
      var line = Line(bytes: bytes, range: text.trimmed(range))
      while wordIndex < words.count, Int(words[wordIndex].end) <= range.upperBound {
        line.add(words[wordIndex], having: counted)
        wordIndex += 1
      }
      while foundIndex < found.count, found[foundIndex].offset < range.upperBound {
        line.phrases.insert(found[foundIndex].phrase)
        foundIndex += 1
      }
      if let reason = judge(line, &page) { return .emptied(reason) }
    }
    if let minimum = settings.minimumSentences, page.sentenceCount < minimum {
      return .emptied(.tooFewSentences)
    }
    return page.modification(of: text)
  }

  /// Adds the line to the page, drops it, or gives the reason to drop the page.
  private func judge(_ original: Line, _ page: inout Page) -> Reason? {
    if let maximum = settings.maximumWordLength, original.longestWord > maximum { return nil }
    var line = original
    if line.phrases.contains(.openBracket), settings.removeCitations { line.removeCitations() }
    if settings.requireEndMark {
      guard endMarks.contains(where: line.ends(with:)), !line.ends(with: [0x2E, 0x2E, 0x2E]) else {
        return nil
      }
    }
    if let minimum = settings.minimumWordsPerLine {
      if settings.countWords == .afterCitations { line.recountWords(settings.words) }
      if line.wordCount < minimum { return nil }
    }
    if line.isChanged || line.phrases.contains(.kelvin) { line.phrases = phrases.all(in: line) }
    if settings.dropLoremIpsumPages, line.phrases.contains(.loremIpsum) { return .loremIpsum }
    if settings.dropJavascriptLines, line.phrases.contains(.javascript) { return nil }
    if settings.dropCurlyBracketPages, line.phrases.contains(.curlyBracket) { return .curlyBracket }
    if settings.dropPolicyLines, line.phrases.contains(.policy) { return nil }
    if let minimum = settings.minimumSentences, page.sentenceCount < minimum {
      page.sentenceCount += Sentences.count(
        in: line.bytes, range: line.range, upTo: minimum - page.sentenceCount)
    }
    page.append(line)
    return nil
  }

  /// The lines kept so far.
  private struct Page {
    private var text: [UInt8] = []
    private var hasLine = false
    /// Counted no further than the minimum.
    var sentenceCount = 0

    mutating func append(_ line: Line) {
      if hasLine { text.append(0x0A) }
      text.append(contentsOf: line.bytes[line.range])
      hasLine = true
    }

    func modification(of original: AnalyzedText) -> Modification<Reason> {
      let inner = AnalyzedText(text).trimmed(0..<text.count)
      if inner.isEmpty { return .emptied(.noLines) }
      let result = inner.count == text.count ? text : Array(text[inner])
      return result == original.bytes ? .unchanged : .replaced(result, original.mediaType)
    }
  }
}

extension C4Quality {
  /// One line on its way through the rules.
  struct Line {
    private(set) var bytes: [UInt8]
    private(set) var range: Range<Int>
    private(set) var wordCount = 0
    private(set) var longestWord = 0
    /// Whether citations were taken out.
    private(set) var isChanged = false
    var phrases: C4Phrases.Kinds = []

    init(bytes: [UInt8], range: Range<Int>) {
      self.bytes = bytes
      self.range = range
    }

    /// Counts a word that has the facts it must have to count.
    @inline(__always)
    mutating func add(_ word: Word, having facts: WordFacts) {
      longestWord = max(longestWord, Int(word.scalarCount))
      if word.facts.rawValue & facts.rawValue == facts.rawValue { wordCount &+= 1 }
    }

    func ends(with mark: [UInt8]) -> Bool {
      range.count >= mark.count
        && bytes[(range.upperBound - mark.count)..<range.upperBound].elementsEqual(mark)
    }

    mutating func removeCitations() {
      guard let cleaned = Citations.remove(from: bytes, range: range) else { return }
      bytes = cleaned
      range = 0..<cleaned.count
      isChanged = true
    }

    /// Counts the words of a changed line anew.
    mutating func recountWords(_ definition: WordDefinition) {
      guard isChanged else { return }
      wordCount = 0
      let counted = definition == .whitespace ? [] : WordFacts.hasNonPunctuation
      for word in AnalyzedText(bytes).words(definition) { add(word, having: counted) }
    }
  }
}
