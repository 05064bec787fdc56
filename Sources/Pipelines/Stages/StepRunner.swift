internal import TextAnalysis

/// Passes one document through the steps of a pipeline.
struct StepRunner: Sendable {
  /// What became of a document.
  enum Outcome {
    case kept(AnalyzedText)
    case dropped(AnalyzedText, step: String, reason: String)
  }

  private enum Action: Sendable {
    case filter(any Filter)
    case modifier(any Modifier)
    case annotator(any Annotator)
  }

  private let actions: [(name: String, action: Action)]

  init(_ steps: [ConfiguredStep]) {
    actions = steps.compactMap { configured in
      switch configured.step {
      case let filter as any Filter: (configured.name, .filter(filter))
      case let modifier as any Modifier: (configured.name, .modifier(modifier))
      case let annotator as any Annotator: (configured.name, .annotator(annotator))
      default: preconditionFailure("\(configured.name) is neither filter, modifier nor annotator")
      }
    }
  }

  /// Runs the steps in order; what modifiers put right is added to the counts.
  func run(_ text: AnalyzedText, counting repairs: inout [String: Int]) -> Outcome {
    var text = text
    for (name, action) in actions {
      switch action {
      case .filter(let filter):
        if let reason = Self.reason(filter, text) {
          return .dropped(text, step: name, reason: reason)
        }
      case .modifier(let modifier):
        if let reason = Self.modify(modifier, &text, &repairs) {
          return .dropped(text, step: name, reason: reason)
        }
      case .annotator(let annotator):
        for (attribute, value) in annotator.annotate(text) { text.attributes[attribute] = value }
      }
    }
    return .kept(text)
  }

  private static func reason<F: Filter>(_ filter: F, _ text: AnalyzedText) -> String? {
    filter.reasonToDrop(text)?.rawValue
  }

  private static func modify<M: Modifier>(
    _ modifier: M, _ text: inout AnalyzedText, _ repairs: inout [String: Int]
  ) -> String? {
    switch modifier.modify(text, counting: &repairs) {
    case .unchanged: return nil
    case .replaced(let bytes, let mediaType):
      text = text.replacingText(bytes, mediaType: mediaType)
      return nil
    case .emptied(let reason): return reason.rawValue
    }
  }
}
