/// Reads Thrift's compact protocol: what Parquet's footer and page headers are written in.
///
/// Source: Apache Thrift, thrift-compact-protocol.md. Nothing read is trusted: every length is held
/// against the bytes that are left, and nesting has a limit.
struct ThriftReader {
  enum Kind: UInt8 {
    case stop, isTrue, isFalse, byte, i16, i32, i64, double, binary, list, set, map, structure, uuid
  }

  struct Field {
    let id: Int
    let kind: Kind
  }

  /// The bytes end where more are needed, which for a page header means: read more of the file.
  static let cutShort = ParquetFault(.truncated, "the structure ends too early")
  private static let maximumDepth = 64

  private let bytes: [UInt8]
  private(set) var offset: Int
  private var lastFieldID = 0

  init(_ bytes: [UInt8], at offset: Int = 0) {
    self.bytes = bytes
    self.offset = offset
  }

  mutating func byte() throws(ParquetFault) -> UInt8 {
    guard offset < bytes.count else { throw Self.cutShort }
    defer { offset += 1 }
    return bytes[offset]
  }

  mutating func varint() throws(ParquetFault) -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 70, by: 7) {
      let next = try byte()
      value |= UInt64(next & 0x7F) &<< min(shift, 63)
      if next & 0x80 == 0 { return value }
    }
    throw .corrupt("a number of more than ten bytes")
  }

  mutating func integer() throws(ParquetFault) -> Int {
    let value = try varint()
    return Int(truncatingIfNeeded: value &>> 1) ^ -Int(truncatingIfNeeded: value & 1)
  }

  /// A number of bytes, values or rows: not negative.
  mutating func count() throws(ParquetFault) -> Int {
    let value = try integer()
    guard value >= 0 else { throw .corrupt("a negative count") }
    return value
  }

  mutating func binary() throws(ParquetFault) -> ArraySlice<UInt8> {
    let length = try varint()
    guard length <= UInt64(bytes.count - offset) else { throw Self.cutShort }
    let start = offset
    offset += Int(length)
    return bytes[start..<offset]
  }

  mutating func string() throws(ParquetFault) -> String {
    String(decoding: try binary(), as: UTF8.self)
  }

  /// The number of elements and their kind; each takes at least a byte, so no more than are left.
  mutating func listHead() throws(ParquetFault) -> (count: Int, kind: Kind) {
    let head = try byte()
    var count = UInt64(head >> 4)
    if count == 15 { count = try varint() }
    guard let kind = Kind(rawValue: head & 0x0F) else { throw .corrupt("an unknown kind of field") }
    guard count <= UInt64(bytes.count - offset) else { throw Self.cutShort }
    return (Int(count), kind)
  }

  /// Reads the fields of a structure; `read` returns false for those it does not want.
  mutating func structure(
    _ read: (Field, inout ThriftReader) throws(ParquetFault) -> Bool
  ) throws(ParquetFault) {
    let outer = lastFieldID
    lastFieldID = 0
    while let field = try nextField() {
      let enclosing = lastFieldID
      if try !read(field, &self) { try skip(field.kind, depth: 0) }
      lastFieldID = enclosing
    }
    lastFieldID = outer
  }

  private mutating func nextField() throws(ParquetFault) -> Field? {
    let head = try byte()
    guard let kind = Kind(rawValue: head & 0x0F) else { throw .corrupt("an unknown kind of field") }
    if kind == .stop { return nil }
    let delta = Int(head >> 4)
    let id = delta == 0 ? try integer() : lastFieldID &+ delta
    guard id >= 0, id <= Int(Int16.max) else { throw .corrupt("an impossible field number") }
    lastFieldID = id
    return Field(id: id, kind: kind)
  }

  /// Passes over a value that is not wanted.
  mutating func skip(_ kind: Kind, depth: Int = 0, isElement: Bool = false) throws(ParquetFault) {
    guard depth < Self.maximumDepth else { throw .corrupt("structures nested too deeply") }
    switch kind {
    case .stop: throw .corrupt("a field without a kind")
    case .isTrue, .isFalse: if isElement { _ = try byte() }
    case .byte: _ = try byte()
    case .i16, .i32, .i64: _ = try varint()
    case .double: try skipBytes(8)
    case .uuid: try skipBytes(16)
    case .binary: _ = try binary()
    case .list, .set:
      let (count, kind) = try listHead()
      for _ in 0..<count { try skip(kind, depth: depth + 1, isElement: true) }
    case .map: try skipMap(depth: depth)
    case .structure:
      let outer = lastFieldID
      lastFieldID = 0
      while let field = try nextField() { try skip(field.kind, depth: depth + 1) }
      lastFieldID = outer
    }
  }

  private mutating func skipMap(depth: Int) throws(ParquetFault) {
    let count = try varint()
    if count == 0 { return }
    let kinds = try byte()
    guard count <= UInt64(bytes.count - offset) else { throw Self.cutShort }
    guard let key = Kind(rawValue: kinds >> 4), let value = Kind(rawValue: kinds & 0x0F)
    else { throw .corrupt("an unknown kind of field") }
    for _ in 0..<count {
      try skip(key, depth: depth + 1, isElement: true)
      try skip(value, depth: depth + 1, isElement: true)
    }
  }

  private mutating func skipBytes(_ count: Int) throws(ParquetFault) {
    guard count <= bytes.count - offset else { throw Self.cutShort }
    offset += count
  }
}
