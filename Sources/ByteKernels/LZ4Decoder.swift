internal import CLZ4

/// Decodes lz4 frames, one after another, skippable ones included, verifying their checksums.
@safe package final class LZ4Decoder {
  private let context: OpaquePointer

  package init() {
    var context: OpaquePointer?
    // SAFETY: the library writes the address of its new context.
    unsafe LZ4F_createDecompressionContext(&context, UInt32(LZ4F_VERSION))
    guard let context = unsafe context else {
      preconditionFailure("liblz4 has memory for a context")
    }
    unsafe self.context = context
  }

  deinit {
    unsafe LZ4F_freeDecompressionContext(context)
  }

  /// Forgets a frame that is not at its end.
  package func reset() {
    unsafe LZ4F_resetDecompressionContext(context)
  }

  /// Decodes from `input`, adding up to `limit` bytes to `output`, and stops after each frame.
  package func decode(
    _ input: Span<UInt8>, into output: inout ByteBuffer, limit: Int
  ) -> DecoderStep {
    var consumed = input.count
    var status = 0
    let written = unsafe input.withUnsafeBytes { source in
      unsafe output.addSpace(limit) { space in
        var written = space.count
        // SAFETY: both buffers outlive the call, which stays inside them; without stable output
        // the library keeps the window it needs itself.
        unsafe status = LZ4F_decompress(
          context, space.baseAddress, &written, source.baseAddress, &consumed, nil)
        return LZ4F_isError(status) == 0 ? written : 0
      }
    }
    if LZ4F_isError(status) != 0 {
      reset()
      return DecoderStep(
        consumedByteCount: min(consumed, input.count), outcome: .failed(Self.failure(status)))
    }
    if status == 0 { return DecoderStep(consumedByteCount: consumed, outcome: .finishedUnit) }
    let step = DecoderStep(
      unfinishedWith: consumed, of: input.count, written: written, limit: limit)
    if case .failed = step.outcome { reset() }
    return step
  }

  private static func failure(_ status: Int) -> DecoderFailure {
    // SAFETY: a NUL-terminated constant of the library, copied at once.
    let name = unsafe String(cString: LZ4F_getErrorName(status))
    return name == "ERROR_allocation_failed" ? .outOfMemory : .corrupt(name)
  }
}
