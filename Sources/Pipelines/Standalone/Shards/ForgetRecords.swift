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
    let numbers = FileSystem.files(in: "\(setFolder)/\(folder)").compactMap { path in
      Int(FileSystem.baseName(path).prefix { $0 != "." })
    }
    return name((numbers.max() ?? 0) + 1)
  }

  static func isName(_ name: String) -> Bool {
    let number = name.dropFirst(folder.count + 1).prefix { $0 != "." }
    return Int(number).map { Self.name($0) == name } ?? false
  }

  private static func name(_ number: Int) -> String {
    "\(folder)/\(RunFolder.number(number)).json"
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
  /// Those that spoke of several shards before.
  let files: [ShardSet.File]

  static func path(in setFolder: String) -> String { "\(setFolder)/\(folder)/plan.json" }

  /// Nil when nothing is being taken out.
  static func read(in setFolder: String) throws -> ForgetPlan? {
    let path = path(in: setFolder)
    let remedy = "restore it, or remove it when the shards are as they were"
    guard let plan = try JSONFile.read(ForgetPlan.self, from: path, remedy: remedy) else {
      return nil
    }
    guard ForgetReceipts.isName(plan.receipt), Set(plan.shards).count == plan.shards.count,
      (plan.shards + plan.files.map(\.path)).allSatisfy(\.isPlainPath)
    else { throw RunError(path: path, message: "names what no forget does; \(remedy)") }
    return plan
  }

  /// What tells that a shard was rewritten under this plan and no other.
  var identity: String {
    get throws {
      let bytes = try JSONFile.encode(self)
      return Hexadecimal.digits(XXH64.hash(bytes.span))
    }
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

  /// The identity of the plan.
  let plan: String
  let name: String
  let found: [Document]
  let before: [ShardSet.File]
  /// As the shard is now; nil when nothing is left of it.
  let after: ShardSet.Shard?

  var tokenCount: Int { found.reduce(0) { $0 + $1.tokens } }
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
