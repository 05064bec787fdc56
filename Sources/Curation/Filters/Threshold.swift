package import TextAnalysis

/// Drops documents by a number that an annotator left on them.
package struct Threshold: Filter {
  package static let name = "threshold"
  package static let summary = "Drops documents whose value of an attribute is out of bounds."

  /// Which attribute, and its bounds; null is no bound.
  package struct Settings: StepSettings {
    package var attribute = ""
    package var minimum: Double?
    package var maximum: Double?

    package init() {}

    package static var settings: [Setting<Self>] {
      [
        .init("attribute", \.attribute, "The attribute's name, as its annotator gives it."),
        .init("minimum", \.minimum, "Least value kept."),
        .init("maximum", \.maximum, "Greatest value kept."),
      ]
    }
  }

  package enum Reason: String, CaseIterable, Sendable {
    case belowMinimum = "below-minimum"
    case aboveMaximum = "above-maximum"
    case missingAttribute = "missing-attribute"
  }

  private let settings: Settings

  package var requiredAttributes: [String] { [settings.attribute] }

  package init(_ settings: Settings) throws(SettingsError) {
    if settings.attribute.isEmpty {
      throw SettingsError(
        setting: "attribute", message: "Name the attribute to compare, such as quality.")
    }
    if settings.minimum == nil, settings.maximum == nil {
      throw SettingsError(setting: "minimum", message: "Give a minimum, a maximum or both.")
    }
    if let minimum = settings.minimum, let maximum = settings.maximum, minimum > maximum {
      throw SettingsError(
        setting: "minimum", message: "The minimum \(minimum) is above the maximum \(maximum).")
    }
    self.settings = settings
  }

  package func reasonToDrop(_ text: AnalyzedText) -> Reason? {
    guard let value = text.attributes[settings.attribute] else { return .missingAttribute }
    // Written so that a value that is not a number is dropped by whichever bound there is.
    if let minimum = settings.minimum, !(value >= minimum) { return .belowMinimum }
    if let maximum = settings.maximum, !(value <= maximum) { return .aboveMaximum }
    return nil
  }
}
