internal import ByteKernels
internal import Documents
internal import FoundationEssentials
internal import Synchronization
internal import TextAnalysis
package import Tokenization

/// Trains a tokenizer on files, without a run around it.
package enum TokenizerTraining {
  /// What was read, and what was written.
  package struct Report: Sendable {
    package let ledger: StageLedger
    package let failures: [Manifest.Failure]
    package let paths: [String]
  }

  /// Counts on `workerCount` workers, a file each, then trains; equal for any number of workers and
  /// any memory.
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
    try FileSystem.makeFolder(folder)
    let scratch = "\(folder)/scratch-\(Hexadecimal.digits(UInt64.random(in: .min ... .max)))"
    try FileSystem.makeFolder(scratch)
    defer { try? FileManager.default.removeItem(atPath: scratch) }
    observer.stageBegan("count", taskCount: paths.count, doneCount: 0)
    defer { observer.finished() }
    let workerCount = max(1, min(workerCount, paths.count))
    let queue = WorkQueue(count: paths.count)
    var sum = StageLedger()
    var lost: [Manifest.Failure] = []
    try await withThrowingTaskGroup(of: (StageLedger, [Manifest.Failure]).self) { group in
      for worker in 0..<workerCount {
        group.addTask {
          let counter = WordCounter(
            pattern: settings.pattern, memoryByteCount: memoryByteCount / workerCount,
            scratchPrefix: "\(scratch)/\(worker)")
          var ledger = StageLedger()
          var failures: [Manifest.Failure] = []
          while let index = queue.next() {
            defer { observer.taskEnded("count", index: index) }
            let source = try DocumentSource([paths[index]], reading: reading, observer: observer)
            while let document = source.next() {
              observer.advanced(byteCount: document.text.count)
              try counter.add(document.text.span)
            }
            ledger += source.ledger
            failures += source.failures
          }
          _ = try counter.publish(path: "\(scratch)/\(worker).counts")
          return (ledger, failures)
        }
      }
      for try await (ledger, failures) in group {
        sum += ledger
        lost += failures
      }
    }
    let vocabulary = try BPETrainer.train(
      countFiles: (0..<workerCount).map { "\(scratch)/\($0).counts" }, settings: settings,
      memoryByteCount: memoryByteCount)
    let written = try TokenizerFiles.write(vocabulary, to: folder)
    return Report(
      ledger: sum, failures: lost.sorted { $0.path < $1.path }, paths: written.map(\.path))
  }
}

/// Hands out the numbers of pieces of work, each once.
private final class WorkQueue: Sendable {
  private let count: Int
  private let handedOut = Mutex(0)

  init(count: Int) {
    self.count = count
  }

  func next() -> Int? {
    handedOut.withLock { number in
      guard number < count else { return nil }
      defer { number += 1 }
      return number
    }
  }
}

/// The files a trained tokenizer is written as.
enum TokenizerFiles {
  static let tokenizerName = "tokenizer.json"

  /// Writes `tokenizer.json`, `tokenizer_config.json` and `tokenizer.tiktoken` into a folder.
  static func write(
    _ vocabulary: Vocabulary, to folder: String
  ) throws -> [OutputFile.Published] {
    [
      try TokenizerJSON.write(vocabulary, path: "\(folder)/\(tokenizerName)"),
      try TokenizerConfiguration.write(vocabulary, path: "\(folder)/tokenizer_config.json"),
      try TiktokenFile.write(vocabulary, path: "\(folder)/tokenizer.tiktoken"),
    ]
  }
}
