internal import ByteKernels

/// Reads a count file from front to back, with a buffer of bounded size.
final class CountFileReader {
  let path: String
  let pattern: SplitPattern
  /// The pre-token last read, and its count.
  private(set) var word: [UInt8] = []
  private(set) var count: UInt64 = 0

  private let file: InputFile
  private let bufferByteCount: Int
  private var buffer: [UInt8] = []
  private var position = 0
  /// The place in the file of the buffer's first byte.
  private var bufferOffset = 0
  private var hashedCount = 0
  private var checksum = XXH64()
  private var wordCount: UInt64 = 0
  private var total: UInt64 = 0

  init(path: String, bufferByteCount: Int = 1 << 18) throws {
    self.path = path
    self.bufferByteCount = bufferByteCount
    file = try InputFile(path: path)
    let headByteCount = CountFile.maximumPatternByteCount + 64
    while try file.read(into: &buffer, limit: bufferByteCount) > 0, buffer.count < headByteCount {}
    var offset = CountFile.magic.count
    guard buffer.starts(with: CountFile.magic),
      let length = CountFile.varint(buffer, &offset), length <= CountFile.maximumPatternByteCount,
      offset + Int(length) <= buffer.count
    else {
      throw TokenizationError(path: path, byteOffset: 0, message: "this is no file of word counts")
    }
    let name = String(decoding: buffer[offset..<offset + Int(length)], as: UTF8.self)
    do {
      pattern = try SplitPattern(named: name)
    } catch {
      throw TokenizationError(path: path, byteOffset: offset, message: error.message)
    }
    position = offset + Int(length)
  }

  /// Moves to the next pre-token; false at the end, where the whole file has been verified.
  func next() throws -> Bool {
    try fill(20)
    let start = bufferOffset + position
    guard let length = CountFile.varint(buffer, &position), length < 1 << 48 else {
      throw damaged(at: start)
    }
    if length == 0 {
      try verifyTrailer()
      return false
    }
    guard let count = CountFile.varint(buffer, &position) else { throw damaged(at: start) }
    try fill(Int(length))
    guard buffer.count - position >= Int(length) else { throw damaged(at: start) }
    let previous = word
    word.removeAll(keepingCapacity: true)
    word.append(contentsOf: buffer[position..<position + Int(length)])
    guard wordCount == 0 || previous.lexicographicallyPrecedes(word) else {
      throw damaged(at: start)
    }
    position += Int(length)
    self.count = count
    wordCount += 1
    total &+= count
    return true
  }

  /// Holds at least `byteCount` bytes from the position on, unless the file ends before.
  private func fill(_ byteCount: Int) throws(FileError) {
    if buffer.count - position >= byteCount { return }
    hash()
    buffer.removeFirst(position)
    bufferOffset += position
    hashedCount = 0
    position = 0
    while buffer.count < byteCount {
      let limit = max(bufferByteCount, min(byteCount - buffer.count, 1 << 24))
      if try file.read(into: &buffer, limit: limit) == 0 { return }
    }
  }

  /// Brings the checksum up to the position.
  private func hash() {
    let bytes = buffer
    checksum.update(bytes.span.extracting(hashedCount..<position).raw)
    hashedCount = position
  }

  private func verifyTrailer() throws {
    try fill(CountFile.trailerByteCount)
    let end = position
    guard buffer.count - position == CountFile.trailerByteCount else {
      throw damaged(at: bufferOffset + end)
    }
    position += 16
    hash()
    let bytes = buffer
    let trailer = bytes.span.raw
    guard trailer.load64(end) == wordCount, trailer.load64(end + 8) == total,
      trailer.load64(end + 16) == checksum.digest()
    else { throw damaged(at: bufferOffset + end) }
  }

  private func damaged(at offset: Int) -> TokenizationError {
    TokenizationError(
      path: path, byteOffset: offset,
      message: "the file of word counts is damaged or cut short; count its documents again")
  }
}
