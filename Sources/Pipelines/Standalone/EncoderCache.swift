/// How much memory an encoder may remember pieces of text in.
enum EncoderCache {
  /// Beyond, hardly any piece of text is found that is not found anyway.
  private static let maximumByteCount = 128 << 20

  /// The share of each of `workerCount` encoders that may take half of the memory together.
  static func byteCount(within memoryByteCount: Int, workerCount: Int) -> Int {
    min(maximumByteCount, memoryByteCount / 2 / max(1, workerCount))
  }
}
