package import TextAnalysis

/// Drops documents whose length in characters is out of bounds.
///
/// Characters are Unicode scalars, as everywhere in the published rules; C4 drops pages above 190,000.
package struct Length: Filter {
  package static let name = "length"
  package static let summary = "Drops documents with too few or too many characters."

  /// Bounds; null is no bound.
  package struct Settings: StepSettings {
    package var minimumCharacters: Int?
    package var maximumCharacters: Int?

    package init() {}

    package static var settings: [Setting<Self>] {
      [
        .init("minimum-characters", \.minimumCharacters, "Fewest characters (Unicode scalars)."),
        .init("maximum-characters", \.maximumCharacters, "Most characters (Unicode scalars)."),
      ]
    }
  }

  package enum Reason: String, CaseIterable, Sendable {
    case tooShort = "too-short"
    case tooLong = "too-long"
  }

  private let settings: Settings

  package init(_ settings: Settings) throws(SettingsError) {
    try Bounds.check("characters", settings.minimumCharacters, settings.maximumCharacters)
    self.settings = settings
  }

  package func reasonToDrop(_ text: AnalyzedText) -> Reason? {
    if let minimum = settings.minimumCharacters, text.scalarCount < minimum { return .tooShort }
    if let maximum = settings.maximumCharacters, text.scalarCount > maximum { return .tooLong }
    return nil
  }
}
