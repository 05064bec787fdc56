internal import ByteKernels
internal import Packing

/// Writes shards one after the other into a new one of another layout, with their provenance.
final class TokenShardCopy {
  /// Tokens that came in, without padding.
  private(set) var takenTokenCount = 0
  /// Tokens of padding in what was written.
  private(set) var paddingCount = 0
  /// Sequences without a token, which were left out.
  private(set) var emptySequenceCount = 0
  /// True when new sequences have pieces that end inside of them without the end of their document.
  private(set) var cutsDocuments = false

  private let name: String
  private let description: TokenShardDescription
  private let writer: any TokenShardWriter
  private let provenance: ProvenanceWriter
  /// Makes new sequences of the pieces; nil when sequences stay as they are.
  private let packer: (any SequencePacker)?
  /// True when the layout holds sequences of one length alone.
  private let isOfOneLength: Bool
  /// What went to the packer and has not all come out: by its number there, from `firstSlice` on.
  private var slices: [PackedSequence.Piece] = []
  private var firstSlice: UInt32 = 0

  /// Starts the shard `name` below `folder`.
  init(
    _ name: String, in folder: String, _ layout: any TokenShardLayout.Type,
    _ description: TokenShardDescription, packsAnew: Bool
  ) throws {
    self.name = name
    self.description = description
    let prefix = "\(folder)/\(name)"
    if let slash = prefix.lastIndex(of: "/") { try FileSystem.makeFolder(String(prefix[..<slash])) }
    writer = try layout.writer(prefix: prefix, description)
    provenance = ProvenanceWriter(prefix: prefix, hasLossMask: description.hasLossMasks)
    isOfOneLength = !layout.holdsAnyLength
    packer =
      packsAnew
      ? PackingStrategy.concatenate.packer(
        SequenceSettings(), sequenceLength: description.sequenceLength,
        padding: description.padding) : nil
  }

  /// Appends all sequences of a shard.
  func append(_ shard: LocatedShard) throws {
    var sequences = try ShardSequences(shard)
    var numbers = DocumentNumbers(first: provenance.documentCount)
    try sequences.provenance?.forEachOrigin { _, origin in try add(origin) }
    let isKnown = sequences.provenance != nil
    while var sequence = try sequences.next() {
      try check(sequence, endingAt: sequences.tokenOffset, of: shard)
      if isKnown {
        for index in sequence.pieces.indices where !sequence.pieces[index].isPadding {
          sequence.pieces[index].document += numbers.first
        }
      } else {
        try number(&sequence, &numbers, of: shard)
      }
      if sequence.tokens.isEmpty {
        emptySequenceCount += 1
        continue
      }
      takenTokenCount += sequence.tokens.count - sequence.paddingCount
      if let packer { try pack(sequence, packer) } else { try write(sequence, of: shard) }
    }
    guard try sequences.number == sequences.count && sequences.isAtEnd() else {
      throw RunError(
        path: shard.path, message: "has other tokens than its provenance tells; verify it")
    }
  }

  /// Numbers the documents of a sequence, of which no provenance tells; those without a token get none.
  private func number(
    _ sequence: inout PackedSequence, _ numbers: inout DocumentNumbers, of shard: LocatedShard
  ) throws {
    for index in sequence.pieces.indices where !sequence.pieces[index].isPadding {
      sequence.pieces[index].document = numbers.number(of: sequence.pieces[index])
      if numbers.isNew { try add(shard.origin(ofDocument: numbers.lastPlace)) }
    }
    sequence.pieces.removeAll { $0.count == 0 }
  }

  /// Refuses what no writer takes, by the shard that has it.
  private func check(
    _ sequence: PackedSequence, endingAt end: Int, of shard: LocatedShard
  ) throws {
    let size = description.vocabularySize
    if let largest = sequence.tokens.max(), largest >= size,
      let position = sequence.tokens.firstIndex(where: { $0 >= size })
    {
      let token = end - sequence.tokens.count + position
      throw RunError(
        path: shard.path,
        message:
          "has the id \(sequence.tokens[position]) at token \(token), and the vocabulary has "
          + "\(size) ids; 'gristmill verify' finds all such tokens, and --vocabulary-size takes them in"
      )
    }
    let count = sequence.pieces.reduce(0) { $0 + $1.count }
    let largestStart = sequence.pieces.reduce(0) { max($0, $1.start + $1.count) }
    guard count == sequence.tokens.count, largestStart <= UInt32.max else {
      throw RunError(
        path: shard.path, message: "has other tokens than its provenance tells; verify it")
    }
    guard sequence.lossMask.isEmpty || description.hasLossMasks else {
      throw RunError(
        path: shard.path, message: "has a loss mask, and its set says that it has none; verify it")
    }
  }

