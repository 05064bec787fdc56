internal import ByteKernels

/// The pair of files that GPT-2's tokenizer began with: names with ids, and merges in order.
///
/// The pair says neither how text is split nor which tokens are special: unless told otherwise it is
/// read as GPT-2's, with `<|endoftext|>` special where it is there.
package enum VocabularyAndMerges {
  /// Names that the two files have in a folder.
  package static let names = [
    (vocabulary: "vocab.json", merges: "merges.txt"),
    (vocabulary: "encoder.json", merges: "vocab.bpe"),
  ]

  package static func read(
    vocabularyPath: String, mergesPath: String, pattern: SplitPattern? = nil,
    specialTokens: [AddedToken]? = nil
  ) throws -> Vocabulary {
    var path = vocabularyPath
    do {
      let tree = try JSONTreeParser.parse(try bytes(path))
      guard tree.members != nil else {
        throw VocabularyError(message: "it is not an object of names with ids")
      }
      path = mergesPath
      let lines = try bytes(path).split(separator: UInt8(ascii: "\n")).map { line in
        JSONTree.string(String(decoding: line.last == 0x0D ? line.dropLast() : line, as: UTF8.self))
      }
      let model = JSONTree.object([("vocab", tree), ("merges", .array(lines))])
      let names = try ModelNames(model, isByteLevel: true)
      let rules = try ModelRules(model, names)
      let end = "<|endoftext|>"
      let ends = names.id(Array(end.utf8)).map { [AddedToken(id: $0, text: end)] } ?? []
      return Vocabulary(
        tokens: names.tokens, merges: rules.merges, addedTokens: specialTokens ?? ends,
        preTokenizer: PreTokenizer(pattern ?? .gpt2), literalTokens: names.literalTokens)
    } catch let error as JSONTreeError {
      throw TokenizationError(path: path, byteOffset: error.byteOffset, message: error.message)
    } catch let error as VocabularyError {
      throw TokenizationError(path: path, message: error.message)
    }
  }

  private static func bytes(_ path: String) throws -> [UInt8] {
    try MappedFile(path: path).withBytes { [UInt8](copying: $0) }
  }

  /// What the two files hold for a byte-level vocabulary.
  static func bytes(of vocabulary: Vocabulary) -> (vocabulary: [UInt8], merges: [UInt8]) {
    let names = vocabulary.modelNames
    let tree = JSONTree.object(
      names.enumerated().compactMap { id, name in
        name.isEmpty && !vocabulary.literalTokens.contains(UInt32(id))
          ? nil : (String(decoding: name, as: UTF8.self), .number(Double(id)))
      })
    var lines = Array("#version: 0.2\n".utf8)
    for merge in vocabulary.merges {
      lines += names[Int(merge.left)] + [0x20] + names[Int(merge.right)] + [0x0A]
    }
    return (tree.compact, lines)
  }
}
