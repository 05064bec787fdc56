import TestSupport

/// Text that compresses about as prose does.
enum CompressibleText {
  static func bytes(_ byteCount: Int, seed: UInt64) -> [UInt8] {
    var generator = SeededGenerator(seed: seed)
    let words = ["crawl ", "shard ", "token ", "page\n", "é ", "of ", "the "].map { Array($0.utf8) }
    var bytes: [UInt8] = []
    while bytes.count < byteCount { bytes += words.randomElement(using: &generator) ?? [] }
    return bytes
  }
}
