internal import TextAnalysis

/// A named way of finding duplicates: values for all settings that are not given.
package enum DeduplicationProfile: String, CaseIterable, SettingChoice {
  case `default`
  /// The signatures of datatrove 0.10 to the bit, and its clusters: whatever candidates connect.
  case datatrove
  /// Spark ML's MinHashLSH with five tables over HashingTF of its Tokenizer's words, and the pairs of
  /// its approxSimilarityJoin: exact Jaccard similarity, 0.8 where no threshold is given.
  case spark
  /// NeMo Curator's fuzzy deduplication: 24 characters, 20 bands of 13 rows, whatever they connect.
  case nemo
  /// SlimPajama's: 13 characters, 9 bands of 13 rows of datasketch's hashes, whatever they connect.
  case slimpajama

  package var settings: DeduplicationSettings {
    var settings = DeduplicationSettings()
    settings.chosenProfile = self
    switch self {
    case .default: break
    case .datatrove: settings.goByDatatrove()
    case .spark: settings.goBySpark()
    case .nemo: settings.goByNemo()
    case .slimpajama: settings.goBySlimPajama()
    }
    return settings
  }
}

extension DeduplicationSettings {
  fileprivate mutating func goByDatatrove() {
    shingles = .datatroveWords
    shortExact = false
    hash = .datatrove
    hashBits = 64
    hashSeed = 1
    exact = false
    followCandidates()
  }

  fileprivate mutating func goBySpark() {
    simplify = .none
    (shingles, shingleSize) = (.sparkWords, 1)
    hash = .spark
    (bands, rows, threshold) = (5, 1, 0.8)
    verification = .exact
  }

  fileprivate mutating func goByNemo() {
    simplify = .none
    (shingles, shingleSize) = (.characters, 24)
    hash = .nemo
    hashSeed = 42
    usualCurve = BandCurve(bands: 20, rows: 13)
    followCandidates()
  }

  fileprivate mutating func goBySlimPajama() {
    simplify = .slimpajama
    (shingles, shingleSize) = (.characters, 13)
    hash = .datasketch1
    hashSeed = 1
    usualCurve = BandCurve(bands: 9, rows: 13)
    followCandidates()
  }

  /// Candidates are duplicates, and so is what a chain of them connects.
  private mutating func followCandidates() {
    minimumSimilarity = 0
    chains = .follow
  }
}
