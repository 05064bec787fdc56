internal import ByteKernels

/// `NAME.ds.metadata`: which tokenizer made the tokens, how wide they are and how many.
struct DatatroveMetadata {
  let path: String
  /// Nil when the first line does not say; datatrove's older files do not.
  let type: TokenType?
  let tokenCount: Int
  /// Where the number of tokens stands.
  private let countOffset: Int

  /// No file of metadata is longer.
  private static let largestByteCount = 1 << 16

  static func bytes(tokenizerName: String, type: TokenType, tokenCount: Int) -> [UInt8] {
    // datatrove parts lines, and name and width, at the first mark of each kind.
    let name = String(tokenizerName.map { $0 == "|" || $0.isNewline ? " " : $0 })
    return Array(
      """
      \(name)|\(type.byteCount)
      \(tokenCount)
      \(MetricCount.text(tokenCount, unit: "T"))
      """.utf8)
  }

  /// Nil when there is no such file beside the tokens.
  static func read(beside tokensPath: String) throws(TokenShardError) -> DatatroveMetadata? {
    let path = tokensPath + ".metadata"
    if FileSystem.status(path) == nil { return nil }
    return try DatatroveMetadata(path)
  }

  private init(_ path: String) throws(TokenShardError) {
    self.path = path
    let file = try MappedFile.shard(path)
    func fault(_ byteOffset: Int, _ problem: String) -> TokenShardError {
      .malformed(path: path, byteOffset: byteOffset, .wrongHeader(problem))
    }
    guard file.byteCount <= Self.largestByteCount else {
      throw fault(0, "the metadata are too long")
    }
    let bytes = file.withBytes { [UInt8](copying: $0) }
    let lines = bytes.split(separator: 0x0A, maxSplits: 2, omittingEmptySubsequences: false)
    guard lines.count >= 2 else {
      throw fault(bytes.count, "the metadata have no second line with the number of tokens")
    }
    countOffset = lines[1].startIndex
    guard let count = Int(String(decoding: lines[1], as: UTF8.self)), count >= 0 else {
      throw fault(countOffset, "the second line of the metadata is no number of tokens")
    }
    tokenCount = count
    guard let mark = lines[0].lastIndex(of: UInt8(ascii: "|")) else {
      type = nil
      return
    }
    let width = String(decoding: lines[0][(mark + 1)...], as: UTF8.self)
    guard width == "2" || width == "4" else {
      throw fault(mark + 1, "tokens of \(width) bytes are unknown; datatrove's have 2 or 4")
    }
    type = width == "2" ? .uint16 : .uint32
  }

  /// Requires the number of tokens that the file of tokens has.
  func verify(tokenCount actual: Int) throws(TokenShardError) {
    if tokenCount == actual { return }
    throw .malformed(
      path: path, byteOffset: countOffset,
      .wrongHeader("the metadata tell of \(tokenCount) tokens, but there are \(actual)"))
  }
}
