package import ByteKernels

/// The bytes that llm.c's `dev/data/data_common.py` writes, and that llm.c, modded-nanogpt and their kin
/// read.
///
/// Little-endian: 256 integers of 32 bits, of which the first three are magic, version and number of
/// tokens and the others 0, then the tokens. The pair is 20240520 and 1 for tokens of 16 bits; for larger
/// vocabularies, as Llama 3's, it is 20240801 and 7, and tokens have 32 bits. A file has fewer than 2^31
/// tokens. Readers glob for `*_train_*.bin` and `*_val_*.bin`, numbered with six digits. A document is
/// found by the token before it: `<|endoftext|>` for GPT-2, `<|begin_of_text|>` for Llama 3.
package enum LLMCLayout: TokenShardLayout {
  static let headerByteCount = 1024
  package static let largestTokenCount = Int(Int32.max)

  package static var sequenceKind: SequenceKind { .document }
  package static var marksBeginnings: Bool { true }
  package static var fileEndings: [String] { [".bin"] }

  package static func name(of part: SplitPart, shard: Int) -> String {
    "tokens_\(part.rawValue)_\(number(shard, digits: 6))"
  }

  package static func writer(
    prefix: String, _ description: TokenShardDescription
  ) throws(FileError) -> any TokenShardWriter {
    let kind = LLMCKind(vocabularySize: description.vocabularySize)
    return try FlatTokenWriter(
      path: prefix + fileEndings[0], type: kind.type, vocabularySize: description.vocabularySize,
      headerByteCount: headerByteCount, largestTokenCount: largestTokenCount
    ) { _, tokenCount in
      var header: [UInt8] = []
      header.append(littleEndian: kind.magic)
      header.append(littleEndian: kind.version)
      header.append(littleEndian: UInt32(tokenCount))
      return header + [UInt8](repeating: 0, count: headerByteCount - header.count)
    }
  }

  package static func recognises(_ path: String) -> Bool {
    guard path.hasSuffix(".bin"), let file = try? MappedFile(path: path) else { return false }
    return file.withBytes { bytes in
      bytes.count >= 4 && LLMCKind(magic: bytes.raw.load32(0)) != nil
    }
  }

  package static func reader(
    _ path: String, _ hints: TokenShardHints
  ) throws(TokenShardError) -> any TokenShardReader {
    let file = try MappedFile.shard(path)
    let (kind, tokenCount) = try header(of: file)
    try FlatTokenReader.requireSize(
      of: file, headerByteCount + tokenCount * kind.type.byteCount)
    return FlatTokenReader(
      file, from: headerByteCount, type: kind.type, tokenCount: tokenCount, cut: TokenCut(hints))
  }

  private static func header(
    of file: MappedFile
  ) throws(TokenShardError) -> (LLMCKind, tokenCount: Int) {
    func fault(_ byteOffset: Int, _ fault: TokenShardError.Fault) -> TokenShardError {
      .malformed(path: file.path, byteOffset: byteOffset, fault)
    }
    guard file.byteCount >= headerByteCount else {
      throw fault(
        file.byteCount, .truncated(byteCount: file.byteCount, expected: headerByteCount))
    }
    let words = file.withBytes { bytes in [0, 4, 8].map { bytes.raw.load32($0) } }
    guard let kind = LLMCKind(magic: words[0]) else {
      throw fault(0, .wrongMagic(expected: "llm.c's tokens, which begin with 20240520 or 20240801"))
    }
    guard words[1] == kind.version else {
      throw fault(
        4, .unknownVersion(UInt64(words[1]), known: "version \(kind.version) of \(kind.magic)"))
    }
    guard words[2] <= largestTokenCount else { throw fault(8, .tooManyEntries(UInt64(words[2]))) }
    return (kind, Int(words[2]))
  }
}

/// The two kinds of llm.c's token files.
enum LLMCKind {
  case gpt2
  case llama3

  init(vocabularySize: Int) {
    self = vocabularySize <= 1 << 16 ? .gpt2 : .llama3
  }

  init?(magic: UInt32) {
    switch magic {
    case LLMCKind.gpt2.magic: self = .gpt2
    case LLMCKind.llama3.magic: self = .llama3
    default: return nil
    }
  }

  var magic: UInt32 {
    switch self {
    case .gpt2: 20_240_520
    case .llama3: 20_240_801
    }
  }

  var version: UInt32 {
    switch self {
    case .gpt2: 1
    case .llama3: 7
    }
  }

  var type: TokenType {
    switch self {
    case .gpt2: .uint16
    case .llama3: .uint32
    }
  }
}
