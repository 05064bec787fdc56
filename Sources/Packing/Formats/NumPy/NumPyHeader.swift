internal import ByteKernels

/// The header of NumPy's `.npy` format: what the array is that follows.
///
/// The bytes 93 4E 55 4D 50 59 ("\x93NUMPY"), major and minor version, the length of the rest (16 bits in
/// version 1, 32 bits in 2 and 3), and a Python dictionary with the keys `descr`, `fortran_order` and
/// `shape`, filled up with spaces and a line feed so that the array begins at a multiple of 64. Source:
/// `numpy/lib/format.py`.
struct NumPyHeader: Equatable {
  var type: TokenType
  var shape: [Int]
  /// Where the array begins.
  var byteCount: Int

  static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
  /// Of every header of two dimensions that NumPy or this type writes: 10 bytes before the dictionary,
  /// which with room for the first dimension to grow to 21 digits always ends in the second 64.
  static let writtenByteCount = 128

  private static let descriptions: [(String, TokenType)] = [
    ("<u2", .uint16), ("<u4", .uint32), ("<i4", .int32), ("<i8", .int64), ("<u8", .uint64),
    ("<i2", .int16), ("|u1", .uint8), ("|i1", .int8),
  ]

  /// The header of an array of two dimensions as NumPy writes it, version 1.
  var bytes: [UInt8] {
    let name = Self.descriptions.first { $0.1 == type }?.0 ?? ""
    var text = "{'descr': '\(name)', 'fortran_order': False, 'shape': (\(shape[0]), \(shape[1])), }"
    // NumPy leaves room for the first dimension to grow in place.
    text += String(repeating: " ", count: 21 - String(shape[0]).count)
    let unfilled = 10 + text.utf8.count + 1
    text += String(repeating: " ", count: (64 - unfilled % 64) % 64) + "\n"
    var bytes = Self.magic + [1, 0]
    bytes.append(littleEndian: UInt16(text.utf8.count))
    return bytes + Array(text.utf8)
  }

  /// The header of an array of so many rows, each of `columnCount` tokens.
  init(type: TokenType, rowCount: Int, columnCount: Int) {
    self.type = type
    shape = [rowCount, columnCount]
    byteCount = Self.writtenByteCount
  }

  /// Reads the header at the start of a file.
  init(_ bytes: Span<UInt8>, path: String) throws(TokenShardError) {
    func fault(_ byteOffset: Int, _ fault: TokenShardError.Fault) -> TokenShardError {
      .malformed(path: path, byteOffset: byteOffset, fault)
    }
    func require(_ byteCount: Int) throws(TokenShardError) {
      if bytes.count < byteCount {
        throw fault(bytes.count, .truncated(byteCount: bytes.count, expected: byteCount))
      }
    }
    for (offset, byte) in Self.magic.prefix(bytes.count).enumerated() where bytes[offset] != byte {
      throw fault(offset, .wrongMagic(expected: "NumPy's format, which begins with \\x93NUMPY"))
    }
    try require(12)
    let version = bytes[6]
    guard (1...3).contains(version), bytes[7] == 0 else {
      throw fault(6, .unknownVersion(UInt64(version), known: "versions 1.0, 2.0 and 3.0"))
    }
    let start = version == 1 ? 10 : 12
    let length = version == 1 ? Int(bytes.raw.load16(8)) : Int(bytes.raw.load32(8))
    try require(start + length)
    byteCount = start + length
    var parser = PythonDictionary(bytes.extracting(0..<byteCount), from: start)
    let entries: PythonDictionary.Header
    do throws(PythonDictionary.Problem) { entries = try parser.header() } catch {
      throw fault(error.byteOffset, .wrongHeader(error.message))
    }
    guard let type = Self.descriptions.first(where: { $0.0 == entries.description })?.1 else {
      throw fault(
        start,
        .unknownTokenType(
          entries.description, known: Self.descriptions.map(\.0).joined(separator: " ")))
    }
    guard (1...2).contains(entries.shape.count), !entries.isFortran || entries.shape.count == 1
    else {
      throw fault(
        start, .wrongHeader("tokens are an array of one or two dimensions, rows back to back"))
    }
    self.type = type
    shape = entries.shape
  }

  /// The number of elements; nil when it is beyond any file.
  var elementCount: Int? {
    var count = 1
    for dimension in shape {
      let (product, isTooMuch) = count.multipliedReportingOverflow(by: dimension)
      if isTooMuch || product > 1 << 56 { return nil }
      count = product
    }
    return count
  }
}
