internal import ByteKernels
internal import Documents
internal import Packing
internal import TextAnalysis

/// Reads records one after the other, decodes their text, and counts everything that comes by.
struct RecordIntake {
  private let decoder: TextDecoder
  private let settings: ReadSettings
  private let observer: any RunObserver
  /// How records become conversations; nil when they are texts.
  private let conversations: ConversationSettings?
  private var reader: RecordReader?
  private var path = ""
  private var reportedByteCount = 0

  private(set) var ledger = StageLedger()
  private(set) var failures: [Manifest.Failure] = []

  /// A record without text whose members are a conversation has what was said in it as its text.
  init(
    _ reading: ReadingSettings, conversations: ConversationSettings? = nil,
    observer: any RunObserver
  ) {
    decoder = TextDecoder(reading.decodeSettings)
    var settings = reading.readSettings
    settings.isTextOptional = conversations != nil
    self.settings = settings
    self.conversations = conversations
    self.observer = observer
  }

  /// Begins with a file, or a slice of it; `name` is the source of documents that name none, and
  /// part of the id of those that have none.
  mutating func open(_ path: String, name: String, slice: Range<Int>? = nil) {
    reader = RecordReader(path: path, name: name, slice: slice, settings: settings)
    self.path = path
    reportedByteCount = 0
  }

  /// Begins with a slice of a planned input; one that is not what was planned is counted as lost, and
  /// has no records.
  mutating func open(_ slice: Plan.Slice, of input: Plan.Input) throws {
    if let failure = input.failure {
      fail(cause: "unreadable", path: input.path, message: failure)
      return
    }
    if FileSystem.status(input.path) != nil, try !input.isUnchanged() {
      let message =
        "\(input.path): has changed since the run was planned; give it to a run of its own"
      fail(cause: "changed", path: input.path, message: message)
      return
    }
    open(input.path, name: input.name, slice: slice.range(in: input))
  }

  /// Counts a file that is lost as a whole.
  mutating func fail(cause: String, path: String, message: String, lostByteCount: Int = 0) {
    ledger.input.documents += 1
    ledger.fail(cause: cause, documents: 1, bytes: lostByteCount)
    failures.append(Manifest.Failure(path: path, message: message))
    observer.failed(message)
  }

  /// The next record that holds a document, with its text; nil at the end of the file.
  ///
  /// The caller says what becomes of it: `keep` or `drop`.
  mutating func next() -> (record: Record, text: DecodedText)? {
    guard let reader else { return nil }
    while let event = reader.next() {
      advance(to: reader.streamByteCount, by: 1 << 22)
      if let record = take(event) {
        let text = decoder.decode(record)
        count(record, text)
        return (record, text)
      }
    }
    advance(to: reader.streamByteCount, by: 1)
    ledger.input.bytes += reader.streamByteCount
    if reader.replacementCount > 0 {
      ledger.repaired["invalid-byte-sequences", default: 0] += reader.replacementCount
    }
    self.reader = nil
    return nil
  }

  /// Takes documents over as they are, as lines of JSON, while that takes no unpacking.
  ///
  /// They count as kept. What `next` gives comes behind them.
  mutating func respell(into json: inout ByteBuffer, byteCount: Int) -> RespelledDocuments {
    guard let reader else { return RespelledDocuments() }
    let documents = reader.respell(into: &json, byteCount: byteCount)
    advance(to: reader.streamByteCount, by: 1 << 22)
    let tally = Tally(documents: documents.documentCount, bytes: documents.byteCount)
    ledger.input.documents += tally.documents
    ledger.kept += tally
    ledger.output += Tally(documents: tally.documents, bytes: documents.textByteCount)
    return documents
  }

  /// The next document as it was read, its text decoded to UTF-8, kept and counted; nil at the end of
  /// the file.
  mutating func nextDocument() -> Document? { nextKept().map { Document($0, $1) } }

