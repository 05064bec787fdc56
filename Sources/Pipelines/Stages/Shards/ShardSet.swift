internal import ByteKernels
internal import Packing

/// A set of token shards as its own file `shards.json` describes it: what tools that come later read.
package struct ShardSet: Codable, Sendable, Equatable {
  package static let fileName = "shards.json"

  /// One file of the set.
  package struct File: Codable, Sendable, Equatable {
    /// Relative to the folder of `shards.json`.
    package var path: String
    package var bytes: Int
    /// XXH64 of the content, seed 0, in 16 hexadecimal digits.
    package var xxh64: String
  }

  /// One shard with all its files, its provenance among them.
  package struct Shard: Codable, Sendable, Equatable {
    /// The path prefix of its files, relative to the folder of `shards.json`.
    package var name: String
    /// `train`, `val` or `test`.
    package var part: String
    package var number: Int
    package var sequences: Int
    /// With padding.
    package var tokens: Int
    package var padding: Int
    package var documents: Int
    package var files: [File]
  }

  package struct Tokenizer: Codable, Sendable, Equatable {
    /// The base name of the file that encoded the documents.
    package var name: String
    package var files: [File]
  }

  /// The version of this file's layout.
  package var version: Int
  package var format: String
  /// What the format calls its tokens: `uint16`, `int32`; null when there is no shard.
  package var tokenType: String?
  package var vocabularySize: Int
  package var endOfDocument: UInt32?
  package var beginningOfDocument: UInt32?
  package var padding: UInt32
  package var strategy: String
  /// 0 when every document is a sequence of its own.
  package var sequenceLength: Int
  package var hasLossMasks: Bool
  package var isCompressed: Bool
  /// True when text that looks like a special token has become that token.
  package var allowsSpecialTokens: Bool
  /// What was written around the messages of conversations; nil when records were texts.
  package var chatTemplate: String?
  /// True when documents were taken out after the packing.
  package var hasForgotten: Bool
  /// True when sequences were made of parts of documents, so that one may stop inside of a sequence without
  /// its end.
  package var hasCutDocuments: Bool
  package var seed: Int
  package var tokenizer: Tokenizer
  package var shards: [Shard]
  /// Files that speak of several shards.
  package var files: [File]

  static let currentVersion = 1

  enum CodingKeys: String, CodingKey {
    case version, format, padding, strategy, seed, tokenizer, shards, files
    case tokenType = "token_type"
    case vocabularySize = "vocabulary_size"
    case endOfDocument = "end_of_document"
    case beginningOfDocument = "beginning_of_document"
    case sequenceLength = "sequence_length"
    case hasLossMasks = "has_loss_masks"
    case isCompressed = "is_compressed"
    case allowsSpecialTokens = "allows_special_tokens"
    case chatTemplate = "chat_template"
    case hasForgotten = "has_forgotten"
    case hasCutDocuments = "has_cut_documents"
  }

  /// The sums over the shards of one part, as a shard without files.
  func total(of part: SplitPart) -> (shardCount: Int, sum: Shard) {
    var sum = Shard(
      name: "", part: part.rawValue, number: 0, sequences: 0, tokens: 0, padding: 0, documents: 0,
      files: [])
    let members = shards.filter { $0.part == part.rawValue }
    for shard in members {
      sum.sequences += shard.sequences
      sum.tokens += shard.tokens
      sum.padding += shard.padding
      sum.documents += shard.documents
    }
    return (members.count, sum)
  }
}

extension ShardSet.File {
  /// A file as a set in `folder` names it.
  init(_ published: OutputFile.Published, in folder: String) {
    self.init(
      path: Self.relative(published.path, to: folder), bytes: published.byteCount,
      xxh64: Hexadecimal.digits(published.checksum))
  }

  /// The path of a file seen from a folder; both absolute.
  static func relative(_ path: String, to folder: String) -> String {
    var (steps, base) = (path.split(separator: "/")[...], folder.split(separator: "/")[...])
    while let step = steps.first, step == base.first {
      steps = steps.dropFirst()
      base = base.dropFirst()
    }
    return (base.map { _ in ".." } + steps).joined(separator: "/")
  }
}