  /// Publishes the shard; nil when nothing came in.
  func finish(_ part: SplitPart, _ number: Int, in folder: String) throws -> ShardSet.Shard? {
    if let packer { try packer.finish(to: writePacked) }
    return try ShardSet.Shard.publish(
      name, part.rawValue, number, writer, provenance, paddingCount: paddingCount, in: folder)
  }

  private func add(_ origin: DocumentOrigin) throws {
    try writer.add(origin)
    _ = try provenance.add(origin)
  }

  private func write(_ sequence: PackedSequence, of shard: LocatedShard) throws {
    if isOfOneLength, sequence.tokens.count != description.sequenceLength {
      throw RunError(
        path: shard.path,
        message: "has a sequence of \(sequence.tokens.count) tokens among those of "
          + "\(description.sequenceLength), and the format holds one length; give a sequence length "
          + "to pack the documents anew")
    }
    try hand(sequence)
  }

  private func hand(_ sequence: PackedSequence) throws(FileError) {
    paddingCount += sequence.paddingCount
    try writer.append(sequence)
    try provenance.append(sequence)
  }

  /// Hands the pieces of a sequence to the packer, each as a document by itself; those that go on one
  /// another are joined again behind it.
  private func pack(_ sequence: PackedSequence, _ packer: any SequencePacker) throws {
    var start = 0
    for piece in sequence.pieces {
      let range = start..<(start + piece.count)
      start += piece.count
      if piece.isPadding || range.isEmpty { continue }
      let number = firstSlice + UInt32(slices.count)
      slices.append(piece)
      try packer.append(
        EncodedDocument(
          number: number, tokens: Array(sequence.tokens[range]),
          lossMask: sequence.lossMask.isEmpty ? [] : Array(sequence.lossMask[range])),
        to: writePacked)
    }
  }

  /// Gives what the packer made the numbers and places of the documents again.
  private func writePacked(_ sequence: PackedSequence) throws(FileError) {
    var sequence = sequence
    var last = firstSlice
    for index in sequence.pieces.indices where !sequence.pieces[index].isPadding {
      last = sequence.pieces[index].document
      let slice = slices[Int(last - firstSlice)]
      sequence.pieces[index].document = slice.document
      sequence.pieces[index].start += slice.start
    }
    // End to end, a sequence ends in the slice that the next may begin with.
    slices.removeFirst(Int(last - firstSlice))
    firstSlice = last
    // What sequences have cut and what follows is whole again.
    sequence.joinPieces()
    if !cutsDocuments { cutsDocuments = stopsWithoutEnd(sequence) }
    try hand(sequence)
  }

  /// True when a piece stops inside of the sequence without the end of its document, as far as that can be
  /// seen.
  private func stopsWithoutEnd(_ sequence: PackedSequence) -> Bool {
    zip(sequence.pieces, sequence.cumulativeLengths).contains { piece, stop in
      !piece.isPadding && stop < sequence.tokens.count
        && description.endOfDocument.map { $0 != sequence.tokens[stop - 1] } ?? true
    }
  }
}

/// Numbers for documents that nobody has numbered: each piece is a document, but one that goes on.
private struct DocumentNumbers {
  let first: UInt32
  private(set) var isNew = false
  /// The place of the last document among all of the shard, those without a token included.
  private(set) var lastPlace = -1
  private var count = 0
  private var last: PackedSequence.Piece?

  init(first: Int) { self.first = UInt32(first) }

  /// The number of the document that a piece is of; a piece without a token makes no document.
  mutating func number(of piece: PackedSequence.Piece) -> UInt32 {
    let goesOn = piece.start > 0 && piece.document == last?.document
    if !goesOn { lastPlace += 1 }
    isNew = !goesOn && piece.count > 0
    if isNew { count += 1 }
    if piece.count > 0 { last = piece }
    return first + UInt32(max(0, count - 1))
  }
}

extension LocatedShard {
  /// What can be said of a document whose shard has no provenance.
  fileprivate func origin(ofDocument number: Int) -> DocumentOrigin {
    let name = FileSystem.baseName(path)
    return DocumentOrigin(id: "\(name)#\(number)", source: name)
  }
}
