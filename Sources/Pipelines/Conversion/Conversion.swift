internal import ByteKernels
internal import Documents

/// Reads documents of any format and writes them in another.
package enum Conversion {
  /// What is written, and where.
  package struct Settings: Sendable {
    package var output: String
    /// The ending of the files in a folder, or the format of a pipe or device.
    package var ending: String?
    /// What goes behind each document of plain text, with escapes.
    package var separator: String?
    package var workerCount = 1

    package init(output: String) {
      self.output = output
    }
  }

  package struct Report: Sendable {
    package fileprivate(set) var ledger = StageLedger()
    package fileprivate(set) var failures: [Manifest.Failure] = []
    package fileprivate(set) var paths: [String] = []
  }

  /// Writes the documents of all inputs in order; what is written does not depend on the workers.
  @MainActor
  package static func run(
    _ patterns: [String], reading: ReadingSettings, _ settings: Settings,
    observer: any RunObserver
  ) async throws -> Report {
    let paths = try InputPatterns.expand(patterns, acceptsStandardInput: true)
    let inputs = zip(paths, InputPatterns.names(of: paths)).map { (path: $0, name: $1) }
    let targets = try ConversionTargets(
      inputs: inputs, output: settings.output, ending: settings.ending,
      separator: try separator(settings))
    let isDirect = settings.workerCount <= 1
    var queue = ConversionQueue(
      inputs, targets: targets, reading: reading,
      isWhole: isDirect && targets.format.compression == .none, observer: observer)
    var writer = ConversionOutput(targets)
    observer.stageBegan("convert", taskCount: 1, doneCount: 0)
    defer { observer.finished() }
    let makeWorker = {
      ConversionWorker(format: targets.format, reading: reading, observer: observer)
    }
    if isDirect {
      let worker = makeWorker()
      while let item = queue.next() {
        let rest = try worker.work(item) { try writer.write(&$0) }
        writer.count(rest)
      }
    } else {
      let lanes = (0..<settings.workerCount).map { _ in ConversionLane(makeWorker()) }
      try await orderedPipeline(
        lanes: lanes, read: { queue.next() },
        write: { output in
          var output = output
          try writer.write(&output)
          writer.count(output)
        })
    }
    try writer.finish()
    var report = Report()
    report.ledger = writer.ledger
    report.ledger += queue.ledger
    report.failures = writer.failures + queue.failures
    report.paths = targets.paths
    return report
  }

  private static func separator(_ settings: Settings) throws(PipelineError) -> [UInt8] {
    guard let text = settings.separator else { return Array(TextUnit.defaultSeparator.utf8) }
    guard let bytes = TextEscapes.bytes(text), !bytes.isEmpty else {
      throw PipelineError(
        file: "--output-separator",
        message: "must not be empty; known escapes are \(TextEscapes.known)")
    }
    return bytes
  }
}
