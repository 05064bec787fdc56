internal import ByteKernels

extension Vocabulary {
  /// A digest of everything that decides which ids a text becomes.
  package var digest: UInt64 {
    var bytes: [UInt8] = preTokenizer.tree.compact
    append("\(acceptsWholePreTokens) \(literalTokens.sorted())", to: &bytes)
    bytes.append(littleEndian: UInt64(tokens.count))
    for token in tokens {
      bytes.append(littleEndian: UInt32(token.count))
      bytes.append(contentsOf: token)
    }
    for merge in merges {
      for id in [merge.left, merge.right, merge.product] { bytes.append(littleEndian: id) }
    }
    for added in addedTokens { append(added, to: &bytes) }
    for normalizer in normalizers { append(normalizer, to: &bytes) }
    append(model, to: &bytes)
    return XXH64.hash(bytes.span)
  }

  private func append(_ added: AddedToken, to bytes: inout [UInt8]) {
    bytes.append(littleEndian: added.id)
    let flags = [
      added.isSpecial, added.isNormalized, added.stripsLeft, added.stripsRight, added.isWholeWord,
      added.isInModel,
    ]
    append("\(flags) \(added.text)", to: &bytes)
  }

  private func append(_ normalizer: Normalizer, to bytes: inout [UInt8]) {
    let json = normalizer.tree.compact
    bytes.append(littleEndian: UInt64(json.count))
    bytes.append(contentsOf: json)
  }

  private func append(_ model: Model, to bytes: inout [UInt8]) {
    switch model {
    case .byteLevel: break
    case .characters(let rules): append("\(rules)", to: &bytes)
    case .unigram(let scores, let rules):
      append("\(rules)", to: &bytes)
      for score in scores { bytes.append(littleEndian: score.bitPattern) }
    case .sentencePiece(let model): bytes.append(contentsOf: model.encoded)
    }
  }

  private func append(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(littleEndian: UInt64(text.utf8.count))
    bytes.append(contentsOf: text.utf8)
  }
}
