internal import ByteKernels
internal import Documents
internal import FoundationEssentials
internal import TextAnalysis
package import Tokenization

/// Trains a tokenizer on files, without a run around it.
package enum TokenizerTraining {
  /// What was read, and what was written.
  package struct Report: Sendable {
    package let ledger: StageLedger
    package let failures: [Manifest.Failure]
    package let paths: [String]
    /// Tokens the vocabulary has, fewer than asked for when no pair was left to merge.
    package let vocabularySize: Int
    /// Bytes for each token of the text it was trained on.
    package let bytesPerToken: Double
  }

  /// Counts on `workerCount` workers, then merges; equal for any number of workers and any memory.
  ///
  /// What is counted stays on disk until the tokenizer is written: the same training begun again goes
  /// on from there.
  package static func run(
    _ patterns: [String], reading: ReadingSettings, settings: TokenizerSettings,
    to folder: String, workerCount: Int, memoryByteCount: Int, observer: any RunObserver
  ) async throws -> Report {
    do throws(SettingsError) {
      try settings.validate()
    } catch {
      throw PipelineError(option: error)
    }
    let paths = try InputPatterns.expand(patterns, acceptsStandardInput: true)
    try OutputGuard.check(outputs: TokenizerFiles.paths(in: folder), inputs: patterns)
    let lock = try TrainingCheckpoint.lock(folder)
    defer { withExtendedLifetime(lock) {} }
    let checkpoint = try TrainingCheckpoint(
      folder, inputs: paths, reading: reading, settings: settings)
    let corpus = TrainingCorpus(
      paths: paths, reading: reading, settings: settings, workerCount: workerCount,
      memoryByteCount: memoryByteCount, checkpoint: checkpoint, observer: observer)
    defer { observer.finished() }
    let counts = try await corpus.count()
    let trained = try checkpoint.reading {
      try merge(checkpoint.countsPath, settings, memoryByteCount, observer)
    }
    let written = try TokenizerFiles.write(trained, settings, to: folder)
    checkpoint.remove()
    let report = TrainingReport(trained, settings)
    return Report(
      ledger: counts.ledger, failures: counts.failures, paths: written.map(\.path),
      vocabularySize: report.vocabularySize, bytesPerToken: report.bytesPerToken)
  }

  private static func merge(
    _ counts: String, _ settings: TokenizerSettings, _ memoryByteCount: Int,
    _ observer: any RunObserver
  ) throws -> TrainedVocabulary {
    observer.stageBegan("merge", taskCount: 1, doneCount: 0)
    return try VocabularyTrainer.train(
      countFile: counts, settings: settings, memoryByteCount: memoryByteCount
    ) { progress in
      switch progress {
      case .reading(let done, let words): observer.progressed(done, of: words, "words read")
      case .merging(let done, let merges): observer.progressed(done, of: merges, "merges")
      }
    }
  }
}

/// The files a trained tokenizer is written as.
enum TokenizerFiles {
  static let tokenizerName = "tokenizer.json"
  private static let ranksName = "tokenizer.tiktoken"
  static let modelName = "tokenizer.model"
  private static let configurationName = "tokenizer_config.json"
  private static let reportName = "report.json"

  /// All that may be written into a folder; a name that names nothing when the folder has none.
  static func paths(in folder: String) -> [String] {
    if folder.isEmpty { return [""] }
    return [tokenizerName, ranksName, modelName, configurationName, reportName].map {
      "\(folder)/\($0)"
    }
  }

  /// Writes `tokenizer.json`, `tokenizer_config.json`, `tokenizer.tiktoken` where that can say it,
  /// `tokenizer.model` where that can, and `report.json` into a folder.
  static func write(
    _ trained: TrainedVocabulary, _ settings: TokenizerSettings, to folder: String
  ) throws -> [OutputFile.Published] {
    var written = try write(trained.vocabulary, to: folder)
    if let model = trained.sentencePieceModel {
      written.append(try model.write(path: "\(folder)/\(modelName)"))
    }
    written.append(
      try JSONFile.publish(TrainingReport(trained, settings), to: "\(folder)/\(reportName)"))
    return written
  }

  /// Writes what can be said of a vocabulary alone; of a SentencePiece model the model, because a
  /// `tokenizer.json` does not say all of them.
  static func write(_ vocabulary: Vocabulary, to folder: String) throws -> [OutputFile.Published] {
    if case .sentencePiece(let model) = vocabulary.model {
      return [try model.write(path: "\(folder)/\(modelName)")]
    }
    var written = [
      try TokenizerJSON.write(vocabulary, path: "\(folder)/\(tokenizerName)"),
      try TokenizerConfiguration.write(vocabulary, path: "\(folder)/\(configurationName)"),
    ]
    if TiktokenFile.tells(vocabulary) {
      written.append(try TiktokenFile.write(vocabulary, path: "\(folder)/\(ranksName)"))
    }
    return written
  }
}
