internal import CBrotli
internal import CISAL
internal import CLZ4
internal import CSnappy
internal import CZstd
internal import Glibc

/// Decompresses blocks whose decompressed size is known beforehand, such as the pages of a column.
///
/// No more than that size is ever written, whatever a block says of itself, and a block that does
/// not come to exactly that size is refused. So the caller decides how much memory a hostile block
/// can take.
@safe package final class BlockDecompressor {
  package enum Format: Sendable, Equatable {
    case snappy
    /// One or more gzip members, or a zlib stream.
    case gzip
    /// One or more zstd frames.
    case zstd
    case brotli
    /// A bare LZ4 block.
    case lz4
    /// LZ4 blocks behind two big-endian lengths each, as Hadoop writes them; or a bare block.
    case hadoopLZ4
  }

  private let zstd: OpaquePointer
  private let inflater: UnsafeMutablePointer<inflate_state>

  package init() {
    guard let context = unsafe ZSTD_createDCtx() else {
      preconditionFailure("libzstd has memory for a context")
    }
    unsafe zstd = context
    // SAFETY: isal_inflate_init sets every field that the library reads.
    unsafe inflater = UnsafeMutablePointer<inflate_state>.allocate(capacity: 1)
    unsafe isal_inflate_init(inflater)
  }

  deinit {
    unsafe ZSTD_freeDCtx(zstd)
    unsafe inflater.deallocate()
  }

  /// The `byteCount` bytes that `block` holds.
  package func decompress(
    _ block: Span<UInt8>, _ format: Format, byteCount: Int
  ) throws(DecoderFailure) -> [UInt8] {
    if byteCount == 0 { return [] }
    if block.isEmpty { throw .corrupt("an empty block where \(byteCount) bytes were declared") }
    var failure: String?
    let bytes = unsafe block.withUnsafeBytes { source in
      unsafe [UInt8](unsafeUninitializedCapacity: byteCount) { space, count in
        let target = UnsafeMutableRawBufferPointer(space)
        // SAFETY: each codec reads inside `source`, writes inside `target` and says how much it
        // wrote; both outlive the call. Bytes count only when all of them were written.
        let written: Int?
        switch format {
        case .snappy: unsafe written = Self.snappy(source, target)
        case .gzip: unsafe written = gzip(source, target)
        case .zstd: unsafe written = zstd(source, target)
        case .brotli: unsafe written = Self.brotli(source, target)
        case .lz4: unsafe written = Self.lz4(source, target)
        case .hadoopLZ4:
          unsafe written = Self.hadoopLZ4(source, target) ?? Self.lz4(source, target)
        }
        if written != byteCount {
          failure = written.map { "\($0) bytes where \(byteCount) were declared" } ?? "invalid data"
        }
        count = failure == nil ? byteCount : 0
      }
    }
    if let failure { throw .corrupt(failure) }
    return bytes
  }

  private static func snappy(
    _ source: UnsafeRawBufferPointer, _ target: UnsafeMutableRawBufferPointer
  ) -> Int? {
    let from = unsafe source.assumingMemoryBound(to: CChar.self)
    let into = unsafe target.assumingMemoryBound(to: CChar.self)
    // SAFETY: snappy is told both sizes; it writes nothing when the declared length does not fit.
    var declared = 0
    guard unsafe snappy_uncompressed_length(from.baseAddress, from.count, &declared) == SNAPPY_OK
    else { return nil }
    guard declared == target.count else { return declared }
    var written = target.count
    let status = unsafe snappy_uncompress(from.baseAddress, from.count, into.baseAddress, &written)
    return status == SNAPPY_OK ? written : nil
  }

  private func zstd(
    _ source: UnsafeRawBufferPointer, _ target: UnsafeMutableRawBufferPointer
  ) -> Int? {
    // SAFETY: libzstd is told both sizes and stays inside them.
    let written = unsafe ZSTD_decompressDCtx(
      zstd, target.baseAddress, target.count, source.baseAddress, source.count)
    return ZSTD_isError(written) == 0 ? written : nil
  }

  private static func brotli(
    _ source: UnsafeRawBufferPointer, _ target: UnsafeMutableRawBufferPointer
  ) -> Int? {
    var written = target.count
    // SAFETY: brotli is told both sizes and stays inside them.
    let status = unsafe BrotliDecoderDecompress(
      source.count, source.assumingMemoryBound(to: UInt8.self).baseAddress, &written,
      target.assumingMemoryBound(to: UInt8.self).baseAddress)
    return status == BROTLI_DECODER_RESULT_SUCCESS ? written : nil
  }

  private static func lz4(
    _ source: UnsafeRawBufferPointer, _ target: UnsafeMutableRawBufferPointer
  ) -> Int? {
    guard source.count <= Int32.max, target.count <= Int32.max else { return nil }
    // SAFETY: lz4 is told both sizes and stays inside them.
    let written = unsafe LZ4_decompress_safe(
      source.assumingMemoryBound(to: CChar.self).baseAddress,
      target.assumingMemoryBound(to: CChar.self).baseAddress,
      Int32(source.count), Int32(target.count))
    return written >= 0 ? Int(written) : nil
  }

  private static func hadoopLZ4(
    _ source: UnsafeRawBufferPointer, _ target: UnsafeMutableRawBufferPointer
  ) -> Int? {
    var read = 0
    var written = 0
    while read < source.count {
      guard source.count - read >= 8 else { return nil }
      // SAFETY: eight bytes are there, by the line above; loads may be unaligned.
      let bigEndian = unsafe source.loadUnaligned(fromByteOffset: read, as: UInt32.self)
      let blockByteCount = Int(UInt32(bigEndian: bigEndian))
      let size = unsafe source.loadUnaligned(fromByteOffset: read + 4, as: UInt32.self)
      let storedByteCount = Int(UInt32(bigEndian: size))
      read += 8
      guard storedByteCount <= source.count - read, blockByteCount <= target.count - written
      else { return nil }
      // SAFETY: both parts lie inside their buffers, by the line above.
      let part = unsafe UnsafeRawBufferPointer(
        rebasing: source[read..<(read + storedByteCount)])
      let place = unsafe UnsafeMutableRawBufferPointer(
        rebasing: target[written..<(written + blockByteCount)])
      guard unsafe lz4(part, place) == blockByteCount else { return nil }
      read += storedByteCount
      written += blockByteCount
    }
    return written
  }

  private func gzip(
    _ source: UnsafeRawBufferPointer, _ target: UnsafeMutableRawBufferPointer
  ) -> Int? {
    guard source.count <= Int32.max, target.count <= Int32.max else { return nil }
    let isGzip = unsafe source.count > 1 && source[0] == 0x1F && source[1] == 0x8B
    var read = 0
    var written = 0
    while written < target.count {
      unsafe isal_inflate_reset(inflater)
      unsafe inflater.pointee.crc_flag = UInt32(isGzip ? ISAL_GZIP : ISAL_ZLIB)
      while true {
        // SAFETY: ISA-L reads and writes inside the rest of both buffers, whose sizes it is told;
        // it never writes through its input pointer.
        unsafe inflater.pointee.next_in = UnsafeMutablePointer(
          mutating: source.assumingMemoryBound(to: UInt8.self).baseAddress.map { unsafe $0 + read })
        unsafe inflater.pointee.avail_in = UInt32(source.count - read)
        unsafe inflater.pointee.next_out =
          target.assumingMemoryBound(to: UInt8.self).baseAddress.map { unsafe $0 + written }
        unsafe inflater.pointee.avail_out = UInt32(target.count - written)
        guard unsafe isal_inflate(inflater) == ISAL_DECOMP_OK else { return nil }
        let (readBefore, writtenBefore) = (read, written)
        unsafe read = source.count - Int(inflater.pointee.avail_in)
        unsafe written = target.count - Int(inflater.pointee.avail_out)
        if unsafe inflater.pointee.block_state == ISAL_BLOCK_FINISH { break }
        if read == readBefore, written == writtenBefore { return nil }
      }
      if read == source.count { break }
    }
    return written
  }
}
