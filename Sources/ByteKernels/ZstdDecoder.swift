internal import CZstd

/// Decodes zstd frames, one after another, skippable ones included.
@safe package final class ZstdDecoder {
  /// The largest window libzstd can be asked to accept: 2 GiB.
  package static let largestWindowLog = 31

  private let context: OpaquePointer

  /// A frame whose window is larger than 2 to the power of `maximumWindowLog` bytes is refused.
  package init(maximumWindowLog: Int = 27) {
    guard let context = unsafe ZSTD_createDCtx() else {
      preconditionFailure("libzstd has memory for a context")
    }
    unsafe self.context = context
    let windowLog = Int32(min(max(maximumWindowLog, 10), Self.largestWindowLog))
    // SAFETY: a fresh context; the value was brought into libzstd's range.
    unsafe ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, windowLog)
  }

  deinit {
    unsafe ZSTD_freeDCtx(context)
  }

  /// Forgets a frame that is not at its end.
  package func reset() {
    unsafe ZSTD_DCtx_reset(context, ZSTD_reset_session_only)
  }

  /// Uses a dictionary for all frames from here on; false when libzstd does not accept it.
  package func useDictionary(_ dictionary: Span<UInt8>) -> Bool {
    // SAFETY: libzstd copies the dictionary.
    unsafe dictionary.withUnsafeBytes {
      unsafe ZSTD_isError(ZSTD_DCtx_loadDictionary(context, $0.baseAddress, $0.count)) == 0
    }
  }

  /// Decodes from `input`, adding up to `limit` bytes to `output`, and stops after each frame.
  package func decode(
    _ input: Span<UInt8>, into output: inout ByteBuffer, limit: Int
  ) -> DecoderStep {
    var consumed = 0
    var status = 0
    let written = unsafe input.withUnsafeBytes { source in
      unsafe output.addSpace(limit) { space in
        // SAFETY: both buffers outlive the call, which stays inside them.
        var from = unsafe ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: 0)
        var into = unsafe ZSTD_outBuffer(dst: space.baseAddress, size: space.count, pos: 0)
        unsafe status = ZSTD_decompressStream(context, &into, &from)
        unsafe consumed = from.pos
        return unsafe into.pos
      }
    }
    if ZSTD_isError(status) != 0 {
      reset()
      return DecoderStep(consumedByteCount: consumed, outcome: .failed(Self.failure(status)))
    }
    if status == 0 { return DecoderStep(consumedByteCount: consumed, outcome: .finishedUnit) }
    let step = DecoderStep(
      unfinishedWith: consumed, of: input.count, written: written, limit: limit)
    if case .failed = step.outcome { reset() }
    return step
  }

  private static func failure(_ status: Int) -> DecoderFailure {
    switch ZSTD_getErrorCode(status) {
    case ZSTD_error_frameParameter_windowTooLarge: return .windowTooLarge
    case ZSTD_error_dictionary_wrong: return .dictionaryMissing
    case ZSTD_error_memory_allocation: return .outOfMemory
    default:
      // SAFETY: a NUL-terminated constant of the library, copied at once.
      return .corrupt(unsafe String(cString: ZSTD_getErrorName(status)))
    }
  }
}
