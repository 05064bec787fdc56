internal import CLZMA

/// Decodes xz streams, one after another, verifying their checks, and `.lzma` files (liblzma).
@safe package final class XZDecoder {
  package enum Format: Sendable {
    case xz
    /// The format before xz, which has no checksum.
    case lzma
  }

  private let format: Format
  private let memoryByteLimit: UInt64
  private let stream: UnsafeMutablePointer<lzma_stream>
  private var isOpen = false

  /// LZMA_TELL_UNSUPPORTED_CHECK, a macro that Swift does not see: a stream whose check cannot be
  /// verified fails.
  private static let tellUnsupportedCheck: UInt32 = 0x02
  /// What a decoder takes beside the window.
  private static let statesByteCount: UInt64 = 4 << 20

  /// A stream whose window is larger than 2 to the power of `maximumWindowLog` bytes is refused.
  package init(format: Format = .xz, maximumWindowLog: Int = 27) {
    self.format = format
    memoryByteLimit = 1 << UInt64(min(max(maximumWindowLog, 10), 40)) + Self.statesByteCount
    // SAFETY: all zeros is liblzma's LZMA_STREAM_INIT.
    unsafe stream = UnsafeMutablePointer<lzma_stream>.allocate(capacity: 1)
    unsafe stream.initialize(to: lzma_stream())
  }

  deinit {
    unsafe lzma_end(stream)
    unsafe stream.deallocate()
  }

  /// Forgets a stream that is not at its end.
  package func reset() {
    isOpen = false
  }

  /// Decodes from `input`, adding up to `limit` bytes to `output`, and stops after each stream.
  package func decode(
    _ input: Span<UInt8>, into output: inout ByteBuffer, limit: Int
  ) -> DecoderStep {
    if !isOpen {
      // SAFETY: liblzma frees or takes over what an earlier use of the stream has left.
      let status =
        switch format {
        case .xz:
          unsafe lzma_stream_decoder(stream, memoryByteLimit, Self.tellUnsupportedCheck)
        case .lzma: unsafe lzma_alone_decoder(stream, memoryByteLimit)
        }
      if status != LZMA_OK {
        return DecoderStep(consumedByteCount: 0, outcome: .failed(.outOfMemory))
      }
      isOpen = true
    }
    var status = LZMA_OK
    var consumed = 0
    let written = unsafe input.withUnsafeBufferPointer { source in
      unsafe output.addSpace(limit) { space in
        // SAFETY: liblzma reads `source.count` bytes and writes at most `space.count`; both buffers
        // outlive the call.
        unsafe stream.pointee.next_in = source.baseAddress
        unsafe stream.pointee.avail_in = source.count
        unsafe stream.pointee.next_out = space.assumingMemoryBound(to: UInt8.self).baseAddress
        unsafe stream.pointee.avail_out = space.count
        unsafe status = lzma_code(stream, LZMA_RUN)
        unsafe consumed = source.count - stream.pointee.avail_in
        return unsafe space.count - stream.pointee.avail_out
      }
    }
    let isStuck = written == 0 && consumed == 0 && !input.isEmpty && limit > 0
    switch status {
    case LZMA_STREAM_END:
      reset()
      return DecoderStep(consumedByteCount: consumed, outcome: .finishedUnit)
    case LZMA_OK where !isStuck, LZMA_BUF_ERROR where !isStuck:
      let outcome: DecoderStep.Outcome =
        written == limit || consumed < input.count ? .needsSpace : .needsInput
      return DecoderStep(consumedByteCount: consumed, outcome: outcome)
    default:
      reset()
      return DecoderStep(consumedByteCount: consumed, outcome: .failed(Self.failure(status)))
    }
  }

  private static func failure(_ status: lzma_ret) -> DecoderFailure {
    switch status {
    case LZMA_MEMLIMIT_ERROR: .windowTooLarge
    case LZMA_MEM_ERROR: .outOfMemory
    case LZMA_FORMAT_ERROR: .corrupt("invalid header")
    case LZMA_OPTIONS_ERROR: .corrupt("unknown filter or option")
    case LZMA_UNSUPPORTED_CHECK: .corrupt("unknown integrity check")
    case LZMA_DATA_ERROR: .corrupt("invalid LZMA data or wrong checksum")
    default: .corrupt("no progress")
    }
  }
}
