package import ByteKernels

/// Writes a Megatron indexed data set, in which every sequence is a document.
///
/// Tokens stream to the disk through a buffer of 256 KiB. Of the index only the lengths are kept until
/// the end, 4 bytes a sequence (12 while their array grows): 100 million documents take 400 MB.
package final class MegatronWriter: TokenShardWriter {
  package let prefix: String
  package let tokenType: MegatronTokenType
  package private(set) var tokenCount = 0

  private let vocabularySize: Int
  private let tokens: OutputFile
  private var lengths: [UInt32] = []
  private var buffer: [UInt8]
  private var filled = 0

  private static let bufferSize = 1 << 18

  /// Starts `prefix.bin` under a temporary name; the vocabulary counts the special tokens too, so that
  /// every id is below its size.
  package init(prefix: String, vocabularySize: Int) throws(FileError) {
    precondition(vocabularySize > 0 && vocabularySize <= Int(Int32.max), "ids are 32 bits wide")
    self.prefix = prefix
    self.vocabularySize = vocabularySize
    tokenType = MegatronTokenType(vocabularySize: vocabularySize)
    tokens = try OutputFile(path: MegatronLayout.tokensPath(prefix))
    buffer = [UInt8](repeating: 0, count: Self.bufferSize)
  }

  package var sequenceCount: Int { lengths.count }

  package func append(_ sequence: PackedSequence) throws(FileError) {
    try append(sequence.tokens.span)
  }

  private func append(_ tokens: Span<UInt32>) throws(FileError) {
    precondition(!tokens.isEmpty, "a document has at least its end-of-document token")
    precondition(tokens.count <= Int(Int32.max), "the index holds lengths of 31 bits")
    let width = tokenType.byteCount
    var start = 0
    while start < tokens.count {
      if filled == buffer.count { try flush() }
      let end = min(tokens.count, start + (buffer.count - filled) / width)
      store(tokens.extracting(start..<end))
      filled += (end - start) * width
      start = end
    }
    lengths.append(UInt32(tokens.count))
    tokenCount += tokens.count
  }

  package func publish() throws(FileError) -> [OutputFile.Published] {
    guard sequenceCount > 0 else { return [] }
    try flush()
    // The index comes last: who finds it finds its tokens.
    let publishedTokens = try tokens.publish()
    return [publishedTokens, try publishIndex()]
  }

  private func store(_ piece: Span<UInt32>) {
    let largest: UInt32
    if tokenType == .uint16 {
      largest = TokenBytes.store16(piece, in: &buffer, at: filled)
    } else {
      largest = TokenBytes.store32(piece, in: &buffer, at: filled)
    }
    precondition(largest < vocabularySize, "id \(largest) is outside the vocabulary")
  }

  private func flush() throws(FileError) {
    let full = buffer
    try tokens.write(full.span.extracting(0..<filled))
    filled = 0
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
