internal import Deduplication
internal import Packing
internal import QualityModel
internal import TextAnalysis
internal import Tokenization
internal import Yams

/// Reads a pipeline file: strict, with the place of every fault.
package struct PipelineParser {
  /// The version of the pipeline language this program reads.
  static let languageVersion = 1
  static let sections = ["gristmill", "seed", "read", "stages"]
  static let stages = ["curate", "deduplicate", "select", "documents", "tokenizer", "shards"]

  private var reader: SettingsReader
  private var pipeline = Pipeline()
  private var owners = ["read"]

  private init(reader: SettingsReader) {
    self.reader = reader
  }

  /// The resolved pipeline in `text`; throws every fault at once.
  ///
  /// `folder` is where relative paths in settings count from: the file's own folder.
  package static func parse(
    _ text: String, file: String, folder: String, overrides: [SettingOverride] = []
  ) throws(PipelineError) -> Pipeline {
    let root: Node?
    do {
      root = try Yams.compose(yaml: text)
    } catch {
      throw PipelineError([issue(of: error, file: file)])
    }
    var parser = PipelineParser(
      reader: SettingsReader(file: file, folder: folder, overrides: overrides))
    parser.readSections(of: root)
    parser.reader.reportUnusedOverrides(owners: parser.owners)
    if !parser.reader.issues.isEmpty { throw PipelineError(parser.reader.issues) }
    return parser.pipeline
  }

  private static func issue(of error: any Error, file: String) -> PipelineError.Issue {
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      return .init(
        file: file, line: mark.line, column: mark.column, message: "not YAML: \(problem)")
    case .duplicatedKeysInMapping(let duplicates, let context):
      return .init(
        file: file, line: context.mark.line, column: context.mark.column,
        message: "the same key twice in what begins here: \(duplicates.joined(separator: ", "))")
    default:
      return .init(file: file, message: "not YAML: \(error)")
    }
  }

  private mutating func readSections(of root: Node?) {
    guard let root, let mapping = root.mapping else {
      reader.report(
        "a pipeline file has the keys \(Self.sections.joined(separator: ", "))", at: root)
      return
    }
    if mapping["gristmill"] == nil {
      reader.report("the first line must be 'gristmill: 1', the language's version", at: root)
    }
    if mapping["stages"] == nil {
      reader.report(
        "'stages' is missing: a list of \(Self.stages.joined(separator: ", "))", at: root)
    }
    for (key, value) in mapping {
      switch key.string ?? "" {
      case "gristmill":
        if reader.integer(value) != Self.languageVersion {
          reader.report(
            "this program reads version \(Self.languageVersion) of the language", at: value)
        }
      case "seed":
        if let seed = reader.integer(value), seed >= 0 {
          pipeline.seed = seed
        } else {
          reader.report("'seed' must be a whole number from 0", at: value)
        }
      case "read": break
      case "stages": readStages(value)
      default:
        reader.report(
          reader.unknown(key.string ?? "", owner: "a pipeline file", names: Self.sections), at: key)
      }
    }
    pipeline.read = readSettings(of: "read", at: root, mapping["read"])
  }

  private mutating func readSettings<Settings: StepSettings>(
    of owner: String, at key: Node, _ node: Node?
  ) -> Settings {
    let settings = reader.read(Settings.self, from: node, owner: owner)
    do throws(SettingsError) {
      try settings.validate()
    } catch {
      report(error, owner: owner, at: key)
    }
    return settings
  }

  private mutating func readStages(_ node: Node) {
    guard let list = node.sequence else {
      reader.report("'stages' must be a list, one stage after each '-'", at: node)
      return
    }
    var last = -1
    pipeline.curates = false
    for element in list {
      guard let (key, value) = singleMember(of: element) else {
        reader.report("a stage is written '- name: settings'", at: element)
        continue
      }
      guard let position = Self.stages.firstIndex(of: key.string ?? "") else {
        let names = Self.stages.joined(separator: ", ")
        reader.report("no stage is called '\(key.string ?? "")'; there are \(names)", at: key)
        continue
      }
      if position <= last {
        let order = Self.stages.joined(separator: ", then ")
        reader.report("'\(Self.stages[position])' stands too late or twice: \(order)", at: key)
      }
      last = max(last, position)
      owners.append(Self.stages[position])
      readStage(Self.stages[position], key: key, value)
    }
    checkTogether(at: node)
  }

  /// Refuses stages that each make sense and together do not.
  private mutating func checkTogether(at node: Node) {
    if let shards = pipeline.shards {
      if shards.split.by == .cluster, !pipeline.findsDocuments {
        reader.report(
          "shards: 'split-by: cluster' needs a 'deduplicate' stage that removes documents", at: node
        )
      }
      if pipeline.conversations != nil { checkConversations(at: node) }
      if let tokenizer = pipeline.tokenizer {
        let special = tokenizer.training.allSpecialTokens
        for (name, token) in shards.namedTokens
        where tokenizer.file == nil && !special.contains(token) {
          reader.report(
            "shards: '\(name)' is '\(token)', but the special tokens of the tokenizer are "
              + special.joined(separator: ", "), at: node)
        }
      } else {
        reader.report("'shards' needs a 'tokenizer' stage before it", at: node)
      }
    }
    // Without steps of their own documents bring the scores of an earlier run.
    if pipeline.deduplicate?.keep.contains(.score) == true, !pipeline.steps.isEmpty,
      !givenAttributes.contains("quality")
    {
      reader.report(
        "deduplicate: 'keep: score' needs the step 'quality-score' in 'curate'", at: node)
    }
  }

  /// Refuses what would change a text whose tokens are made of the messages beside it.
  private mutating func checkConversations(at node: Node) {
    let remedy =
      "but 'chat-template' packs the messages beside the text as they are; leave the one or the other "
      + "out"
    for step in pipeline.steps where step.step is any Modifier {
      reader.report("shards: curate.\(step.name) changes texts, \(remedy)", at: node)
    }
    if pipeline.deduplicate?.pieces.changesTexts == true {
      reader.report("shards: 'deduplicate' cuts pieces out of texts, \(remedy)", at: node)
    }
  }

  private mutating func readStage(_ name: String, key: Node, _ value: Node) {
    switch name {
    case "curate":
      pipeline.curates = true
      readSteps(value)
    case "deduplicate": pipeline.deduplicate = readSettings(of: name, at: key, value)
    case "select": pipeline.select = readSettings(of: name, at: key, value)
    case "documents": pipeline.documents = readSettings(of: name, at: key, value)
    case "tokenizer": pipeline.tokenizer = readSettings(of: name, at: key, value)
    default: pipeline.shards = readSettings(of: name, at: key, value)
    }
  }

  private mutating func readSteps(_ node: Node) {
    if reader.isNull(node) { return }
    guard let list = node.sequence else {
      reader.report("'curate' must be a list, one step after each '-'", at: node)
      return
    }
    for element in list {
      if let name = element.string {
        readStep(named: name, key: element, settings: nil)
      } else if let (key, value) = singleMember(of: element) {
        readStep(named: key.string ?? "", key: key, settings: value)
      } else {
        reader.report("a step is written '- name: { settings }'", at: element)
      }
    }
  }

  private mutating func readStep(named name: String, key: Node, settings: Node?) {
    guard let type = StepCatalog.step(named: name) else {
      let names = StepCatalog.steps.map { $0.name }
      reader.report(
        "no step is called '\(name)'; there are \(names.joined(separator: ", "))", at: key)
      return
    }
    owners.append("curate.\(name)")
    configure(type, key: key, settings: settings)
  }

  private mutating func configure<S: Step>(_ type: S.Type, key: Node, settings node: Node?) {
    let settings = reader.read(S.Settings.self, from: node, owner: "curate.\(S.name)")
    do throws(SettingsError) {
      try settings.validate()
      let step = try S(settings)
      requireAttributes(of: step, at: key)
      pipeline.steps.append(
        ConfiguredStep(name: S.name, step: step, settings: ResolvedSetting.all(of: settings)))
    } catch {
      report(error, owner: "curate.\(S.name)", at: key)
    }
  }

  /// What annotators before a step give.
  private var givenAttributes: [String] {
    pipeline.steps.flatMap { ($0.step as? any Annotator).map { type(of: $0).attributes } ?? [] }
  }

  private mutating func requireAttributes<S: Step>(of step: S, at key: Node) {
    for attribute in step.requiredAttributes where !givenAttributes.contains(attribute) {
      let given = givenAttributes.isEmpty ? "none" : givenAttributes.joined(separator: ", ")
      reader.report(
        "curate.\(S.name): no step before it gives the attribute '\(attribute)'; given: \(given)",
        at: key)
    }
  }

  private mutating func report(_ error: SettingsError, owner: String, at node: Node) {
    reader.report("\(owner): '\(error.setting)': \(error.message)", at: node)
  }

  private func singleMember(of node: Node) -> (key: Node, value: Node)? {
    guard let mapping = node.mapping, mapping.count == 1, let member = mapping.first else {
      return nil
    }
    return (member.key, member.value)
  }
}
