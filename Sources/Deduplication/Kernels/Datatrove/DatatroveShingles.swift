internal import CKernels

/// The shingles of datatrove's MinHash: words joined by spaces, hashed.
///
/// Source: datatrove/pipeline/dedup/minhash.py.
final class DatatroveShingles: ShingleSource {
  /// What makes a number of a shingle; one of 32 bits stands in the high half.
  enum Hash {
    case xxHash64, xxHash32
    /// The first eight or four bytes as a little-endian number.
    case sha1, sha1Half

    init(isSHA1: Bool, bits: Int) {
      self =
        switch (isSHA1, bits) {
        case (false, 32): .xxHash32
        case (false, _): .xxHash64
        case (true, 32): .sha1Half
        case (true, _): .sha1
        }
    }
  }

  private let shingleSize: Int
  private let hash: Hash
  private let words = DatatroveWords()
  private var shingles: [UInt64] = []

  init(shingleSize: Int, hash: Hash) {
    self.shingleSize = shingleSize
    self.hash = hash
  }

  /// Gives `take` the shingles in order, some at a time; none for a text of less than a shingle.
  func hash(_ text: Span<UInt8>, _ take: (Span<UInt64>) -> Void) {
    words.start()
    // SAFETY: the pointer stays in this closure.
    unsafe text.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      var position = 0
      while position < buffer.count {
        unsafe words.takePiece(base, from: &position, of: buffer.count)
        hashWords()
        if !shingles.isEmpty { take(shingles.span) }
      }
    }
  }

  /// Hashes the shingles that end in new words, and keeps the words that the next ones begin with.
  private func hashWords() {
    shingles.removeAll(keepingCapacity: true)
    let count = words.wordCount - shingleSize + 1
    guard count > 0 else { return }
    shingles.append(contentsOf: repeatElement(0, count: count))
    let hash =
      switch hash {
      case .xxHash64: unsafe ck_shingles_xxh64
      case .xxHash32: unsafe ck_shingles_xxh32
      case .sha1: unsafe ck_shingles_sha1_64
      case .sha1Half: unsafe ck_shingles_sha1_32
      }
    // SAFETY: there are as many words as the shingles reach over, and room for `count` hashes.
    unsafe hash(words.words.base, words.starts.base, shingleSize, count, &shingles)
    words.keepLast(shingleSize - 1)
  }
}