  /// The next record whose text stays, kept and counted; nil at the end of the file.
  mutating func nextKept() -> (record: Record, text: DecodedText)? {
    while let (record, text) = next() {
      if drops(text) {
        drop(record, step: "read", reason: "invalid-bytes")
        continue
      }
      keep(record, textByteCount: text.bytes.count)
      return (record, text)
    }
    return nil
  }

  /// True when the settings drop the document for the bytes that are no text.
  func drops(_ text: DecodedText) -> Bool { decoder.drops(text) }

  /// Counts a document that is kept, `textByteCount` bytes of text long.
  mutating func keep(_ record: Record, textByteCount: Int) {
    ledger.kept += Tally(documents: 1, bytes: record.byteCount)
    ledger.output += Tally(documents: 1, bytes: textByteCount)
  }

  mutating func drop(_ record: Record, step: String, reason: String) {
    ledger.drop(step: step, reason: reason, bytes: record.byteCount)
  }

  /// Counts what steps put right in a document.
  mutating func count(_ repairs: [String: Int]) {
    if !repairs.isEmpty { ledger.repaired.merge(repairs, uniquingKeysWith: +) }
  }

  private mutating func take(_ event: ReadEvent) -> Record? {
    switch event {
    case .record(let record):
      ledger.input.documents += 1
      return withConversation(record)
    case .skipped(RecordReader.emptyFileKind, 0): emptyFile()
    case .skipped(let kind, let byteCount):
      let tally = Tally(documents: 1, bytes: byteCount)
      ledger.input.documents += tally.documents
      ledger.skipped[kind, default: Tally()] += tally
    case .malformed(let malformed):
      ledger.input.documents += 1
      ledger.fail(cause: malformed.cause, documents: 1, bytes: malformed.byteCount)
      observer.warned("\(path): record at byte \(malformed.place): \(malformed.message)")
    case .damaged(let error, let lostByteCount):
      fail(
        cause: error.code, path: path, message: error.description, lostByteCount: lostByteCount)
    }
    return nil
  }

  /// The record when it is a conversation, where conversations are asked for; others are counted.
  private mutating func withConversation(_ record: Record) -> Record? {
    guard let conversations else { return record }
    do throws(Conversation.Fault) {
      var record = record
      let conversation = try Conversation(record.metadata, conversations)
      if record.payload.isEmpty { record.payload = conversation.text }
      return record
    } catch {
      ledger.fail(cause: error.cause, documents: 1, bytes: record.byteCount)
      observer.warned("\(path): record at \(record.origin): \(error)")
      return nil
    }
  }

  /// An empty file is no record; one that should begin with a compressed unit has lost all it held.
  private mutating func emptyFile() {
    let kind = RecordReader.emptyFileKind
    let message = "\(path): byte 0: the file is empty"
    if RecordReader.promisesCompression(path: path), reader?.compressedByteCount == 0 {
      fail(cause: kind, path: path, message: "\(message); fetch it again")
    } else {
      ledger.skipped[kind, default: Tally()] += Tally()
      observer.warned(message)
    }
  }

  private mutating func count(_ record: Record, _ text: DecodedText) {
    if text.replacementCount > 0 {
      ledger.repaired["invalid-byte-sequences", default: 0] += text.replacementCount
    }
    if record.replacedSequenceCount > 0 {
      ledger.repaired["invalid-byte-sequences-beside-text", default: 0] +=
        record.replacedSequenceCount
    }
    if record.replacedSurrogateCount > 0 {
      ledger.repaired["lone-surrogates", default: 0] += record.replacedSurrogateCount
    }
    if text.source != .input {
      ledger.repaired["charset-\(text.charset)-by-\(text.source.rawValue)", default: 0] += 1
    }
  }

  private mutating func advance(to byteCount: Int, by step: Int) {
    guard byteCount - reportedByteCount >= step else { return }
    observer.advanced(byteCount: byteCount - reportedByteCount)
    reportedByteCount = byteCount
  }
}
