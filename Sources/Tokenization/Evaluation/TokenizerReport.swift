/// The judgement of tokenizers, ready to be shown.
package struct TokenizerReport: Sendable {
  /// One tokenizer, apart from the documents.
  package struct Subject: Sendable {
    package let name: String
    package let vocabularySize: Int
    package let use: TokenUse
    package let curve: VocabularyCurve?

    /// `uses` says how often each id came out.
    package init(name: String, _ vocabulary: Vocabulary, uses: [UInt64]) {
      self.name = name
      vocabularySize = vocabulary.size
      use = TokenUse(vocabulary, uses: uses)
      curve = VocabularyCurve(vocabulary, uses: uses)
    }
  }

  package let subjects: [Subject]
  package let evaluation: TokenizerEvaluation

  package init(_ subjects: [Subject], _ evaluation: TokenizerEvaluation) {
    self.subjects = subjects
    self.evaluation = evaluation
  }

  /// The groups of a field, those with most text first, then by name.
  func ranked(field: Int) -> [(name: String, group: TokenizerEvaluation.Group)] {
    evaluation.groups[field].map { (name: $0.key, group: $0.value) }.sorted {
      let (a, b) = ($0.group.extent.byteCount, $1.group.extent.byteCount)
      return a != b ? a > b : $0.name < $1.name
    }
  }
}

extension TokenizerEvaluation.Group {
  func bytesPerToken(_ tokenizer: Int) -> Double? {
    ratio(extent.byteCount, outcomes[tokenizer].tokenCount)
  }

  /// Fertility: tokens for each word.
  func tokensPerWord(_ tokenizer: Int) -> Double? {
    ratio(outcomes[tokenizer].tokenCount, extent.wordCount)
  }

  private func ratio(_ dividend: Int, _ divisor: Int) -> Double? {
    divisor == 0 ? nil : Double(dividend) / Double(divisor)
  }
}
