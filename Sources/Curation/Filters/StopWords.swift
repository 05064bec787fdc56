internal import TextAnalysis

/// A few words, and whether enough of them stand in a text.
struct StopWords: Sendable {
  private let words: [[UInt8]]
  /// Bit n is set when a word has n bytes; the last bit stands for 63 and more.
  private let lengths: UInt64

  init(_ list: [String]) {
    words = Set(list).sorted().map { Array($0.utf8) }
    lengths = words.reduce(0) { $0 | (1 << UInt64(min($1.count, 63))) }
  }

  /// Whether at least `minimum` different ones are among the words of a text.
  func stand(atLeast minimum: Int, in list: [Word], of bytes: [UInt8]) -> Bool {
    var isFound = [Bool](repeating: false, count: words.count)
    var missing = minimum
    if missing <= 0 { return true }
    for word in list where lengths & (1 &<< UInt64(min(word.end &- word.start, 63))) != 0 {
      for number in words.indices where !isFound[number] {
        guard stands(words[number], at: word, of: bytes) else { continue }
        isFound[number] = true
        missing -= 1
        if missing == 0 { return true }
      }
    }
    return false
  }

  @inline(__always)
  private func stands(_ stopWord: [UInt8], at word: Word, of bytes: [UInt8]) -> Bool {
    let start = Int(word.start)
    guard stopWord.count == Int(word.end) &- start else { return false }
    for index in stopWord.indices where bytes[start &+ index] != stopWord[index] { return false }
    return true
  }
}
