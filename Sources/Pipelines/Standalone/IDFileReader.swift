internal import ByteKernels

/// Reads little-endian 32-bit numbers from a file or, for `-`, from standard input.
struct IDFileReader {
  let path: String
  private let file: InputFile
  private var bytes: [UInt8] = []
  private var position = 0
  private var isAtEnd = false
  /// Bytes taken so far.
  private(set) var offset = 0

  private static let readByteCount = 1 << 20

  init(path: String) throws(FileError) {
    self.path = path
    file = try InputFile(path: path)
  }

  /// The next number; nil at the end.
  ///
  /// Refuses an end inside a number.
  mutating func next() throws -> UInt32? {
    if bytes.count - position < 4, try !fill() { return nil }
    let number = bytes.span.raw.load32(position)
    position += 4
    offset += 4
    return number
  }

  /// The next `count` numbers, fewer at the end.
  mutating func next(_ count: Int) throws -> [UInt32] {
    var numbers: [UInt32] = []
    numbers.reserveCapacity(min(count, Self.readByteCount))
    while numbers.count < count, let number = try next() { numbers.append(number) }
    return numbers
  }

  /// False at the end.
  private mutating func fill() throws -> Bool {
    bytes.removeFirst(position)
    position = 0
    while bytes.count < 4, !isAtEnd {
      isAtEnd = try file.read(into: &bytes, limit: Self.readByteCount) == 0
    }
    if bytes.isEmpty { return false }
    guard bytes.count >= 4 else {
      throw PipelineError(
        file: path,
        message: "byte \(offset): \(bytes.count) bytes are left, but a number has 4; the file is "
          + "cut off, or holds no 32-bit ids")
    }
    return true
  }
}
