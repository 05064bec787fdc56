import Testing
import TextAnalysis

@testable import Packing

struct TokenShardSettingsTests {
  @Test(arguments: [
    ("validation-share", SettingValue.number(0.5), true), ("validation-share", .integer(0), true),
    ("validation-share", .integer(1), true), ("validation-share", .number(1.01), false),
    ("validation-share", .number(-0.01), false), ("validation-share", .number(.nan), false),
    ("test-share", .number(0.5), true), ("test-share", .number(0.995), false),
    ("split-by", .string("domain"), true),
    ("end-of-document", .string("</s>"), true), ("end-of-document", .string(""), true),
    ("sequence-length", .integer(2), true), ("sequence-length", .integer(1), false),
    ("format", .string("megatron"), true),
  ])
  func `values that no shard can be written with are refused`(
    name: String, value: SettingValue, isRight: Bool
  ) throws {
    var settings = TokenShardSettings()
    let setting = try #require(TokenShardSettings.settings.first { $0.name == name })
    #expect(setting.set(&settings, value))
    do throws(SettingsError) {
      try settings.validate()
      #expect(isRight)
    } catch {
      #expect(!isRight)
      #expect(error.setting == name)
    }
  }

  @Test func `every setting is written back as it was read, and the defaults are right`() throws {
    try TokenShardSettings().validate()
    for setting in TokenShardSettings.settings {
      var settings = TokenShardSettings()
      #expect(setting.set(&settings, setting.get(settings)))
      #expect(settings == TokenShardSettings())
    }
  }

  @Test func `what a strategy or format cannot do is refused`() throws {
    var settings = TokenShardSettings()
    settings.strategy = .onePerDocument
    settings.sequences.remainder = .drop
    #expect(throws: SettingsError.self) { try settings.validate() }
    settings.strategy = .bestFit
    try settings.validate()
    settings.sequences.windowTokens = settings.sequenceLength - 1
    #expect(throws: SettingsError.self) { try settings.validate() }
    settings.strategy = .buckets
    settings.sequences.remainder = .keep
    try settings.validate()
    settings.sequences.bucketLengths = [64, 64]
    #expect(throws: SettingsError.self) { try settings.validate() }
  }

  @Test func `an unknown format is refused`() throws {
    var settings = TokenShardSettings()
    let format = try #require(TokenShardSettings.settings.first { $0.name == "format" })
    #expect(!format.set(&settings, .string("megatrom")))
    #expect(format.expectation.hasPrefix("one of: megatron"))
  }

  @Test func `only what readers decompress is compressed`() throws {
    for format in TokenShardFormat.allCases {
      var settings = TokenShardSettings()
      settings.format = format
      settings.compression = .zstd
      if format == .mds {
        try settings.validate()
      } else {
        let error = #expect(throws: SettingsError.self) { try settings.validate() }
        #expect(error?.setting == "compression")
      }
    }
  }
}
