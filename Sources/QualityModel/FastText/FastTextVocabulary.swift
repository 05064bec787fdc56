/// The words of a model and the rows that words and their n-grams have.
struct FastTextVocabulary: Sendable {
  let table: FastTextWordTable
  /// Entries below are words, with a row each; those from here on are labels.
  let wordCount: Int
  let buckets: FastTextBuckets
  /// The entry of `</s>`; -1 without.
  let endOfSentence: Int32
  let endOfSentenceHash = FastTextWordTable.hash(Self.endOfSentenceBytes.span)
  let wordNgrams: Int
  /// In code points; without subwords the longest is 0.
  let shortestSubword: Int
  let longestSubword: Int

  static let endOfSentenceBytes = Array("</s>".utf8)
  /// fastText's default; files do not keep another.
  static let labelPrefixText = "__label__"
  static let labelPrefix = Array(labelPrefixText.utf8)
}
