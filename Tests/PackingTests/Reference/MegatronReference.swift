/// Megatron's files put together byte by byte from the description of the format, as slowly as you like.
enum MegatronReference {
  static func bytes(of value: Int, byteCount: Int) -> [UInt8] {
    (0..<byteCount).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  /// `NAME.bin` for tokens of `width` bytes.
  static func tokens(_ documents: [[UInt32]], width: Int) -> [UInt8] {
    documents.flatMap { document in document.flatMap { bytes(of: Int($0), byteCount: width) } }
  }

  /// `NAME.idx` for one sequence a document.
  static func index(_ documents: [[UInt32]], typeCode: UInt8, width: Int) -> [UInt8] {
    var file = Array("MMIDIDX".utf8) + [0, 0]
    file += bytes(of: 1, byteCount: 8)
    file.append(typeCode)
    file += bytes(of: documents.count, byteCount: 8)
    file += bytes(of: documents.count + 1, byteCount: 8)
    for document in documents { file += bytes(of: document.count, byteCount: 4) }
    var tokensBefore = 0
    for document in documents {
      file += bytes(of: tokensBefore * width, byteCount: 8)
      tokensBefore += document.count
    }
    for number in 0...documents.count { file += bytes(of: number, byteCount: 8) }
    return file
  }
}
