internal import ByteKernels

/// How many bytes the pages of all columns of a row group take at once.
final class ParquetPageMemory {
  /// More is refused, so that a hostile file with many columns cannot take all memory.
  static let limit = 1536 << 20
  var heldByteCount = 0
}

/// Reads the pages of one column of one row group, decompressed and with verified checksums.
struct ParquetPageReader {
  struct Page {
    let header: ParquetPageHeader
    /// The decompressed page; of version 2, its values.
    let bytes: [UInt8]
    /// Of version 2: repetition levels, then definition levels.
    let levels: [UInt8]
  }

  private static let keptDictionaryByteCount = 4 << 20
  private static let maximumHeaderByteCount = 16 << 20

  private let input: ParquetInput
  private let decompressor: BlockDecompressor
  private let format: BlockDecompressor.Format?
  private let chunkEnd: Int
  private let dataEnd: Int
  private let windowByteCount: Int
  private let memory: ParquetPageMemory
  private var pageByteCount = 0
  /// What the dictionary is counted with.
  private var dictionaryByteCount = 0
  /// True when a page needed the dictionary after it had been given up.
  private var keepsDictionary = false
  private var window: [UInt8] = []
  private var windowStart = 0
  private var position: Int
  private var leftValueCount: Int

  /// Where the page that was read last begins in the file.
  private(set) var pageOffset: Int

  /// Nothing behind `dataEnd` is read; `windowByteCount` is read ahead for headers and small pages.
  init(
    _ chunk: ParquetChunk, input: ParquetInput, decompressor: BlockDecompressor, dataEnd: Int,
    windowByteCount: Int, memory: ParquetPageMemory
  ) throws(ParquetFault) {
    self.memory = memory
    self.input = input
    self.decompressor = decompressor
    self.dataEnd = dataEnd
    self.windowByteCount = windowByteCount
    if chunk.isEncrypted { throw ParquetFooter.encrypted }
    if let path = chunk.filePath {
      throw ParquetFault(
        .unsupportedFeature, "the values are in another file, \(path); read the data files instead")
    }
    format = try Self.format(chunk.codec)
    position = chunk.start
    pageOffset = chunk.start
    leftValueCount = chunk.valueCount
    let (end, isAbove) = chunk.start.addingReportingOverflow(chunk.compressedByteCount)
    guard chunk.start >= ParquetFooter.magic.count, chunk.start <= dataEnd, !isAbove else {
      throw ParquetFault(.corrupt, "the column would begin outside of the file", at: dataEnd)
    }
    chunkEnd = min(max(end, chunk.start), dataEnd)
  }

  private static func format(_ codec: Int) throws(ParquetFault) -> BlockDecompressor.Format? {
    switch ParquetCodec(rawValue: codec) {
    case .uncompressed?: return nil
    case .snappy?: return .snappy
    case .gzip?: return .gzip
    case .brotli?: return .brotli
    case .lz4?: return .hadoopLZ4
    case .lz4Raw?: return .lz4
    case .zstd?: return .zstd
    case .lzo?:
      throw ParquetFault(
        .unsupportedCompression, "compressed with LZO; write the file again with zstd or snappy")
    case nil:
      throw ParquetFault(
        .unsupportedCompression,
        "compression number \(codec), which is not known; write the file again with zstd or snappy")
    }
  }

  /// Reads the dictionary again that `first`, a copy from when it was next, had read.
  ///
  /// It is kept from now on: pages that alternate would have it unpacked again for each pair.
  mutating func readAgain(_ first: ParquetPageReader) throws(ParquetFault) -> Page? {
    keepsDictionary = true
    var copy = first
    // The page before the dictionary went long ago; its bytes are not given back twice.
    copy.pageByteCount = 0
    var none: ParquetValues?
    return try copy.next(&none)
  }

  /// The next page; nil when all values that the footer declares have been in a page.
  ///
  /// A large dictionary goes before a page that does without it is in memory.
  mutating func next(_ dictionary: inout ParquetValues?) throws(ParquetFault) -> Page? {
    if leftValueCount <= 0 { return nil }
    pageOffset = position
    let header = try readHeader()
    let limit = ParquetColumnReader.maximumPageByteCount
    guard max(header.byteCount, header.storedByteCount) <= limit else {
      throw ParquetFault(
        .pageTooLarge,
        "a page of \(header.byteCount) bytes, above \(limit); write the file with smaller pages")
    }
    try claimMemory(header)
    guard header.storedByteCount <= dataEnd - position else {
      throw .corrupt("a page of \(header.storedByteCount) bytes does not fit into the file")
    }
    let isData =
      switch header.kind {
      case .data, .dataV2: true
      default: false
      }
    if isData {
      guard header.valueCount <= leftValueCount else {
        throw .corrupt("more values in the pages than the footer declares")
      }
      leftValueCount -= header.valueCount
      if !header.needsDictionary, !keepsDictionary, dictionary != nil,
        dictionaryByteCount > Self.keptDictionaryByteCount
      {
        dictionary = nil
        memory.heldByteCount -= dictionaryByteCount
      }
    }
    let stored = try read(header.storedByteCount)
    if let checksum = header.checksum, Checksum32.crc(stored.span) != checksum {
      throw .corrupt("the page's checksum is wrong")
    }
    if header.kind == .other { return Page(header: header, bytes: [], levels: []) }
    return try unpack(header, stored)
  }

