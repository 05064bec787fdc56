internal import ByteKernels

/// The first 34 bytes of a Megatron index, checked against the size of the file.
struct MegatronHeader {
  let tokenType: MegatronTokenType
  let sequenceCount: Int
  /// One more than the number of documents, so at least 1.
  let documentIndexCount: Int

  static let expected = "a Megatron index, which begins with MMIDIDX"
  static let knownTypes = "1, 2, 3, 4, 5, 8"

  init(_ bytes: Span<UInt8>, path: String) throws(TokenShardError) {
    func fault(_ byteOffset: Int, _ fault: TokenShardError.Fault) -> TokenShardError {
      .malformed(path: path, byteOffset: byteOffset, fault)
    }
    for (offset, byte) in MegatronLayout.magic.prefix(bytes.count).enumerated()
    where bytes[offset] != byte {
      throw fault(offset, .wrongMagic(expected: Self.expected))
    }
    guard bytes.count >= MegatronLayout.headerByteCount else {
      throw fault(
        bytes.count,
        .truncated(byteCount: bytes.count, expected: MegatronLayout.headerByteCount))
    }
    let raw = bytes.raw
    let version = raw.load64(MegatronLayout.versionOffset)
    guard version == MegatronLayout.version else {
      throw fault(MegatronLayout.versionOffset, .unknownVersion(version, known: "version 1"))
    }
    let code = raw.load8(MegatronLayout.tokenTypeOffset)
    guard let type = MegatronTokenType(rawValue: code) else {
      throw fault(
        MegatronLayout.tokenTypeOffset, .unknownTokenType("\(code)", known: Self.knownTypes))
    }
    tokenType = type

    let sequences = raw.load64(MegatronLayout.sequenceCountOffset)
    let documents = raw.load64(MegatronLayout.documentIndexCountOffset)
    // Below 2^56 the sizes that follow cannot overflow.
    guard sequences < 1 << 56 else {
      throw fault(MegatronLayout.sequenceCountOffset, .tooManyEntries(sequences))
    }
    guard documents < 1 << 56 else {
      throw fault(MegatronLayout.documentIndexCountOffset, .tooManyEntries(documents))
    }
    sequenceCount = Int(sequences)
    documentIndexCount = Int(documents)
    guard documentIndexCount >= 1 else {
      throw fault(
        MegatronLayout.documentIndexCountOffset,
        .wrongDocumentIndex(entry: 0, 0, expected: "there, as every index begins with 0"))
    }
    let expected =
      MegatronLayout.headerByteCount + 12 * sequenceCount + 8 * documentIndexCount
    if bytes.count < expected {
      throw fault(bytes.count, .truncated(byteCount: bytes.count, expected: expected))
    }
    if bytes.count > expected, bytes.count != expected + sequenceCount {
      throw fault(expected, .trailingBytes(byteCount: bytes.count, expected: expected))
    }
  }
}
