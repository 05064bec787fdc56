internal import ByteKernels

/// Reads a vocabulary from whatever holds it: the format is told by what is in the file, or by the
/// names in a folder.
package enum VocabularyFile {
  /// Names that a folder's vocabulary may have, the fullest first.
  private static let names = ["tokenizer.json", "tekken.json", "tokenizer.model"]

  /// Reads a file or folder; `pattern` is for formats that do not say how text is split.
  package static func read(path: String, pattern: SplitPattern? = nil) throws -> Vocabulary {
    if FileSystem.status(path)?.isDirectory == true { return try readFolder(path, pattern) }
    let head = try MappedFile(path: path).withBytes { bytes in
      [UInt8](copying: bytes.extracting(0..<min(bytes.count, 4096)))
    }
    if SentencePieceModel.looksLikeModel(head) {
      return Vocabulary(try SentencePieceModel.read(path: path))
    }
    if head.first(where: { $0 > 0x20 }) == UInt8(ascii: "{") {
      return try readJSON(path, pattern)
    }
    if path.hasSuffix(".tiktoken") || TiktokenFile.looksLikeRanks(head) {
      return try TiktokenFile.read(path: path, pattern: pattern)
    }
    // What is wrong with it is said by the reader.
    if path.hasSuffix(".model") { return Vocabulary(try SentencePieceModel.read(path: path)) }
    throw TokenizationError(
      path: path,
      message: "this is no vocabulary that is known here: give a tokenizer.json, a file of ranks "
        + "(.tiktoken), a SentencePiece .model, or a folder with one, or with vocab.json and "
        + "merges.txt")
  }

  /// A `tokenizer.json`, or the names of a pair whose merges lie beside it.
  private static func readJSON(_ path: String, _ pattern: SplitPattern?) throws -> Vocabulary {
    let name = FileSystem.baseName(path)
    let folder = String(path.dropLast(name.count))
    for names in VocabularyAndMerges.names where name == names.vocabulary {
      return try VocabularyAndMerges.read(
        vocabularyPath: path, mergesPath: folder + names.merges, pattern: pattern)
    }
    return try TokenizerJSON.read(path: path)
  }

  private static func readFolder(_ path: String, _ pattern: SplitPattern?) throws -> Vocabulary {
    for name in names {
      let file = "\(path)/\(name)"
      if FileSystem.status(file) != nil { return try read(path: file, pattern: pattern) }
    }
    for names in VocabularyAndMerges.names {
      let (vocabulary, merges) = ("\(path)/\(names.vocabulary)", "\(path)/\(names.merges)")
      if FileSystem.status(vocabulary) != nil, FileSystem.status(merges) != nil {
        return try VocabularyAndMerges.read(
          vocabularyPath: vocabulary, mergesPath: merges, pattern: pattern)
      }
    }
    throw TokenizationError(
      path: path,
      message: "the folder holds no tokenizer.json, tekken.json, tokenizer.model, vocab.json with "
        + "merges.txt, or encoder.json with vocab.bpe")
  }
}
