internal import ByteKernels
internal import Packing
internal import Reports
package import Tokenization

/// Checks sets of shards, our own by what they say of themselves, others by what their format says.
package enum ShardVerification {
  /// What the user says of shards that do not say it.
  package struct Options: Sendable {
    package var tokenizer: Tokenizer?
    package var vocabularySize: Int?
    package var endOfDocument: UInt32?
    package var tokenByteCount: Int?
    /// Whether every document is decoded and encoded again, or a sample.
    package var triesAllDocuments = false

    package init() {}
  }

  package struct Report: Sendable {
    package fileprivate(set) var faults = ShardFaults()
    package fileprivate(set) var shardCount = 0
    package fileprivate(set) var sequenceCount = 0
    package fileprivate(set) var tokenCount = 0
    package fileprivate(set) var documentCount = 0
    package fileprivate(set) var triedDocumentCount = 0
    package fileprivate(set) var byteCount = 0
    /// The first shard with the same tokens, by the hash of these.
    fileprivate var contents: [UInt64: String] = [:]
  }

  /// Checks folders and shards, each by itself, with several workers.
  package static func run(
    _ paths: [String], _ options: Options, workerCount: Int, observer: any RunObserver
  ) async throws -> Report {
    var report = Report()
    var singles: [String] = []
    for path in paths {
      guard let status = FileSystem.status(path), status.isDirectory else {
        singles.append(path)
        continue
      }
      if let folder = try ShardSetFolder(at: path) {
        try await check(folder, options, workerCount, observer, &report)
      } else {
        try await check(foreign: path, options, workerCount, observer, &report)
      }
    }
    if !singles.isEmpty {
      let shards = try singles.map { try LocatedShard($0, hints: hints(options)) }
      try await check(shards, options, workerCount, observer, &report)
    }
    return report
  }

  private static func check(
    _ folder: ShardSetFolder, _ options: Options, _ workerCount: Int, _ observer: any RunObserver,
    _ report: inout Report
  ) async throws {
    let subject = try subject(of: folder, options)
    let results = try await ShardWork.map(
      folder.set.shards, "verify", workerCount: workerCount, observer: observer
    ) { entry, _ in
      let result = ShardCheck.run(entry, in: folder, subject)
      observer.advanced(byteCount: result.byteCount)
      return result
    }
    for result in results { report.add(result) }
    report.byteCount += FileCheck.run(
      folder.set.files + folder.set.tokenizer.files, in: folder, &report.faults)
    addFaults(of: folder, &report.faults)
    for path in ForeignFiles.find(in: folder) {
      report.faults.add(
        .foreignFile, path,
        "belongs to no shard of \(ShardSet.fileName); a trainer may take it for one")
    }
  }

  /// The plan of a run in the folder, or of which it is, that is to make shards and has described none.
  private static func unfinishedPlan(of path: String) -> String? {
    guard let run = RunFolder(around: FileSystem.absolute(path)), let plan = try? run.plan(),
      plan.stages.contains(where: { $0.name == CardStage.name })
    else { return nil }
    let done = try? run.manifest(stage: CardStage.name, index: 0, plan: plan)
    return done == nil ? run.planPath : nil
  }

  /// What is wrong with the set as a whole.
  private static func addFaults(of folder: ShardSetFolder, _ faults: inout ShardFaults) {
    let plan = ForgetPlan.path(in: folder.path)
    if FileSystem.status(plan) != nil {
      faults.add(.unfinished, plan, "a 'gristmill forget' was cut off here; run it again")
    }
    let path = "\(folder.path)/\(DatasetCard.jsonName)"
    guard let card = try? JSONFile.read(DatasetCard.self, from: path) else { return }
    for part in card.parts {
      guard let name = SplitPart(rawValue: part.part) else { continue }
      let count = folder.set.total(of: name).shardCount
      if count != part.shards {
        faults.add(
          .missingShard, path,
          "the data card counts \(part.shards) shards of \(part.part), and \(ShardSet.fileName) names "
            + "\(count)")
      }
    }
  }

  private static func check(
    foreign path: String, _ options: Options, _ workerCount: Int, _ observer: any RunObserver,
    _ report: inout Report
  ) async throws {
    let found = FoundShards(below: FileSystem.absolute(path))
    let shards = try found.paths.map { try LocatedShard(apart: $0, hints: hints(options)) }
    for file in found.unread {
      report.faults.add(
        .structure, file,
        "is named as a shard, but cannot be read as one; it was cut short, or is none")
    }
    StreamingIndex.check(below: FileSystem.absolute(path), &report.faults)
    let plan = unfinishedPlan(of: path)
    if let plan {
      report.faults.add(
        .unfinished, plan,
        "the run that makes the shards has not come to its end, or what it wrote last is gone; "
          + "run it again")
    }
    if shards.isEmpty, report.faults.isEmpty {
      throw PipelineError(file: path, message: "holds no token shards of a format that is read")
    }
    try await check(shards, options, workerCount, observer, &report)
    for (path, number) in ShardGaps.find(shards.map(\.path)) {
      report.faults.add(.missingShard, path, "there are later shards, but none of number \(number)")
    }
  }

  private static func check(
    _ shards: [LocatedShard], _ options: Options, _ workerCount: Int,
    _ observer: any RunObserver, _ report: inout Report
  ) async throws {
    let results = try await ShardWork.map(
      shards, "verify", workerCount: workerCount, observer: observer
    ) { shard, _ in
      guard let folder = shard.folder, let entry = shard.entry else {
        return ShardCheck.run(shard, subject(options, shard.format))
      }
      return ShardCheck.run(entry, in: folder, try subject(of: folder, options))
    }
    for result in results { report.add(result) }
  }

  private static func hints(_ options: Options) -> TokenShardHints {
    TokenShardHints(tokenByteCount: options.tokenByteCount, endOfDocument: options.endOfDocument)
  }

  private static func subject(
    of folder: ShardSetFolder, _ options: Options
  ) throws -> ShardCheck.Subject {
    let set = folder.set
    let tokenizer =
      try options.tokenizer ?? folder.tokenizerPath.map { try Tokenizer(contentsOf: $0) }
    let isDocuments = set.sequenceLength == 0
    // Masks without a template came with shards of others.
    let isConversations = set.chatTemplate != nil || set.hasLossMasks
    return ShardCheck.Subject(
      expectations: TokenExpectations(
        vocabularySize: options.vocabularySize ?? set.vocabularySize,
        endOfDocument: options.endOfDocument ?? set.endOfDocument,
        beginningOfDocument: set.beginningOfDocument, padding: set.padding,
        isDocuments: isDocuments,
        hasPieces: !isDocuments, cutsDocuments: set.hasCutDocuments,
        hasForgotten: set.hasForgotten,
        endsOnlyDocuments: !set.allowsSpecialTokens && !isConversations),
      // In a conversation some special tokens were text and others were not, which its tokens do not tell.
      tokenizer: isConversations ? nil : tokenizer, triesAllDocuments: options.triesAllDocuments)
  }

  private static func subject(
    _ options: Options, _ format: TokenShardFormat
  ) -> ShardCheck.Subject {
    let isDocuments = format.layout.sequenceKind == .document
    return ShardCheck.Subject(
      expectations: TokenExpectations(
        vocabularySize: options.vocabularySize ?? options.tokenizer?.vocabularySize,
        endOfDocument: options.endOfDocument, isDocuments: isDocuments),
      tokenizer: isDocuments && options.endOfDocument != nil ? options.tokenizer : nil,
      triesAllDocuments: options.triesAllDocuments)
  }
}

