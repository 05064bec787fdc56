package import ByteKernels

/// One layout of token shards on disk: how they are named, written and read.
package protocol TokenShardLayout {
  /// What a sequence is in this layout.
  static var sequenceKind: SequenceKind { get }
  /// True when sequences of a shard may differ in length.
  static var holdsAnyLength: Bool { get }
  /// True when a split is one file, as its readers expect.
  static var isOneFile: Bool { get }
  /// True when its readers decompress shard files themselves.
  static var canCompress: Bool { get }
  /// True when its readers look for documents by a token before them rather than after.
  static var marksBeginnings: Bool { get }
  /// True when shards have room for loss masks; those of others stand in the provenance alone.
  static var holdsLossMasks: Bool { get }
  /// The most tokens of a shard that its readers take.
  static var largestTokenCount: Int { get }
  /// What the layout appends to a shard's name for each of its files; first that of the file which a
  /// reader is opened with.
  static var fileEndings: [String] { get }
  /// Those of them that a reader can be opened with, as files are named.
  static var firstEndings: [String] { get }

  /// Why shards of this description cannot be written in this layout, with a remedy; nil when they can.
  static func obstacle(_ description: TokenShardDescription) -> String?

  /// The path of a shard below the folder of the set, without what the layout appends: `train-00003`.
  static func name(of part: SplitPart, shard: Int) -> String

  /// Starts the shard with the path prefix `prefix`.
  static func writer(
    prefix: String, _ description: TokenShardDescription
  ) throws(FileError) -> any TokenShardWriter

  /// Writes the files that speak of all shards of a part together, once all shards are there; `names`
  /// are the shards' names in order, below `folder`. Most layouts have none.
  static func writeSetFiles(
    of part: SplitPart, names: [String], in folder: String, _ description: TokenShardDescription
  ) throws(TokenShardError) -> [OutputFile.Published]

  /// True when the file at `path` is the first of a shard in this layout, by its name and content:
  /// what a reader is opened with.
  static func recognises(_ path: String) -> Bool

  /// Opens a shard by the path of its first file.
  static func reader(
    _ path: String, _ hints: TokenShardHints
  ) throws(TokenShardError) -> any TokenShardReader
}

extension TokenShardLayout {
  package static var holdsAnyLength: Bool { sequenceKind == .document }
  package static var isOneFile: Bool { false }
  package static var firstEndings: [String] { [fileEndings[0]] }
  package static var canCompress: Bool { false }
  package static var marksBeginnings: Bool { false }
  package static var holdsLossMasks: Bool { false }
  package static var largestTokenCount: Int { .max }

  package static func obstacle(_ description: TokenShardDescription) -> String? { nil }

  package static func name(of part: SplitPart, shard: Int) -> String {
    "\(part.rawValue)-\(number(shard, digits: 5))"
  }

  /// The number with zeros before it, at least so many digits.
  static func number(_ number: Int, digits: Int) -> String {
    let shortest = String(number)
    return String(repeating: "0", count: max(0, digits - shortest.count)) + shortest
  }

  package static func writeSetFiles(
    of part: SplitPart, names: [String], in folder: String, _ description: TokenShardDescription
  ) throws(TokenShardError) -> [OutputFile.Published] { [] }
}

/// What a sequence of a layout is.
package enum SequenceKind: Sendable {
  /// Any number of tokens; by default a document with what stands around it.
  case document
  /// A sample of one length for all.
  case sample
}

/// What is the same for all shards of a set.
package struct TokenShardDescription: Sendable, Equatable {
  /// One more than the largest id that can occur, special tokens included.
  package var vocabularySize: Int
  /// The id after every document; nil when there is none.
  package var endOfDocument: UInt32?
  /// The id before every document; nil when there is none.
  package var beginningOfDocument: UInt32?
  /// The id that fills sequences up.
  package var padding: UInt32
  /// Tokens of a sequence; 0 when every document is a sequence of its own.
  package var sequenceLength: Int
  /// What the tokenizer is called, for formats that say so.
  package var tokenizerName: String
  /// True when sequences may come with loss masks, so that a layout makes room for them.
  package var hasLossMasks: Bool
  /// True when sequences are packed of documents that attention is to keep apart, so that a layout tells
  /// them where it can.
  package var tellsDocuments: Bool
  /// Compressed where the layout knows compressed shards.
  package var isCompressed: Bool

  package init(
    vocabularySize: Int, endOfDocument: UInt32? = nil, beginningOfDocument: UInt32? = nil,
    padding: UInt32 = 0, sequenceLength: Int = 0, tokenizerName: String = "",
    hasLossMasks: Bool = false, tellsDocuments: Bool = false, isCompressed: Bool = false
  ) {
    precondition(vocabularySize > 0 && vocabularySize <= Int(Int32.max), "ids have 31 bits")
    self.vocabularySize = vocabularySize
    self.endOfDocument = endOfDocument
    self.beginningOfDocument = beginningOfDocument
    self.padding = padding
    self.sequenceLength = sequenceLength
    self.tokenizerName = tokenizerName
    self.hasLossMasks = hasLossMasks
    self.tellsDocuments = tellsDocuments
    self.isCompressed = isCompressed
  }
}

/// What the user says of a shard that does not say it itself.
package struct TokenShardHints: Sendable, Equatable {
  /// Bytes of a token, 2 or 4, where the format does not tell.
  package var tokenByteCount: Int?
  /// The id that ends documents, where the format has no boundaries.
  package var endOfDocument: UInt32?
  /// The id that begins documents, where the format has no boundaries; not looked at when there is one
  /// that ends them.
  package var beginningOfDocument: UInt32?
  /// Tokens of a sequence, where the format has no boundaries of sequences; goes before the ids above.
  package var sequenceLength: Int?

  package init(
    tokenByteCount: Int? = nil, endOfDocument: UInt32? = nil, beginningOfDocument: UInt32? = nil,
    sequenceLength: Int? = nil
  ) {
    self.tokenByteCount = tokenByteCount
    self.endOfDocument = endOfDocument
    self.beginningOfDocument = beginningOfDocument
    self.sequenceLength = sequenceLength
  }
}
