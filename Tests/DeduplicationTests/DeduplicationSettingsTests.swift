import Testing
import TextAnalysis

@testable import Deduplication

struct DeduplicationSettingsTests {
  @Test func `the defaults are those of the published recipe and are accepted`() throws {
    let settings = DeduplicationSettings()
    #expect((settings.shingleSize, settings.bands, settings.rows) == (5, 14, 8))
    #expect(settings.hashCount == 112)
    #expect(settings.hashWordCount == 112)
    try settings.validate()
    #expect(abs(settings.similarityFloor - 0.655) < 0.001)
  }

  @Test func `the least similarity follows bands and rows unless it is given`() {
    var settings = DeduplicationSettings()
    (settings.bands, settings.rows) = (20, 5)
    let steepest = 0.5493  // (1 / 20)^(1 / 5)
    let error = (steepest * (1 - steepest) / 100).squareRoot()
    #expect(abs(settings.similarityFloor - (steepest - 1.5 * error)) < 0.0001)
    settings.minimumSimilarity = 0.9
    #expect(settings.similarityFloor == 0.9)
    (settings.minimumSimilarity, settings.bands, settings.rows) = (nil, 1, 1)
    #expect(settings.similarityFloor <= 1)
  }

  @Test(arguments: [
    ("shingle-size", SettingValue.integer(0)), ("bands", .integer(0)), ("bands", .integer(600)),
    ("rows", .integer(-1)), ("hash-bits", .integer(48)), ("features", .integer(0)),
    ("coefficients", .list([.integer(-1)])), ("partitions", .integer(0)),
    ("minimum-similarity", .number(1.5)),
    ("minimum-similarity", .number(.nan)), ("threshold", .number(0)), ("threshold", .number(.nan)),
    ("threshold", .integer(1)), ("hashes", .integer(0)), ("hashes", .integer(.max)),
    ("false-positive-weight", .number(-0.1)), ("minimum-line-bytes", .integer(-1)),
    ("minimum-left-words", .integer(-1)), ("filter-capacity", .integer(0)),
    ("filter-capacity", .integer(.max)),
    ("filter-error-rate", .number(0)), ("substrings", .string("url")),
    ("substring-tokens", .integer(1)), ("maximum-cut-share", .number(1.5)),
  ])
  func `values that mean nothing are refused by name`(name: String, value: SettingValue) throws {
    var settings = DeduplicationSettings()
    let setting = try #require(DeduplicationSettings.settings.first { $0.name == name })
    #expect(setting.set(&settings, value))
    #expect { try settings.validate() } throws: { ($0 as? SettingsError)?.setting == name }
  }

  @Test func `a threshold chooses the bands and rows that are not given, whatever is set first`() {
    var settings = DeduplicationSettings()
    settings.threshold = 0.8
    #expect((settings.bands, settings.rows) == (12, 9))
    settings.hashes = 256
    #expect((settings.bands, settings.rows) == (23, 11))
    settings.rows = 8
    #expect((settings.bands, settings.rows) == (13, 8))
    settings.bands = 20
    #expect((settings.bands, settings.rows) == (20, 8))
    var again = DeduplicationSettings()
    (again.bands, again.rows, again.hashes, again.threshold) = (20, 8, 256, 0.8)
    #expect(again == settings)
  }

  @Test func `the floor is 1.5 standard errors below the threshold, whatever bands and rows are`() {
    var settings = DeduplicationSettings()
    settings.threshold = 0.8
    #expect(abs(settings.similarityFloor - (0.8 - 1.5 * (0.16 / 108).squareRoot())) < 1e-12)
    (settings.bands, settings.rows) = (20, 5)
    #expect(abs(settings.similarityFloor - 0.74) < 1e-12)
    settings.minimumSimilarity = 0.5
    #expect(settings.similarityFloor == 0.5)
  }

  @Test func `settings written out and read again are the same settings`() {
    var settings = DeduplicationSettings()
    (settings.threshold, settings.hashes, settings.rows) = (0.6, 200, 7)
    var again = DeduplicationSettings()
    for setting in DeduplicationSettings.settings {
      #expect(setting.set(&again, setting.get(settings)))
    }
    #expect(again.curve == settings.curve)
    #expect(again.digest(seed: 3) == settings.digest(seed: 3))
  }

  @Test func `where an index lies shows nowhere, and updating one needs it`() throws {
    var settings = DeduplicationSettings()
    settings.index.update = true
    #expect { try settings.validate() } throws: { ($0 as? SettingsError)?.setting == "update" }
    settings.index.against = "index"
    try settings.validate()
    #expect(settings.digest(seed: 1) == DeduplicationSettings().digest(seed: 1))
    #expect(settings.signatureDigest(seed: 1) == DeduplicationSettings().signatureDigest(seed: 1))
    #expect(settings.signatureSettings == DeduplicationSettings().signatureSettings)
    #expect(settings.signatureSettings["rows"] == .integer(8))
    #expect(settings.signatureSettings["keep"] == nil)
  }

  @Test func `one of exact and near, or of the rules for pieces, is needed`() {
    var settings = DeduplicationSettings()
    (settings.exact, settings.near) = (false, false)
    #expect(throws: SettingsError.self) { try settings.validate() }
    settings.pieces.lines = .first
    #expect(throws: Never.self) { try settings.validate() }
  }

