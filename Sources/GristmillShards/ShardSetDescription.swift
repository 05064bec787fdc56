internal import ByteKernels
internal import FoundationEssentials
internal import Packing

/// What of `shards.json` tells where shards are and how to open them.
struct ShardSetDescription: Decodable {
  struct Shard: Decodable {
    let name: String
    let part: String
    let number: Int
    let sequences: Int?
    let tokens: Int?
  }

  let format: String
  let shards: [Shard]
  let tokenType: String?
  let endOfDocument: UInt32?
  let beginningOfDocument: UInt32?

  enum CodingKeys: String, CodingKey {
    case format, shards
    case tokenType = "token_type"
    case endOfDocument = "end_of_document"
    case beginningOfDocument = "beginning_of_document"
  }

  static let fileName = "shards.json"

  /// The description in a folder; nil when there is none.
  static func read(in folder: String) throws(ShardsError) -> ShardSetDescription? {
    let path = "\(folder)/\(fileName)"
    if FileSystem.status(path) == nil { return nil }
    do {
      return try JSONDecoder().decode(Self.self, from: Data(contentsOf: URL(filePath: path)))
    } catch {
      throw ShardsError(message: "\(path): no description of shards: \(error)")
    }
  }

  var hints: TokenShardHints {
    TokenShardHints(
      tokenByteCount: tokenType.flatMap(TokenType.init)?.byteCount, endOfDocument: endOfDocument,
      beginningOfDocument: beginningOfDocument)
  }
}
