/// Words that all have one fastText hash.
enum CollidingWords {
  /// Either part of a pair leads from the hash of what stands before to the same hash.
  private static let pairs = [
    ("RJlZ9oOlAZpR", "kUrz6Najcguh"),
    ("t6XZPI0CkE1l", "wfHXj9N5Yknl"),
    ("UmzCMr3lKHJY", "DRIIbbaLhsuZ"),
    ("34E9ECdzzhNg", "G5MqsB54c3KC"),
    ("oQZkLuKWI1HW", "pYkZZnnF7xAG"),
    ("JZN3Qm8Rfe2y", "9cDy4z5CQupX"),
    ("c9ZdyJWqcKVp", "OpQUKQc0Sjqm"),
    ("CQIXowVXuSzf", "oEKZpMkyFO7M"),
    ("ydhZZCv3ur2U", "QO0iiN1BaZuD"),
    ("6dsV4NiAywhf", "jTM9VTxkNLsy"),
    ("ktGk8Fx9jC9t", "pyOGlLfGZT1y"),
  ]

  /// 2048 words, every choice of one part of each pair.
  static let all: [[UInt8]] = (0..<1 << pairs.count).map { choice in
    pairs.indices.flatMap { index in
      Array((choice >> index & 1 == 0 ? pairs[index].0 : pairs[index].1).utf8)
    }
  }
}
