internal import ByteKernels

/// One column of a row group that is being written, as compressed pages.
struct ParquetColumnWriter {
  enum Kind {
    case string
    /// A JSON object as a string.
    case json
    /// A list of 32-bit integers, none of them null.
    case integers
  }

  /// What the footer says of a column of a row group.
  struct Summary {
    var valueCount = 0
    var nullCount = 0
    /// With the headers of pages, uncompressed and compressed.
    var byteCount = 0
    var storedByteCount = 0
    var least: [UInt8]?
    var greatest: [UInt8]?
  }

  /// A page is closed behind the value that brings it to so many bytes.
  private static let pageByteCount = 1 << 20
  /// Longer values would make the footer long; they get no place in the statistics.
  private static let longestStatistic = 1024

  let name: String
  let kind: Kind
  let isOptional: Bool
  let hasStatistics: Bool
  /// The finished pages.
  private(set) var pages: [UInt8] = []
  private(set) var summary = Summary()
  private var values: [UInt8] = []
  /// Values of the open page, with those that are null or in an empty list.
  private var entryCount = 0
  private var definitions = ParquetLevels()
  private var repetitions = ParquetLevels()
  private var hasLongValue = false

  init(
    _ name: String, _ kind: Kind = .string, isOptional: Bool = false, hasStatistics: Bool = false
  ) {
    precondition(kind != .integers || !isOptional, "lists are there, empty or not")
    self.name = name
    self.kind = kind
    self.isOptional = isOptional
    self.hasStatistics = hasStatistics
  }

  /// Uncompressed bytes, the open page's included.
  var byteCount: Int { summary.byteCount + values.count }

  /// Adds a row's string.
  mutating func append(_ value: Span<UInt8>?, _ encoder: ZstdEncoder) {
    entryCount += 1
    definitions.append(value == nil ? 0 : 1)
    if let value {
      values.append(littleEndian: UInt32(value.count))
      values.append(copying: value)
      if hasStatistics { note([UInt8](copying: value)) }
    } else {
      summary.nullCount += 1
    }
    if values.count >= Self.pageByteCount { finishPage(encoder) }
  }

  /// Adds a row's list, as bit patterns.
  mutating func append(list: Span<UInt32>, _ encoder: ZstdEncoder) {
    entryCount += max(1, list.count)
    // An empty list is an entry too, of the level below that of elements.
    definitions.append(list.isEmpty ? 0 : 1, count: max(1, list.count))
    repetitions.append(0)
    repetitions.append(1, count: max(1, list.count) - 1)
    values.append(littleEndian: list)
    if list.isEmpty { summary.nullCount += 1 }
    if values.count >= Self.pageByteCount { finishPage(encoder) }
  }

  mutating func finishPage(_ encoder: ZstdEncoder) {
    if entryCount == 0 { return }
    var body: [UInt8] = []
    if kind == .integers { repetitions.write(to: &body) }
    if isOptional || kind == .integers { definitions.write(to: &body) }
    body += values
    var packed: [UInt8] = []
    encoder.encode(body.span, into: &packed)
    encoder.finishFrame(into: &packed)
    let header = header(byteCount: body.count, packed: packed)
    pages += header
    pages += packed
    summary.valueCount += entryCount
    summary.byteCount += header.count + body.count
    summary.storedByteCount += header.count + packed.count
    entryCount = 0
    definitions.removeAll()
    repetitions.removeAll()
    values.removeAll(keepingCapacity: values.capacity <= 4 * Self.pageByteCount)
  }

  /// Begins the next row group's part.
  mutating func reset() {
    pages.removeAll(keepingCapacity: true)
    summary = Summary()
    hasLongValue = false
  }

  /// Least and greatest value in the order of their bytes, which for strings is Parquet's.
  private mutating func note(_ value: [UInt8]) {
    if value.count > Self.longestStatistic { hasLongValue = true }
    if hasLongValue {
      (summary.least, summary.greatest) = (nil, nil)
      return
    }
    if summary.least.map({ value.lexicographicallyPrecedes($0) }) ?? true { summary.least = value }
    if summary.greatest.map({ $0.lexicographicallyPrecedes(value) }) ?? true {
      summary.greatest = value
    }
  }

  private func header(byteCount: Int, packed: [UInt8]) -> [UInt8] {
    var thrift = ThriftWriter()
    thrift.element { page in
      page.integer(1, .i32, 0)
      page.integer(2, .i32, byteCount)
      page.integer(3, .i32, packed.count)
      page.integer(4, .i32, Int(Int32(bitPattern: Checksum32.crc(packed.span))))
      page.structure(5) { data in
        data.integer(1, .i32, entryCount)
        data.integer(2, .i32, ParquetEncoding.plain.rawValue)
        data.integer(3, .i32, ParquetEncoding.runLength.rawValue)
        data.integer(4, .i32, ParquetEncoding.runLength.rawValue)
      }
    }
    return thrift.bytes
  }
}
