internal import Documents
internal import Synchronization

/// Hands out the documents of several files to many workers: each file is read by one worker at a
/// time, but by whichever is free, so that all of them count even when there is one file.
actor SharedReaders {
  private let files: [Int]
  private let open: @Sendable (Int) -> DocumentSource
  private let ended: @Sendable (Int) -> Void
  private var nextFile = 0
  /// Files that are open and not at their end.
  private var active: [SharedReader] = []
  private(set) var sources: [SharedReader] = []
  private var turn = 0

  init(
    _ files: [Int], _ open: @escaping @Sendable (Int) -> DocumentSource,
    ended: @escaping @Sendable (Int) -> Void
  ) {
    self.files = files
    self.open = open
    self.ended = ended
  }

  /// The next documents of some file; nil when all are read.
  ///
  /// Throws once the task is cancelled: after one worker's error the others do not read on.
  nonisolated func next() async throws -> [Document]? {
    while let reader = await choose() {
      try Task.checkCancellation()
      if let documents = await reader.next() { return documents }
      await retire(reader)
    }
    return nil
  }

  /// A file nobody reads, a new one, or one to wait for.
  private func choose() -> SharedReader? {
    if let idle = active.first(where: { !$0.isBusy }) { return idle }
    if nextFile < files.count {
      let reader = SharedReader(files[nextFile], open)
      nextFile += 1
      active.append(reader)
      sources.append(reader)
      return reader
    }
    if active.isEmpty { return nil }
    turn += 1
    return active[turn % active.count]
  }

  private func retire(_ reader: SharedReader) {
    guard let place = active.firstIndex(where: { $0 === reader }) else { return }
    active.remove(at: place)
    ended(reader.index)
  }
}

/// A file that workers read in turn.
actor SharedReader {
  nonisolated let index: Int
  private let open: @Sendable (Int) -> DocumentSource
  private var source: DocumentSource?
  /// How many workers read or wait to.
  private nonisolated let users = Atomic(0)

  private static let batchByteCount = 1 << 20

  init(_ index: Int, _ open: @escaping @Sendable (Int) -> DocumentSource) {
    self.index = index
    self.open = open
  }

  nonisolated var isBusy: Bool { users.load(ordering: .relaxed) > 0 }

  var ledger: StageLedger { source?.ledger ?? StageLedger() }
  var failures: [Manifest.Failure] { source?.failures ?? [] }

  /// The next documents; nil at the end.
  nonisolated func next() async -> [Document]? {
    users.add(1, ordering: .relaxed)
    defer { users.subtract(1, ordering: .relaxed) }
    return await read()
  }

  private func read() -> [Document]? {
    if source == nil { source = open(index) }
    let documents = source?.nextBatch(byteCount: Self.batchByteCount) ?? []
    return documents.isEmpty ? nil : documents
  }
}
