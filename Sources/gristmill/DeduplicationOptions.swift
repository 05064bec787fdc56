import ArgumentParser
import ByteKernels
import Deduplication
import Pipelines
import TextAnalysis

/// What counts as a duplicate and which copy stays.
struct DeduplicationOptions: ParsableArguments {
  /// What `--exact` looks for.
  enum ExactDuplicates: String, CaseIterable, ExpressibleByArgument {
    case document, url, paragraph, line, substring
  }

  @Option(
    help: ArgumentHelp(
      "Whose rules to go by where no option says otherwise: "
        + "\(DeduplicationProfile.allCases.map(\.rawValue).joined(separator: ", ")).",
      valueName: "name"))
  var profile = DeduplicationProfile.default

  @Option(help: "Words in a shingle, or what else the profile makes shingles of.")
  var shingle: Int?

  @Option(
    help: ArgumentHelp(
      "Similarity (Jaccard) from which documents are duplicates, above 0 and below 1; chooses bands "
        + "and rows that are not given.", valueName: "similarity"))
  var threshold: Double?

  @Option(help: "Bands of the signature.")
  var bands: Int?

  @Option(help: "Min-hashes in a band.")
  var rows: Int?

  @Option(
    help: """
      Which copy stays: first, longest, shortest, score, oldest, newest, sources or url; or several \
      with commas between them, each deciding the ties of those before.
      """)
  var keep: KeepOrder?

  @Option(
    help: """
      Look for what is exactly the same, and for near duplicates no more; may be repeated. A \
      document or url removes documents, the others cut text out of them.
      """)
  var exact: [ExactDuplicates] = []

  @Option(help: "The folder of an index of signatures: what is like a document of it is removed.")
  var against: String?

  @Flag(help: "Add the documents that stay to the index.")
  var update = false

  @Option(help: "Every random choice derives from it.")
  var seed = 0

  func validate() throws {
    if seed < 0 { throw ValidationError("--seed must be at least 0.") }
    if !exact.isEmpty, threshold != nil || shingle != nil || bands != nil || rows != nil {
      throw ValidationError(
        "--exact looks for no near duplicates; leave out --threshold, --shingle, --bands and --rows."
      )
    }
    if update && against == nil {
      throw ValidationError("--update adds to an index: name its folder with --against.")
    }
  }

  /// The settings of the profile with the overrides, and these options over both.
  func settings(_ overrides: [SettingOverride]) throws -> DeduplicationSettings {
    let profile = SettingOverride("\(DeduplicationOwner.name).profile=\(profile.rawValue)")
    var settings = try DeduplicationSettings.overridden(
      by: [profile].compactMap(\.self) + overrides, owner: DeduplicationOwner.name)
    if let shingle { settings.shingleSize = shingle }
    if let threshold { settings.threshold = threshold }
    if let bands { settings.bands = bands }
    if let rows { settings.rows = rows }
    if let keep { settings.keep = keep }
    if !exact.isEmpty { lookForExactDuplicates(&settings) }
    if let against { settings.index.against = PathSetting(FileSystem.absolute(against)) }
    if update { settings.index.update = true }
    return settings
  }

  private func lookForExactDuplicates(_ settings: inout DeduplicationSettings) {
    settings.near = false
    settings.exact = exact.contains(.document)
    settings.urls = exact.contains(.url)
    for kind in exact {
      switch kind {
      case .document, .url: break
      case .paragraph: turnOn(&settings.pieces.paragraphs)
      case .line: turnOn(&settings.pieces.lines)
      case .substring: turnOn(&settings.pieces.substrings)
      }
    }
  }

  /// The first copy stays, unless a setting says otherwise.
  private func turnOn(_ rule: inout CopyRule) {
    if rule == .off { rule = .first }
  }

}

/// The settings of the stage, as in a pipeline file.
enum DeduplicationOwner: SettingOwner {
  static let name = "deduplicate"
  static let subject = "what counts as a duplicate"
  static let example = "partitions=64"
}

extension DeduplicationProfile: ExpressibleByArgument {}

extension KeepOrder: ExpressibleByArgument {
  /// The rules' names with commas between them.
  public init?(argument: String) { self.init(names: argument) }
}
