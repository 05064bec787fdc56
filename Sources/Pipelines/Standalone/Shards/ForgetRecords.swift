internal import ByteKernels

/// The receipts of what was taken out of a set of shards.
enum ForgetReceipts {
  static let folder = "forget-receipts"

  /// How many there are.
  static func count(in setFolder: String) -> Int {
    FileSystem.files(in: "\(setFolder)/\(folder)").filter { $0.hasSuffix(".json") }.count
  }

  /// The name of the next one, relative to the folder of the set.
  static func nextName(in setFolder: String) -> String {
    "\(folder)/\(RunFolder.number(count(in: setFolder) + 1)).json"
  }
}

/// What is being taken out of a set, set down before the first shard changes.
struct ForgetPlan: Codable {
  static let folder = ".forget"

  let request: ForgetRequest
  /// The names of the shards that hold something asked for.
  let shards: [String]
  /// The name that the receipt will have.
  let receipt: String

  static func path(in setFolder: String) -> String { "\(setFolder)/\(folder)/plan.json" }

  static func read(in setFolder: String) throws -> ForgetPlan? {
    try JSONFile.read(ForgetPlan.self, from: path(in: setFolder))
  }
}

/// What became of one shard; once it is set down, the new files only need to be put in place.
struct ForgottenShard: Codable {
  struct Document: Codable {
    let id: String
    let source: String
    let record: String
    let url: String
    var tokens: Int
  }

  let name: String
  let found: [Document]
  let before: [ShardSet.File]
  /// As the shard is now; nil when nothing is left of it.
  let after: ShardSet.Shard?

  var tokenCount: Int { found.reduce(0) { $0 + $1.tokens } }

  static func path(of index: Int, in setFolder: String) -> String {
    "\(setFolder)/\(ForgetPlan.folder)/shard-\(RunFolder.number(index)).json"
  }
}

/// What was asked for, what was found and what changed, as it stays beside the shards.
struct ForgetReceipt: Codable {
  struct Shard: Codable {
    let name: String
    let documents: [ForgottenShard.Document]
    let before: [ShardSet.File]
    /// Empty when nothing is left of the shard.
    let after: [ShardSet.File]
  }

  let gristmill: String
  let request: ForgetRequest
  let documents: Int
  let tokens: Int
  let shards: [Shard]
}
