package import ByteKernels

/// A file of tokens of one integer type, being written.
///
/// Tokens become bytes in a buffer of 256 KiB, which goes to the disk whenever it is full. With a header
/// its room is left at the start, since a header tells how many tokens follow.
package final class TokenFile {
  package let type: TokenType
  package private(set) var tokenCount = 0

  private let vocabularySize: Int
  private let file: OutputFile
  private var buffer: [UInt8]
  private var filled = 0

  private static let bufferSize = 1 << 18

  /// Starts the file under a temporary name; every id must be below the vocabulary's size, and the type
  /// hold them all.
  package init(
    path: String, type: TokenType, vocabularySize: Int, headerByteCount: Int = 0
  ) throws(FileError) {
    precondition(type.byteCount == 4 || type.byteCount == 2, "no format writes other widths")
    precondition(type.byteCount == 4 || vocabularySize <= 1 << 16, "ids need 32 bits")
    self.type = type
    self.vocabularySize = vocabularySize
    file = try OutputFile(path: path, reserving: headerByteCount)
    buffer = [UInt8](repeating: 0, count: Self.bufferSize)
  }

  package var path: String { file.path }

  /// Adds tokens; an id outside the vocabulary is a bug and traps.
  package func append(_ tokens: Span<UInt32>) throws(FileError) {
    let width = type.byteCount
    var start = 0
    while start < tokens.count {
      if filled == buffer.count { try flush() }
      let end = min(tokens.count, start + (buffer.count - filled) / width)
      store(tokens.extracting(start..<end))
      filled += (end - start) * width
      start = end
    }
    tokenCount += tokens.count
  }

  /// Puts the file under its final name, with the header for which room was left.
  package func publish(header: [UInt8] = []) throws(FileError) -> OutputFile.Published {
    try flush()
    try file.fillReserved(header)
    return try file.publish()
  }

  private func store(_ piece: Span<UInt32>) {
    let largest =
      type.byteCount == 2
      ? TokenBytes.store16(piece, in: &buffer, at: filled)
      : TokenBytes.store32(piece, in: &buffer, at: filled)
    precondition(largest < vocabularySize, "id \(largest) is outside the vocabulary")
  }

  private func flush() throws(FileError) {
    let full = buffer
    try file.write(full.span.extracting(0..<filled))
    filled = 0
  }
}
