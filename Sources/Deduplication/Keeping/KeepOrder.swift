package import TextAnalysis

/// The rules by which the document that stays is chosen.
///
/// A later rule decides where those before it tie. Where all tie, the least id stays, and of equal
/// ids the first in input order.
/// A pipeline file gives one rule by its name, or several as a list.
package struct KeepOrder: SettingRepresentable, Equatable {
  /// As many as a signature has ranks.
  package static let limit = KeepRanks.count

  package let rules: [KeepRule]

  package init(_ rules: KeepRule...) {
    self.rules = rules
  }

  /// Rules by their names, with commas between them; nil when one is unknown or there are too many.
  package init?(names: String) {
    let names = names.split(separator: ",", omittingEmptySubsequences: false)
    self.init(settingValue: .list(names.map { .string(String($0)) }))
  }

  package static var expectation: String {
    "\(KeepRule.expectation); or a list of up to \(limit) of these, first being the last"
  }

  package init?(settingValue: SettingValue) {
    let rules: [KeepRule]? =
      KeepRule(settingValue: settingValue).map { [$0] } ?? Array(settingValue: settingValue)
    // In input order no two documents tie, so nothing could come after it.
    guard let rules, (1...Self.limit).contains(rules.count), !rules.dropLast().contains(.first)
    else { return nil }
    self.rules = rules
  }

  package var settingValue: SettingValue {
    rules.count == 1 ? rules[0].settingValue : rules.settingValue
  }

  package func contains(_ rule: KeepRule) -> Bool { rules.contains(rule) }
}
