extension Tokenizer {
  /// Reads a `tokenizer.json`, a file of ranks (`.tiktoken`), a SentencePiece `.model`, or a folder with
  /// one of these or with `vocab.json` and `merges.txt`.
  ///
  /// `pattern` is for formats that do not say how text is split.
  package convenience init(contentsOf path: String, pattern: SplitPattern? = nil) throws {
    let vocabulary = try VocabularyFile.read(path: path, pattern: pattern)
    do throws(VocabularyError) {
      try self.init(vocabulary)
    } catch {
      throw TokenizationError(path: path, message: error.message)
    }
  }
}
