internal import ByteKernels
internal import TextAnalysis

/// Tells the tokens that Spark's StopWordsRemover leaves out.
struct SparkStopWordFilter: Sendable {
  /// The words with equal hashes.
  private var words: [UInt32: [[UInt8]]] = [:]
  private let isCaseSensitive: Bool
  private let isTurkic: Bool
  private let table = CharacterTable.shared

  /// Java's lower case is peculiar in Lithuanian, which is not done here.
  static func canCompare(_ settings: SparkStopWords) -> Bool {
    settings.isCaseSensitive || settings.locale.lowercased() != "lt"
  }

  init(_ settings: SparkStopWords) {
    isCaseSensitive = settings.isCaseSensitive
    // Java knows these two by their bare names alone: `tr_TR` is a language of its own to it.
    isTurkic = ["tr", "az"].contains(settings.locale.lowercased())
    for word in settings.words {
      var bytes = Array(word.utf8)
      if !isCaseSensitive { bytes = lowercase(bytes.span) }
      words[Murmur3.hash32(bytes.span), default: []].append(bytes)
    }
  }

  /// `lowered` is scratch space.
  func contains(_ token: Span<UInt8>, lowered: inout [UInt8]) -> Bool {
    if isCaseSensitive { return isWord(token) }
    lowered.removeAll(keepingCapacity: true)
    JavaLowercase.append(token, table, isTurkic: isTurkic, to: &lowered)
    return isWord(lowered.span)
  }

  private func lowercase(_ word: Span<UInt8>) -> [UInt8] {
    var lowered: [UInt8] = []
    JavaLowercase.append(word, table, isTurkic: isTurkic, to: &lowered)
    return lowered
  }

  private func isWord(_ token: Span<UInt8>) -> Bool {
    guard let candidates = words[Murmur3.hash32(token)] else { return false }
    return candidates.contains { word in
      word.count == token.count && token.indices.allSatisfy { token[$0] == word[$0] }
    }
  }
}
