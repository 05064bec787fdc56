internal import ByteKernels
package import TextAnalysis

/// Keeps good documents almost always and others now and then, as GPT-3 sampled Common Crawl.
///
/// A document stays when a draw from the Pareto (Lomax) distribution with the given exponent is above
/// 1 - score, which it is with probability (2 - score)^-exponent for a score up to 1. The draw depends
/// on the document's id, the attribute's name and the run's seed alone. Source: Brown et al. 2020, appendix A; NumPy's
/// `random.pareto(9) > 1 - score`.
package struct ParetoSample: Filter {
  package static let name = "pareto-sample"
  package static let summary =
    "Keeps documents by chance, good ones more often (GPT-3's Pareto rule)."

  package struct Settings: StepSettings {
    package var attribute = "quality"
    package var exponent = 9.0

    package init() {}

    package static var settings: [Setting<Self>] {
      [
        .init("attribute", \.attribute, "The attribute that holds the score, 0 to 1."),
        .init("exponent", \.exponent, "How rare documents of low score become; GPT-3 used 9."),
      ]
    }

    package func validate() throws(SettingsError) {
      if attribute.isEmpty {
        throw SettingsError(setting: "attribute", message: "Name the attribute, such as quality.")
      }
      if !(exponent > 0 && exponent.isFinite) {
        throw SettingsError(setting: "exponent", message: "Must be above 0.")
      }
    }
  }

  package enum Reason: String, CaseIterable, Sendable {
    case notDrawn = "not-drawn"
    case missingAttribute = "missing-attribute"
  }

  private let settings: Settings
  /// What the draw is for: samples by different attributes are independent.
  private let purpose: String

  package var requiredAttributes: [String] { [settings.attribute] }

  package init(_ settings: Settings) throws(SettingsError) {
    self.settings = settings
    purpose = "\(Self.name) \(settings.attribute)"
  }

  package func reasonToDrop(_ text: AnalyzedText) -> Reason? {
    guard let score = text.attributes[settings.attribute], score.isFinite else {
      return .missingAttribute
    }
    let draw = text.draw.uniform(for: purpose)
    return draw < keepingProbability(score: score) ? nil : .notDrawn
  }

  /// How likely a document of this score is to stay; 1 from a score of 1 on.
  func keepingProbability(score: Double) -> Double {
    score >= 1 ? 1 : ElementaryFunctions.power(2 - score, -settings.exponent)
  }
}
