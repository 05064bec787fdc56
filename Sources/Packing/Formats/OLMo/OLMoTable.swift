internal import ByteKernels

/// The documents of a shard of OLMo, from its `.csv.gz`.
///
/// Only where documents end is kept, 8 bytes each. Rows must follow one another without gaps, as all
/// writers of the format make them.
final class OLMoTable: DocumentEnds {
  private let path: String
  private let ends: [UInt64]

  /// Reads the table once; no document may end after token `largestEnd`.
  ///
  /// Faults tell the row, and the byte of the compressed file by which they were found.
  init(_ path: String, largestEnd: Int) throws(TokenShardError) {
    self.path = path
    let file = try MappedFile.shard(path)
    let decoder = GzipDecoder()
    var rows = OLMoRows(path: path, largestEnd: UInt64(largestEnd))
    var plain = ByteBuffer()
    var consumed = 0
    var isWhole = false
    while consumed < file.byteCount || !isWhole {
      let start = consumed
      let step = file.withBytes { bytes in
        decoder.decode(bytes.extracting(start...), into: &plain, limit: 1 << 18)
      }
      consumed += step.consumedByteCount
      try rows.take(plain.bytes, at: consumed)
      plain.consume(plain.count)
      isWhole = step.outcome == .finishedUnit
      switch step.outcome {
      case .failed(let failure):
        throw .malformed(path: path, byteOffset: consumed, .damagedCompression("\(failure)"))
      case .needsInput:
        throw .malformed(
          path: path, byteOffset: consumed, .damagedCompression("it ends too early"))
      case .needsSpace, .finishedUnit: break
      }
    }
    try rows.finish(at: consumed)
    ends = rows.ends
  }

  var count: Int { ends.count }

  func end(of document: Int) -> UInt64 { ends[document] }

  func fault(_ document: Int, _ fault: TokenShardError.Fault) -> TokenShardError {
    // The place of a row in a compressed file is not kept; its number is in the fault.
    .malformed(path: path, byteOffset: 0, fault)
  }
}

/// Reads the rows of a table as its bytes come.
struct OLMoRows {
  private(set) var ends: [UInt64] = []

  private let path: String
  private let largestEnd: UInt64
  private var field = 0
  /// Digits of the first two fields, and what they mean.
  private var digitCount = [0, 0]
  private var numbers: [UInt64] = [0, 0]
  private var isQuoted = false
  private var isEmpty = true

  init(path: String, largestEnd: UInt64) {
    self.path = path
    self.largestEnd = largestEnd
  }

  mutating func take(_ bytes: Span<UInt8>, at place: Int) throws(TokenShardError) {
    for index in bytes.indices { try take(bytes[index], at: place) }
  }

  /// Takes what may follow the last line feed.
  mutating func finish(at place: Int) throws(TokenShardError) {
    if !isEmpty { try endRow(at: place) }
  }

  private mutating func take(_ byte: UInt8, at place: Int) throws(TokenShardError) {
    switch byte {
    case UInt8(ascii: "\n") where !isQuoted:
      if !isEmpty { try endRow(at: place) }
      return
    case UInt8(ascii: "\r") where !isQuoted: return
    case UInt8(ascii: "\"") where field > 1: isQuoted.toggle()
    case UInt8(ascii: ",") where !isQuoted: field += 1
    case 0x30...0x39 where field < 2 && digitCount[field] < 18:
      numbers[field] = numbers[field] * 10 + UInt64(byte - 0x30)
      digitCount[field] += 1
    default:
      if field < 2 {
        throw fault(place, .wrongHeader("row \(ends.count) does not begin with two numbers"))
      }
    }
    isEmpty = false
  }

  private mutating func endRow(at place: Int) throws(TokenShardError) {
    guard digitCount[0] > 0, digitCount[1] > 0 else {
      throw fault(place, .wrongHeader("row \(ends.count) does not begin with two numbers"))
    }
    let last = ends.last ?? 0
    guard numbers[0] == last else {
      throw fault(
        place,
        .wrongHeader("row \(ends.count) begins at token \(numbers[0]), but \(last) is next"))
    }
    guard numbers[1] > last, numbers[1] <= largestEnd else {
      throw fault(
        place,
        .wrongDocumentEnd(
          document: ends.count, numbers[1], expected: "from \(last + 1) to \(largestEnd)"))
    }
    ends.append(numbers[1])
    field = 0
    digitCount = [0, 0]
    numbers = [0, 0]
    isQuoted = false
    isEmpty = true
  }

  private func fault(_ byteOffset: Int, _ fault: TokenShardError.Fault) -> TokenShardError {
    .malformed(path: path, byteOffset: byteOffset, fault)
  }
}
