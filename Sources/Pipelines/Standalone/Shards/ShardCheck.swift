internal import ByteKernels
internal import Packing
internal import Tokenization

/// Reads one shard whole and says what is wrong with it.
struct ShardCheck {
  /// What a shard came to.
  struct Result: Sendable {
    var faults = ShardFaults()
    /// For messages: the file its reader is opened with, or the name in the set.
    var path: String
    var sequenceCount = 0
    var tokenCount = 0
    var paddingCount = 0
    var documentCount = 0
    var triedDocumentCount = 0
    /// Bytes of the files read.
    var byteCount = 0
    /// XXH64 of all tokens; nil when they could not be read.
    var contentHash: UInt64?
  }

  /// What is looked for in every shard of a set.
  struct Subject: Sendable {
    var expectations: TokenExpectations
    var tokenizer: Tokenizer?
    var triesAllDocuments = false
  }

  private let subject: Subject
  private var result: Result

  /// Checks a shard that a set names, its files included.
  static func run(
    _ entry: ShardSet.Shard, in folder: ShardSetFolder, _ subject: Subject
  ) -> Result {
    var check = ShardCheck(subject: subject, path: "\(folder.path)/\(entry.name)")
    check.result.byteCount = FileCheck.run(entry.files, in: folder, &check.result.faults)
    check.catching { check throws in
      let shard = try LocatedShard(entry, in: folder)
      check.result.path = shard.path
      if shard.provenancePath == nil { return }
      try check.read(shard)
    }
    check.compare(with: entry, in: folder)
    return check.result
  }

  /// Checks a shard that no set names.
  static func run(_ shard: LocatedShard, _ subject: Subject) -> Result {
    var check = ShardCheck(subject: subject, path: shard.path)
    check.result.byteCount = FileSystem.status(shard.path)?.byteCount ?? 0
    check.catching { check throws in try check.read(shard) }
    return check.result
  }

  private init(subject: Subject, path: String) {
    self.subject = subject
    result = Result(path: path)
  }

  /// Makes a fault of what stops the reading.
  private mutating func catching(_ body: (inout ShardCheck) throws -> Void) {
    do {
      try body(&self)
    } catch {
      result.contentHash = nil
      switch error {
      case TokenShardError.malformed(let path, let byteOffset, let fault):
        result.faults.add(.structure, path, byteOffset: byteOffset, fault.message)
      case ProvenanceError.malformed(let path, let byteOffset, let message):
        result.faults.add(.provenance, path, byteOffset: byteOffset, message)
      default:
        addMissing(Self.words(error))
      }
    }
  }

  /// A file that is not there is told once.
  private mutating func addMissing(_ message: String) {
    let known: [ShardFault.Kind] = [.missingFile, .wrongSize]
    if known.contains(where: { result.faults.counts[$0] != nil }) { return }
    result.faults.add(.structure, result.path, message)
  }

  private static func words(_ error: any Error) -> String {
    (error as? RunError)?.message ?? "\(error)"
  }

  private mutating func read(_ shard: LocatedShard) throws {
    var sequences = try ShardSequences(shard)
    var expectations = subject.expectations
    try sequences.reader.verify()
    if let provenance = sequences.provenance {
      try provenance.verifyOrigins()
      result.documentCount = provenance.documentCount
    } else {
      expectations.hasPieces = false
      expectations.padding = nil
    }
    var roundTrip = subject.tokenizer.map {
      RoundTrip($0, expectations, isOfAll: subject.triesAllDocuments)
    }
    var hash = XXH64()
    var offset = 0
    while let sequence = try sequences.next() {
      expectations.check(sequence, at: offset, shard.path, &result.faults)
      roundTrip?.check(sequence, at: offset, shard.path, &result.faults)
      Self.update(&hash, sequence.tokens)
      result.paddingCount += sequence.paddingCount
      offset = sequences.tokenOffset
    }
    result.sequenceCount = sequences.number
    result.tokenCount = offset
    result.triedDocumentCount = roundTrip?.triedCount ?? 0
    result.contentHash = hash.digest()
    let isWhole = try sequences.number == sequences.count && sequences.isAtEnd()
    if !isWhole, let provenance = sequences.provenance {
      let tokenCount = try sequences.reader.tokenCount
      result.faults.add(
        .provenance, provenance.path, tokenOffset: offset,
        "tells of \(provenance.tokenCount) tokens, but the shard has \(tokenCount)")
    }
  }

  private static func update(_ hash: inout XXH64, _ tokens: [UInt32]) {
    hash.update(tokens.span.raw)
  }

  private mutating func compare(with entry: ShardSet.Shard, in folder: ShardSetFolder) {
    let provenance = ProvenanceWriter.path(ofShard: entry.name)
    if !entry.files.contains(where: { $0.path == provenance }) {
      result.faults.add(
        .provenance, "\(folder.path)/\(entry.name)", "the set names no provenance of this shard")
    }
    guard result.contentHash != nil else { return }
    let counts = [
      ("sequences", result.sequenceCount, entry.sequences),
      ("tokens", result.tokenCount, entry.tokens),
      ("tokens of padding", result.paddingCount, entry.padding),
      ("documents", result.documentCount, entry.documents),
    ]
    for (name, found, expected) in counts where found != expected {
      result.faults.add(
        .wrongCount, result.path, "has \(found) \(name), but the set counts \(expected)")
    }
  }
}

/// Holds files against the sizes and digests that a set gives them.
enum FileCheck {
  /// Returns how many bytes were read.
  static func run(
    _ files: [ShardSet.File], in folder: ShardSetFolder, _ faults: inout ShardFaults
  ) -> Int {
    var byteCount = 0
    for file in files {
      let path = folder.path(of: file)
      guard let status = FileSystem.status(path), status.isRegularFile else {
        faults.add(.missingFile, path, "is not there")
        continue
      }
      guard status.byteCount == file.bytes else {
        faults.add(
          .wrongSize, path, byteOffset: min(status.byteCount, file.bytes),
          "has \(status.byteCount) bytes, but was written with \(file.bytes)")
        continue
      }
      byteCount += file.bytes
      do throws(FileError) {
        let digest = Hexadecimal.digits(try Fingerprint.whole(path))
        if digest != file.xxh64 {
          faults.add(
            .wrongDigest, path, "hashes to \(digest), but was written with \(file.xxh64)")
        }
      } catch {
        faults.add(.missingFile, path, error.reason)
      }
    }
    return byteCount
  }
}
