package import ByteKernels

/// Writes a vocabulary in another format, and shows that nothing was lost before the file appears.
///
/// What was written under a temporary name is read again, and both tokenizers encode the same
/// adversarial texts, with special tokens allowed and not: all tokens, pairs of tokens, edges of
/// Unicode, and any texts that are given.
package enum TokenizerConversion {
  package struct Report: Sendable, Equatable {
    package let files: [OutputFile.Published]
    /// How many texts were encoded by both.
    package let textCount: Int
    /// How many ids they became, special tokens not allowed.
    package let tokenCount: Int
  }

  /// Converts `path` to a format by the name of `output`: `.json` (a `tokenizer.json`), `.tiktoken`,
  /// `.model` (SentencePiece), or a folder (`tokenizer.json`, `tokenizer_config.json` and, for
  /// byte-level vocabularies, `vocab.json` and `merges.txt`).
  ///
  /// Refuses, with the first text whose ids would differ, what the format cannot say.
  package static func convert(
    _ path: String, pattern: SplitPattern? = nil, to output: String, texts: [[UInt8]] = []
  ) throws -> Report {
    try convert(try read(path, pattern: pattern), to: output, texts: texts)
  }

  /// The same for a tokenizer that `read` gave: of its errors none is the input's.
  package static func convert(
    _ tokenizer: Tokenizer, to output: String, texts: [[UInt8]] = []
  ) throws -> Report {
    let isNew = FileSystem.status(output) == nil
    do {
      return try write(tokenizer, to: output, texts)
    } catch {
      if isNew { FileSystem.removeEmptyFolder(output) }
      throw error
    }
  }

  private static func write(
    _ tokenizer: Tokenizer, to output: String, _ texts: [[UInt8]]
  ) throws -> Report {
    let vocabulary = tokenizer.vocabulary
    let files = try files(of: vocabulary, to: output)
    let probes = TokenizerProbes(vocabulary, texts: texts)
    var report = (texts: 0, tokens: 0)
    for file in files {
      guard let read = file.read else { continue }
      let other = try Tokenizer(try read(file.output.settledPath))
      report = try check(tokenizer, other, probes, file.output.path)
    }
    return Report(
      files: try files.map { try $0.output.publish() }, textCount: report.texts,
      tokenCount: report.tokens)
  }

  /// Reads a tokenizer with all that lies beside it and that other formats have too.
  package static func read(_ path: String, pattern: SplitPattern? = nil) throws -> Tokenizer {
    let vocabulary = try vocabulary(path, pattern)
    do {
      return try Tokenizer(vocabulary)
    } catch {
      throw TokenizationError(path: path, message: error.message)
    }
  }

  private static func vocabulary(_ path: String, _ pattern: SplitPattern?) throws -> Vocabulary {
    var vocabulary = try VocabularyFile.read(path: path, pattern: pattern)
    let isFolder = FileSystem.status(path)?.isDirectory == true
    let folder = isFolder ? path + "/" : String(path.dropLast(FileSystem.baseName(path).count))
    if isFolder || FileSystem.baseName(path) == "tokenizer.json" {
      vocabulary.attachments.configuration = try TokenizerConfiguration.read(
        path: folder + "tokenizer_config.json")
    }
    return vocabulary
  }

  /// A file on its way, and how it is read again; nil for one that decides no ids.
  private struct File {
    let output: OutputFile
    let read: ((String) throws -> Vocabulary)?

    init(
      _ path: String, _ bytes: [UInt8], _ read: ((String) throws -> Vocabulary)?
    ) throws(FileError) {
      output = try OutputFile(path: path)
      try output.write(bytes)
      try output.settle()
      self.read = read
    }
  }

  private static func files(of vocabulary: Vocabulary, to output: String) throws -> [File] {
    let name = output.lowercased()
    if name.hasSuffix(".json") { return [try json(vocabulary, output)] }
    if name.hasSuffix(".tiktoken") { return [try ranks(vocabulary, output)] }
    if name.hasSuffix(".model") { return [try model(vocabulary, output)] }
    let vocabulary = try steps(of: vocabulary, output)
    try FileSystem.makeFolder(output)
    return [
      try json(vocabulary, output + "/tokenizer.json"),
      try File(
        output + "/tokenizer_config.json", TokenizerConfiguration.bytes(of: vocabulary), nil),
    ] + (try pair(vocabulary, output))
  }

  private static func json(_ vocabulary: Vocabulary, _ path: String) throws -> File {
    let vocabulary = try steps(of: vocabulary, path)
    return try File(path, try TokenizerJSON.bytes(of: vocabulary, path: path)) {
      try TokenizerJSON.read(path: $0)
    }
  }

  /// The vocabulary in the terms of a `tokenizer.json`.
  private static func steps(of vocabulary: Vocabulary, _ path: String) throws -> Vocabulary {
    guard case .sentencePiece(let model) = vocabulary.model else { return vocabulary }
    do {
      return try model.vocabularyOfSteps()
    } catch {
      throw TokenizationError(path: path, message: error.message)
    }
  }

  private static func model(_ vocabulary: Vocabulary, _ path: String) throws -> File {
    let model: SentencePieceModel
    do {
      model = try SentencePieceModel(vocabulary)
    } catch {
      throw TokenizationError(path: path, message: error.message)
    }
    return try File(path, model.encoded) { Vocabulary(try SentencePieceModel.read(path: $0)) }
  }

  /// Names and merges, for a vocabulary that they say together with its pattern and special tokens.
  private static func pair(_ vocabulary: Vocabulary, _ folder: String) throws -> [File] {
    guard TiktokenFile.isOfRanks(vocabulary), !vocabulary.acceptsWholePreTokens else { return [] }
    let bytes = VocabularyAndMerges.bytes(of: vocabulary)
    let merges = try File(folder + "/merges.txt", bytes.merges, nil)
    let path = merges.output.settledPath
    let names = try File(folder + "/vocab.json", bytes.vocabulary) {
      try VocabularyAndMerges.read(
        vocabularyPath: $0, mergesPath: path, pattern: vocabulary.pattern,
        specialTokens: vocabulary.specialTokens.filter(\.isInModel))
    }
    return vocabulary.specialTokens.allSatisfy(\.isInModel) ? [names, merges] : []
  }

  private static func ranks(_ vocabulary: Vocabulary, _ path: String) throws -> File {
    guard TiktokenFile.isOfRanks(vocabulary) else {
      throw TokenizationError(
        path: path,
        message:
          "ranks say only byte-level vocabularies with one split pattern, no normalizers and "
          + "no added tokens but special ones; write a tokenizer.json")
    }
    return try File(path, TiktokenFile.bytes(of: vocabulary)) {
      try TiktokenFile.read(
        path: $0, pattern: vocabulary.pattern, specialTokens: vocabulary.specialTokens)
    }
  }

  private static func check(
    _ tokenizer: Tokenizer, _ other: Tokenizer, _ probes: TokenizerProbes, _ path: String
  ) throws -> (texts: Int, tokens: Int) {
    let (left, right) = (
      tokenizer.makeEncoder(cacheByteCount: 1 << 20), other.makeEncoder(cacheByteCount: 1 << 20)
    )
    var count = (texts: 0, tokens: 0)
    // SentencePiece writes special tokens otherwise, control pieces not at all.
    let silent =
      tokenizer.decodesAsSentencePiece == other.decodesAsSentencePiece
      ? [] : Set(tokenizer.vocabulary.specialTokens.map(\.id))
    try probes.forEach { text in
      for allows in [false, true] {
        var (expected, found): ([UInt32], [UInt32]) = ([], [])
        left.encode(text.span, into: &expected, allowingSpecials: allows)
        right.encode(text.span, into: &found, allowingSpecials: allows)
        let (decoded, again) = (try tokenizer.decode(expected), try? other.decode(found))
        guard expected == found, decoded == again || !silent.isDisjoint(with: expected) else {
          let change =
            expected == found
            ? "the ids of \(quoted(text)) would be \(again.map(quoted) ?? "no text") again instead of "
              + quoted(decoded)
            : "\(quoted(text)) would become \(listed(found)) instead of \(listed(expected))"
          throw TokenizationError(
            path: path,
            message: "the format cannot say what the vocabulary is: \(change); nothing was written")
        }
        if !allows { count.tokens += expected.count }
      }
      count.texts += 1
    }
    return count
  }

  private static func quoted(_ text: [UInt8]) -> String {
    let tree = JSONTree.string(String(decoding: text.prefix(80), as: UTF8.self))
    return String(decoding: tree.compact, as: UTF8.self)
  }

  private static func listed(_ ids: [UInt32]) -> String {
    "\(ids.prefix(12))" + (ids.count > 12 ? " and so on" : "")
  }
}
