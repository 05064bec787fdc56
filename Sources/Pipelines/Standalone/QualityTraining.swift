internal import ByteKernels
internal import Documents
package import QualityModel
internal import TextAnalysis

/// Trains a quality model on files of good and of bad documents.
package enum QualityTraining {
  package struct Report: Sendable {
    package let positiveCount: Int
    package let negativeCount: Int
    package let weightCount: Int
    package let ledger: StageLedger
    package let failures: [Manifest.Failure]
  }

  /// Writes the model into `folder`; equal input and settings give equal bytes.
  package static func run(
    positive: [String], negative: [String], reading: ReadingSettings,
    settings: QualityTrainingSettings, to folder: String, observer: any RunObserver
  ) throws -> Report {
    var trainer: QualityTrainer
    do throws(SettingsError) {
      trainer = try QualityTrainer(settings)
    } catch {
      throw PipelineError(option: error)
    }
    var ledger = StageLedger()
    var failures: [Manifest.Failure] = []
    for (patterns, isPositive) in [(positive, true), (negative, false)] {
      let source = try DocumentSource(patterns, reading: reading, observer: observer)
      while let document = source.next() {
        trainer.add(document.text.span, isPositive: isPositive)
      }
      ledger += source.ledger
      failures += source.failures
    }
    let model = try trainer.finish()
    try FileSystem.makeFolder(folder)
    _ = try model.write(to: folder)
    return Report(
      positiveCount: trainer.positiveCount, negativeCount: trainer.negativeCount,
      weightCount: model.weights.features.count, ledger: ledger, failures: failures)
  }
}
