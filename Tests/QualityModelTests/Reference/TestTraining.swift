import TestSupport

@testable import QualityModel

/// Training with the least that tests say about the machine.
enum TestTraining {
  static func set(
    _ texts: [LabelledText], _ settings: QualityTrainingSettings, labels: [String] = ["0", "1"],
    workerCount: Int = 1, memoryByteCount: Int = 1 << 30, spillPrefix: String = "/nowhere/rows"
  ) async throws -> TrainingSet {
    var trainer = try QualityTrainer(
      settings, labels: labels,
      TrainingResources(
        workerCount: workerCount, memoryByteCount: memoryByteCount, spillPrefix: spillPrefix))
    for text in texts {
      try trainer.add(text.text.span, label: text.label, weight: text.weight, fold: text.fold)
    }
    return try await trainer.finish()
  }

  static func model(
    _ texts: [LabelledText], _ settings: QualityTrainingSettings, labels: [String] = ["0", "1"]
  ) async throws -> LinearModel {
    try await set(texts, settings, labels: labels).fit()
  }
}
