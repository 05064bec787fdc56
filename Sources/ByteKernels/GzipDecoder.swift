internal import CISAL

/// Decodes gzip members, one after another, verifying each one's checksum and length (ISA-L).
///
/// zlib streams and bare deflate are decoded as well; HTTP's `deflate` means either.
@safe package final class GzipDecoder {
  package enum Wrapper: Sendable {
    case gzip
    case zlib
    /// Deflate without header or checksum.
    case bare
  }

  private let wrapper: Wrapper
  private let state: UnsafeMutablePointer<inflate_state>
  private var header = GzipHeader()

  package init(wrapper: Wrapper = .gzip) {
    self.wrapper = wrapper
    // SAFETY: isal_inflate_init sets every field that the library reads.
    unsafe state = UnsafeMutablePointer<inflate_state>.allocate(capacity: 1)
    unsafe isal_inflate_init(state)
    reset()
  }

  deinit {
    unsafe state.deallocate()
  }

  /// Forgets a member that is not at its end.
  package func reset() {
    header = GzipHeader()
    unsafe isal_inflate_reset(state)
    let flag =
      switch wrapper {
      case .gzip: ISAL_GZIP_NO_HDR_VER
      case .zlib: ISAL_ZLIB
      case .bare: ISAL_DEFLATE
      }
    unsafe state.pointee.crc_flag = UInt32(flag)
  }

  /// Decodes from `input`, adding up to `limit` bytes to `output`, and stops after each member.
  package func decode(
    _ input: Span<UInt8>, into output: inout ByteBuffer, limit: Int
  ) -> DecoderStep {
    guard wrapper == .gzip, !header.isComplete else {
      return inflate(input, into: &output, limit: limit)
    }
    let (byteCount, message) = header.read(input)
    if let message {
      reset()
      return DecoderStep(consumedByteCount: byteCount, outcome: .failed(.corrupt(message)))
    }
    guard header.isComplete, byteCount < input.count else {
      return DecoderStep(consumedByteCount: byteCount, outcome: .needsInput)
    }
    let step = inflate(input.extracting(byteCount...), into: &output, limit: limit)
    return DecoderStep(
      consumedByteCount: byteCount + step.consumedByteCount, outcome: step.outcome)
  }

  private func inflate(
    _ input: Span<UInt8>, into output: inout ByteBuffer, limit: Int
  ) -> DecoderStep {
    var status: Int32 = 0
    var consumed = 0
    let usable = min(input.count, Int(Int32.max))
    let written = unsafe input.withUnsafeBufferPointer { source in
      unsafe output.addSpace(min(limit, Int(Int32.max))) { space in
        // SAFETY: ISA-L reads `usable` bytes at `source` and writes at most `space.count`; it
        // never writes through its input pointer. Both buffers outlive the call.
        unsafe state.pointee.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
        unsafe state.pointee.avail_in = UInt32(usable)
        unsafe state.pointee.next_out = space.assumingMemoryBound(to: UInt8.self).baseAddress
        unsafe state.pointee.avail_out = UInt32(space.count)
        unsafe status = isal_inflate(state)
        unsafe consumed = usable - Int(state.pointee.avail_in)
        return unsafe space.count - Int(state.pointee.avail_out)
      }
    }
    if status != ISAL_DECOMP_OK {
      reset()
      let failure = DecoderFailure.corrupt(Self.message(status))
      return DecoderStep(consumedByteCount: consumed, outcome: .failed(failure))
    }
    if unsafe state.pointee.block_state == ISAL_BLOCK_FINISH {
      reset()
      return DecoderStep(consumedByteCount: consumed, outcome: .finishedUnit)
    }
    let step = DecoderStep(
      unfinishedWith: consumed, of: input.count, written: written, limit: limit)
    if case .failed = step.outcome { reset() }
    return step
  }

  private static func message(_ status: Int32) -> String {
    switch status {
    case ISAL_INVALID_BLOCK: "invalid deflate block"
    case ISAL_INVALID_SYMBOL: "invalid deflate symbol"
    case ISAL_INVALID_LOOKBACK: "invalid deflate distance"
    case ISAL_INVALID_WRAPPER: "invalid header"
    case ISAL_UNSUPPORTED_METHOD: "unknown compression method"
    case ISAL_INCORRECT_CHECKSUM: "wrong checksum"
    case ISAL_NEED_DICT: "preset dictionary needed"
    default: "deflate error \(status)"
    }
  }
}