extension ShardVerification.Report {
  fileprivate mutating func add(_ result: ShardCheck.Result) {
    shardCount += 1
    sequenceCount += result.sequenceCount
    tokenCount += result.tokenCount
    documentCount += result.documentCount
    triedDocumentCount += result.triedDocumentCount
    byteCount += result.byteCount
    faults += result.faults
    guard let hash = result.contentHash else { return }
    if let twin = contents[hash] {
      faults.add(.duplicateShard, result.path, "has the same tokens as \(twin)")
    } else {
      contents[hash] = result.path
    }
  }

  /// On one line.
  package var json: String {
    func value(_ fault: ShardFault) -> JSONValue {
      .object([
        ("kind", .string(fault.kind.rawValue)), ("file", .string(fault.file)),
        ("byte_offset", fault.byteOffset.map { .integer($0) } ?? .null),
        ("token_offset", fault.tokenOffset.map { .integer($0) } ?? .null),
        ("message", .string(fault.message)),
      ])
    }
    let counts = ShardFault.Kind.allCases.compactMap { kind in
      faults.counts[kind].map { (name: kind.rawValue, value: JSONValue.integer($0)) }
    }
    return JSONValue.object([
      ("sound", .boolean(faults.isEmpty)), ("shards", .integer(shardCount)),
      ("sequences", .integer(sequenceCount)), ("tokens", .integer(tokenCount)),
      ("documents", .integer(documentCount)), ("bytes", .integer(byteCount)),
      ("documents_encoded_again", .integer(triedDocumentCount)),
      ("faults", .object(counts)), ("first_faults", .array(faults.first.map(value))),
    ]).text
  }

  /// For people: the first fault, how many there are of each kind, and the first of each.
  package var words: String {
    let read =
      "\(Words.count(shardCount)) shards, \(Words.count(sequenceCount)) sequences, "
      + "\(Words.count(tokenCount)) tokens, \(Words.bytes(byteCount)) read; "
      + (triedDocumentCount > 0
        ? "\(Words.count(triedDocumentCount)) documents decoded and encoded again\n"
        : "no document decoded and encoded again: that takes texts, their tokenizer and known ends\n")
    guard let first = faults.first.first else { return read + "Sound.\n" }
    var text = read + "First fault: \(first.words)\n"
    for kind in ShardFault.Kind.allCases {
      guard let count = faults.counts[kind] else { continue }
      text += "\(kind.rawValue): \(Words.count(count))\n"
      for fault in faults.first where fault.kind == kind && fault != first {
        text += "  \(fault.words)\n"
      }
    }
    return text
  }
}
