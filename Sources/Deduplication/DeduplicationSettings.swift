package import TextAnalysis

/// What counts as a duplicate, and which copy stays.
package struct DeduplicationSettings: StepSettings {
  package static let base: String? = "profile"

  /// Where the values come from that are not given; setting it forgets all others.
  package var profile: DeduplicationProfile {
    get { chosenProfile }
    set { self = newValue.settings }
  }
  var chosenProfile = DeduplicationProfile.default
  package var simplify = TextSimplification.words
  package var shingles = ShingleUnit.words
  package var shingleSize = 5
  package var shortExact = true
  package var hash = HashName.multiplyAdd
  package var hashBits = 32
  /// What `bands` and `rows` are when neither they nor a threshold are given.
  package var usualCurve = BandCurve(bands: 14, rows: 8) { didSet { chooseCurve() } }
  /// The similarity from which documents count as duplicates; chooses bands and rows.
  package var threshold: Double? { didSet { chooseCurve() } }
  /// The most min-hashes that bands and rows are chosen from; nil is as many as `usualCurve` has.
  package var hashes: Int? { didSet { chooseCurve() } }
  /// What a false positive counts when bands and rows are chosen; a false negative counts the rest to 1.
  ///
  /// A false positive costs a comparison, since candidates are verified; a false negative leaves a
  /// duplicate. With equal weights, as datasketch has them, half of the pairs at the threshold are
  /// missed; with these, 10 to 18 in 100.
  package var falsePositiveWeight = 0.1 { didSet { chooseCurve() } }
  private var givenBands: Int? { didSet { chooseCurve() } }
  private var givenRows: Int? { didSet { chooseCurve() } }
  /// How likely documents are to become candidates.
  package private(set) var curve = BandCurve(bands: 14, rows: 8)
  package var hashSeed: Int?
  package var coefficients: [Int] = []
  package var features = 1 << 18
  package var exact = true
  package var urls = false
  package var near = true
  package var minimumSimilarity: Double?
  package var verification = VerificationRule.signature
  package var chains = ChainRule.cut
  package var keep = KeepOrder(.longest)
  package var preferredSources = NamePatterns()
  package var preferredURLs = NamePatterns()
  package var duplicateCount = false
  package var sampleDocuments = 20_000
  package var partitions = 16
  /// What is cut out of the documents that are left.
  package var pieces = PieceSettings()
  /// What documents are compared with besides each other.
  package var index = IndexSettings()

  package init() {}

  package var bands: Int {
    get { curve.bands }
    set { givenBands = newValue }
  }

  package var rows: Int {
    get { curve.rows }
    set { givenRows = newValue }
  }

  package static var settings: [Setting<Self>] {
    [
      .init("profile", \.profile, "whose rules to go by where nothing else is said"),
      .init(
        "simplify", \.simplify,
        "how a text is rewritten before shingles are made of it: words of letters and digits in lower "
          + "case, only lower case, SlimPajama's way or not at all"),
      .init(
        "shingles", \.shingles,
        "what shingles are made of: words of letters and digits, Unicode's words (UAX #29), runs "
          + "between white space, characters, or the words of Spark or datatrove, which bring their "
          + "own way of rewriting"),
      .init("shingle-size", \.shingleSize, "units in a shingle"),
      .init(
        "short-exact", \.shortExact,
        "compare the bytes of texts that are too short for a shingle, even where exact is off"),
      .init(
        "hash", \.hash,
        "whose hash functions shingles go through: ours, datasketch's (2 or before), datatrove's, NeMo "
          + "Curator's or Spark's"),
      .init("hash-bits", \.hashBits, "width of a min-hash: 32 or 64"),
      .init(
        "hash-seed", \.hashSeed,
        "what the parameters of the hash functions are drawn from; null for the pipeline's seed"),
      .init(
        "coefficients", \.coefficients,
        "with 'hash: spark', a and b of each hash table of a MinHashLSHModel, instead of a seed"),
      .init("features", \.features, "with 'hash: spark', the features of HashingTF"),
      .init(
        "bands", \.bands,
        "bands of a signature; documents equal in one are candidates; a threshold chooses them when "
          + "they are not given"),
      .init("rows", \.rows, "min-hashes in a band; chosen like the bands"),
      .init(
        "threshold", \.threshold,
        "Jaccard similarity from which documents count as duplicates, above 0 and below 1; null "
          + "leaves it to bands and rows"),
      .init(
        "hashes", \.hashes,
        "the most min-hashes that a threshold may spend on bands and rows; null is the usual bands "
          + "times rows"),
      .init(
        "false-positive-weight", \.falsePositiveWeight,
        "what the area of false positives counts when a threshold chooses bands and rows, 0 to 1; "
          + "that of false negatives counts the rest"),
      .init("exact", \.exact, "remove documents whose text has the same bytes"),
      .init("urls", \.urls, "remove documents whose canonical URL (metadata.url) is the same"),
      .init("near", \.near, "remove documents whose shingles are mostly the same"),
      .init(
        "minimum-similarity", \.minimumSimilarity,
        "Jaccard similarity to the kept document, 0 to 1; 0 takes every candidate, null "
          + "the similarity that bands and rows are made for, less 1.5 standard errors"),
      .init(
        "verify", \.verification,
        "how candidates are known to be similar: signature, by their min-hashes; exact, by their sets "
          + "of shingles, which take 4 bytes a shingle on disk; none takes every candidate"),
      .init(
        "chains", \.chains,
        "of documents connected with the kept one through others only: cut keeps those that are not "
          + "similar to it themselves, follow removes them"),
      .init(
        "keep", \.keep,
        "which document of a cluster stays: a rule, or a list of which each decides the ties of those "
          + "before; then the least id"),
      .init(
        "preferred-sources", \.preferredSources,
        "sources in the order in which 'keep: sources' likes them; * stands for anything"),
      .init(
        "preferred-urls", \.preferredURLs,
        "URLs in the order in which 'keep: url' likes them; * stands for anything"),
      .init(
        "duplicate-count", \.duplicateCount,
        "write with each document that stays how many it stands for, itself included, as "
          + "metadata.duplicate_count"),
      .init(
        "sample-documents", \.sampleDocuments,
        "documents, about, that precision and recall are estimated from"),
      .init("partitions", \.partitions, "tasks that the band keys are divided among"),
    ] + PieceSettings.settings.map { $0.nested(in: \.pieces) }
      + IndexSettings.settings.map { $0.nested(in: \.index) }
  }

  /// True when whole documents are compared, which takes signatures.
  package var findsDocuments: Bool { exact || urls || near }

  /// Min-hashes of a signature.
  package var hashCount: Int { near ? bands * rows : 0 }

  /// 32-bit words that a min-hash takes.
  var wordsPerHash: Int { hashBits / 32 }

  /// 32-bit words that the min-hashes of a signature take.
  var hashWordCount: Int { hashCount * wordsPerHash }

  /// The least estimated similarity to the kept document with which another is removed.
  ///
  /// When it is not given, 1.5 standard errors of the estimate less than `aimedSimilarity`: of the
  /// documents that are just so similar 93 in 100 have an estimate that reaches it, and nearly all
  /// of those that are more similar. For 14 bands of 8 rows it is 0.655; on 11,280 revised documents
  /// that costs 2 in 10,000 of the pairs at 0.7 or above, and leaves 5 in 10,000 of the removed
  /// documents below 0.6.
  package var similarityFloor: Double {
    if let minimumSimilarity { return minimumSimilarity }
    guard near, verification != .none else { return 0 }
    return max(0, aimedSimilarity - 1.5 * standardError)
  }

  /// The similarity from which documents are to be removed: the threshold, or where the curve of
  /// bands and rows is steep.
  package var aimedSimilarity: Double { threshold ?? curve.steepSimilarity }

  /// Of the similarity, as it is found, of two documents that are as similar as is aimed at.
  package var standardError: Double {
    guard near, verification != .exact else { return 0 }
    return (aimedSimilarity * (1 - aimedSimilarity) / Double(hashCount)).squareRoot()
  }

  /// What a document takes on disk, its id and candidate pairs apart.
  package var diskByteCount: Int {
    let keyCount = (exact ? 1 : 0) + (urls ? 1 : 0) + (near ? bands : 0)
    return SignatureLayout.recordByteCount(self) + keyCount * SortRecord.byteCount
  }

  /// Bands and rows as they are given; the rest from the threshold, or as usual.
  private mutating func chooseCurve() {
    let budget = hashes ?? usualCurve.hashCount
    if let threshold, givenBands == nil || givenRows == nil, threshold > 0, threshold < 1,
      (0...1).contains(falsePositiveWeight), (1...Self.mostHashes).contains(budget),
      let best = BandCurve.best(
        threshold: threshold, hashCount: budget, falsePositiveWeight: falsePositiveWeight,
        bands: givenBands, rows: givenRows)
    {
      curve = best
    } else {
      curve = BandCurve(bands: givenBands ?? usualCurve.bands, rows: givenRows ?? usualCurve.rows)
    }
  }

  /// The fewest min-hashes that a curve with the bands or the rows given takes; nil when the curve is
  /// not chosen, since both are given or neither is.
  var leastHashCount: Int? {
    givenBands == nil ? givenRows : givenRows == nil ? givenBands : nil
  }

  static let mostHashes = 4096

  /// a and b of each of Spark's hash tables.
  var coefficientPairs: [(Int, Int)] {
    stride(from: 0, to: coefficients.count - 1, by: 2).map {
      (coefficients[$0], coefficients[$0 + 1])
    }
  }
}
