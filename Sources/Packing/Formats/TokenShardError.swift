package import ByteKernels

/// A token shard cannot be read.
package enum TokenShardError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The operating system refused.
  case file(FileError)
  /// The bytes are not what the format says.
  case malformed(path: String, byteOffset: Int, Fault)

  /// What is wrong with the bytes.
  package enum Fault: Sendable, Equatable {
    case wrongMagic
    case unknownVersion(UInt64)
    case unknownTokenType(UInt8)
    case truncated(byteCount: Int, expected: Int)
    case trailingBytes(byteCount: Int, expected: Int)
    case tooManyEntries(UInt64)
    case negativeLength(sequence: Int, Int)
    case wrongOffset(sequence: Int, Int, expected: Int)
    case wrongDocumentIndex(entry: Int, Int, expected: String)
    case outsideTokens(sequence: Int, byteCount: Int)
    case impossibleToken(sequence: Int, position: Int)
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
  var message: String {
    switch self {
    case .wrongMagic:
      "not a Megatron index, which begins with MMIDIDX; give the path without .bin or .idx"
    case .unknownVersion(let version):
      "version \(version) of the index is unknown; version 1 is read"
    case .unknownTokenType(let code):
      "token type \(code) is not one of the integer types 1, 2, 3, 4, 5, 8"
    case .truncated(let byteCount, let expected):
      "the file ends after \(byteCount) bytes, but \(expected) are needed; it was cut short"
    case .trailingBytes(let byteCount, let expected):
      "the file has \(byteCount) bytes, but the index accounts for \(expected)"
    case .tooManyEntries(let count):
      "\(count) entries do not fit into any file; the count is damaged"
    case .negativeLength(let sequence, let length):
      "sequence \(sequence) has \(length) tokens"
    case .wrongOffset(let sequence, let offset, let expected):
      "sequence \(sequence) begins at byte \(offset) of the tokens, but \(expected) follows from "
        + "the lengths before it"
    case .wrongDocumentIndex(let entry, let index, let expected):
      "entry \(entry) of the document indices is \(index), but must be \(expected)"
    case .outsideTokens(let sequence, let byteCount):
      "sequence \(sequence) lies outside the \(byteCount) bytes of tokens"
    case .impossibleToken(let sequence, let position):
      "token \(position) of sequence \(sequence) is negative or above 2^32, so it is no id"
    }
  }
}
