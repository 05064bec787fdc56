package import TextAnalysis

/// Adds the probability, by a trained model, that a document is good: attribute `quality`, 0 to 1.
package struct QualityScore: Annotator {
  package struct Settings: StepSettings {
    /// Folder that `quality train` wrote.
    package var model: PathSetting = ""
    /// The label whose probability is the score; empty takes the one that means good.
    package var label = ""

    package init() {}

    package static var settings: [Setting<Self>] {
      [
        .init("model", \.model, "Folder of the trained model."),
        .init(
          "label", \.label,
          "The label whose probability is the score; empty takes the one that means good."),
      ]
    }
  }

  package static let attributes = ["quality"]
  package static let name = "quality-score"
  package static let summary = "Adds the quality model's probability that a document is good."

  private let model: QualityModel
  private let scratches = ScratchPool()

  package init(_ settings: Settings) throws(SettingsError) {
    if settings.model.path.isEmpty {
      throw SettingsError(
        setting: "model", message: "Must name the folder of a model that `quality train` wrote.")
    }
    do throws(QualityModelError) {
      model = try QualityModel(
        path: settings.model.path, label: settings.label.isEmpty ? nil : settings.label)
    } catch {
      throw SettingsError(setting: "model", message: error.description)
    }
  }

  package func annotate(_ text: AnalyzedText) -> [(name: String, value: Double)] {
    var scratch = scratches.take() ?? model.makeScratch()
    let bytes = text.bytes
    let score = model.score(bytes.span, &scratch)
    scratches.giveBack(scratch)
    return [("quality", score)]
  }
}
