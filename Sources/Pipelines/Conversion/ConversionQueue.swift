internal import ByteKernels
internal import Documents

/// A part of a conversion that one worker does.
struct ConversionItem: Sendable {
  /// A file, or a slice of one.
  struct Piece: Sendable {
    let path: String
    let name: String
    let slice: Range<Int>?
  }

  enum Work: Sendable {
    /// To be read and written.
    case pieces([Piece])
    /// Read already, to be written.
    case documents([Document])
  }

  /// The output that the item goes to; ascending.
  let target: Int
  let work: Work
}

/// Cuts the inputs of a conversion into items, in order.
///
/// How they are cut depends on the inputs alone, so what is written does too. A large file that
/// cannot be cut is read here, a batch at a time.
struct ConversionQueue {
  /// Small files share an item up to so many stored bytes, and larger ones are cut.
  private static let pieceByteCount = 4 << 20
  /// Bytes of text after which a batch of documents is full.
  private static let batchByteCount = 4 << 20

  private let inputs: [(path: String, name: String)]
  private let targets: ConversionTargets
  private let reading: ReadingSettings
  /// True when files need no cutting, since nothing is done at once.
  private let isWhole: Bool
  private var nextInput = 0
  private var planned: [ConversionItem] = []
  private var intake: RecordIntake
  /// The output of the file that is being read here.
  private var readTarget: Int?

  /// Counts of what was read here.
  var ledger: StageLedger { intake.ledger }
  var failures: [Manifest.Failure] { intake.failures }

  init(
    _ inputs: [(path: String, name: String)], targets: ConversionTargets, reading: ReadingSettings,
    isWhole: Bool, observer: any RunObserver
  ) {
    self.inputs = inputs
    self.targets = targets
    self.reading = reading
    self.isWhole = isWhole
    intake = RecordIntake(reading, observer: observer)
  }

  /// The next item; nil when all inputs have been given out.
  mutating func next() -> ConversionItem? {
    while true {
      if let readTarget {
        if let batch = nextBatch() {
          return ConversionItem(target: readTarget, work: .documents(batch))
        }
        self.readTarget = nil
      }
      if !planned.isEmpty {
        let item = planned.removeFirst()
        guard case .pieces(let pieces) = item.work, isLarge(pieces) else { return item }
        intake.open(pieces[0].path, name: pieces[0].name, slice: pieces[0].slice)
        readTarget = item.target
        // Its file is there even when no document comes.
        return ConversionItem(target: item.target, work: .documents([]))
      }
      guard nextInput < inputs.count else { return nil }
      plan()
    }
  }

  private mutating func nextBatch() -> [Document]? {
    var documents: [Document] = []
    var byteCount = 0
    while byteCount < Self.batchByteCount, let document = intake.nextDocument() {
      documents.append(document)
      byteCount += document.text.count
    }
    return documents.isEmpty ? nil : documents
  }

  /// True for what is too large to be read at once, or of unknown length.
  private func isLarge(_ pieces: [ConversionItem.Piece]) -> Bool {
    guard !isWhole, pieces.count == 1 else { return false }
    let status = FileSystem.status(pieces[0].path)
    guard status?.isRegularFile == true else { return status != nil || pieces[0].path == "-" }
    let byteCount = status?.byteCount ?? 0
    let slice = pieces[0].slice ?? 0..<byteCount
    return min(slice.upperBound, byteCount) - slice.lowerBound > 2 * Self.pieceByteCount
  }

  /// Takes the next file, or small files that go to the same output.
  private mutating func plan() {
    let target = targets.index(ofInput: nextInput)
    var pieces: [ConversionItem.Piece] = []
    var filled = 0
    while nextInput < inputs.count, targets.index(ofInput: nextInput) == target {
      let (path, name) = inputs[nextInput]
      let status = FileSystem.status(path)
      let byteCount = status?.isRegularFile == true ? status?.byteCount ?? 0 : Int.max
      if !pieces.isEmpty, byteCount > Self.pieceByteCount - filled { break }
      nextInput += 1
      if byteCount > Self.pieceByteCount {
        cut(path, name, byteCount: byteCount, target: target)
        return
      }
      filled += byteCount
      pieces.append(ConversionItem.Piece(path: path, name: name, slice: nil))
    }
    planned.append(ConversionItem(target: target, work: .pieces(pieces)))
  }

  private mutating func cut(_ path: String, _ name: String, byteCount: Int, target: Int) {
    var bounds = [0]
    if byteCount < Int.max, !isWhole {
      bounds +=
        ShardCuts(
          path: path, byteCount: byteCount, sliceByteCount: Self.pieceByteCount,
          settings: reading.readSettings
        ).offsets
    }
    bounds.append(byteCount)
    for (start, end) in zip(bounds, bounds.dropFirst()) {
      let piece = ConversionItem.Piece(
        path: path, name: name, slice: bounds.count > 2 ? start..<end : nil)
      planned.append(ConversionItem(target: target, work: .pieces([piece])))
    }
  }
}
