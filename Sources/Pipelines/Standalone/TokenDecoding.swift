internal import ByteKernels
internal import Documents
package import Tokenization

/// Turns files of token ids back into documents.
package enum TokenDecoding {
  package struct Report: Sendable {
    package fileprivate(set) var ledger = StageLedger()
    package fileprivate(set) var failures: [Manifest.Failure] = []
    package fileprivate(set) var tokenCount = 0
    /// Documents whose ids are not the ids of a text: U+FFFD stands for what is no UTF-8.
    package fileprivate(set) var repairedCount = 0
  }

  /// Writes a document for each number of `lengths`, or one of all ids when that is nil.
  ///
  /// A document with an id that the tokenizer does not have is lost, which is said; others are not.
  package static func run(
    ids path: String, lengths: String?, tokenizer: Tokenizer, skippingSpecialTokens: Bool,
    to output: String, observer: any RunObserver
  ) throws -> Report {
    guard let format = OutputFormat(path: output == "-" ? ".jsonl" : output) else {
      throw PipelineError(
        file: output, message: "its name tells no format; end it with \(OutputFormat.endings)")
    }
    observer.stageBegan("decode", taskCount: 1, doneCount: 0)
    defer { observer.finished() }
    var ids = try IDFileReader(path: path)
    var documents = Decoded(
      tokenizer, skippingSpecialTokens: skippingSpecialTokens,
      name: path == "-" ? "stdin" : FileSystem.baseName(path), sink: try format.open(output),
      observer: observer)
    if let lengths {
      var counts = try IDFileReader(path: lengths)
      while let count = try counts.next() {
        let taken = try ids.next(Int(count))
        if taken.count < Int(count) { throw tooShort(path, lengths, ids.offset) }
        try documents.append(taken)
      }
      if try ids.next() != nil { throw tooLong(path, lengths, ids.offset - 4) }
    } else {
      try documents.append(try ids.next(.max))
    }
    return try documents.finish()
  }

  private static func tooShort(_ path: String, _ lengths: String, _ offset: Int) -> PipelineError {
    PipelineError(
      file: path,
      message: "ends at byte \(offset), before the documents of \(lengths) do; one of the two is "
        + "cut off, or belongs to another")
  }

  private static func tooLong(_ path: String, _ lengths: String, _ offset: Int) -> PipelineError {
    PipelineError(
      file: path,
      message: "goes on at byte \(offset), behind the last document of \(lengths); one of the two "
        + "is cut off, or belongs to another")
  }
}

/// Documents as they are decoded and written.
private struct Decoded {
  private let tokenizer: Tokenizer
  private let skipsSpecialTokens: Bool
  private let name: String
  private let sink: any DocumentSink
  private let observer: any RunObserver
  private var report = TokenDecoding.Report()
  private var count = 0

  init(
    _ tokenizer: Tokenizer, skippingSpecialTokens: Bool, name: String, sink: any DocumentSink,
    observer: any RunObserver
  ) {
    self.tokenizer = tokenizer
    skipsSpecialTokens = skippingSpecialTokens
    self.name = name
    self.sink = sink
    self.observer = observer
  }

  /// Writes the document of some ids, the text made valid UTF-8.
  mutating func append(_ ids: [UInt32]) throws {
    let id = "\(name):\(count)"
    count += 1
    report.tokenCount += ids.count
    let byteCount = 4 * ids.count
    report.ledger.input += Tally(documents: 1, bytes: byteCount)
    observer.advanced(byteCount: byteCount)
    let bytes: [UInt8]
    do throws(UnknownTokenError) {
      bytes = try tokenizer.decode(ids, skippingSpecials: skipsSpecialTokens)
    } catch {
      report.ledger.fail(cause: "unknown-token", documents: 1, bytes: byteCount)
      report.failures.append(.init(path: name, message: "\(id): \(error)"))
      observer.warned("\(id): \(error)")
      return
    }
    let repaired = UTF8Repair.repaired(bytes, replacing: .replacementCharacter)
    if repaired.count > 0 { report.repairedCount += 1 }
    try sink.write(Document(id: id, text: repaired.bytes, source: name))
    report.ledger.kept += Tally(documents: 1, bytes: byteCount)
    report.ledger.output += Tally(documents: 1, bytes: repaired.bytes.count)
  }

  mutating func finish() throws -> TokenDecoding.Report {
    _ = try sink.publish()
    if report.repairedCount > 0 {
      report.ledger.repaired["texts-that-are-no-utf-8"] = report.repairedCount
    }
    return report
  }
}
