package import ByteKernels

/// The provenance of a shard cannot be read.
package enum ProvenanceError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The operating system refused.
  case file(FileError)
  /// The bytes are not what the layout says, which is said in words.
  case malformed(path: String, byteOffset: Int, String)

  package var description: String {
    switch self {
    case .file(let error): error.description
    case .malformed(let path, let byteOffset, let message):
      "\(path): at byte \(byteOffset): \(message)"
    }
  }
}
