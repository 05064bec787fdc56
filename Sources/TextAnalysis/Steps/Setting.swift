/// The settings of a step or stage: a plain struct of values with defaults.
package protocol StepSettings: Sendable, Equatable {
  init()
  /// Every setting, in the order `gristmill list` shows them.
  static var settings: [Setting<Self>] { get }
  /// The setting that gives all others their defaults, wherever it stands; nil when there is none.
  static var base: String? { get }
  /// Refuses values that cannot be used, alone or together.
  func validate() throws(SettingsError)
}

extension StepSettings {
  package static var base: String? { nil }
  package func validate() throws(SettingsError) {}
}

/// One named value of a settings struct: how a pipeline file reads it and how it is written back.
package struct Setting<Root>: Sendable {
  /// In kebab case, as pipeline files spell it.
  package let name: String
  /// What it means, with its unit, for `gristmill list`.
  package let summary: String
  /// What values it takes, for error messages: "a whole number", "one of: replace, remove".
  package let expectation: String
  package let get: @Sendable (Root) -> SettingValue
  /// True when the value is a path, which a pipeline file counts from its own folder.
  package let isPath: Bool
  /// False when the value has the wrong type.
  package let set: @Sendable (inout Root, SettingValue) -> Bool

  package init<Value: SettingRepresentable>(
    _ name: String, _ path: any WritableKeyPath<Root, Value> & Sendable, _ summary: String
  ) {
    self.name = name
    self.summary = summary
    expectation = Value.expectation
    isPath = Value.self == PathSetting.self || Value.self == PathSetting?.self
    get = { root in root[keyPath: path].settingValue }
    set = { root, raw in
      guard let value = Value(settingValue: raw) else { return false }
      root[keyPath: path] = value
      return true
    }
  }
}

extension Setting {
  /// The same setting seen from a struct that holds `Root` among other settings.
  package func nested<Outer>(
    in path: any WritableKeyPath<Outer, Root> & Sendable
  ) -> Setting<Outer> {
    Setting<Outer>(
      name: name, summary: summary, expectation: expectation, isPath: isPath,
      get: { get($0[keyPath: path]) }, set: { set(&$0[keyPath: path], $1) })
  }

  private init(
    name: String, summary: String, expectation: String, isPath: Bool,
    get: @escaping @Sendable (Root) -> SettingValue,
    set: @escaping @Sendable (inout Root, SettingValue) -> Bool
  ) {
    self.name = name
    self.summary = summary
    self.expectation = expectation
    self.isPath = isPath
    self.get = get
    self.set = set
  }
}

/// A value as a pipeline file can hold it.
package enum SettingValue: Sendable, Equatable {
  case null
  case bool(Bool)
  case integer(Int)
  case number(Double)
  case string(String)
  case list([SettingValue])
}

/// A Swift type that a setting can have.
package protocol SettingRepresentable: Sendable {
  static var expectation: String { get }
  init?(settingValue: SettingValue)
  var settingValue: SettingValue { get }
}

extension Bool: SettingRepresentable {
  package static var expectation: String { "true or false" }
  package init?(settingValue: SettingValue) {
    guard case .bool(let value) = settingValue else { return nil }
    self = value
  }
  package var settingValue: SettingValue { .bool(self) }
}

extension Int: SettingRepresentable {
  package static var expectation: String { "a whole number" }
  package init?(settingValue: SettingValue) {
    guard case .integer(let value) = settingValue else { return nil }
    self = value
  }
  package var settingValue: SettingValue { .integer(self) }
}

extension Double: SettingRepresentable {
  package static var expectation: String { "a number" }
  package init?(settingValue: SettingValue) {
    switch settingValue {
    case .integer(let value): self = Double(value)
    case .number(let value): self = value
    default: return nil
    }
  }
  package var settingValue: SettingValue { .number(self) }
}

extension String: SettingRepresentable {
  package static var expectation: String { "a text" }
  package init?(settingValue: SettingValue) {
    guard case .string(let value) = settingValue else { return nil }
    self = value
  }
  package var settingValue: SettingValue { .string(self) }
}

extension Array: SettingRepresentable where Element: SettingRepresentable {
  package static var expectation: String { "a list, each \(Element.expectation)" }
  package init?(settingValue: SettingValue) {
    guard case .list(let values) = settingValue else { return nil }
    var elements: [Element] = []
    for value in values {
      guard let element = Element(settingValue: value) else { return nil }
      elements.append(element)
    }
    self = elements
  }
  package var settingValue: SettingValue { .list(map(\.settingValue)) }
}

extension Optional: SettingRepresentable where Wrapped: SettingRepresentable {
  package static var expectation: String { "\(Wrapped.expectation), or null" }
  package init?(settingValue: SettingValue) {
    if case .null = settingValue {
      self = .none
    } else if let value = Wrapped(settingValue: settingValue) {
      self = .some(value)
    } else {
      return nil
    }
  }
  package var settingValue: SettingValue { self?.settingValue ?? .null }
}

/// A path to a file or folder that a step reads; its content is part of a run's identity.
package struct PathSetting: SettingRepresentable, Equatable, ExpressibleByStringLiteral {
  package var path: String

  package init(_ path: String) {
    self.path = path
  }

  package init(stringLiteral path: String) {
    self.path = path
  }

  package static var expectation: String { "a path, counted from the pipeline file's folder" }
  package init?(settingValue: SettingValue) {
    guard case .string(let path) = settingValue else { return nil }
    self.path = path
  }
  package var settingValue: SettingValue { .string(path) }
}

/// A choice among names: `enum Form: String, CaseIterable, SettingChoice`.
package protocol SettingChoice: SettingRepresentable, CaseIterable, RawRepresentable<String> {}

extension SettingChoice {
  package static var expectation: String {
    "one of: " + allCases.map(\.rawValue).joined(separator: ", ")
  }
  package init?(settingValue: SettingValue) {
    guard case .string(let name) = settingValue else { return nil }
    self.init(rawValue: name)
  }
  package var settingValue: SettingValue { .string(rawValue) }
}

/// Settings that cannot be used together or name something that is not there.
package struct SettingsError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The setting at fault, in kebab case.
  package let setting: String
  /// Sentence case, says what would be right.
  package let message: String

  package init(setting: String, message: String) {
    self.setting = setting
    self.message = message
  }

  package var description: String { "\(setting): \(message)" }
}
