internal import CISAL

/// The CRC-32 of gzip and of Parquet pages.
package enum Checksum32 {
  package static func crc(_ bytes: Span<UInt8>, continuing start: UInt32 = 0) -> UInt32 {
    // SAFETY: ISA-L reads `count` bytes from the start of the buffer and no more.
    unsafe bytes.withUnsafeBufferPointer {
      unsafe crc32_gzip_refl(start, $0.baseAddress, UInt64($0.count))
    }
  }
}
