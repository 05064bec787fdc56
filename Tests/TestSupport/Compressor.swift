internal import CBzip2
internal import CLZ4
internal import CLZMA

/// Compressors of formats that are read and never written, for tests.
public enum Compressor: CaseIterable, Sendable {
  case bzip2, xz, lzma, lz4

  /// One bzip2 or xz stream, `.lzma` file or lz4 frame that holds `bytes`.
  public func unit(_ bytes: [UInt8]) -> [UInt8] {
    switch self {
    case .bzip2: Self.bzip2(bytes)
    case .xz: Self.lzma(bytes, isAlone: false)
    case .lzma: Self.lzma(bytes, isAlone: true)
    case .lz4: Self.lz4(bytes)
    }
  }

  private static func bzip2(_ bytes: [UInt8]) -> [UInt8] {
    var source = bytes.map { CChar(bitPattern: $0) }
    var packed = [CChar](repeating: 0, count: bytes.count + bytes.count / 50 + 700)
    var byteCount = UInt32(packed.count)
    // SAFETY: the library stays inside the two arrays, whose lengths it is given.
    let status = unsafe BZ2_bzBuffToBuffCompress(
      &packed, &byteCount, &source, UInt32(source.count), 1, 0, 0)
    precondition(status == BZ_OK)
    return packed.prefix(Int(byteCount)).map { UInt8(bitPattern: $0) }
  }

  private static func lzma(_ bytes: [UInt8], isAlone: Bool) -> [UInt8] {
    var stream = unsafe lzma_stream()
    var options = unsafe lzma_options_lzma()
    unsafe lzma_lzma_preset(&options, 0)
    let opened =
      isAlone
      ? unsafe lzma_alone_encoder(&stream, &options)
      : unsafe lzma_easy_encoder(&stream, 0, LZMA_CHECK_CRC64)
    precondition(opened == LZMA_OK)
    var packed = [UInt8](repeating: 0, count: bytes.count + bytes.count / 3 + 512)
    // SAFETY: the library stays inside the two arrays, whose lengths it is given.
    let byteCount = unsafe bytes.withUnsafeBufferPointer { source in
      unsafe packed.withUnsafeMutableBufferPointer { space in
        unsafe stream.next_in = source.baseAddress
        unsafe stream.avail_in = source.count
        unsafe stream.next_out = space.baseAddress
        unsafe stream.avail_out = space.count
        let status = unsafe lzma_code(&stream, LZMA_FINISH)
        precondition(status == LZMA_STREAM_END)
        return unsafe space.count - stream.avail_out
      }
    }
    unsafe lzma_end(&stream)
    return Array(packed.prefix(byteCount))
  }

  private static func lz4(_ bytes: [UInt8]) -> [UInt8] {
    var preferences = LZ4F_preferences_t()
    preferences.frameInfo.contentChecksumFlag = LZ4F_contentChecksumEnabled
    preferences.frameInfo.blockChecksumFlag = LZ4F_blockChecksumEnabled
    var packed = [UInt8](
      repeating: 0, count: unsafe LZ4F_compressFrameBound(bytes.count, &preferences))
    // SAFETY: the library stays inside the two arrays, whose lengths it is given.
    let byteCount = unsafe LZ4F_compressFrame(
      &packed, packed.count, bytes, bytes.count, &preferences)
    precondition(LZ4F_isError(byteCount) == 0)
    return Array(packed.prefix(byteCount))
  }
}
