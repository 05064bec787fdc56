internal import ByteKernels
internal import Documents
internal import TextAnalysis
internal import Tokenization

/// The texts a tokenizer is trained on, and how their pre-tokens are counted.
struct TrainingCorpus: Sendable {
  let paths: [String]
  let reading: ReadingSettings
  let settings: TokenizerSettings
  let workerCount: Int
  let memoryByteCount: Int
  let checkpoint: TrainingCheckpoint
  let observer: any RunObserver

  /// Input files are counted by parts of so many bytes, after each of which a killed training goes on.
  private static let partByteCount = 4 << 30

  /// Counts everything that is not counted yet into `checkpoint.countsPath`.
  func count() async throws -> TrainingCheckpoint.Counted {
    if let all = checkpoint.counted("all") {
      observer.warned("the input was counted before; going on from \(checkpoint.countsPath)")
      return all
    }
    let parts = parts
    observer.stageBegan("count", taskCount: paths.count, doneCount: 0)
    var sum = TrainingCheckpoint.Counted()
    for (number, files) in parts.enumerated() {
      let name = "part-\(number)"
      let counted: TrainingCheckpoint.Counted
      if let earlier = checkpoint.counted(name) {
        counted = earlier
        for index in files { observer.taskEnded("count", index: index) }
      } else {
        counted = try await count(files, as: name)
        try checkpoint.save(counted, as: name)
      }
      sum.files += counted.files
      sum.ledger += counted.ledger
      sum.failures += counted.failures
    }
    return try checkpoint.reading { try join(sum) }
  }

  /// The places of the input files, in groups.
  private var parts: [[Int]] {
    var parts: [[Int]] = []
    var byteCount = Int.max
    for (index, path) in paths.enumerated() {
      if byteCount >= Self.partByteCount {
        parts.append([])
        byteCount = 0
      }
      parts[parts.count - 1].append(index)
      byteCount += FileSystem.status(path)?.byteCount ?? 0
    }
    return parts
  }

  /// Counts some files on all workers.
  private func count(_ files: [Int], as name: String) async throws -> TrainingCheckpoint.Counted {
    // Of all paths: a source has one name, however the files are grouped.
    let names = InputPatterns.names(of: paths)
    let readers = SharedReaders(files) { index in
      DocumentSource(path: paths[index], name: names[index], reading: reading, observer: observer)
    } ended: { index in
      observer.taskEnded("count", index: index)
    }
    var counted = TrainingCheckpoint.Counted()
    try await withThrowingTaskGroup(of: [String].self) { group in
      for worker in 0..<workerCount {
        group.addTask { try await count(readers, as: "\(name)-\(worker)") }
      }
      for try await files in group { counted.files += files }
    }
    counted.files.sort()
    for source in await readers.sources {
      counted.ledger += await source.ledger
      counted.failures += await source.failures
    }
    return counted
  }

  /// One worker's share: the names of its count files.
  private func count(_ readers: SharedReaders, as name: String) async throws -> [String] {
    let counter = try SourceCounter(
      settings, memoryByteCount: memoryByteCount / workerCount,
      scratchPrefix: checkpoint.path(name))
    let field = settings.sourceField
    while let documents = try await readers.next() {
      for document in documents where counter.takes(id: document.id) {
        observer.advanced(byteCount: document.text.count)
        try counter.add(
          document.text.span,
          source: field == "source" ? document.source : document.metadata.text(of: field) ?? "")
      }
    }
    let published = try counter.publish(prefix: checkpoint.path(name))
    return published.map { FileSystem.baseName($0.path) }
  }

  /// Makes one file of the counts of all parts.
  private func join(
    _ sum: TrainingCheckpoint.Counted
  ) throws -> TrainingCheckpoint.Counted {
    let weights = try SourceWeights(settings)
    let files = sum.files.map(checkpoint.path)
    if files.count == 1, weights.areEqual {
      try FileSystem.link(files[0], at: checkpoint.countsPath)
    } else {
      _ = try CountFiles.merge(
        files, split: settings.split, weights: weights, memoryByteCount: memoryByteCount,
        scratchPrefix: checkpoint.path("join"), to: checkpoint.countsPath)
    }
    var all = sum
    all.files = [FileSystem.baseName(checkpoint.countsPath)]
    all.failures.sort { $0.path < $1.path }
    try checkpoint.save(all, as: "all")
    for file in files { FileSystem.removeFile(file) }
    return all
  }
}
