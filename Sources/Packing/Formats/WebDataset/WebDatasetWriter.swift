internal import ByteKernels
internal import Documents

/// Writes one shard as tar archives of JSON arrays, each compressed on its own.
final class WebDatasetWriter: TokenShardWriter {
  /// What open_lm's writer puts into an archive.
  static let usualSequencesPerArchive = 8192

  private(set) var sequenceCount = 0
  private(set) var tokenCount = 0

  private let prefix: String
  private let vocabularySize: Int
  private let sequencesPerArchive: Int
  private let encoder = GzipEncoder()
  private var archive: TarWriter?
  /// Sequences of each archive, the open one's last.
  private var counts: [Int] = []
  private var published: [OutputFile.Published] = []

  /// Starts no file before the first sequence.
  init(
    prefix: String, vocabularySize: Int,
    sequencesPerArchive: Int = WebDatasetWriter.usualSequencesPerArchive
  ) throws(FileError) {
    self.prefix = prefix
    self.vocabularySize = vocabularySize
    self.sequencesPerArchive = sequencesPerArchive
    if let slash = prefix.lastIndex(of: "/") {
      try FileSystem.makeFolder(String(prefix[..<slash]))
    }
  }

  func append(_ sequence: PackedSequence) throws(FileError) {
    let archive = try openArchive()
    let json = json(sequence.tokens)
    var packed: [UInt8] = []
    encoder.encode(json.span, into: &packed)
    encoder.finishMember(into: &packed)
    let number = WebDatasetLayout.number(sequenceCount, digits: 8)
    let name = "\(FileSystem.baseName(prefix))-\(number)\(WebDatasetLayout.memberEnding)"
    try archive.append(name: name, packed)
    counts[counts.count - 1] += 1
    sequenceCount += 1
    tokenCount += sequence.tokens.count
  }

  func publish() throws(FileError) -> [OutputFile.Published] {
    guard sequenceCount > 0 else { return [] }
    try finishArchive()
    ShardContinuation.removeFiles(of: prefix, WebDatasetLayout.ending, from: counts.count)
    let manifest = try OutputFile(path: prefix + WebDatasetLayout.manifestEnding)
    for (file, count) in counts.enumerated() {
      let name = FileSystem.baseName(ShardContinuation.prefix(prefix, file: file))
      try manifest.write(Array("{\"shard\": \"\(name)\", \"num_sequences\": \(count)}\n".utf8))
    }
    return published + [try manifest.publish()]
  }

  private func openArchive() throws(FileError) -> TarWriter {
    if let archive, counts[counts.count - 1] < sequencesPerArchive { return archive }
    try finishArchive()
    let file = ShardContinuation.prefix(prefix, file: counts.count)
    let next = try TarWriter(path: file + WebDatasetLayout.ending)
    archive = next
    counts.append(0)
    return next
  }

  private func finishArchive() throws(FileError) {
    guard let archive else { return }
    published.append(try archive.publish())
    self.archive = nil
  }

  /// As Python's `json.dumps` writes it.
  private func json(_ tokens: [UInt32]) -> [UInt8] {
    var text: [UInt8] = [UInt8(ascii: "[")]
    text.reserveCapacity(8 * tokens.count + 2)
    for (index, token) in tokens.enumerated() {
      precondition(token < vocabularySize, "id \(token) is outside the vocabulary")
      if index > 0 {
        text.append(UInt8(ascii: ","))
        text.append(UInt8(ascii: " "))
      }
      JSONNumbers.append(token, to: &text)
    }
    text.append(UInt8(ascii: "]"))
    return text
  }
}
