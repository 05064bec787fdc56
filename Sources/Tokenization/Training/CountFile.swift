internal import ByteKernels

/// The file of distinct pre-tokens and how often each occurs.
///
/// ```
/// "GMCOUNT2"                       8 bytes
/// name of the split                its length as a varint (65,536 at most), then its bytes
/// name of the source               likewise; empty when sources are not told apart
/// unit                             a varint: how many of it make one occurrence
/// pre-token, in byte order         its length as a varint, its count as a varint, its bytes
/// ...
/// 0                                a varint where a length would be: no more follow
/// sums                             `CountExtent`: little-endian 64-bit numbers
/// XXH64 of all bytes before        little-endian
/// ```
enum CountFile {
  static let magic = Array("GMCOUNT2".utf8)
  static let trailerByteCount = CountExtent.byteCount + 8
  /// More than any sensible regular expression has.
  static let maximumPatternByteCount = 1 << 16
}
