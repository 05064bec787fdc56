internal import ByteKernels

/// Writes a count file; pre-tokens come in byte order.
struct CountFileWriter: ~Copyable {
  private let file: OutputFile
  private var buffer: [UInt8] = []
  private var checksum = XXH64()
  private var extent = CountExtent()

  init(path: String, _ header: CountHeader) throws(FileError) {
    file = try OutputFile(path: path)
    buffer = CountFile.magic
    for name in [header.split.name, header.source] {
      Varint.append(UInt64(name.utf8.count), to: &buffer)
      buffer.append(contentsOf: name.utf8)
    }
    Varint.append(header.unit, to: &buffer)
  }

  mutating func append(_ word: Span<UInt8>, count: UInt64) throws(FileError) {
    Varint.append(UInt64(word.count), to: &buffer)
    Varint.append(count, to: &buffer)
    if word.count > 1 << 16 {
      try flush()
      checksum.update(word.raw)
      try file.write(word)
    } else {
      for index in word.indices { buffer.append(word[index]) }
    }
    extent.add(byteCount: word.count, count: count)
    if buffer.count >= 1 << 16 { try flush() }
  }

  consuming func publish() throws(FileError) -> OutputFile.Published {
    Varint.append(0, to: &buffer)
    extent.append(to: &buffer)
    try flush()
    buffer.append(littleEndian: checksum.digest())
    try file.write(buffer)
    return try file.publish()
  }

  private mutating func flush() throws(FileError) {
    let whole = buffer
    checksum.update(whole.span.raw)
    try file.write(whole)
    buffer.removeAll(keepingCapacity: true)
  }
}
