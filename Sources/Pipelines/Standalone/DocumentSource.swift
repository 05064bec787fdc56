internal import ByteKernels
package import Documents
internal import TextAnalysis

/// The documents of files, patterns or standard input, one after the other, for commands that do
/// one thing.
package final class DocumentSource {
  private let inputs: [(path: String, name: String)]
  private var nextInput = 0
  private var intake: RecordIntake

  /// Counts of everything read so far, like a run's.
  package var ledger: StageLedger { intake.ledger }
  package var failures: [Manifest.Failure] { intake.failures }

  /// Refuses a pattern that matches nothing; `-` is standard input.
  package init(
    _ patterns: [String], reading: ReadingSettings, observer: any RunObserver
  ) throws(PipelineError) {
    let paths = try InputPatterns.expand(patterns, acceptsStandardInput: true)
    inputs = zip(paths, InputPatterns.names(of: paths)).map { (path: $0, name: $1) }
    intake = RecordIntake(reading, observer: observer)
  }

  /// The documents of one file; `name` is the source of those that do not say theirs.
  init(path: String, name: String, reading: ReadingSettings, observer: any RunObserver) {
    inputs = [(path: path, name: name)]
    intake = RecordIntake(reading, observer: observer)
  }

  /// The next document, its text decoded to UTF-8 and markup kept; nil at the end.
  package func next() -> Document? {
    while true {
      if let document = intake.nextDocument() { return document }
      guard nextInput < inputs.count else { return nil }
      intake.open(inputs[nextInput].path, name: inputs[nextInput].name)
      nextInput += 1
    }
  }

  /// The next documents, up to the one whose text reaches `byteCount`; none at the end.
  package func nextBatch(byteCount: Int) -> [Document] {
    var documents: [Document] = []
    var taken = 0
    while taken < byteCount, let document = next() {
      taken += document.text.count
      documents.append(document)
    }
    return documents
  }
}
