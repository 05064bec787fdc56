internal import CZstd

/// Encodes bytes as zstd frames with checksums, on one thread.
///
/// The result depends on the bytes, the level, the places of `finishFrame` and libzstd's version,
/// not on how the bytes were cut into calls.
@safe package final class ZstdEncoder {
  private let context: OpaquePointer
  private var pending: [UInt8] = []
  private static let pieceSize = 1 << 17

  package init(level: Int = 3) {
    guard let context = unsafe ZSTD_createCCtx() else {
      preconditionFailure("libzstd has memory for a context")
    }
    unsafe self.context = context
    // SAFETY: a fresh context; libzstd brings the level into its range.
    unsafe ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, Int32(level))
    unsafe ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
    pending.reserveCapacity(Self.pieceSize)
  }

  deinit {
    unsafe ZSTD_freeCCtx(context)
  }

  /// Lets the next frame say in its header how many bytes it holds, which must then be so many.
  package func announce(byteCount: Int) {
    // SAFETY: a context between two frames.
    unsafe ZSTD_CCtx_setPledgedSrcSize(context, UInt64(byteCount))
  }

  /// Adds bytes to the frame; what is ready is appended to `output`.
  package func encode(_ bytes: Span<UInt8>, into output: inout [UInt8]) {
    var offset = 0
    while offset < bytes.count {
      let byteCount = min(Self.pieceSize - pending.count, bytes.count - offset)
      pending.append(copying: bytes.extracting(offset..<(offset + byteCount)))
      offset += byteCount
      if pending.count == Self.pieceSize { compress(ZSTD_e_continue, into: &output) }
    }
  }

  /// Ends the frame; what comes next starts another.
  package func finishFrame(into output: inout [UInt8]) {
    compress(ZSTD_e_end, into: &output)
  }

  private func compress(_ directive: ZSTD_EndDirective, into output: inout [UInt8]) {
    var position = 0
    var isDone = false
    while !isDone {
      let capacity = ZSTD_CStreamOutSize()
      // SAFETY: libzstd reads from `pending` and writes at most `capacity` bytes.
      let piece = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { space, count in
        unsafe pending.withUnsafeBytes { source in
          var from = unsafe ZSTD_inBuffer(
            src: source.baseAddress, size: source.count, pos: position)
          var into = unsafe ZSTD_outBuffer(dst: space.baseAddress, size: capacity, pos: 0)
          let rest = unsafe ZSTD_compressStream2(context, &into, &from, directive)
          precondition(ZSTD_isError(rest) == 0, "compression into free space does not fail")
          unsafe position = from.pos
          unsafe count = into.pos
          isDone = directive == ZSTD_e_end ? rest == 0 : position == source.count
        }
      }
      output.append(contentsOf: piece)
    }
    pending.removeAll(keepingCapacity: true)
  }
}
