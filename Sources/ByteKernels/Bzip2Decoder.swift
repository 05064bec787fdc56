internal import CBzip2

/// Decodes bzip2 streams, one after another, verifying the checksums of blocks and stream (libbz2).
@safe package final class Bzip2Decoder {
  private let stream: UnsafeMutablePointer<bz_stream>
  private var isOpen = false

  package init() {
    // SAFETY: zero is what libbz2 wants in the fields it does not set; the address stays the same.
    unsafe stream = UnsafeMutablePointer<bz_stream>.allocate(capacity: 1)
    unsafe stream.initialize(to: bz_stream())
  }

  deinit {
    reset()
    unsafe stream.deallocate()
  }

  /// Forgets a stream that is not at its end.
  package func reset() {
    if isOpen { unsafe BZ2_bzDecompressEnd(stream) }
    isOpen = false
  }

  /// Decodes from `input`, adding up to `limit` bytes to `output`, and stops after each stream.
  package func decode(
    _ input: Span<UInt8>, into output: inout ByteBuffer, limit: Int
  ) -> DecoderStep {
    if !isOpen {
      // SAFETY: the struct holds no open stream, so its memory is libbz2's to set.
      let status = unsafe BZ2_bzDecompressInit(stream, 0, 0)
      if status != BZ_OK {
        return DecoderStep(consumedByteCount: 0, outcome: .failed(.outOfMemory))
      }
      isOpen = true
    }
    var status: Int32 = 0
    var consumed = 0
    let usable = min(input.count, Int(Int32.max))
    let written = unsafe input.withUnsafeBufferPointer { source in
      unsafe output.addSpace(min(limit, Int(Int32.max))) { space in
        // SAFETY: libbz2 reads `usable` bytes at `source`, which it never writes, and writes at
        // most `space.count`; both buffers outlive the call.
        unsafe stream.pointee.next_in = UnsafeMutablePointer(
          mutating: UnsafeRawPointer(source.baseAddress)?.assumingMemoryBound(to: CChar.self))
        unsafe stream.pointee.avail_in = UInt32(usable)
        unsafe stream.pointee.next_out = space.assumingMemoryBound(to: CChar.self).baseAddress
        unsafe stream.pointee.avail_out = UInt32(space.count)
        unsafe status = BZ2_bzDecompress(stream)
        unsafe consumed = usable - Int(stream.pointee.avail_in)
        return unsafe space.count - Int(stream.pointee.avail_out)
      }
    }
    if status != BZ_OK { reset() }
    let isStuck = written == 0 && consumed == 0 && !input.isEmpty && limit > 0
    switch status {
    case BZ_STREAM_END: return DecoderStep(consumedByteCount: consumed, outcome: .finishedUnit)
    case BZ_OK where !isStuck:
      let outcome: DecoderStep.Outcome =
        written == limit || consumed < input.count ? .needsSpace : .needsInput
      return DecoderStep(consumedByteCount: consumed, outcome: outcome)
    default:
      reset()
      return DecoderStep(consumedByteCount: consumed, outcome: .failed(Self.failure(status)))
    }
  }

  private static func failure(_ status: Int32) -> DecoderFailure {
    switch status {
    case BZ_OK: .corrupt("no progress")
    case BZ_MEM_ERROR: .outOfMemory
    case BZ_DATA_ERROR_MAGIC: .corrupt("invalid header")
    case BZ_DATA_ERROR: .corrupt("invalid bzip2 data or wrong checksum")
    default: .corrupt("bzip2 error \(status)")
    }
  }
}
