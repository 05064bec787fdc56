internal import ByteKernels
internal import Packing

/// The shards that one task writes: one for each part of the split that has a document.
final class PackedShards {
  private let number: Int
  private let settings: TokenShardSettings
  private let description: TokenShardDescription
  private let folder: RunFolder
  private var shards: [SplitPart: PackedShard] = [:]
  private var counts = PackedCounts()

  /// Starts no file before the first document.
  init(
    number: Int, _ settings: TokenShardSettings, _ description: TokenShardDescription,
    _ folder: RunFolder
  ) {
    self.number = number
    self.settings = settings
    self.description = description
    self.folder = folder
  }

  /// Packs a document, the tokens around it included; its number is given here.
  func append(
    _ document: EncodedDocument, _ origin: DocumentOrigin, _ labels: DocumentLabels,
    to part: SplitPart
  ) throws {
    try shard(part).append(document, origin)
    counts.count(origin, labels, tokenCount: document.tokens.count)
  }

  /// Publishes every shard and says what became of the tokens.
  func finish() throws -> (outputs: [OutputFile.Published], tokens: TokenLedger) {
    var outputs: [OutputFile.Published] = []
    var tokens = TokenLedger()
    for part in SplitPart.allCases {
      guard let shard = shards[part] else { continue }
      let files = try shard.finish()
      outputs += files
      if !files.isEmpty { counts.shards.append(shard.counts(part, number)) }
      let losses = shard.losses
      let packed = shard.tokenCount - losses.padding
      tokens.packed += packed
      tokens.padding += losses.padding
      tokens.cropped += losses.cropped
      tokens.remainder += losses.remainder
      switch part {
      case .train: break
      case .validation: tokens.validation += packed
      case .test: tokens.test += packed
      }
    }
    outputs.append(
      try JSONFile.publish(counts, to: folder.outputPath(PackedCounts.path(ofTask: number))))
    return (outputs, tokens)
  }

  private func shard(_ part: SplitPart) throws -> PackedShard {
    if let shard = shards[part] { return shard }
    let name = settings.format.layout.name(of: part, shard: number)
    let shard = try PackedShard(
      name: name, prefix: folder.outputPath(settings.path(ofFile: name)), settings, description)
    shards[part] = shard
    return shard
  }
}

/// One shard being written: documents go through the strategy to the writer of the format, and where
/// they went to its provenance.
private final class PackedShard {
  private let name: String
  private let packer: any SequencePacker
  private let writer: any TokenShardWriter
  private let provenance: ProvenanceWriter

  init(
    name: String, prefix: String, _ settings: TokenShardSettings,
    _ description: TokenShardDescription
  ) throws {
    self.name = name
    packer = settings.strategy.packer(
      settings.sequences, sequenceLength: description.sequenceLength,
      padding: description.padding)
    writer = try settings.format.layout.writer(prefix: prefix, description)
    provenance = ProvenanceWriter(prefix: prefix, hasLossMask: description.hasLossMasks)
  }

  var losses: PackingLosses { packer.losses }
  var tokenCount: Int { writer.tokenCount }

  func counts(_ part: SplitPart, _ number: Int) -> PackedCounts.Shard {
    PackedCounts.Shard(
      name: name, part: part.rawValue, number: number, sequences: writer.sequenceCount,
      tokens: writer.tokenCount, padding: losses.padding, documents: provenance.documentCount)
  }

  func append(_ document: EncodedDocument, _ origin: DocumentOrigin) throws {
    var document = document
    document.number = try provenance.add(origin)
    try writer.add(origin)
    try packer.append(document, to: write)
  }

  func finish() throws -> [OutputFile.Published] {
    try packer.finish(to: write)
    if writer.sequenceCount == 0 { return [] }
    // Who finds the shard finds its provenance.
    return [try provenance.publish()] + (try writer.publish())
  }

  private func write(_ sequence: PackedSequence) throws(FileError) {
    try writer.append(sequence)
    try provenance.append(sequence)
  }
}
