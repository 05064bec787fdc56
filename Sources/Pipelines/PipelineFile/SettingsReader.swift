internal import ByteKernels
internal import TextAnalysis
internal import Yams

/// Fills settings structs from the nodes of a pipeline file and collects what is wrong.
struct SettingsReader {
  let file: String
  /// Relative paths in settings count from here.
  let folder: String
  private(set) var issues: [PipelineError.Issue] = []
  private var overrides: [SettingOverride]
  private var usedOverrides: Set<String> = []

  init(file: String, folder: String, overrides: [SettingOverride]) {
    self.file = file
    self.folder = folder
    self.overrides = overrides
  }

  /// Records a fault at a node's place.
  mutating func report(_ message: String, at node: Node?) {
    issues.append(
      .init(file: file, line: node?.mark?.line, column: node?.mark?.column, message: message))
  }

  /// The settings in `node`, a mapping or nothing, over the defaults, then the overrides whose path
  /// is `owner`.
  mutating func read<Settings: StepSettings>(
    _ type: Settings.Type, from node: Node?, owner: String
  ) -> Settings {
    var result = Settings()
    let own = overrides.filter { $0.owner == owner }
    // The defaults come first, whatever stands above them.
    for override in own where override.name == Settings.base { apply(override, to: &result) }
    let isBaseGiven = own.contains { $0.name == Settings.base }
    let members = members(of: node, owner: owner).filter {
      !isBaseGiven || $0.key.string != Settings.base
    }
    let based = members.filter { $0.key.string == Settings.base }
    for (key, value) in based + members.filter({ $0.key.string != Settings.base }) {
      let name = key.string ?? ""
      guard let setting = find(name, in: Settings.settings) else {
        report(unknown(name, owner: owner, names: Settings.settings.map(\.name)), at: key)
        continue
      }
      guard let raw = settingValue(of: value),
        setting.set(&result, located(raw, setting, from: folder))
      else {
        let hint = hasFlag(value) ? "; YAML reads yes, no, on and off as flags: quote them" : ""
        report("\(owner): '\(name)' must be \(setting.expectation)\(hint)", at: value)
        continue
      }
    }
    for override in own {
      usedOverrides.insert(override.text)
      if override.name != Settings.base { apply(override, to: &result) }
    }
    return result
  }

  /// Reports the overrides that named no stage, step or section of the file.
  mutating func reportUnusedOverrides(owners: [String]) {
    for override in overrides where !usedOverrides.contains(override.text) {
      issues.append(
        .init(
          file: "--set \(override.text)",
          message:
            "the pipeline has no '\(override.owner)'; it has \(owners.joined(separator: ", "))"))
    }
  }

  /// The members of a mapping; anything else than a mapping or nothing is a fault.
  mutating func members(of node: Node?, owner: String) -> [(key: Node, value: Node)] {
    guard let node, !isNull(node) else { return [] }
    guard let mapping = node.mapping else {
      report("\(owner): settings are written 'name: value', one a line", at: node)
      return []
    }
    return mapping.map { ($0.key, $0.value) }
  }

  /// A whole number, written in decimal digits.
  func integer(_ node: Node) -> Int? {
    if case .integer(let value) = settingValue(of: node) { value } else { nil }
  }

  func isNull(_ node: Node) -> Bool { settingValue(of: node) == .null }

  func unknown(_ name: String, owner: String, names: [String]) -> String {
    let near = names.min { $0.editDistance(to: name) < $1.editDistance(to: name) }
    let hint =
      near.flatMap { $0.editDistance(to: name) <= 3 ? "; did you mean '\($0)'?" : nil } ?? ""
    let known = names.isEmpty ? "it has none" : "it has \(names.joined(separator: ", "))"
    return "\(owner) has no setting '\(name)'\(hint) (\(known))"
  }

  private mutating func apply<Settings: StepSettings>(
    _ override: SettingOverride, to settings: inout Settings
  ) {
    let place = "--set \(override.text)"
    guard let setting = find(override.name, in: Settings.settings) else {
      let names = Settings.settings.map(\.name)
      let message = unknown(override.name, owner: override.owner, names: names)
      issues.append(.init(file: place, message: message))
      return
    }
    let node = try? Yams.compose(yaml: override.value)
    let raw = node.map { settingValue(of: $0) } ?? .string(override.value)
    guard let raw, setting.set(&settings, located(raw, setting, from: ".")) else {
      issues.append(.init(file: place, message: "'\(setting.name)' must be \(setting.expectation)"))
      return
    }
  }

  private func find<Root>(_ name: String, in settings: [Setting<Root>]) -> Setting<Root>? {
    settings.first { $0.name == name }
  }

  private func located<Root>(
    _ value: SettingValue, _ setting: Setting<Root>, from folder: String
  ) -> SettingValue {
    guard setting.isPath, case .string(let path) = value, !path.hasPrefix("/") else { return value }
    return .string(FileSystem.absolute(folder == "." ? path : "\(folder)/\(path)"))
  }

  /// A number in decimal digits: not YAML 1.1's octals, and not its base 60, in which `12:30` is one.
  private static func number(_ text: String) -> SettingValue? {
    if let integer = Int(text) { return .integer(integer) }
    guard text.allSatisfy({ $0.isASCII && ($0.isNumber || "+-.eE".contains($0)) }) else {
      return nil
    }
    return Double(text).map { .number($0) }
  }

  /// True for a flag or a list with one.
  private func hasFlag(_ node: Node) -> Bool {
    switch settingValue(of: node) {
    case .bool: true
    case .list(let values): values.contains { if case .bool = $0 { true } else { false } }
    default: false
    }
  }

  /// Nil for what no setting can hold: mappings, dates, binary.
  private func settingValue(of node: Node) -> SettingValue? {
    if let sequence = node.sequence {
      var values: [SettingValue] = []
      for element in sequence {
        guard let value = settingValue(of: element) else { return nil }
        values.append(value)
      }
      return .list(values)
    }
    guard let scalar = node.scalar else { return nil }
    if scalar.style == .singleQuoted || scalar.style == .doubleQuoted {
      return .string(scalar.string)
    }
    if node.null != nil { return .null }
    if let flag = node.bool { return .bool(flag) }
    if let number = Self.number(scalar.string) { return number }
    return .string(scalar.string)
  }
}

/// One `--set stage.step.key=value` of the command line; a relative path in it counts from the
/// current folder.
package struct SettingOverride: Sendable, Equatable {
  /// As written, for messages.
  package let text: String
  /// The stage or step: `deduplicate`, `curate.gopher-quality`, `read`.
  package let owner: String
  package let name: String
  package let value: String

  /// Nil when the text is not of that form.
  package init?(_ text: String) {
    let sides = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard sides.count == 2 else { return nil }
    let path = sides[0].split(separator: ".", omittingEmptySubsequences: false)
    guard path.count >= 2, !path.contains(where: \.isEmpty) else { return nil }
    self.text = text
    owner = path.dropLast().joined(separator: ".")
    name = String(path[path.count - 1])
    value = String(sides[1])
  }
}

extension String {
  /// The number of letters to add, take away or change to get from one name to the other.
  fileprivate func editDistance(to other: String) -> Int {
    let (left, right) = (Array(utf8), Array(other.utf8))
    var row = Array(0...right.count)
    for i in 0..<left.count {
      var diagonal = row[0]
      row[0] = i + 1
      for j in 0..<right.count {
        let above = row[j + 1]
        let change = diagonal + (left[i] == right[j] ? 0 : 1)
        row[j + 1] = Swift.min(change, above + 1, row[j] + 1)
        diagonal = above
      }
    }
    return row[right.count]
  }
}
