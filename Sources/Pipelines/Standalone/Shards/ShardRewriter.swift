internal import ByteKernels
internal import Packing

/// Writes a shard anew without some of its documents.
///
/// What stays keeps its order and its sequence. A sequence of one document goes with it; in one of fixed
/// length the pieces that stay close up, and padding fills it.
struct ShardRewriter {
  private let entry: ShardSet.Shard
  private let folder: ShardSetFolder
  private let shard: LocatedShard
  private let provenance: ProvenanceReader
  /// The numbers of the documents that go, rising.
  private let forgotten: [UInt32]

  /// Finds the documents that go.
  init(
    _ entry: ShardSet.Shard, in folder: ShardSetFolder, _ matcher: ForgetMatcher
  ) throws {
    self.entry = entry
    self.folder = folder
    // Damaged origins hide documents.
    let path = ProvenanceWriter.path(ofShard: entry.name)
    try folder.requireSound(entry.files.filter { $0.path == path })
    shard = try LocatedShard(entry, in: folder)
    guard let provenance = try shard.makeProvenance() else {
      throw RunError(
        path: shard.path, message: "has no provenance beside it, so no document can be found in it")
    }
    self.provenance = provenance
    var forgotten: [UInt32] = []
    try provenance.forEachOrigin { number, origin in
      if matcher.matches(origin) { forgotten.append(UInt32(number)) }
    }
    self.forgotten = forgotten
  }

  var foundCount: Int { forgotten.count }

  /// Writes what stays below `staging`, under the names it has in the set.
  ///
  /// Refuses a shard that is not as the set describes it: new digests would vouch for the damage.
  func rewrite(to staging: String, _ plan: ForgetPlan) throws -> ForgottenShard {
    try folder.requireSound(entry.files)
    let prefix = "\(staging)/\(entry.name)"
    if let slash = prefix.lastIndex(of: "/") { try FileSystem.makeFolder(String(prefix[..<slash])) }
    let description = TokenShardDescription(folder.set)
    if let obstacle = shard.format.layout.obstacle(description) {
      throw folder.wrongDescription(obstacle)
    }
    guard description.padding < description.vocabularySize else {
      throw folder.wrongDescription(
        "the padding \(description.padding) is outside of the vocabulary")
    }
    let writer = try shard.format.layout.writer(prefix: prefix, description)
    let kept = ProvenanceWriter(prefix: prefix, hasLossMask: description.hasLossMasks)
    var found = try splitOrigins(kept, writer)
    var paddingCount = 0
    var sequences = try ShardSequences(shard)
    while var sequence = try sequences.next() {
      try check(sequence, at: sequences.tokenOffset - sequence.tokens.count)
      count(sequence, &found)
      guard cut(&sequence) else { continue }
      paddingCount += sequence.paddingCount
      try writer.append(sequence)
      try kept.append(sequence)
    }
    guard try sequences.number == sequences.count && sequences.isAtEnd() else {
      throw RunError(
        path: shard.path, message: "has other tokens than its provenance tells; verify it")
    }
    let after = try ShardSet.Shard.publish(
      entry.name, entry.part, entry.number, writer, kept, paddingCount: paddingCount, in: staging)
    return ForgottenShard(
      plan: try plan.identity, name: entry.name, found: found, before: entry.files, after: after)
  }

  /// Refuses lengths and ids that no writer takes.
  private func check(_ sequence: PackedSequence, at offset: Int) throws {
    let length = folder.set.sequenceLength
    if !shard.format.layout.holdsAnyLength, sequence.tokens.count != length {
      throw folder.wrongDescription(
        "\(entry.name) has a sequence of \(sequence.tokens.count) tokens, not \(length)")
    }
    let limit = folder.set.vocabularySize
    if let place = sequence.tokens.firstIndex(where: { $0 >= limit }) {
      throw RunError(
        path: shard.path,
        message:
          "has at token \(offset + place) the id \(sequence.tokens[place]), which is not below "
          + "the vocabulary size \(limit); verify it")
    }
  }

