internal import ByteKernels

/// Unpacks the origins of one block, one after the other.
struct OriginCursor: ~Copyable {
  private let decoder = ZstdDecoder()
  private var unpacked = ByteBuffer()
  private let file: MappedFile
  private var offset: Int
  private let end: Int
  private var isFinished = false

  /// Far above what ids and addresses come to; a block that is damaged cannot take more.
  private static let maximumOriginByteCount = 1 << 28

  /// The frame that begins at `offset` of a file and ends by `end`.
  init(_ file: MappedFile, from offset: Int, to end: Int) {
    self.file = file
    self.offset = offset
    self.end = end
  }

  /// The next origin.
  mutating func next() throws(ProvenanceError) -> DocumentOrigin {
    while true {
      if let (origin, byteCount) = DocumentOrigin.parse(unpacked.bytes) {
        unpacked.consume(byteCount)
        return origin
      }
      guard !isFinished, unpacked.count <= Self.maximumOriginByteCount else {
        throw fault("the block of origins ends before its documents do, or one of them has no end")
      }
      try unpack()
    }
  }

  private mutating func unpack() throws(ProvenanceError) {
    let step = file.withBytes { bytes in
      decoder.decode(bytes.extracting(offset..<end), into: &unpacked, limit: 1 << 17)
    }
    offset += step.consumedByteCount
    switch step.outcome {
    case .finishedUnit: isFinished = true
    case .failed(let failure): throw fault("origins cannot be unpacked: \(failure)")
    case .needsInput: if offset == end { throw fault("a block of origins is cut short") }
    case .needsSpace: break
    }
  }

  private func fault(_ message: String) -> ProvenanceError {
    .malformed(path: file.path, byteOffset: offset, message)
  }
}
