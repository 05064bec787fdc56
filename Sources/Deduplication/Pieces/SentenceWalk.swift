internal import TextAnalysis

/// Goes through the sentences of a text beside its runs of tokens, each line split once at most.
struct SentenceWalk {
  private let text: [UInt8]
  /// Where the line ends whose sentences are here.
  private var lineEnd = 0
  /// Of that line; before the first there is none.
  private var sentences: [Range<Int>] = []
  private var place = 0

  init(_ text: [UInt8]) {
    self.text = text
    readLine(from: 0)
  }

  /// From the first to the last of the sentences of which a run has everything; nil when there are none.
  ///
  /// Runs come in order, apart from each other.
  mutating func wholeSentences(of run: Range<Int>) -> Range<Int>? {
    if lineEnd < run.lowerBound {
      let feed = text[lineEnd..<run.lowerBound].lastIndex(of: 0x0A) ?? lineEnd
      readLine(from: feed + 1)
    }
    var whole: Range<Int>?
    while true {
      while place < sentences.count, sentences[place].lowerBound < run.lowerBound { place += 1 }
      while place < sentences.count, sentences[place].upperBound <= run.upperBound {
        whole = (whole?.lowerBound ?? sentences[place].lowerBound)..<sentences[place].upperBound
        place += 1
      }
      guard place == sentences.count, lineEnd + 1 < run.upperBound else { return whole }
      readLine(from: lineEnd + 1)
    }
  }

  private mutating func readLine(from start: Int) {
    lineEnd = text[start...].firstIndex(of: 0x0A) ?? text.count
    sentences = Sentences.ranges(in: text, range: start..<lineEnd)
    place = 0
  }
}
