package import ByteKernels

/// A token shard cannot be read.
package enum TokenShardError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The operating system refused.
  case file(FileError)
  /// The bytes are not what the format says.
  case malformed(path: String, byteOffset: Int, Fault)

  /// What is wrong with the bytes.
  package enum Fault: Sendable, Equatable {
    /// The file does not begin as `expected` does.
    case wrongMagic(expected: String)
    case unknownVersion(UInt64, known: String)
    case unknownTokenType(String, known: String)
    /// A header of text that cannot be understood.
    case wrongHeader(String)
    case damagedCompression(String)
    case truncated(byteCount: Int, expected: Int)
    case trailingBytes(byteCount: Int, expected: Int)
    /// The file ends inside a token.
    case partialToken(byteCount: Int, tokenByteCount: Int)
    case tooManyEntries(UInt64)
    case negativeLength(sequence: Int, Int)
    case wrongOffset(sequence: Int, Int, expected: Int)
    case wrongDocumentIndex(entry: Int, Int, expected: String)
    /// Where a document ends, as an index or a table says, cannot be.
    case wrongDocumentEnd(document: Int, UInt64, expected: String)
    case outsideTokens(sequence: Int, byteCount: Int)
    case impossibleToken(sequence: Int, position: Int)
    /// What is stored of a sequence cannot be understood.
    case wrongSequence(Int, String)
    /// A loss mask that is neither 0 nor 1.
    case wrongMask(sequence: Int, position: Int, UInt8)
  }

  package var description: String {
    switch self {
    case .file(let error): error.description
    case .malformed(let path, let byteOffset, let fault):
      "\(path): at byte \(byteOffset): \(fault.message)"
    }
  }
}

extension TokenShardError.Fault {
  /// What is there, and what would be right.
  package var message: String {
    switch self {
    case .wrongMagic(let expected):
      "not \(expected)"
    case .unknownVersion(let version, let known):
      "version \(version) is unknown; \(known) is read"
    case .unknownTokenType(let type, let known):
      "token type \(type) is not one of the integer types \(known)"
    case .wrongHeader(let problem):
      problem
    case .damagedCompression(let problem):
      "the file cannot be decompressed: \(problem)"
    case .wrongSequence(let sequence, let problem):
      "sequence \(sequence): \(problem)"
    case .truncated(let byteCount, let expected):
      "the file ends after \(byteCount) bytes, but \(expected) are needed; it was cut short"
    case .trailingBytes(let byteCount, let expected):
      "the file has \(byteCount) bytes, but \(expected) are accounted for"
    case .partialToken(let byteCount, let tokenByteCount):
      "\(byteCount) bytes are no whole number of tokens of \(tokenByteCount) bytes; the file was cut "
        + "short, or its tokens have another width"
    case .tooManyEntries(let count):
      "\(count) entries do not fit into any file; the count is damaged"
    case .negativeLength(let sequence, let length):
      "sequence \(sequence) has \(length) tokens"
    case .wrongOffset(let sequence, let offset, let expected):
      "sequence \(sequence) begins at byte \(offset) of the tokens, but \(expected) follows from "
        + "the lengths before it"
    case .wrongDocumentIndex(let entry, let index, let expected):
      "entry \(entry) of the document indices is \(index), but must be \(expected)"
    case .wrongDocumentEnd(let document, let end, let expected):
      "document \(document) ends before token \(end), but must end \(expected)"
    case .outsideTokens(let sequence, let byteCount):
      "sequence \(sequence) lies outside the \(byteCount) bytes of tokens"
    case .impossibleToken(let sequence, let position):
      "token \(position) of sequence \(sequence) is negative or above 2^32, so it is no id"
    case .wrongMask(let sequence, let position, let value):
      "the loss mask of token \(position) of sequence \(sequence) is \(value), but must be 0 or 1"
    }
  }
}

extension MappedFile {
  /// Maps a file of a shard.
  static func shard(_ path: String) throws(TokenShardError) -> MappedFile {
    do throws(FileError) { return try MappedFile(path: path) } catch { throw .file(error) }
  }
}
