internal import TextAnalysis

/// How shingles become min-hashes, by the program that defined it.
package enum HashName: String, CaseIterable, SettingChoice {
  /// Ours: a product of word hashes, then `a * x + b` modulo a power of two.
  case multiplyAdd = "multiply-add"
  /// NeMo Curator: MurmurHash3, then cuDF's permutations.
  case nemo
  /// Spark ML: HashingTF, then MinHashLSH.
  case spark
}
