package import ByteKernels

/// Writes a Megatron indexed data set, in which every sequence is a document.
///
/// Of the index only the lengths are kept until the end, 4 bytes a sequence (12 while their array
/// grows): 100 million documents take 400 MB.
package final class MegatronWriter: TokenShardWriter {
  package let prefix: String
  package let tokenType: MegatronTokenType

  private let tokens: TokenFile
  private var lengths: [UInt32] = []

  private static let bufferSize = 1 << 18

  /// Starts `prefix.bin` under a temporary name; the vocabulary counts the special tokens too, so that
  /// every id is below its size.
  package init(prefix: String, vocabularySize: Int) throws(FileError) {
    self.prefix = prefix
    tokenType = MegatronTokenType(vocabularySize: vocabularySize)
    tokens = try TokenFile(
      path: MegatronLayout.tokensPath(prefix), type: tokenType.type, vocabularySize: vocabularySize)
  }

  package var sequenceCount: Int { lengths.count }
  package var tokenCount: Int { tokens.tokenCount }

  package func append(_ sequence: PackedSequence) throws(FileError) {
    precondition(!sequence.tokens.isEmpty, "a sequence has at least one token")
    precondition(sequence.tokens.count <= Int(Int32.max), "the index holds lengths of 31 bits")
    try tokens.append(sequence.tokens.span)
    lengths.append(UInt32(sequence.tokens.count))
  }

  package func publish() throws(FileError) -> [OutputFile.Published] {
    guard sequenceCount > 0 else { return [] }
    // The index comes last: who finds it finds its tokens.
    let publishedTokens = try tokens.publish()
    return [publishedTokens, try publishIndex()]
  }

  private func publishIndex() throws(FileError) -> OutputFile.Published {
    let index = try OutputFile(path: MegatronLayout.indexPath(prefix))
    var header = MegatronLayout.magic
    header.append(littleEndian: MegatronLayout.version)
    header.append(tokenType.rawValue)
    header.append(littleEndian: UInt64(sequenceCount))
    header.append(littleEndian: UInt64(sequenceCount + 1))
    try index.write(header)
    try writeEntries(to: index) { bytes, _, length in bytes.append(littleEndian: length) }
    var offset: UInt64 = 0
    let width = UInt64(tokenType.byteCount)
    try writeEntries(to: index) { bytes, _, length in
      bytes.append(littleEndian: offset)
      offset += UInt64(length) * width
    }
    var firstDocumentIndex: [UInt8] = []
    firstDocumentIndex.append(littleEndian: UInt64(0))
    try index.write(firstDocumentIndex)
    try writeEntries(to: index) { bytes, sequence, _ in
      bytes.append(littleEndian: UInt64(sequence + 1))
    }
    return try index.publish()
  }

  /// Writes what `entry` appends for each sequence and its length, in pieces of bounded size.
  private func writeEntries(
    to index: OutputFile, _ entry: (inout [UInt8], Int, UInt32) -> Void
  ) throws(FileError) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Self.bufferSize + 8)
    for (sequence, length) in lengths.enumerated() {
      entry(&bytes, sequence, length)
      if bytes.count >= Self.bufferSize {
        try index.write(bytes)
        bytes.removeAll(keepingCapacity: true)
      }
    }
    try index.write(bytes)
  }
}
