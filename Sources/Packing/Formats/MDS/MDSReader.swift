internal import ByteKernels

/// Reads an MDS shard of any writer that has a column of tokens.
///
/// The column is `tokens` or `input_ids`, and holds arrays of integers, or bare bytes, which older sets
/// have: 64-bit integers, where no hint says otherwise. Beside it `document_ids` and `labels` of our own
/// sets are read.
final class MDSReader: TokenShardReader {
  let path: String
  let sequenceCount: Int
  let tokenTypeName: String

  private let bytes: MDSBytes
  private let columns: [MDSColumn]
  private let tokenColumn: Int
  private let bareType: TokenType
  private var countedTokens = CountedTokens()

  /// With `isHeadOnly` nothing can be read: it tells whether a file is such a shard at all.
  init(
    path: String, _ hints: TokenShardHints, isHeadOnly: Bool = false
  ) throws(TokenShardError) {
    self.path = path
    bytes = try MDSBytes(path: path, isHeadOnly: isHeadOnly)
    let head = try bytes.head()
    sequenceCount = head.sampleCount
    columns = head.columns
    let names = columns.map(\.name)
    guard
      let column = names.firstIndex(of: MDSLayout.tokens) ?? names.firstIndex(of: "input_ids"),
      let array = columns[column].array
    else {
      let problem = "no column tokens or input_ids with arrays of integers, but \(names)"
      throw .malformed(path: path, byteOffset: 4 * (sequenceCount + 2), .wrongHeader(problem))
    }
    tokenColumn = column
    bareType = hints.tokenByteCount.flatMap { TokenType(unsignedByteCount: $0) } ?? .int64
    let type = array.type ?? (array.namesType ? nil : bareType)
    tokenTypeName = type?.rawValue ?? columns[column].encoding
    if !array.namesShape, let size = columns[column].byteCount, let type,
      size % type.byteCount == 0
    {
      countedTokens.count = size / type.byteCount * sequenceCount
    }
  }

  /// Counted by reading all samples, unless all have one length.
  var tokenCount: Int {
    get throws(TokenShardError) {
      try countedTokens.count(of: self)
    }
  }

  var tellsDocuments: Bool { columns.contains { $0.name == MDSLayout.documentIDs } }

  func read(_ sequence: Int, into target: inout PackedSequence) throws(TokenShardError) {
    precondition(sequence >= 0 && sequence < sequenceCount, "no such sequence")
    let (start, end) = try place(of: sequence)
    let sample = try bytes.read(at: start, count: end - start)
    let values = try values(of: sample.span, sequence, at: start)
    target.tokens = try numbers(tokenColumn, sample, values[tokenColumn], sequence, at: start)
    target.pieces = [.init(document: PackedSequence.number(sequence), count: target.tokens.count)]
    target.lossMask = []
    if let column = columns.firstIndex(where: { $0.name == MDSLayout.documentIDs }),
      let ids = optional(column, sample, values[column]), ids.count == target.tokens.count
    {
      target.pieces = PackedSequence.pieces(ofSegments: ids)
    }
    if let column = columns.firstIndex(where: { $0.name == MDSLayout.labels }),
      let labels = optional(column, sample, values[column]), labels.count == target.tokens.count
    {
      target.lossMask = PackedSequence.lossMask(labels: labels, pieces: target.pieces)
    }
  }

  /// Checks that the samples follow each other to the file's end, and that each is of the form that the
  /// columns say; throws the first fault.
  func verify() throws(TokenShardError) {
    var target = PackedSequence()
    var expected = try bytes.numbers(1..<2)[0]
    for sequence in 0..<sequenceCount {
      let (start, end) = try place(of: sequence)
      guard start == expected else {
        throw fault(
          at: 4 + 4 * sequence, .wrongOffset(sequence: sequence, start, expected: expected))
      }
      try read(sequence, into: &target)
      expected = end
    }
    guard expected == bytes.byteCount else {
      throw fault(
        at: min(expected, bytes.byteCount),
        expected < bytes.byteCount
          ? .trailingBytes(byteCount: bytes.byteCount, expected: expected)
          : .truncated(byteCount: bytes.byteCount, expected: expected))
    }
  }

  private func place(
    of sequence: Int
  ) throws(TokenShardError) -> (start: Int, end: Int) {
    let offset = 4 + 4 * sequence
    let pair = try bytes.numbers((sequence + 1)..<(sequence + 3))
    let (start, end) = (pair[0], pair[1])
    guard start <= end else {
      throw fault(at: offset + 4, .negativeLength(sequence: sequence, end - start))
    }
    guard end <= bytes.byteCount else {
      throw fault(
        at: offset + 4, .outsideTokens(sequence: sequence, byteCount: bytes.byteCount))
    }
    return (start, end)
  }

  /// Where the value of each column stands in a sample.
  private func values(
    of sample: Span<UInt8>, _ sequence: Int, at offset: Int
  ) throws(TokenShardError) -> [Range<Int>] {
    var head = 0
    var sizes: [Int] = []
    for column in columns {
      if let size = column.byteCount {
        sizes.append(size)
      } else {
        guard head + 4 <= sample.count else {
          throw fault(at: offset + head, .wrongSequence(sequence, "cut short in its sizes"))
        }
        sizes.append(Int(sample.raw.load32(head)))
        head += 4
      }
    }
    let byteCount = sizes.reduce(head, +)
    guard byteCount == sample.count else {
      throw fault(
        at: offset,
        .wrongSequence(
          sequence, "\(sample.count) bytes, but its columns take \(byteCount)"))
    }
    return sizes.map { size in
      defer { head += size }
      return head..<(head + size)
    }
  }

  private func numbers(
    _ column: Int, _ sample: [UInt8], _ range: Range<Int>, _ sequence: Int, at offset: Int
  ) throws(TokenShardError) -> [UInt32] {
    let value = sample.span.extracting(range)
    guard let found = columns[column].array?.elements(of: value, bareType: bareType) else {
      throw fault(
        at: offset + range.lowerBound,
        .wrongSequence(sequence, "no array of the encoding \(columns[column].encoding)"))
    }
    let loaded = TokenBytes.load(value.raw.extracting(found.start..<value.count), as: found.type)
    if let position = loaded.firstImpossible {
      throw fault(
        at: offset + range.lowerBound + found.start + position * found.type.byteCount,
        .impossibleToken(sequence: sequence, position: position))
    }
    return loaded.ids
  }

  /// The bit patterns of 32-bit integers; nil when it holds something else.
  private func optional(_ column: Int, _ sample: [UInt8], _ range: Range<Int>) -> [UInt32]? {
    let value = sample.span.extracting(range)
    guard let found = columns[column].array?.elements(of: value, bareType: bareType),
      found.type == .int32
    else { return nil }
    return TokenBytes.load(value.raw.extracting(found.start..<value.count), as: .uint32).ids
  }

  private func fault(at byteOffset: Int, _ fault: TokenShardError.Fault) -> TokenShardError {
    .malformed(path: path, byteOffset: byteOffset, fault)
  }
}