  /// Counts the page, which takes the place of the one before unless that was the dictionary.
  private mutating func claimMemory(_ header: ParquetPageHeader) throws(ParquetFault) {
    if header.kind == .dictionary {
      // Each value takes eight bytes more, be it a number or a place, and at least one of the page.
      dictionaryByteCount = header.byteCount + 8 * min(header.valueCount, header.byteCount)
      memory.heldByteCount += dictionaryByteCount - pageByteCount
      pageByteCount = 0
    } else {
      memory.heldByteCount += header.byteCount - pageByteCount
      pageByteCount = header.byteCount
    }
    guard memory.heldByteCount <= ParquetPageMemory.limit else {
      throw ParquetFault(
        .pageTooLarge,
        "the pages of all columns together are above \(ParquetPageMemory.limit) bytes; "
          + "write the file with smaller pages")
    }
  }

  private func unpack(
    _ header: ParquetPageHeader, _ stored: [UInt8]
  ) throws(ParquetFault) -> Page {
    var (levelByteCount, isCompressed) = (0, format != nil)
    if case .dataV2(let definitions, let repetitions, let isPacked) = header.kind {
      levelByteCount = definitions + repetitions
      guard definitions <= Int32.max, repetitions <= Int32.max,
        levelByteCount <= min(stored.count, header.byteCount)
      else { throw .corrupt("levels that do not fit their page") }
      isCompressed = isCompressed && isPacked
    }
    let levels =
      levelByteCount == 0 ? [] : [UInt8](copying: stored.span.extracting(0..<levelByteCount))
    let byteCount = header.byteCount - levelByteCount
    guard isCompressed, let format else {
      guard stored.count == header.byteCount else {
        throw .corrupt("a page of \(stored.count) bytes that declares \(header.byteCount)")
      }
      let bytes =
        levelByteCount == 0 ? stored : [UInt8](copying: stored.span.extracting(levelByteCount...))
      return Page(header: header, bytes: bytes, levels: levels)
    }
    do {
      let block = stored.span.extracting(levelByteCount...)
      let bytes = try decompressor.decompress(block, format, byteCount: byteCount)
      return Page(header: header, bytes: bytes, levels: levels)
    } catch {
      let what = if case .corrupt(let what) = error { what } else { "invalid data" }
      throw .corrupt("the page does not decompress: \(what)")
    }
  }

  private mutating func readHeader() throws(ParquetFault) -> ParquetPageHeader {
    var wanted = min(256, windowByteCount)
    while true {
      let available = try fill(wanted)
      var thrift = ThriftReader(window, at: position - windowStart)
      do {
        let header = try ParquetPageHeader.read(&thrift)
        position = windowStart + thrift.offset
        return header
      } catch {
        guard error == ThriftReader.cutShort else {
          throw .corrupt("no page header: \(error.message)")
        }
        guard available < dataEnd - position, available < Self.maximumHeaderByteCount else {
          throw .corrupt("the column ends before all of its values came")
        }
        wanted = available * 4
      }
    }
  }

  /// Makes up to `wanted` bytes from the position on stand in the window; how many do.
  private mutating func fill(_ wanted: Int) throws(ParquetFault) -> Int {
    let available = windowStart + window.count - position
    if available >= wanted || windowStart + window.count == dataEnd, available >= 0,
      position >= windowStart, !window.isEmpty
    {
      return available
    }
    let end = max(min(position + windowByteCount, chunkEnd), min(position + wanted, dataEnd))
    guard end > position else { throw .corrupt("the column ends before all of its values came") }
    window = try input.read(at: position, count: end - position)
    windowStart = position
    return window.count
  }

  private mutating func read(_ byteCount: Int) throws(ParquetFault) -> [UInt8] {
    defer { position += byteCount }
    let start = position - windowStart
    if start >= 0, start + byteCount <= window.count {
      return [UInt8](copying: window.span.extracting(start..<(start + byteCount)))
    }
    return try input.read(at: position, count: byteCount)
  }
}
