internal import ByteKernels

/// Writes one shard as MDS, in files of at most 64 MiB where samples are not larger.
///
/// The samples of a file wait on the disk until the offsets that stand before them are known, so what
/// is in memory is an offset a sample and a buffer.
final class MDSWriter: TokenShardWriter {
  private(set) var sequenceCount = 0
  private(set) var tokenCount = 0

  private let prefix: String
  private let description: TokenShardDescription
  private let configuration: MDSConfiguration
  private let configurationText: [UInt8]
  private let tokenType: TokenType
  private var samples: SpillFile
  private var buffer: [UInt8] = []
  /// Where each sample of the open file ends, from the first sample on.
  private var ends: [UInt32] = []
  /// Bytes of the open file so far, as MDSWriter counts them.
  private var byteCount = 0
  private var entries: [String] = []
  private var published: [OutputFile.Published] = []

  private static let bufferSize = 1 << 18

  init(
    prefix: String, _ description: TokenShardDescription,
    sizeLimit: Int = MDSConfiguration.usualSizeLimit
  ) throws(FileError) {
    self.prefix = prefix
    self.description = description
    configuration = MDSConfiguration(description, sizeLimit: sizeLimit)
    configurationText = Array(configuration.text.utf8)
    tokenType = TokenType(unsignedFor: description.vocabularySize)
    if let slash = prefix.lastIndex(of: "/") {
      try FileSystem.makeFolder(String(prefix[..<slash]))
    }
    samples = try SpillFile(besides: prefix)
    byteCount = emptyByteCount
  }

  /// The number of samples, the first offset and the configuration.
  private var emptyByteCount: Int { 8 + configurationText.count }

  func append(_ sequence: PackedSequence) throws(FileError) {
    precondition(!sequence.tokens.isEmpty, "an array of MDS has an element")
    precondition(
      description.sequenceLength == 0 || sequence.tokens.count == description.sequenceLength,
      "a sample of another length")
    let sample = encoded(sequence)
    if byteCount + sample.count + 4 > configuration.sizeLimit { try finishFile() }
    buffer += sample
    if buffer.count >= Self.bufferSize { try flush() }
    precondition(sample.count < 1 << 31, "an offset has 32 bits")
    ends.append((ends.last ?? 0) + UInt32(sample.count))
    byteCount += sample.count + 4
    sequenceCount += 1
    tokenCount += sequence.tokens.count
  }

  func publish() throws(FileError) -> [OutputFile.Published] {
    guard sequenceCount > 0 else { return [] }
    try finishFile()
    ShardContinuation.removeFiles(of: prefix, ending, from: entries.count)
    let index = try OutputFile(path: MDSLayout.entriesPath(prefix))
    try index.write(Array(entries.joined(separator: ", ").utf8))
    return published + [try index.publish()]
  }

  private var ending: String {
    configuration.isCompressed ? MDSLayout.compressedEnding : MDSLayout.ending
  }

  private func encoded(_ sequence: PackedSequence) -> [UInt8] {
    var sizes: [UInt8] = []
    var values: [UInt8] = []
    for column in configuration.columns {
      let start = values.count
      if column.byteCount == nil { Self.appendShape(sequence.tokens.count, to: &values) }
      append(column, of: sequence, to: &values)
      if column.byteCount == nil { sizes.append(littleEndian: UInt32(values.count - start)) }
    }
    return sizes + values
  }

  private func append(
    _ column: MDSColumn, of sequence: PackedSequence, to values: inout [UInt8]
  ) {
    let numbers =
      switch column.name {
      case MDSLayout.labels: sequence.labels
      case MDSLayout.positionIDs: sequence.positionIDs
      case MDSLayout.documentIDs: sequence.segmentIDs
      default: sequence.tokens
      }
    let isTokens = column.name == MDSLayout.tokens
    let width = isTokens ? tokenType.byteCount : 4
    let start = values.count
    values += repeatElement(0, count: numbers.count * width)
    let largest =
      width == 2
      ? TokenBytes.store16(numbers.span, in: &values, at: start)
      : TokenBytes.store32(numbers.span, in: &values, at: start)
    if isTokens {
      precondition(largest < description.vocabularySize, "id \(largest) is outside the vocabulary")
    }
  }

  /// One dimension, in the narrowest type that holds its length.
  private static func appendShape(_ count: Int, to values: inout [UInt8]) {
    let (code, byteCount) = count < 1 << 8 ? (0, 1) : count < 1 << 16 ? (1, 2) : (2, 4)
    values.append(UInt8(1 << 2 | code))
    for byte in 0..<byteCount { values.append(UInt8(truncatingIfNeeded: count >> (8 * byte))) }
  }

  private func flush() throws(FileError) {
    let full = buffer
    try samples.append(full.span)
    buffer.removeAll(keepingCapacity: true)
  }

  private func finishFile() throws(FileError) {
    guard !ends.isEmpty else { return }
    try flush()
    let path = ShardContinuation.prefix(prefix, file: entries.count) + MDSLayout.ending
    let (raw, packed) =
      configuration.isCompressed ? try writePacked(path) : try writePlain(path)
    entries.append(configuration.entry(sampleCount: ends.count, raw: raw, packed: packed))
    ends.removeAll(keepingCapacity: true)
    byteCount = emptyByteCount
    samples = try SpillFile(besides: prefix)
  }

  private func writePlain(_ path: String) throws(FileError) -> (MDSFile, MDSFile?) {
    let file = try OutputFile(path: path)
    try forEachPart { (part) throws(FileError) in try file.write(part) }
    return (Self.file(try publish(file)), nil)
  }

  private func writePacked(_ path: String) throws(FileError) -> (MDSFile, MDSFile?) {
    let file = try OutputFile(path: path + "." + MDSConfiguration.compression)
    let encoder = ZstdEncoder()
    // Readers make room for the whole file at once, so the frame has to say how much it needs.
    encoder.announce(byteCount: header.count + samples.byteCount)
    var hash = XXH64()
    var rawByteCount = 0
    var packed: [UInt8] = []
    try forEachPart { (part) throws(FileError) in
      hash.update(part.span.raw)
      rawByteCount += part.count
      encoder.encode(part.span, into: &packed)
      try file.write(packed)
      packed.removeAll(keepingCapacity: true)
    }
    encoder.finishFrame(into: &packed)
    try file.write(packed)
    let raw = MDSFile(
      name: FileSystem.baseName(path), byteCount: rawByteCount, checksum: hash.digest())
    return (raw, Self.file(try publish(file)))
  }

  private func publish(_ file: OutputFile) throws(FileError) -> OutputFile.Published {
    let done = try file.publish()
    published.append(done)
    return done
  }

  private static func file(_ published: OutputFile.Published) -> MDSFile {
    MDSFile(
      name: FileSystem.baseName(published.path), byteCount: published.byteCount,
      checksum: published.checksum)
  }

  /// What stands before the samples.
  private var header: [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(littleEndian: UInt32(ends.count))
    let start = UInt32(4 + 4 * (ends.count + 1) + configurationText.count)
    bytes.append(littleEndian: start)
    for end in ends { bytes.append(littleEndian: start + end) }
    return bytes + configurationText
  }

  private func forEachPart(
    _ body: ([UInt8]) throws(FileError) -> Void
  ) throws(FileError) {
    try body(header)
    var offset = 0
    while offset < samples.byteCount {
      let part = try samples.read(at: offset, count: Self.bufferSize)
      guard !part.isEmpty else {
        throw FileError(operation: "read", path: samples.path, code: 5)
      }
      try body(part)
      offset += part.count
    }
  }
}
