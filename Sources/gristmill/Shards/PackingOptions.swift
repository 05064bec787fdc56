import ArgumentParser
import Packing
import Pipelines

/// How documents become token shards.
struct PackingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The layout of the shards: "
        + "\(TokenShardFormat.allCases.map(\.rawValue).joined(separator: ", "))."))
  var format: TokenShardFormat

  @Option(
    help: ArgumentHelp(
      "How documents become training sequences: "
        + "\(PackingStrategy.allCases.map(\.rawValue).joined(separator: ", "))."))
  var strategy: PackingStrategy?

  @Option(help: "Tokens of a training sequence. Default: 2048.")
  var sequenceLength: Int?

  @Option(
    help: ArgumentHelp(
      "Records are conversations (messages, or prompt and response), written out in this way: "
        + "\(ChatTemplate.allCases.map(\.rawValue).joined(separator: ", "))."))
  var chatTemplate: ChatTemplate?

  @Option(help: "Share of documents that go to validation shards, 0 to 1. Default: 0.")
  var validationShare: Double?

  @Flag(help: "Put the documents of the whole corpus in a random order, by the seed.")
  var shuffle = false

  @Flag(help: "Text that looks like a special token becomes that token.")
  var allowSpecial = false

  @Option(help: "Every random choice derives from it.")
  var seed = 0

  func validate() throws {
    if seed < 0 { throw ValidationError("--seed must be at least 0.") }
  }

  /// The default settings, without validation shards, with the overrides and these options over both.
  func settings(_ overrides: [SettingOverride]) throws -> TokenShardSettings {
    let whole = SettingOverride("\(ShardOwner.name).validation-share=0")
    var settings = try TokenShardSettings.overridden(
      by: [whole].compactMap(\.self) + overrides, owner: ShardOwner.name)
    settings.format = format
    if let strategy { settings.strategy = strategy }
    if let chatTemplate { settings.conversations.chatTemplate = chatTemplate }
    if let sequenceLength { settings.sequenceLength = sequenceLength }
    if let validationShare { settings.split.validationShare = validationShare }
    if shuffle { settings.order.shuffle = true }
    if allowSpecial { settings.allowsSpecialTokens = true }
    return settings
  }
}

extension TokenShardFormat: ExpressibleByArgument {}
extension PackingStrategy: ExpressibleByArgument {}
extension ChatTemplate: ExpressibleByArgument {}
