internal import ByteKernels
internal import Packing
internal import Reports
package import Tokenization

/// Shows what a set of shards, or one shard, holds.
package struct ShardInspection {
  /// What is shown, and what the user says of shards that do not say it.
  package struct Options {
    package var tokenizer: Tokenizer?
    package var endOfDocument: UInt32?
    package var tokenByteCount: Int?
    /// The first sequence shown.
    package var sequence = 0
    package var count = 3

    package init() {}
  }

  /// A fact as programs and as people read it.
  private struct Fact {
    let name: String
    let json: JSONValue
    let words: String
  }

  private var facts: [Fact] = []
  private var shown: [JSONValue] = []
  private var texts: [String] = []

  /// Looks at a folder with a set, or at a shard; nil when the path leads to neither.
  package init?(_ path: String, _ options: Options) throws {
    if FileSystem.status(path)?.isDirectory == true {
      guard let folder = try ShardSetFolder(at: path) else { return nil }
      try self.init(folder, options)
      return
    }
    let hints = TokenShardHints(
      tokenByteCount: options.tokenByteCount, endOfDocument: options.endOfDocument)
    guard try LocatedShard.isShard(path, hints) else { return nil }
    try self.init(LocatedShard(path, hints: hints), options)
  }

  private init(_ folder: ShardSetFolder, _ options: Options) throws {
    let set = folder.set
    add("path", folder.path)
    describe(set)
    for part in SplitPart.allCases {
      let (count, sum) = set.total(of: part)
      if count == 0 { continue }
      facts.append(
        Fact(
          name: part.rawValue,
          json: .object([
            ("shards", .integer(count)), ("documents", .integer(sum.documents)),
            ("sequences", .integer(sum.sequences)), ("tokens", .integer(sum.tokens)),
            ("padding", .integer(sum.padding)),
          ]),
          words: "\(Words.count(count)) shards, \(Words.count(sum.documents)) documents, "
            + "\(Words.count(sum.sequences)) sequences, \(Words.count(sum.tokens)) tokens"))
    }
    add(
      waste: set.shards.reduce(0) { $0 + $1.padding }, of: set.shards.reduce(0) { $0 + $1.tokens })
    add("forgotten", ForgetReceipts.count(in: folder.path))
    var lengths = SequenceLengths()
    for entry in set.shards {
      guard let provenance = try LocatedShard(entry, in: folder).makeProvenance() else { continue }
      for sequence in 0..<provenance.sequenceCount {
        lengths.add(provenance.tokens(ofSequence: sequence).count)
      }
    }
    facts.append(Fact(name: "lengths", json: lengths.json, words: lengths.words))
    try show(folder, options)
  }

  /// Shows sequences of a set, counted over its shards in their order.
  private mutating func show(_ folder: ShardSetFolder, _ options: Options) throws {
    var rest = options
    for entry in folder.set.shards where rest.count > 0 {
      if rest.sequence >= entry.sequences {
        rest.sequence -= entry.sequences
        continue
      }
      let shownCount = shown.count
      try show(LocatedShard(entry, in: folder), rest)
      rest.count -= shown.count - shownCount
      rest.sequence = 0
    }
    let count = folder.set.shards.reduce(0) { $0 + $1.sequences }
    if shown.isEmpty, options.count > 0, count > 0 {
      throw Self.beyond(folder.path, options.sequence, count)
    }
  }

  private static func beyond(_ path: String, _ sequence: Int, _ count: Int) -> PipelineError {
    PipelineError(file: path, message: "has the sequences 0 to \(count - 1), not \(sequence)")
  }

  private init(_ shard: LocatedShard, _ options: Options) throws {
    add("path", shard.path)
    let reader = try shard.makeReader()
    add("token type", reader.tokenTypeName)
    if let set = shard.folder?.set { describe(set) } else { add("format", shard.format.rawValue) }
    if let entry = shard.entry { add("part", entry.part) }
    var lengths = SequenceLengths()
    var paddingCount = 0
    if let provenance = try shard.makeProvenance() {
      for sequence in 0..<provenance.sequenceCount {
        lengths.add(provenance.tokens(ofSequence: sequence).count)
        paddingCount += provenance.pieces(ofSequence: sequence).reduce(0) {
          $0 + ($1.isPadding ? $1.count : 0)
        }
      }
      add("documents", provenance.documentCount)
    } else {
      var sequences = try ShardSequences(shard)
      while let sequence = try sequences.next() { lengths.add(sequence.tokens.count) }
    }
    add("sequences", lengths.count)
    add("tokens", lengths.sum)
    add(waste: paddingCount, of: lengths.sum)
    facts.append(Fact(name: "lengths", json: lengths.json, words: lengths.words))
    try show(shard, options)
  }

  private mutating func describe(_ set: ShardSet) {
    add("format", set.format)
    if facts.allSatisfy({ $0.name != "token type" }) { add("token type", set.tokenType ?? "none") }
    add("strategy", set.strategy)
    add("sequence length", set.sequenceLength)
    add("vocabulary size", set.vocabularySize)
    add("tokenizer", set.tokenizer.name)
    if let end = set.endOfDocument { add("end of document", Int(end)) }
  }

  private mutating func add(_ name: String, _ text: String) {
    facts.append(Fact(name: name, json: .string(text), words: text))
  }

  private mutating func add(_ name: String, _ number: Int) {
    facts.append(Fact(name: name, json: .integer(number), words: Words.count(number)))
  }

  private mutating func add(waste padding: Int, of tokens: Int) {
    let share = tokens == 0 ? 0 : Double(padding) / Double(tokens)
    facts.append(
      Fact(
        name: "padding",
        json: .object([("tokens", .integer(padding)), ("share", .number(share))]),
        words: "\(Words.count(padding)) tokens, \(Words.decimal(100 * share, 2)) %"))
  }

  /// Shows some sequences with their pieces.
  private mutating func show(_ shard: LocatedShard, _ options: Options) throws {
    let tokenizer =
      try options.tokenizer ?? shard.folder?.tokenizerPath.map { try Tokenizer(contentsOf: $0) }
    var sequences = try ShardSequences(shard)
    let shownCount = shown.count
    while shown.count - shownCount < options.count {
      let number = sequences.number
      guard let sequence = try sequences.next() else { break }
      if number < options.sequence { continue }
      try show(sequence, number, of: shard, sequences.provenance, tokenizer)
    }
    if shown.count == shownCount, options.count > 0, sequences.count > 0 {
      throw Self.beyond(shard.path, options.sequence, sequences.count)
    }
  }

  private mutating func show(
    _ sequence: PackedSequence, _ number: Int, of shard: LocatedShard,
    _ provenance: ProvenanceReader?,
    _ tokenizer: Tokenizer?
  ) throws {
    var pieces: [JSONValue] = []
    let name = shard.entry?.name ?? FileSystem.baseName(shard.path)
    var text = "sequence \(number) of \(name), \(Words.count(sequence.tokens.count)) tokens\n"
    var start = 0
    for piece in sequence.pieces {
      let tokens = Array(sequence.tokens[start..<(start + piece.count)])
      start += piece.count
      let origin =
        piece.isPadding ? nil : try provenance?.origin(ofDocument: Int(piece.document))
      let words = tokenizer.map { Self.text(of: tokens, $0) }
      pieces.append(
        .object([
          ("document", piece.isPadding ? .null : .integer(Int(piece.document))),
          ("id", origin.map { .string($0.id) } ?? .null), ("start", .integer(piece.start)),
          ("tokens", .integer(piece.count)),
          ("text", words.map { .string($0) } ?? .null),
        ]))
      let subject =
        piece.isPadding ? "padding" : "document \(piece.document) \(origin?.id ?? "")"
      text +=
        "  \(subject), \(Words.count(piece.count)) tokens from its \(Words.count(piece.start))\n"
      if !piece.isPadding {
        let shown = words ?? tokens.prefix(32).map(String.init).joined(separator: " ")
        text += "    \(shown.prefix(240).replacing("\n", with: "\n    "))\n"
      }
    }
    shown.append(
      .object([
        ("shard", .string(name)), ("sequence", .integer(number)),
        ("tokens", .numbers(sequence.tokens.map(Int.init))),
        (
          "loss_mask", sequence.lossMask.isEmpty ? .null : .numbers(sequence.lossMask.map(Int.init))
        ),
        ("pieces", .array(pieces)),
      ]))
    texts.append(text)
  }

  private static func text(of tokens: [UInt32], _ tokenizer: Tokenizer) -> String {
    let bytes = (try? tokenizer.decode(tokens)) ?? []
    return String(repairing: bytes.span)
  }

  /// On one line.
  package var json: String {
    let members = facts.map { (name: $0.name.replacing(" ", with: "_"), value: $0.json) }
    return JSONValue.object(members + [("shown", .array(shown))]).text
  }

  package var words: String {
    let width = facts.map(\.name.count).max() ?? 0
    let lines = facts.map { fact in
      "\(fact.name)\(String(repeating: " ", count: width - fact.name.count))  \(fact.words)\n"
    }
    return lines.joined() + (texts.isEmpty ? "" : "\n") + texts.joined(separator: "\n")
  }
}