  @Test func `an index is for whole documents alone`() {
    var settings = DeduplicationSettings()
    (settings.exact, settings.near, settings.pieces.lines) = (false, false, .first)
    settings.index.against = "index"
    #expect { try settings.validate() } throws: { ($0 as? SettingsError)?.setting == "against" }
  }

  @Test(arguments: [
    [("text-copies", "url"), ("lines", "first")],
    [("text-copies", "none"), ("substrings", "first")],
    [("text-copies", "first"), ("lines", "none")], [("lines", "url"), ("substrings", "first")],
    [("paragraphs", "first"), ("lines", "url")],
    [("text-copies", "first"), ("url-copies", "first")],
    [("url-copies", "none"), ("lines", "none")],
  ])
  func `rules of which one takes what another keeps do not go together`(
    rules: [(String, String)]
  ) throws {
    var settings = DeduplicationSettings()
    for (name, rule) in rules {
      try settings.validate()
      let setting = try #require(DeduplicationSettings.settings.first { $0.name == name })
      #expect(setting.set(&settings, .string(rule)))
    }
    #expect(throws: SettingsError.self) { try settings.validate() }
  }

  @Test func `rules that keep the same copy go together`() throws {
    for rule in [CopyRule.first, .none, .url] {
      var settings = DeduplicationSettings()
      (settings.pieces.texts, settings.pieces.paragraphs, settings.pieces.lines) = (
        rule, rule, rule
      )
      if rule != .url { settings.pieces.substrings = rule }
      try settings.validate()
    }
  }

  @Test func `bands that no curve within the budget has are refused`() throws {
    var settings = DeduplicationSettings()
    (settings.threshold, settings.bands) = (0.8, 200)
    #expect { try settings.validate() } throws: { ($0 as? SettingsError)?.setting == "hashes" }
    settings.hashes = 400
    #expect(throws: Never.self) { try settings.validate() }
    (settings.hashes, settings.rows) = (nil, 8)
    #expect(throws: Never.self) { try settings.validate() }
  }

  @Test func `a profile forgets what was set before it`() {
    var settings = DeduplicationSettings()
    settings.bands = 3
    settings.profile = .default
    #expect(settings == DeduplicationSettings())
  }

  @Test func `preferences go with the rules that read them`() {
    var settings = DeduplicationSettings()
    settings.preferredURLs = NamePatterns(["*.org/*"])
    #expect(throws: SettingsError.self) { try settings.validate() }
    settings.keep = KeepOrder(.url, .sources)
    #expect(throws: SettingsError.self) { try settings.validate() }
    settings.preferredSources = NamePatterns(["wiki"])
    #expect(throws: Never.self) { try settings.validate() }
  }

  @Test func `every setting and the seed show in the digest`() {
    var digests = [
      DeduplicationSettings().digest(seed: 1), DeduplicationSettings().digest(seed: 2),
    ]
    let others =
      PieceSettings.settings.map(\.name) + IndexSettings.settings.map(\.name) + ["profile"]
    for setting in DeduplicationSettings.settings where !others.contains(setting.name) {
      var settings = DeduplicationSettings()
      let changed: [SettingValue]
      switch setting.get(settings) {
      case .bool(let value): changed = [.bool(!value)]
      case .integer(let value): changed = [.integer(value + 1)]
      case .list:
        changed = [.list([.string("wiki")]), .list([.integer(1), .integer(2)])]
      case .string:
        // Each setting takes one of these.
        changed = ["score", "follow", "none", "characters", "nemo", "exact"].map { .string($0) }
      default: changed = [.number(0.25), .integer(64)]
      }
      #expect(changed.contains { setting.set(&settings, $0) })
      digests.append(settings.digest(seed: 1))
      let isLate = [
        "hashes", "false-positive-weight", "keep", "preferred-sources", "preferred-urls",
        "minimum-similarity", "chains", "duplicate-count", "sample-documents",
      ].contains(setting.name)
      let signatureDigest = DeduplicationSettings().signatureDigest(seed: 1)
      #expect((settings.signatureDigest(seed: 1) == signatureDigest) == isLate)
    }
    #expect(Set(digests).count == digests.count)
  }

  @Test func `settings of pieces show in their files and in no others`() {
    let before = DeduplicationSettings()
    var digests = [before.pieceDigest]
    for setting in PieceSettings.settings {
      var settings = before
      let changed: SettingValue
      switch setting.get(settings.pieces) {
      case .bool(let value): changed = .bool(!value)
      case .integer(let value): changed = .integer(value + 1)
      case .number: changed = .number(0.25)
      case .null: changed = setting.name == "filter-capacity" ? .integer(9) : .number(0.25)
      default:
        changed = .string(
          [
            "text-copies": "none", "url-copies": "none", "paragraphs": "none", "lines": "none",
            "substrings": "none",
            "paragraph-break": "blank-line", "substring-cut": "line",
          ][setting.name]
            ?? "ccnet")
      }
      #expect(setting.set(&settings.pieces, changed), "\(setting.name)")
      digests.append(settings.pieceDigest)
      #expect(settings.digest(seed: 1) == before.digest(seed: 1))
      #expect(settings.signatureDigest(seed: 1) == before.signatureDigest(seed: 1))
    }
    #expect(Set(digests).count == digests.count)
  }
}
