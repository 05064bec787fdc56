internal import Documents

/// Does items of a conversion one after the other.
struct ConversionWorker {
  /// What became of an item.
  struct Output: Sendable {
    let target: Int
    /// Whole units of the output's bytes, or the documents when it must be written in one go.
    var bytes: [UInt8] = []
    var documents: [Document] = []
    var ledger = StageLedger()
    var failures: [Manifest.Failure] = []
  }

  /// Bytes are given on in parts of a few times so many, or whatever a compressed unit comes to.
  private static let partByteCount = 1 << 18

  private let reading: ReadingSettings
  private let observer: any RunObserver
  private let encoder: DocumentEncoder?

  init(format: OutputFormat, reading: ReadingSettings, observer: any RunObserver) {
    self.reading = reading
    self.observer = observer
    encoder = format.encoder()
  }

  /// With `flush`, bytes and documents are given to it as they come, and not kept.
  func work(
    _ item: ConversionItem, flush: ((inout Output) throws -> Void)? = nil
  ) throws -> Output {
    var output = Output(target: item.target)
    let splitTextCount = encoder?.splitTextCount ?? 0
    switch item.work {
    case .documents(let documents):
      for document in documents { _ = try take(document, &output, flush) }
    case .pieces(let pieces):
      var intake = RecordIntake(reading, observer: observer)
      for piece in pieces {
        intake.open(piece.path, name: piece.name, slice: piece.slice)
        repeat {
          try takeLines(&intake, &output, flush)
        } while try take(intake.nextDocument(), &output, flush)
      }
      (output.ledger, output.failures) = (intake.ledger, intake.failures)
    }
    if let encoder {
      if encoder.openByteCount > 0 { encoder.finishUnit() }
      output.bytes.append(contentsOf: encoder.takeBytes())
      let count = encoder.splitTextCount - splitTextCount
      if count > 0 { output.ledger.repaired["texts-that-hold-the-separator"] = count }
    }
    try flush?(&output)
    return output
  }

  /// Takes over what is JSON lines already and stays so.
  private func takeLines(
    _ intake: inout RecordIntake, _ output: inout Output, _ flush: ((inout Output) throws -> Void)?
  ) throws {
    guard let encoder else { return }
    while encoder.appendLines({ intake.respell(into: &$0, byteCount: $1) }) > 0 {
      try pass(encoder, &output, flush)
    }
  }

  /// False for nil.
  private func take(
    _ document: Document?, _ output: inout Output, _ flush: ((inout Output) throws -> Void)?
  ) throws -> Bool {
    guard let document else { return false }
    if let encoder {
      encoder.append(document)
      try pass(encoder, &output, flush)
    } else {
      output.documents.append(document)
      try flush?(&output)
    }
    return true
  }

  private func pass(
    _ encoder: DocumentEncoder, _ output: inout Output, _ flush: ((inout Output) throws -> Void)?
  ) throws {
    if encoder.openByteCount >= DocumentWriter.unitByteCount { encoder.finishUnit() }
    guard let flush else { return }
    while encoder.readyByteCount >= Self.partByteCount {
      output.bytes = encoder.takeBytes(limit: 4 * Self.partByteCount)
      try flush(&output)
    }
  }
}

/// A worker of its own in a conversion that does several items at once.
actor ConversionLane: Lane {
  private let worker: ConversionWorker

  init(_ worker: sending ConversionWorker) {
    self.worker = worker
  }

  func transform(_ item: ConversionItem) throws -> ConversionWorker.Output {
    try worker.work(item)
  }
}