  /// Hands the origins that stay to the new provenance and the writer, and returns the others.
  private func splitOrigins(
    _ kept: ProvenanceWriter, _ writer: any TokenShardWriter
  ) throws -> [ForgottenShard.Document] {
    var found: [ForgottenShard.Document] = []
    try provenance.forEachOrigin { number, origin in
      if found.count < forgotten.count, Int(forgotten[found.count]) == number {
        found.append(
          .init(
            id: origin.id, source: origin.source, record: origin.record, url: origin.url, tokens: 0)
        )
      } else {
        _ = try kept.add(origin)
        try writer.add(origin)
      }
    }
    return found
  }

  /// How many of the documents that go have a smaller number, and whether this one goes.
  private func rank(_ document: UInt32) -> (before: Int, isForgotten: Bool) {
    var (low, high) = (0, forgotten.count)
    while low < high {
      let middle = (low + high) / 2
      if forgotten[middle] < document { low = middle + 1 } else { high = middle }
    }
    return (low, low < forgotten.count && forgotten[low] == document)
  }

  private func count(_ sequence: PackedSequence, _ found: inout [ForgottenShard.Document]) {
    for piece in sequence.pieces where !piece.isPadding {
      let (place, isForgotten) = rank(piece.document)
      if isForgotten { found[place].tokens += piece.count }
    }
  }

  /// Leaves what stays of a sequence, with documents by their new numbers; false when that is nothing.
  private func cut(_ sequence: inout PackedSequence) -> Bool {
    var left = PackedSequence()
    var start = 0
    var isCut = false
    for var piece in sequence.pieces {
      defer { start += piece.count }
      if !piece.isPadding {
        let (before, isForgotten) = rank(piece.document)
        if isForgotten {
          isCut = true
          continue
        }
        piece.document -= UInt32(before)
      }
      left.pieces.append(piece)
      left.tokens += sequence.tokens[start..<(start + piece.count)]
      if !sequence.lossMask.isEmpty {
        left.lossMask += sequence.lossMask[start..<(start + piece.count)]
      }
    }
    if left.pieces.allSatisfy(\.isPadding) { return !isCut }
    if isCut, folder.set.sequenceLength > 0 {
      left.pad(to: sequence.tokens.count, with: folder.set.padding)
    }
    sequence = left
    return true
  }
}

extension PackedSequence {
  /// Fills a sequence up to a length.
  fileprivate mutating func pad(to count: Int, with token: UInt32) {
    let missing = count - tokens.count
    tokens += repeatElement(token, count: missing)
    if !lossMask.isEmpty { lossMask += repeatElement(0, count: missing) }
    if let last = pieces.last, last.isPadding {
      pieces[pieces.count - 1].count += missing
    } else if missing > 0 {
      pieces.append(Piece(document: Piece.padding, count: missing))
    }
  }
}

extension ShardSetFolder {
  fileprivate func wrongDescription(_ message: String) -> RunError {
    RunError(
      path: "\(path)/\(ShardSet.fileName)",
      message: "does not fit the shards: \(message); run 'gristmill verify'")
  }

  /// Refuses files that are not as the set describes them.
  fileprivate func requireSound(_ files: [ShardSet.File]) throws {
    var faults = ShardFaults()
    _ = FileCheck.run(files, in: self, &faults)
    guard let fault = faults.first.first else { return }
    throw RunError(
      path: fault.file,
      message:
        "\(fault.message); nothing is taken out of damaged shards: run 'gristmill verify', and "
        + "restore what it names")
  }
}

extension TokenShardDescription {
  /// What shards of a set have in common.
  init(_ set: ShardSet) {
    self.init(
      vocabularySize: set.vocabularySize, endOfDocument: set.endOfDocument,
      beginningOfDocument: set.beginningOfDocument, padding: set.padding,
      sequenceLength: set.sequenceLength, tokenizerName: set.tokenizer.name,
      hasLossMasks: set.hasLossMasks,
      tellsDocuments: set.strategy != PackingStrategy.concatenate.rawValue,
      isCompressed: set.isCompressed)
  }
}
