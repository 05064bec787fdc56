package import TextAnalysis

extension DeduplicationSettings {
  /// Refuses values that mean nothing; everything else in the room takes checked settings.
  package func validate() throws(SettingsError) {
    try Self.refuse("shingle-size", unless: 1...1000, shingleSize)
    if hashBits != 32 && hashBits != 64 {
      throw SettingsError(setting: "hash-bits", message: "Takes 32 or 64, not \(hashBits)")
    }
    try validateHash()
    try Self.refuse("sample-documents", unless: 0...1_000_000_000, sampleDocuments)
    try Self.refuse("partitions", unless: 1...65536, partitions)
    try validateCurve()
    try pieces.validate()
    try index.validate()
    if !findsDocuments && !pieces.isActive {
      throw SettingsError(
        setting: "near",
        message: "One of exact, urls and near has to be true, or one of the rules for pieces on")
    }
    if !findsDocuments && index.against != nil {
      throw SettingsError(
        setting: "against",
        message: "Takes exact, urls or near: only whole documents are compared with an index")
    }
    try validatePreferences()
  }

  private func validatePreferences() throws(SettingsError) {
    if keep.contains(.sources), preferredSources.patterns.isEmpty {
      throw SettingsError(setting: "preferred-sources", message: "'keep: sources' needs it")
    }
    if !keep.contains(.sources), !preferredSources.patterns.isEmpty {
      throw SettingsError(setting: "preferred-sources", message: "Only 'keep: sources' takes it")
    }
    if !keep.contains(.url), !preferredURLs.patterns.isEmpty {
      throw SettingsError(setting: "preferred-urls", message: "Only 'keep: url' takes it")
    }
  }

  private func validateCurve() throws(SettingsError) {
    try Self.refuse("bands", unless: 1...4096, bands)
    try Self.refuse("rows", unless: 1...4096, rows)
    if bands * rows > Self.mostHashes {
      throw SettingsError(
        setting: "bands",
        message: "Bands times rows may be \(Self.mostHashes) at most, not \(bands * rows)")
    }
    if let threshold, !(threshold > 0 && threshold < 1) {
      throw SettingsError(
        setting: "threshold", message: "Takes a number above 0 and below 1, not \(threshold)")
    }
    if let hashes { try Self.refuse("hashes", unless: 1...Self.mostHashes, hashes) }
    if threshold != nil, let least = leastHashCount, least > hashes ?? usualCurve.hashCount {
      throw SettingsError(
        setting: "hashes",
        message: "The bands or rows given take \(least) min-hashes at least, and a threshold may "
          + "spend \(hashes ?? usualCurve.hashCount); raise hashes, or give both bands and rows")
    }
    if !(0...1).contains(falsePositiveWeight) {
      throw SettingsError(
        setting: "false-positive-weight", message: "Takes 0 to 1, not \(falsePositiveWeight)")
    }
    if let minimumSimilarity, !(0...1).contains(minimumSimilarity) {
      throw SettingsError(
        setting: "minimum-similarity", message: "Takes 0 to 1, not \(minimumSimilarity)")
    }
  }

  private func validateHash() throws(SettingsError) {
    let prime = 2_038_074_743
    if hash == .datasketch1, hashBits != 32 {
      throw SettingsError(
        setting: "hash-bits", message: "datasketch-1 has hashes of 32, not \(hashBits)")
    }
    if hash.isDatatrove, shingles != .datatroveWords {
      throw SettingsError(
        setting: "hash", message: "'\(hash.rawValue)' needs 'shingles: datatrove-words'")
    }
    if hash == .spark {
      guard hashBits == 32 else {
        throw SettingsError(
          setting: "hash-bits", message: "Spark's hashes take 32, not \(hashBits)")
      }
      guard coefficients.isEmpty || near && coefficients.count == 2 * hashCount else {
        throw SettingsError(
          setting: "coefficients",
          message: "Takes two numbers for each of \(hashCount) hash tables, not "
            + "\(coefficients.count)")
      }
    }
    for coefficient in coefficients where !(0..<prime).contains(coefficient) {
      throw SettingsError(
        setting: "coefficients", message: "Takes 0 to \(prime - 1), not \(coefficient)")
    }
    if !(1...Int(Int32.max)).contains(features) {
      throw SettingsError(
        setting: "features", message: "Takes 1 to \(Int32.max), not \(features)")
    }
    if let hashSeed, ![.multiplyAdd, .spark].contains(hash), UInt32(exactly: hashSeed) == nil {
      throw SettingsError(
        setting: "hash-seed", message: "numpy takes 0 to \(UInt32.max), not \(hashSeed)")
    }
  }

  private static func refuse(
    _ setting: String, unless range: ClosedRange<Int>, _ value: Int
  ) throws(SettingsError) {
    guard range.contains(value) else {
      throw SettingsError(
        setting: setting,
        message: "Takes \(range.lowerBound) to \(range.upperBound), not \(value)")
    }
  }
}
