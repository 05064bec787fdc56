internal import CISAL

/// Encodes bytes as gzip members (ISA-L, its level 2).
///
/// The result depends on the bytes, the places of `finishMember`, ISA-L's version and the vector
/// instructions it finds, not on how the bytes were cut into calls.
@safe package final class GzipEncoder {
  private let stream: UnsafeMutablePointer<isal_zstream>
  private let levelBuffer: UnsafeMutablePointer<UInt8>
  private var pending: [UInt8] = []
  private static let pieceSize = 1 << 17
  private static let level: UInt32 = 2
  /// ISA-L asks for at most 580 KB at this level.
  private static let levelBufferSize = 1 << 20

  package init() {
    // SAFETY: isal_deflate_init sets every field that the library reads.
    unsafe stream = UnsafeMutablePointer<isal_zstream>.allocate(capacity: 1)
    unsafe levelBuffer = UnsafeMutablePointer<UInt8>.allocate(capacity: Self.levelBufferSize)
    start()
    pending.reserveCapacity(Self.pieceSize)
  }

  deinit {
    unsafe stream.deallocate()
    unsafe levelBuffer.deallocate()
  }

  /// Adds bytes to the member; what is ready is appended to `output`.
  package func encode(_ bytes: Span<UInt8>, into output: inout [UInt8]) {
    var offset = 0
    while offset < bytes.count {
      let byteCount = min(Self.pieceSize - pending.count, bytes.count - offset)
      pending.append(copying: bytes.extracting(offset..<(offset + byteCount)))
      offset += byteCount
      if pending.count == Self.pieceSize { compress(isLast: false, into: &output) }
    }
  }

  /// Ends the member; what comes next starts another.
  package func finishMember(into output: inout [UInt8]) {
    compress(isLast: true, into: &output)
    start()
  }

  private func start() {
    unsafe isal_deflate_init(stream)
    unsafe stream.pointee.level = Self.level
    unsafe stream.pointee.level_buf = levelBuffer
    unsafe stream.pointee.level_buf_size = UInt32(Self.levelBufferSize)
    unsafe stream.pointee.gzip_flag = UInt16(IGZIP_GZIP)
  }

  private func compress(isLast: Bool, into output: inout [UInt8]) {
    unsafe stream.pointee.end_of_stream = isLast ? 1 : 0
    unsafe stream.pointee.flush = 0
    var used = 0
    var isDone = false
    while !isDone {
      let capacity = Self.pieceSize
      // SAFETY: ISA-L reads the rest of `pending`, writes at most `capacity` bytes, and never
      // writes through its input pointer.
      let piece = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { space, count in
        unsafe pending.withUnsafeBufferPointer { source in
          let rest = unsafe UnsafeBufferPointer(rebasing: source[used...])
          unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: rest.baseAddress)
          unsafe stream.pointee.avail_in = UInt32(rest.count)
          unsafe stream.pointee.next_out = space.baseAddress
          unsafe stream.pointee.avail_out = UInt32(capacity)
          let status = unsafe isal_deflate(stream)
          precondition(status == COMP_OK, "compression into free space does not fail")
          unsafe used += rest.count - Int(stream.pointee.avail_in)
          unsafe count = capacity - Int(stream.pointee.avail_out)
          let isFinished = unsafe stream.pointee.internal_state.state == ZSTATE_END
          isDone = isLast ? isFinished : used == source.count && count < capacity
        }
      }
      output.append(contentsOf: piece)
    }
    pending.removeAll(keepingCapacity: true)
  }
}
