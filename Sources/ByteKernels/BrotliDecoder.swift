internal import CBrotli

/// Decodes brotli streams, one after another; the format has no checksum.
@safe package final class BrotliDecoder {
  private var state: OpaquePointer

  package init() {
    unsafe state = Self.makeState()
  }

  deinit {
    unsafe BrotliDecoderDestroyInstance(state)
  }

  private static func makeState() -> OpaquePointer {
    guard let state = unsafe BrotliDecoderCreateInstance(nil, nil, nil) else {
      preconditionFailure("the brotli library has memory for its state")
    }
    return unsafe state
  }

  /// Forgets a stream that is not at its end.
  package func reset() {
    unsafe BrotliDecoderDestroyInstance(state)
    unsafe state = Self.makeState()
  }

  /// Decodes from `input`, adding up to `limit` bytes to `output`, and stops after each stream.
  package func decode(
    _ input: Span<UInt8>, into output: inout ByteBuffer, limit: Int
  ) -> DecoderStep {
    var result = BROTLI_DECODER_RESULT_ERROR
    var unread = input.count
    let written = unsafe input.withUnsafeBufferPointer { source in
      unsafe output.addSpace(limit) { space in
        var free = space.count
        var from = source.baseAddress
        var into = unsafe space.assumingMemoryBound(to: UInt8.self).baseAddress
        // SAFETY: both buffers outlive the call, which stays inside them.
        unsafe result = BrotliDecoderDecompressStream(state, &unread, &from, &free, &into, nil)
        return space.count - free
      }
    }
    let consumed = input.count - unread
    switch result {
    case BROTLI_DECODER_RESULT_SUCCESS:
      reset()
      return DecoderStep(consumedByteCount: consumed, outcome: .finishedUnit)
    case BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT:
      return DecoderStep(consumedByteCount: consumed, outcome: .needsInput)
    case BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT where written > 0 || consumed > 0 || limit == 0:
      return DecoderStep(consumedByteCount: consumed, outcome: .needsSpace)
    default:
      // SAFETY: the code is read before the state goes; the name is a constant, copied at once.
      let code = unsafe BrotliDecoderGetErrorCode(state)
      let name = unsafe String(cString: BrotliDecoderErrorString(code))
      reset()
      let isMemory = code.rawValue <= -21 && code.rawValue >= -30
      return DecoderStep(
        consumedByteCount: consumed, outcome: .failed(isMemory ? .outOfMemory : .corrupt(name)))
    }
  }
}
