internal import ByteKernels

/// The bytes of an MDS shard at any offset, decompressed when they are not stored as they are.
final class MDSBytes {
  private enum Storage {
    case file(RandomAccessFile)
    case unpacked(SpillFile)
  }

  let path: String
  let byteCount: Int
  private let storage: Storage

  /// Offsets have 32 bits.
  private static let largestByteCount = Int(UInt32.max)
  private static let pieceSize = 1 << 18
  private static let maximumConfigurationByteCount = 1 << 24

  /// With `isHeadOnly` no more is unpacked than what stands before the samples.
  init(path: String, isHeadOnly: Bool = false) throws(TokenShardError) {
    self.path = path
    do throws(FileError) {
      if path.hasSuffix(MDSLayout.compressedEnding) {
        storage = .unpacked(try SpillFile(besides: "\(FileSystem.temporaryFolder)/gristmill-mds"))
      } else {
        storage = .file(try RandomAccessFile(path: path))
      }
    } catch { throw .file(error) }
    switch storage {
    case .file(let file): byteCount = file.byteCount
    case .unpacked(let spill):
      try Self.unpack(path, into: spill, isHeadOnly: isHeadOnly)
      byteCount = spill.byteCount
    }
  }

  /// `count` bytes, which must be there: the file may have changed since it was opened.
  func read(at offset: Int, count: Int) throws(TokenShardError) -> [UInt8] {
    let bytes: [UInt8]
    do throws(FileError) {
      switch storage {
      case .file(let file): bytes = try file.read(at: offset, count: count)
      case .unpacked(let spill): bytes = try spill.read(at: offset, count: count)
      }
    } catch { throw .file(error) }
    guard bytes.count == count else {
      throw .malformed(
        path: path, byteOffset: offset + bytes.count,
        .truncated(byteCount: offset + bytes.count, expected: offset + count))
    }
    return bytes
  }

  /// What stands before the samples, with the first offset checked and no other.
  func head() throws(TokenShardError) -> (sampleCount: Int, columns: [MDSColumn]) {
    func fault(_ offset: Int, _ fault: TokenShardError.Fault) -> TokenShardError {
      .malformed(path: path, byteOffset: offset, fault)
    }
    guard byteCount >= 8 else {
      throw fault(byteCount, .truncated(byteCount: byteCount, expected: 8))
    }
    let head = try numbers(0..<2)
    let start = 4 * (head[0] + 2)
    guard start <= byteCount else {
      throw fault(byteCount, .truncated(byteCount: byteCount, expected: start))
    }
    let end = head[1]
    guard end >= start, end <= byteCount, end - start <= Self.maximumConfigurationByteCount else {
      throw fault(4, .wrongOffset(sequence: 0, end, expected: start))
    }
    let text = try read(at: start, count: end - start)
    guard let columns = MDSConfigurationParser.columns(of: text.span) else {
      throw fault(start, .wrongHeader("not the JSON that describes the columns of an MDS shard"))
    }
    return (head[0], columns)
  }

  /// Numbers of the table of offsets, where the first has the number 0.
  func numbers(_ range: Range<Int>) throws(TokenShardError) -> [Int] {
    let bytes = try read(at: 4 * range.lowerBound, count: 4 * range.count)
    return range.indices.map { Int(bytes.span.raw.load32(4 * ($0 - range.lowerBound))) }
  }

  private static func unpack(
    _ path: String, into spill: SpillFile, isHeadOnly: Bool
  ) throws(TokenShardError) {
    let decoder = ZstdDecoder()
    var output = ByteBuffer(capacity: pieceSize)
    var offset = 0
    var outcome = DecoderStep.Outcome.finishedUnit
    do throws(FileError) {
      let file = try RandomAccessFile(path: path)
      while offset < file.byteCount || outcome == .needsSpace {
        let input = try file.read(at: offset, count: pieceSize)
        let step = decoder.decode(input.span, into: &output, limit: pieceSize)
        offset += step.consumedByteCount
        outcome = step.outcome
        try append(output, to: spill)
        output.consume(output.count)
        if isHeadOnly, try hasHead(spill) { return }
        if case .failed = outcome { break }
        if input.isEmpty, outcome != .needsSpace { break }
        if spill.byteCount > largestByteCount { break }
      }
    } catch { throw .file(error) }
    guard outcome == .finishedUnit, spill.byteCount <= largestByteCount else {
      let problem =
        switch outcome {
        case .failed(let failure): "the zstd frame is damaged (\(failure)); fetch the file again"
        case .needsInput: "the zstd frame ends too early; fetch the file again"
        default: "unpacks to more than \(largestByteCount) bytes, which offsets of 32 bits allow"
        }
      throw .malformed(path: path, byteOffset: offset, .wrongHeader(problem))
    }
  }

  /// True once all is there that stands before the samples; the fourth to eighth byte say how much.
  private static func hasHead(_ spill: SpillFile) throws(FileError) -> Bool {
    guard spill.byteCount >= 8 else { return false }
    let offset = try spill.read(at: 4, count: 4)
    return spill.byteCount >= Int(offset.span.raw.load32(0))
  }

  private static func append(
    _ bytes: borrowing ByteBuffer, to spill: SpillFile
  ) throws(FileError) {
    try spill.append(bytes.bytes)
  }
}
