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
    ("rows", .integer(-1)), ("hash-bits", .integer(48)), ("partitions", .integer(0)),
    ("minimum-similarity", .number(1.5)),
    ("minimum-similarity", .number(.nan)),
  ])
  func `values that mean nothing are refused by name`(name: String, value: SettingValue) throws {
    var settings = DeduplicationSettings()
    let setting = try #require(DeduplicationSettings.settings.first { $0.name == name })
    #expect(setting.set(&settings, value))
    #expect { try settings.validate() } throws: { ($0 as? SettingsError)?.setting == name }
  }

  @Test func `one of exact and near is needed`() {
    var settings = DeduplicationSettings()
    (settings.exact, settings.near) = (false, false)
    #expect(throws: SettingsError.self) { try settings.validate() }
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
    for setting in DeduplicationSettings.settings where setting.name != "profile" {
      var settings = DeduplicationSettings()
      let changed: SettingValue
      switch setting.get(settings) {
      case .bool(let value): changed = .bool(!value)
      case .integer(let value): changed = .integer(value + 1)
      case .list: changed = .list([.string("wiki")])
      case .string: changed = .string("score")
      default: changed = .number(0.25)
      }
      #expect(setting.set(&settings, changed))
      digests.append(settings.digest(seed: 1))
      let isLate = [
        "keep", "preferred-sources", "preferred-urls", "minimum-similarity",
      ].contains(setting.name)
      let signatureDigest = DeduplicationSettings().signatureDigest(seed: 1)
      #expect((settings.signatureDigest(seed: 1) == signatureDigest) == isLate)
    }
    #expect(Set(digests).count == digests.count)
  }
}
