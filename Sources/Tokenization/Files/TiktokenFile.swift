package import ByteKernels

/// The file of ranks that tiktoken reads: a line per token, its bytes in base 64, a space, its id.
///
/// Pattern and special tokens are not in the file; for the files that OpenAI publishes the name tells
/// them.
package enum TiktokenFile {
  /// Reads a file of ranks; `pattern` must be given for one whose name is not that of a published one.
  package static func read(
    path: String, pattern: SplitPattern? = nil, specialTokens: [AddedToken]? = nil
  ) throws -> Vocabulary {
    let name = FileSystem.baseName(path).split(separator: ".").first.map(String.init) ?? ""
    let known = PublishedRanks.named(name)
    guard let pattern = pattern ?? known?.pattern else {
      throw TokenizationError(
        path: path,
        message:
          "the file does not say how text is split, nor does its name; name a pattern, "
          + SplitPattern.expectation)
    }
    let specials = specialTokens ?? known?.specialTokens ?? []
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
    let file = try OutputFile(path: path)
    try file.write(bytes(of: vocabulary))
    return try file.publish()
  }

  /// The ranks of all tokens of the model but the special ones.
  static func bytes(of vocabulary: Vocabulary) -> [UInt8] {
    let others = vocabulary.idsOutsideModel
    var bytes: [UInt8] = []
    for (id, token) in vocabulary.tokens.enumerated()
    where !token.isEmpty && !others.contains(UInt32(id)) {
      bytes += Base64.encode(token)
      bytes += Array(" \(id)\n".utf8)
    }
    return bytes
  }

  /// Whether a file that begins so is one of ranks.
  static func looksLikeRanks(_ head: [UInt8]) -> Bool {
    guard let line = head.split(separator: UInt8(ascii: "\n")).first else { return false }
    return (try? parse(Array(line.last == 0x0D ? line.dropLast() : line), "", 0)) != nil
  }

  /// Whether a vocabulary is of the kind that ranks, a split pattern and special tokens can say.
  static func isOfRanks(_ vocabulary: Vocabulary) -> Bool {
    let areBare = vocabulary.addedTokens.allSatisfy {
      $0.isSpecial && !$0.stripsLeft && !$0.stripsRight && !$0.isWholeWord
    }
    return vocabulary.model == .byteLevel && vocabulary.pattern != nil && areBare
      && vocabulary.normalizers.isEmpty
  }

  /// Whether ranks tell all that a vocabulary does: `write` then takes it, and the file read with the
  /// vocabulary's pattern and special tokens gives the same ids.
  package static func tells(_ vocabulary: Vocabulary) -> Bool {
    do {
      try check(vocabulary, "")
    } catch {
      return false
    }
    return isOfRanks(vocabulary)
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
    var bytesSeen: Set<UInt8> = []
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
        // Longer tokens of the same bytes are found when merges are made of them.
        if !tokens[id].isEmpty || (token.count == 1 && !bytesSeen.insert(token[0]).inserted) {
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
