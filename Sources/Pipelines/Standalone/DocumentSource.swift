internal import ByteKernels
package import Documents
internal import TextAnalysis

/// The documents of files, patterns or standard input, one after the other, for commands that do
/// one thing.
package final class DocumentSource {
  private let paths: [String]
  private let reading: ReadingSettings
  private let decoder: TextDecoder
  private let observer: any RunObserver
  private var nextPath = 0
  private var reader: RecordReader?

  /// Counts of everything read so far, like a run's.
  package private(set) var ledger = StageLedger()
  package private(set) var failures: [Manifest.Failure] = []

  /// Refuses a pattern that matches nothing; `-` is standard input.
  package init(
    _ patterns: [String], reading: ReadingSettings, observer: any RunObserver
  ) throws(PipelineError) {
    var paths: [String] = []
    for pattern in patterns {
      let matches = pattern == "-" ? ["-"] : FileSystem.expand(pattern)
      if matches.isEmpty {
        throw PipelineError(file: pattern, message: "no file has this name or pattern")
      }
      paths += matches
    }
    self.paths = paths
    self.reading = reading
    self.observer = observer
    decoder = TextDecoder(reading.decodeSettings)
  }

  /// The next document, its text decoded to UTF-8 and markup kept; nil at the end.
  package func next() -> Document? {
    while true {
      if let reader {
        while let event = reader.next() {
          if let document = take(event, path: paths[nextPath - 1]) { return document }
        }
        ledger.input.bytes += reader.streamByteCount
        self.reader = nil
      }
      guard nextPath < paths.count else { return nil }
      reader = RecordReader(path: paths[nextPath], settings: reading.readSettings)
      nextPath += 1
    }
  }

  private func take(_ event: ReadEvent, path: String) -> Document? {
    ledger.input.documents += 1
    switch event {
    case .record(let record):
      let decoded = decoder.decode(record)
      if decoder.drops(decoded) {
        ledger.drop(step: "read", reason: "invalid-bytes", bytes: record.byteCount)
        return nil
      }
      ledger.kept += Tally(documents: 1, bytes: record.byteCount)
      ledger.output += Tally(documents: 1, bytes: decoded.bytes.count)
      return Document(record, decoded)
    case .skipped(let kind, let byteCount):
      ledger.skipped[kind, default: Tally()] += Tally(documents: 1, bytes: byteCount)
    case .malformed(let malformed):
      ledger.fail(cause: malformed.cause, documents: 1, bytes: malformed.byteCount)
      observer.warned("\(path): record at byte \(malformed.byteOffset): \(malformed.message)")
    case .damaged(let error, let lostByteCount):
      ledger.fail(cause: error.code, documents: 1, bytes: lostByteCount)
      failures.append(Manifest.Failure(path: path, message: error.description))
      observer.warned(error.description)
    }
    return nil
  }
}
