package import ByteKernels

/// The file of ranks that tiktoken reads: a line per token, its bytes in base 64, a space, its id.
///
/// Pattern and special tokens are not in the file; for the files that OpenAI publishes the name tells
/// them.
package enum TiktokenFile {
  /// What a published file does not say of itself.
  private struct Published {
    let name: String
    /// Nil where no pattern of ours is the file's.
    let pattern: SplitPattern?
    let specialTokens: [(id: UInt32, text: String)]
  }

  private static let published: [Published] = [
    .init(
      name: "cl100k_base", pattern: .gpt4,
      specialTokens: [
        (100257, "<|endoftext|>"), (100258, "<|fim_prefix|>"), (100259, "<|fim_middle|>"),
        (100260, "<|fim_suffix|>"), (100276, "<|endofprompt|>"),
      ]),
    .init(
      name: "o200k_base", pattern: .gpt4o,
      specialTokens: [(199999, "<|endoftext|>"), (200018, "<|endofprompt|>")]),
    .init(name: "p50k_base", pattern: .gpt2, specialTokens: [(50256, "<|endoftext|>")]),
    .init(name: "r50k_base", pattern: .gpt2, specialTokens: [(50256, "<|endoftext|>")]),
  ]

  /// Reads a file of ranks; `pattern` must be given for one whose name is not that of a published one.
  package static func read(
    path: String, pattern: SplitPattern? = nil, specialTokens: [AddedToken]? = nil
  ) throws -> Vocabulary {
    let name = FileSystem.baseName(path).split(separator: ".").first.map(String.init) ?? ""
    let known = published.first { $0.name == name }
    guard let pattern = pattern ?? known?.pattern else {
      throw TokenizationError(
        path: path,
        message:
          "the file does not say how text is split, nor does its name; name a pattern, "
          + SplitPattern.expectation)
    }
    let specials =
      specialTokens
      ?? known?.specialTokens.map { AddedToken(id: $0.id, text: $0.text) } ?? []
    var tokens = try MappedFile(path: path).withBytes { bytes throws in
      try parse(bytes, path)
    }
    try place(specials, in: &tokens, path)
    do {
      let merges = try MergeTable.recoverMerges(tokens: tokens, specialTokens: specials)
      return Vocabulary(
        tokens: tokens, merges: merges, specialTokens: specials, pattern: pattern,
        acceptsWholePreTokens: true)
    } catch {
      throw TokenizationError(path: path, message: error.message)
    }
  }

  /// Writes the ranks of all tokens but the special ones; refuses a vocabulary whose merges its
  /// ranks would not tell.
  package static func write(_ vocabulary: Vocabulary, path: String) throws -> OutputFile.Published {
    try check(vocabulary, path)
    let specials = Set(vocabulary.specialTokens.map(\.id))
    let file = try OutputFile(path: path)
    for (id, token) in vocabulary.tokens.enumerated()
    where !token.isEmpty && !specials.contains(UInt32(id)) {
      try file.write(Base64.encode(token) + Array(" \(id)\n".utf8))
    }
    return try file.publish()
  }

  private static func check(_ vocabulary: Vocabulary, _ path: String) throws {
    let recovered = try MergeTable.recoverMerges(
      tokens: vocabulary.tokens, specialTokens: vocabulary.specialTokens)
    let unmerged = try EncodingTables(vocabulary).unmergedTokenCount
    if recovered != vocabulary.merges || (unmerged > 0 && !vocabulary.acceptsWholePreTokens) {
      throw TokenizationError(
        path: path,
        message: "this vocabulary cannot be told by ranks alone, because its merges are not in the "
          + "order of its ids or leave tokens out; write a tokenizer.json")
    }
  }

  private static func parse(_ bytes: Span<UInt8>, _ path: String) throws -> [[UInt8]] {
    var tokens: [[UInt8]] = []
    var known: Set<[UInt8]> = []
    var line: [UInt8] = []
    var start = 0
    for offset in 0...bytes.count {
      if offset < bytes.count, bytes[offset] != UInt8(ascii: "\n") {
        line.append(bytes[offset])
        continue
      }
      if line.last == UInt8(ascii: "\r") { line.removeLast() }
      if !line.isEmpty {
        let (token, id) = try parse(line, path, start)
        while tokens.count <= id { tokens.append([]) }
        if !tokens[id].isEmpty || !known.insert(token).inserted {
          throw TokenizationError(
            path: path, byteOffset: start, message: "the token or its rank is there twice")
        }
        tokens[id] = token
      }
      line.removeAll(keepingCapacity: true)
      start = offset + 1
    }
    return tokens
  }

  private static func parse(
    _ line: [UInt8], _ path: String, _ offset: Int
  ) throws -> (token: [UInt8], id: Int) {
    let parts = line.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
    guard parts.count == 2, let token = Base64.decode(parts[0]), !token.isEmpty,
      let id = Int(String(decoding: parts[1], as: UTF8.self)),
      (0..<Vocabulary.maximumTokenCount).contains(id)
    else {
      throw TokenizationError(
        path: path, byteOffset: offset,
        message: "a line must be a token in base 64, a space, its rank")
    }
    return (token, id)
  }

  private static func place(
    _ specials: [AddedToken], in tokens: inout [[UInt8]], _ path: String
  ) throws {
    for special in specials {
      while tokens.count <= special.id { tokens.append([]) }
      if !tokens[Int(special.id)].isEmpty {
        throw TokenizationError(
          path: path, message: "\(special.text) cannot have id \(special.id): it is that of a token"
        )
      }
      tokens[Int(special.id)] = Array(special.text.utf8)
    }
  }
}
