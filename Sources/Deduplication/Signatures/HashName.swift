internal import TextAnalysis

/// How shingles become min-hashes, by the program that defined it.
package enum HashName: String, CaseIterable, SettingChoice {
  /// Ours: a product of word hashes, then `a * x + b` modulo a power of two.
  case multiplyAdd = "multiply-add"
  /// datasketch 2: SHA-1, mixed, then its affine permutations of as many functions as there are
  /// min-hashes.
  case datasketch
  /// datasketch before version 2: SHA-1, then its permutations modulo 2^61 - 1.
  case datasketch1 = "datasketch-1"
  /// datatrove: XXH64 or XXH32 of the shingle's words joined by spaces, then `a * x + b` modulo 2^61 - 1.
  case datatrove
  /// The same with the first bytes of SHA-1.
  case datatroveSHA1 = "datatrove-sha1"
  /// NeMo Curator: MurmurHash3, then cuDF's permutations.
  case nemo
  /// Spark ML: HashingTF, then MinHashLSH.
  case spark

  var isDatatrove: Bool { self == .datatrove || self == .datatroveSHA1 }
}
