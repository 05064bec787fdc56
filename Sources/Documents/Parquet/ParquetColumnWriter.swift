internal import ByteKernels

/// One column of strings of a row group that is being written, as compressed pages.
struct ParquetColumnWriter {
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
  let isOptional: Bool
  let hasStatistics: Bool
  /// The finished pages.
  private(set) var pages: [UInt8] = []
  private(set) var summary = Summary()
  private var values: [UInt8] = []
  private var presence: [Bool] = []
  private var hasLongValue = false

  init(_ name: String, isOptional: Bool = false, hasStatistics: Bool = false) {
    self.name = name
    self.isOptional = isOptional
    self.hasStatistics = hasStatistics
  }

  /// Uncompressed bytes, the open page's included.
  var byteCount: Int { summary.byteCount + values.count }

  mutating func append(_ value: Span<UInt8>?, _ encoder: ZstdEncoder) {
    presence.append(value != nil)
    if let value {
      values.append(littleEndian: UInt32(value.count))
      values.append(copying: value)
      if hasStatistics { note([UInt8](copying: value)) }
    } else {
      summary.nullCount += 1
    }
    if values.count >= Self.pageByteCount { finishPage(encoder) }
  }

  mutating func finishPage(_ encoder: ZstdEncoder) {
    if presence.isEmpty { return }
    var body: [UInt8] = []
    if isOptional {
      let levels = Self.levels(presence)
      body.append(littleEndian: UInt32(levels.count))
      body += levels
    }
    body += values
    var packed: [UInt8] = []
    encoder.encode(body.span, into: &packed)
    encoder.finishFrame(into: &packed)
    let header = header(byteCount: body.count, packed: packed)
    pages += header
    pages += packed
    summary.valueCount += presence.count
    summary.byteCount += header.count + body.count
    summary.storedByteCount += header.count + packed.count
    presence.removeAll(keepingCapacity: true)
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
        data.integer(1, .i32, presence.count)
        data.integer(2, .i32, ParquetEncoding.plain.rawValue)
        data.integer(3, .i32, ParquetEncoding.runLength.rawValue)
        data.integer(4, .i32, ParquetEncoding.runLength.rawValue)
      }
    }
    return thrift.bytes
  }

  /// Definition levels of one bit, as runs of equal ones.
  private static func levels(_ presence: [Bool]) -> [UInt8] {
    var bytes: [UInt8] = []
    var start = 0
    while start < presence.count {
      let end = presence[start...].firstIndex { $0 != presence[start] } ?? presence.count
      var head = (end - start) << 1
      while head >= 0x80 {
        bytes.append(UInt8(head & 0x7F) | 0x80)
        head >>= 7
      }
      bytes.append(UInt8(head))
      bytes.append(presence[start] ? 1 : 0)
      start = end
    }
    return bytes
  }
}
