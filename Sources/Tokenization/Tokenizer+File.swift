internal import ByteKernels

extension Tokenizer {
  /// Reads a `tokenizer.json` or, by its name, a `.tiktoken` file; `pattern` is for a `.tiktoken`
  /// whose name tells none.
  package convenience init(contentsOf path: String, pattern: SplitPattern? = nil) throws {
    let vocabulary =
      path.hasSuffix(".tiktoken")
      ? try TiktokenFile.read(path: path, pattern: pattern) : try TokenizerJSON.read(path: path)
    do throws(VocabularyError) {
      try self.init(vocabulary)
    } catch {
      throw TokenizationError(path: path, message: error.message)
    }
  }
}
