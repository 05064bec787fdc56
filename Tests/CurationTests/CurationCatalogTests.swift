import Curation
import Testing
import TextAnalysis

/// What holds for every step of the catalog.
struct CurationCatalogTests {
  @Test func `steps stand in order of name, each once`() {
    let names = CurationCatalog.steps.map { $0.name }
    #expect(names == Array(Set(names)).sorted())
  }

  @Test func `names and reasons are in kebab case, and summaries are sentences`() {
    for step in CurationCatalog.steps {
      #expect(Self.isKebab(step.name))
      #expect(step.summary.hasSuffix("."))
      for reason in Self.reasons(of: step) { #expect(Self.isKebab(reason), "\(step.name)") }
      for (name, summary) in Self.settings(of: step) {
        #expect(Self.isKebab(name), "\(step.name)")
        #expect(summary.hasSuffix("."), "\(step.name): \(name)")
      }
    }
  }

  @Test func `settings read back what they write, and refuse what they are not`() {
    for step in CurationCatalog.steps { Self.checkSettings(of: step) }
  }

  @Test func `an empty text traps no step, and a verdict stays`() throws {
    for step in CurationCatalog.steps where step != Threshold.self {
      try Self.checkVerdicts(of: step)
    }
  }

  private static func checkSettings<S: Step>(of step: S.Type) {
    let names = S.Settings.settings.map(\.name)
    #expect(Set(names).count == names.count)
    for setting in S.Settings.settings {
      var settings = S.Settings()
      let value = setting.get(settings)
      #expect(setting.set(&settings, value), "\(S.name): \(setting.name)")
      #expect(settings == S.Settings(), "\(S.name): \(setting.name)")
      #expect(!setting.set(&settings, .list([.list([])])), "\(S.name): \(setting.name)")
      #expect(settings == S.Settings(), "\(S.name): \(setting.name)")
    }
  }

  private static func checkVerdicts<S: Step>(of step: S.Type) throws {
    let made = try S(S.Settings())
    for text in ["", " ", "\n", "a", "é\u{0}\r\n…", String(repeating: "the cat of {\n", count: 99)]
    {
      let verdicts = (0..<2).map { _ in Self.verdict(made, AnalyzedText(Array(text.utf8))) }
      #expect(verdicts[0] == verdicts[1], "\(S.name)")
    }
  }

  private static func verdict(_ step: any Step, _ text: AnalyzedText) -> String {
    if let filter = step as? any Filter { return reason(filter, text) }
    if let modifier = step as? any Modifier { return result(modifier, text) }
    return ""
  }

  private static func reason(_ filter: some Filter, _ text: AnalyzedText) -> String {
    filter.reasonToDrop(text)?.rawValue ?? "kept"
  }

  private static func result(_ modifier: some Modifier, _ text: AnalyzedText) -> String {
    switch modifier.modify(text) {
    case .unchanged: "unchanged"
    case .replaced(let bytes, _): String(decoding: bytes, as: UTF8.self)
    case .emptied(let reason): reason.rawValue
    }
  }

  private static func settings<S: Step>(of step: S.Type) -> [(String, String)] {
    S.Settings.settings.map { ($0.name, $0.summary) }
  }

  private static func reasons(of step: any Step.Type) -> [String] {
    func cases<F: Filter>(_: F.Type) -> [String] { F.Reason.allCases.map(\.rawValue) }
    func cases<M: Modifier>(of _: M.Type) -> [String] { M.Reason.allCases.map(\.rawValue) }
    if let filter = step as? any Filter.Type { return cases(filter) }
    if let modifier = step as? any Modifier.Type { return cases(of: modifier) }
    return []
  }

  private static func isKebab(_ name: String) -> Bool {
    !name.isEmpty
      && name.split(separator: "-", omittingEmptySubsequences: false).allSatisfy { part in
        !part.isEmpty && part.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) }
      }
  }
}
