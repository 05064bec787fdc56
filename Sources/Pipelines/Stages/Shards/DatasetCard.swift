internal import ByteKernels
internal import Packing

/// What there is to know of a set of shards, as `dataset_card.json` holds it and `dataset_card.md` tells
/// it.
struct DatasetCard: Codable {
  static let jsonName = "dataset_card.json"
  static let textName = "dataset_card.md"

  /// Documents and tokens under one name.
  struct Share: Codable {
    /// Null for the names that are not listed.
    var name: String?
    var documents: Int
    var tokens: Int
  }

  struct Part: Codable {
    var part: String
    var shards: Int
    var sequences: Int
    var tokens: Int
    var padding: Int
    var documents: Int
  }

  /// What was taken out of the shards after they were made.
  struct Forgotten: Codable {
    var receipt: String
    var documents: Int
    var tokens: Int
  }

  let gristmill: String
  /// The identity of the run's plan.
  let plan: String
  /// The resolved pipeline: every step with every setting.
  let pipeline: String
  let inputs: [Plan.Input]
  /// Models and tokenizers that steps read.
  let dependencies: [Plan.Dependency]
  let stages: [RunLedger.Entry]
  /// By the names that documents carry, the most tokens first, as they were packed.
  let sources: [Share]
  let languages: [Share]
  let licenses: [Share]
  var parts: [Part] = []
  var forgotten: [Forgotten] = []
  /// The set without its list of shards.
  var set: ShardSet
  /// Every file of the set.
  var files: [ShardSet.File] = []

  private static let maximumNameCount = 100

  /// Takes a plan without paths of one machine.
  init(plan: Plan, set: ShardSet, stages: [RunLedger.Entry], counts: PackedCounts) {
    gristmill = plan.toolVersion
    self.plan = plan.identity
    pipeline = plan.pipeline
    inputs = plan.inputs
    dependencies = plan.dependencies
    self.stages = stages
    sources = Self.shares(counts.sources)
    languages = Self.shares(counts.languages)
    licenses = Self.shares(counts.licenses)
    self.set = set
    describe(set)
  }

  /// Takes over what changes with the shards.
  mutating func describe(_ set: ShardSet) {
    self.set = set
    self.set.shards = []
    files = set.shards.flatMap(\.files) + set.files
    parts = SplitPart.allCases.compactMap { part in
      let (count, sum) = set.total(of: part)
      if count == 0 { return nil }
      return Part(
        part: part.rawValue, shards: count, sequences: sum.sequences, tokens: sum.tokens,
        padding: sum.padding, documents: sum.documents)
    }
  }

  /// Writes both files.
  func publish(in folder: String) throws -> [OutputFile.Published] {
    let text = try OutputFile(path: "\(folder)/\(Self.textName)")
    try text.write(Array(DatasetCardText(self).text.utf8))
    return [
      try JSONFile.publish(self, to: "\(folder)/\(Self.jsonName)"), try text.publish(),
    ]
  }

  private static func shares(_ counts: NameCounts) -> [Share] {
    let (names, rest) = counts.largest(maximumNameCount)
    var shares = names.map {
      Share(name: $0.name, documents: $0.count.documents, tokens: $0.count.tokens)
    }
    if rest.documents > 0 {
      shares.append(Share(name: nil, documents: rest.documents, tokens: rest.tokens))
    }
    return shares
  }
}
