internal import ByteKernels
internal import Deduplication
internal import Documents
internal import QualityModel

/// Labelled documents read once: their features, which of them belong together, and what is odd.
struct TrainingIntake {
  private(set) var set: TrainingSet
  private(set) var ledger: StageLedger
  private(set) var failures: [Manifest.Failure]
  private(set) var textCounts: [Int]
  /// The position of the good one of two labels; nil for more labels.
  let goodLabel: Int?
  private(set) var trivialFeatures: TrivialFeatureFinder
  private(set) var copies: CopyCounts
  /// For each text the position of the first of its group of near copies; empty when not asked for.
  private let representatives: [UInt32]
  /// What stands for each text in draws.
  private let identities: [UInt64]

  /// Near copies among the texts.
  struct CopyCounts: Sendable, Equatable {
    /// Texts that have a near copy before them.
    var copyCount = 0
    /// Those of them whose label is another one.
    var conflictCount = 0

    fileprivate init(_ representatives: [UInt32], in set: TrainingSet) {
      for (row, first) in representatives.enumerated() where row != Int(first) {
        copyCount += 1
        conflictCount += set.label(row: row) == set.label(row: Int(first)) ? 0 : 1
      }
    }
  }

  /// Reads all documents; `findsCopies` when they are to be split.
  @MainActor
  init(
    _ inputs: LabelledInputs, reading: ReadingSettings, settings: QualityTrainingSettings,
    findsCopies: Bool, resources: TrainingResources, observer: any RunObserver
  ) async throws {
    let (labels, limits) = try Self.labels(inputs, reading, observer)
    var trainer: QualityTrainer
    do {
      trainer = try QualityTrainer(settings, labels: labels, resources)
    } catch {
      throw PipelineError(option: error)
    }
    goodLabel = try inputs.goodPosition(in: labels)
    observer.stageBegan("features", taskCount: 1, doneCount: 0)
    let texts = TrainingTexts(
      try LabelledSource(inputs, reading: reading, limits: limits, observer: observer),
      labels: labels, goodLabel: goodLabel)
    let lanes = try (0..<max(1, resources.workerCount)).map { _ in
      try IntakeLane(trainer.makeExtractor(), signs: findsCopies)
    }
    var groups = DuplicateGroups()
    var identities: [UInt64] = []
    try await orderedPipeline(
      lanes: lanes,
      read: { try texts.nextBatch() },
      write: { output in
        try trainer.append(output.rows)
        for signature in output.signatures {
          groups.add(signature)
          identities.append(signature.digest.low)
        }
      })
    textCounts = trainer.textCounts
    set = try await trainer.finish()
    ledger = texts.source.ledger
    failures = texts.source.failures
    trivialFeatures = texts.trivialFeatures
    self.identities = identities
    representatives = groups.representatives()
    copies = CopyCounts(representatives, in: set)
  }

  /// The labels, without a first pass where they are known.
  private static func labels(
    _ inputs: LabelledInputs, _ reading: ReadingSettings, _ observer: any RunObserver
  ) throws -> (labels: [String], limits: SampleLimits?) {
    if inputs.labelled.isEmpty, inputs.sample == nil { return (["0", "1"], nil) }
    if !inputs.areFiles {
      throw PipelineError(
        file: "-", message: "labelled inputs and samples are read twice; give files, not a pipe")
    }
    return try SampleLimits.scan(inputs, reading: reading, observer: observer)
  }

  /// Deals the groups of near copies out to folds, each label as evenly as can be.
  mutating func divide(intoFolds count: Int, seed: Int) {
    let heads = representatives.indices.filter { Int(representatives[$0]) == $0 }
    let folds = Folds(count: count, seed: UInt64(seed)).stratified(
      classes: heads.map { set.label(row: $0) }, identities: heads.map { identities[$0] })
    assign(heads, folds)
  }

  /// Puts a share of the groups of near copies into fold 1, each label alike, and the others into 0.
  mutating func holdOut(share: Double, seed: Int) {
    let heads = representatives.indices.filter { Int(representatives[$0]) == $0 }
    let isHeldOut = Folds.heldOut(
      share: share, classes: heads.map { set.label(row: $0) },
      identities: heads.map { identities[$0] }, seed: UInt64(seed))
    assign(heads, isHeldOut.map { $0 ? 1 : 0 })
  }

  private mutating func assign(_ heads: [Int], _ folds: [Int]) {
    var all = [UInt8](repeating: 0, count: representatives.count)
    for (head, fold) in zip(heads, folds) { all[head] = UInt8(fold) }
    set.assign(folds: representatives.map { all[Int($0)] })
  }
}

/// Takes features and signatures of batches with tools of its own.
private actor IntakeLane: Lane {
  struct Output: Sendable {
    let rows: RowBatch
    let signatures: [Signature]
  }

  private var extractor: RowExtractor
  private let signer: Signer?

  init(_ extractor: RowExtractor, signs: Bool) throws {
    self.extractor = extractor
    signer = signs ? try Signer(DuplicateGroups.settings, seed: 0) : nil
  }

  func transform(_ texts: [LabelledText]) -> Output {
    Output(
      rows: extractor.extract(texts),
      signatures: texts.compactMap { signer?.sign($0.text.span) })
  }
}
