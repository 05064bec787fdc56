internal import ByteKernels
package import Packing

/// Writes token shards in another format, token for token.
///
/// Sequences, documents and loss masks stay as they are, in the shards where the format holds them and
/// in the provenance always. Only shards for a format of one length are packed anew, end to end, when
/// that is asked for; nothing but padding is added or left out then. Parts of a document that follow one
/// another are joined; those between which others stand, as best-fit leaves them, stay apart.
package enum TokenShardConversion {
  /// What is written, and what the inputs do not tell themselves.
  package struct Settings: Sendable {
    package var output: String
    package var format: TokenShardFormat
    /// Tokens of new sequences; nil keeps those there are.
    package var sequenceLength: Int?
    package var tokenByteCount: Int?
    package var endOfDocument: UInt32?
    package var vocabularySize: Int?
    package var workerCount = 1

    package init(output: String, format: TokenShardFormat) {
      self.output = output
      self.format = format
    }
  }

  /// What came in and went out.
  package struct Report: Sendable, Encodable {
    package fileprivate(set) var shards = 0
    package fileprivate(set) var sequences = 0
    package fileprivate(set) var documents = 0
    /// Without padding.
    package fileprivate(set) var tokensIn = 0
    /// Without padding.
    package fileprivate(set) var tokensOut = 0
    /// Tokens of padding in what was written.
    package fileprivate(set) var padding = 0
    /// Sequences without a token, which were left out.
    package fileprivate(set) var emptySequences = 0
    /// The description of the new set.
    package fileprivate(set) var path = ""

    package var isBalanced: Bool { tokensIn == tokensOut }

    package var json: String {
      get throws { String(decoding: try JSONFile.encode(self), as: UTF8.self) }
    }
  }

  /// A shard to write, and those that become it.
  private struct Target: Sendable {
    var part: SplitPart
    var number: Int
    var name: String
    var sources: [LocatedShard]
  }

  private struct Result: Sendable {
    var shard: ShardSet.Shard?
    var tokensIn: Int
    var emptySequences: Int
    var cutsDocuments: Bool
  }

  /// Converts a described set, or any shards that no set describes, into a folder of its own.
  package static func run(
    _ paths: [String], _ settings: Settings, observer: any RunObserver
  ) async throws -> Report {
    let output = FileSystem.absolute(settings.output)
    guard FileSystem.filesBelow(output).isEmpty else {
      throw PipelineError(
        file: settings.output, message: "holds files already; name a folder for the new shards")
    }
    let inputs = try await ConvertibleShards(paths, settings, observer: observer)
    let layout = settings.format.layout
    var set = inputs.set
    let packsAnew = try packsAnew(&set, settings)
    if !layout.canCompress { set.isCompressed = false }
    let description = TokenShardDescription(set)
    if let obstacle = layout.obstacle(description) {
      throw PipelineError(file: settings.output, message: obstacle)
    }
    try FileSystem.makeFolder(output)
    let results = try await ShardWork.map(
      targets(inputs, layout), "convert", workerCount: settings.workerCount, observer: observer
    ) { target, _ in
      let copy = try TokenShardCopy(
        target.name, in: output, settings.format.layout, description, packsAnew: packsAnew)
      for source in target.sources { try copy.append(source) }
      let shard = try copy.finish(target.part, target.number, in: output)
      return Result(
        shard: shard, tokensIn: copy.takenTokenCount, emptySequences: copy.emptySequenceCount,
        cutsDocuments: copy.cutsDocuments)
    }
    set.format = settings.format.rawValue
    set.shards = results.compactMap(\.shard)
    // Documents that were stored whole are whole again.
    if packsAnew, inputs.set.sequenceLength > 0, results.contains(where: \.cutsDocuments) {
      set.hasCutDocuments = true
    }
    set.tokenizer.files = try inputs.folder.map { try copyTokenizer(of: $0, to: output) } ?? []
    try publish(&set, layout, description, in: output)
    return report(set, results, output)
  }

  /// Whether sequences are made anew, and of which length they are then.
  private static func packsAnew(_ set: inout ShardSet, _ settings: Settings) throws -> Bool {
    if let length = settings.sequenceLength {
      if length == set.sequenceLength { return false }
      guard set.padding < set.vocabularySize else {
        throw PipelineError(
          file: settings.output,
          message: "new sequences are filled up with the id \(set.padding), which is not among the "
            + "\(set.vocabularySize) of the vocabulary; give a larger --vocabulary-size")
      }
      set.sequenceLength = length
      set.strategy = PackingStrategy.concatenate.rawValue
      return true
    }
    if set.sequenceLength == 0, !settings.format.layout.holdsAnyLength {
      throw PipelineError(
        file: settings.output,
        message:
          "\(settings.format.rawValue) holds sequences of one length, and these are documents; "
          + "say with --sequence-length how long sequences shall be")
    }
    return false
  }

  /// One for each shard, or for each part where the format has one file for it.
  private static func targets(
    _ inputs: ConvertibleShards, _ layout: any TokenShardLayout.Type
  ) -> [Target] {
    SplitPart.allCases.flatMap { part in
      let shards = inputs.shards.filter { $0.part == part }.map(\.shard)
      if shards.isEmpty { return [Target]() }
      let groups = layout.isOneFile ? [shards] : shards.map { [$0] }
      return groups.enumerated().map { number, sources in
        Target(
          part: part, number: number, name: layout.name(of: part, shard: number), sources: sources)
      }
    }
  }

  /// Copies the tokenizer beside the new shards, as `pack` writes it; files that are gone are left out.
  private static func copyTokenizer(
    of folder: ShardSetFolder, to output: String
  ) throws -> [ShardSet.File] {
    let target = "\(output)/tokenizer"
    return try folder.set.tokenizer.files.compactMap { file in
      let path = folder.path(of: file)
      guard FileSystem.status(path)?.isRegularFile == true else { return nil }
      try FileSystem.makeFolder(target)
      let copy = ShardSet.File(
        try FileCopy.publish(path, to: "\(target)/\(FileSystem.baseName(path))"), in: output)
      guard copy.xxh64 == file.xxh64 else {
        throw RunError(
          path: path, message: "is not the tokenizer that the shards were packed with; put it back")
      }
      return copy
    }
  }

  private static func publish(
    _ set: inout ShardSet, _ layout: any TokenShardLayout.Type,
    _ description: TokenShardDescription, in output: String
  ) throws {
    let files = try layout.writeSetFiles(of: set.shards, in: output, description)
    set.files = files.map { ShardSet.File($0, in: output) }
    set.tokenType = nil
    if let first = set.shards.first,
      let (format, path) = TokenShardFormat.recognise("\(output)/\(first.name)")
    {
      set.tokenType = try format.layout.reader(path, TokenShardHints()).tokenTypeName
    }
    // It comes last: who finds it finds all it names.
    _ = try JSONFile.publish(set, to: "\(output)/\(ShardSet.fileName)")
  }

  private static func report(_ set: ShardSet, _ results: [Result], _ output: String) -> Report {
    var report = Report()
    for result in results {
      report.tokensIn += result.tokensIn
      report.emptySequences += result.emptySequences
    }
    for shard in set.shards {
      report.shards += 1
      report.sequences += shard.sequences
      report.documents += shard.documents
      report.tokensOut += shard.tokens - shard.padding
      report.padding += shard.padding
    }
    report.path = "\(output)/\(ShardSet.fileName)"
    return report
  }
}
