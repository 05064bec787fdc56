package import TextAnalysis

/// How much of each source the training documents are; what is held out is packed once as it is.
package struct MixtureSettings: StepSettings {
  package var sourceField = "source"
  package var weights: [String] = []
  package var epochs: [String] = []
  package var tokenBudget = 0
  package var sourceTokenBudgets: [String] = []

  package init() {}

  package static var settings: [Setting<Self>] {
    [
      .init(
        "source-field", \.sourceField,
        "what tells sources apart: source, or a member of the metadata"),
      .init(
        "weights", \.weights,
        "SOURCE=SHARE each: the sources' shares of the training tokens; * is all sources not named, "
          + "0 unless given. Without token-budget as many tokens as there are without another epoch"
      ),
      .init(
        "epochs", \.epochs,
        "SOURCE=N each: how many times the source's training documents are packed, also in fractions; "
          + "* is all sources not named, in YAML in quotes: ['*=2']"),
      .init(
        "token-budget", \.tokenBudget,
        "training tokens in all, less than a document missing for each source: sources are repeated "
          + "or cut to reach it, with the shares of weights, else in proportion; 0 for none"),
      .init(
        "source-token-budgets", \.sourceTokenBudgets,
        "SOURCE=TOKENS each: the training tokens of a source, repeated or cut to reach it"),
    ]
  }

  /// Stands for all sources that no setting names.
  package static let rest = "*"

  /// True when documents are repeated or left out.
  package var isActive: Bool {
    !weights.isEmpty || !epochs.isEmpty || tokenBudget > 0 || !sourceTokenBudgets.isEmpty
  }

  /// The sources that settings name, and at last the rest.
  package var sources: [String] {
    var names: [String] = []
    for list in [weights, epochs, sourceTokenBudgets] {
      for name in ((try? SourceNumbers(list, setting: ""))?.names ?? [])
      where name != Self.rest && !names.contains(name) { names.append(name) }
    }
    return names + [Self.rest]
  }

  package func validate() throws(SettingsError) {
    let shares = try SourceNumbers(weights, setting: "weights", range: 0...1e9)
    let repetitions = try SourceNumbers(epochs, setting: "epochs", range: 0...10_000)
    let budgets = try SourceNumbers(
      sourceTokenBudgets, setting: "source-token-budgets", range: 0...1e15)
    guard tokenBudget >= 0, tokenBudget <= 1_000_000_000_000_000 else {
      throw SettingsError(setting: "token-budget", message: "Must be from 0 to 10^15")
    }
    if !weights.isEmpty, shares.names.allSatisfy({ shares[$0] == 0 }) {
      throw SettingsError(setting: "weights", message: "Must not all be 0")
    }
    for name in budgets.names where repetitions[name] != nil {
      throw SettingsError(
        setting: "source-token-budgets", message: "\"\(name)\" has epochs too; give one of the two")
    }
    if !sourceTokenBudgets.isEmpty, tokenBudget > 0 || !weights.isEmpty {
      throw SettingsError(
        setting: "source-token-budgets",
        message:
          "Are not kept beside \(tokenBudget > 0 ? "token-budget" : "weights"), which says how much of "
          + "each source there is; give one of the two")
    }
    if !weights.isEmpty, tokenBudget > 0, !epochs.isEmpty {
      throw SettingsError(
        setting: "weights",
        message:
          "With token-budget they say how much of each source there is; leave out epochs")
    }
  }
}
