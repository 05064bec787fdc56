internal import ByteKernels

/// Reads what `EncodedShardWriter` wrote: the index in order, bodies anywhere.
final class EncodedShardReader {
  let documentCount: Int

  private let index: RandomAccessFile
  private let bodies: RandomAccessFile

  private static let chunkEntryCount = 4096

  init(prefix: String) throws(OrderError) {
    index = try OrderError.wrap { () throws(FileError) in
      try RandomAccessFile(path: "\(prefix)\(EncodedShardWriter.indexEnding)")
    }
    bodies = try OrderError.wrap { () throws(FileError) in
      try RandomAccessFile(path: "\(prefix)\(EncodedShardWriter.bodyEnding)")
    }
    documentCount = index.byteCount / EncodedEntry.byteCount
    guard index.byteCount % EncodedEntry.byteCount == 0 else {
      throw .damaged(path: index.path, byteOffset: index.byteCount, what: "ends inside an entry")
    }
  }

  /// Calls `body` with every document's row and entry, in order.
  func forEach(
    _ body: (_ row: Int, _ entry: EncodedEntry) throws(OrderError) -> Void
  ) throws(OrderError) {
    for start in stride(from: 0, to: documentCount, by: Self.chunkEntryCount) {
      let count = min(Self.chunkEntryCount, documentCount - start)
      let bytes = try read(
        index, at: start * EncodedEntry.byteCount, count * EncodedEntry.byteCount)
      for number in 0..<count {
        guard let entry = EncodedEntry(bytes.span.raw, at: number * EncodedEntry.byteCount) else {
          throw .damaged(
            path: index.path, byteOffset: (start + number) * EncodedEntry.byteCount,
            what: "no entry of an index")
        }
        try body(start + number, entry)
      }
    }
  }

  /// The bytes of a document.
  func body(at offset: Int, byteCount: Int) throws(OrderError) -> [UInt8] {
    try read(bodies, at: offset, byteCount)
  }

  private func read(
    _ file: RandomAccessFile, at offset: Int, _ count: Int
  ) throws(OrderError) -> [UInt8] {
    let bytes = try OrderError.wrap { () throws(FileError) in
      try file.read(at: offset, count: count)
    }
    guard bytes.count == count else {
      throw .damaged(path: file.path, byteOffset: offset + bytes.count, what: "ends too early")
    }
    return bytes
  }
}
