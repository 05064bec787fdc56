internal import ByteKernels

/// Reads a count file from front to back, with a buffer of bounded size.
final class CountFileReader {
  let path: String
  let header: CountHeader
  /// The pre-token last read, and its count.
  private(set) var word: [UInt8] = []
  private(set) var count: UInt64 = 0
  /// How much has been read so far.
  private(set) var extent = CountExtent()

  private let file: InputFile
  private let bufferByteCount: Int
  private var buffer: [UInt8] = []
  private var position = 0
  /// The place in the file of the buffer's first byte.
  private var bufferOffset = 0
  private var hashedCount = 0
  private var checksum = XXH64()

  init(path: String, bufferByteCount: Int = 1 << 18) throws {
    self.path = path
    self.bufferByteCount = bufferByteCount
    file = try InputFile(path: path)
    let headByteCount = 2 * CountFile.maximumPatternByteCount + 64
    while try file.read(into: &buffer, limit: bufferByteCount) > 0, buffer.count < headByteCount {}
    var offset = CountFile.magic.count
    guard buffer.starts(with: CountFile.magic), let name = Self.name(buffer, &offset),
      let source = Self.name(buffer, &offset),
      let unit = Varint.read(buffer, &offset, end: buffer.count), unit > 0
    else {
      throw TokenizationError(path: path, byteOffset: 0, message: "this is no file of word counts")
    }
    do {
      header = CountHeader(split: try WordSplit(named: name), source: source, unit: unit)
    } catch {
      throw TokenizationError(
        path: path, byteOffset: CountFile.magic.count, message: error.message)
    }
    position = offset
  }

  private static func name(_ bytes: [UInt8], _ offset: inout Int) -> String? {
    guard let length = Varint.read(bytes, &offset, end: bytes.count),
      length <= CountFile.maximumPatternByteCount, offset + Int(length) <= bytes.count
    else { return nil }
    defer { offset += Int(length) }
    return String(validating: bytes[offset..<offset + Int(length)], as: UTF8.self)
  }

  /// What the end of the file says it holds, which reading it through verifies.
  static func extent(ofFile path: String) throws -> CountExtent {
    let byteCount = FileSystem.status(path)?.byteCount ?? 0
    let file = try InputFile(path: path)
    var trailer: [UInt8] = []
    try file.seek(to: max(0, byteCount - CountFile.trailerByteCount))
    while try file.read(into: &trailer, limit: CountFile.trailerByteCount) > 0 {}
    guard trailer.count == CountFile.trailerByteCount else { throw damaged(path, at: byteCount) }
    let extent = CountExtent(trailer.span.raw, at: 0)
    // Every word takes more bytes in the file than it has.
    guard extent.longByteCount < byteCount, extent.longestByteCount <= extent.longByteCount,
      extent.longWordCount <= extent.longByteCount
    else { throw damaged(path, at: byteCount - trailer.count) }
    return extent
  }

  /// Moves to the next pre-token; false at the end, where the whole file has been verified.
  func next() throws -> Bool {
    try fill(20)
    let start = bufferOffset + position
    guard let length = Varint.read(buffer, &position, end: buffer.count), length < 1 << 48 else {
      throw Self.damaged(path, at: start)
    }
    if length == 0 {
      try verifyTrailer()
      return false
    }
    guard let count = Varint.read(buffer, &position, end: buffer.count) else {
      throw Self.damaged(path, at: start)
    }
    try fill(Int(length))
    let end = position + Int(length)
    guard end <= buffer.count else { throw Self.damaged(path, at: start) }
    guard follows(position..<end) else { throw Self.damaged(path, at: start) }
    word.replaceSubrange(0..<word.count, with: buffer[position..<end])
    position = end
    self.count = count
    extent.add(byteCount: Int(length), count: count)
    return true
  }

  /// True when bytes of the buffer come after the word read last.
  private func follows(_ range: Range<Int>) -> Bool {
    let (before, after) = (word, buffer)
    let (a, b) = (before.span, after.span.extracting(range))
    let shared = min(a.count, b.count)
    var place = 0
    while place < shared, a[place] == b[place] { place += 1 }
    return place < shared ? a[place] < b[place] : a.count < b.count
  }

  /// Holds at least `byteCount` bytes from the position on, unless the file ends before.
  @inline(__always)
  private func fill(_ byteCount: Int) throws(FileError) {
    if buffer.count - position < byteCount { try refill(byteCount) }
  }

  @inline(never)
  private func refill(_ byteCount: Int) throws(FileError) {
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
      throw Self.damaged(path, at: bufferOffset + end)
    }
    position += CountExtent.byteCount
    hash()
    let bytes = buffer
    let trailer = bytes.span.raw
    guard CountExtent(trailer, at: end) == extent,
      trailer.load64(end + CountExtent.byteCount) == checksum.digest()
    else { throw Self.damaged(path, at: bufferOffset + end) }
  }

  /// The error of a file that does not hold what it says.
  var damage: TokenizationError { Self.damaged(path, at: bufferOffset + position) }

  private static func damaged(_ path: String, at offset: Int) -> TokenizationError {
    TokenizationError(
      path: path, byteOffset: offset,
      message: "the file of word counts is damaged or cut short; count its documents again")
  }
}
