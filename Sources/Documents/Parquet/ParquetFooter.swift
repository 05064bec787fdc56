internal import ByteKernels

/// What the end of a Parquet file says: its schema and where its row groups are.
///
/// Row groups are parsed again when they are read, so that a footer with many of them does not
/// take more memory than its own bytes and a few numbers for each.
struct ParquetFooter {
  struct Group {
    /// Where its description begins in the footer.
    let place: Int
    /// The first byte of its first page.
    let start: Int
    let rowCount: Int
    /// Its bytes, less those that a row group before it has already.
    var bytes: Range<Int>
    /// True when a row group before it has some of them.
    var isShared = false
  }

  let schema: ParquetSchema
  private(set) var groups: [Group] = []
  /// Where the pages end and the footer begins.
  let dataEnd: Int
  private let bytes: [UInt8]

  static let magic = Array("PAR1".utf8)
  static let encryptedMagic = Array("PARE".utf8)
  static let maximumByteCount = 128 << 20
  static let maximumGroupCount = 1 << 20
  static let encrypted = ParquetFault(
    .encrypted, "the file is encrypted; decrypt it with the program that wrote it")

  init(_ input: ParquetInput) throws(ParquetFault) {
    (bytes, dataEnd) = try Self.read(input)
    var thrift = ThriftReader(bytes)
    var elements: [ParquetSchemaElement] = []
    var groups: [Group] = []
    let end = dataEnd
    do {
      try thrift.structure { (field, thrift) throws(ParquetFault) in
        switch (field.id, field.kind) {
        case (2, .list): elements = try Self.readElements(&thrift)
        case (4, .list): groups = try Self.readGroups(&thrift, dataEnd: end)
        case (8, .structure): throw Self.encrypted
        default: return false
        }
        return true
      }
      schema = try ParquetSchema(elements)
    } catch {
      throw error.kind == .encrypted
        ? error : ParquetFault(.corrupt, "the footer is damaged: \(error.message)", at: end)
    }
    self.groups = Self.apportion(groups)
  }

  /// The description of a row group.
  func rowGroup(_ index: Int) throws(ParquetFault) -> ParquetRowGroup {
    var thrift = ThriftReader(bytes, at: groups[index].place)
    return try ParquetRowGroup.read(&thrift)
  }

  private static func read(_ input: ParquetInput) throws(ParquetFault) -> ([UInt8], Int) {
    let cut = ParquetFault(
      .truncated, "the file ends without its footer; fetch or write it again", at: input.byteCount)
    guard input.byteCount >= 12 else { throw cut }
    let tail = try input.read(at: input.byteCount - 8, count: 8)
    if tail.span.has(encryptedMagic, at: 4) { throw encrypted }
    guard tail.span.has(magic, at: 4) else { throw cut }
    let byteCount = Int(tail.span.raw.load32(0))
    guard byteCount <= input.byteCount - 12 else {
      throw ParquetFault(
        .corrupt, "the footer would be longer than the file", at: input.byteCount - 8)
    }
    guard byteCount <= maximumByteCount else {
      throw ParquetFault(
        .unsupportedFeature,
        "a footer of \(byteCount) bytes, above \(maximumByteCount); write the data as several files",
        at: input.byteCount - 8)
    }
    let start = input.byteCount - 8 - byteCount
    return (try input.read(at: start, count: byteCount), start)
  }

  private static func readElements(
    _ thrift: inout ThriftReader
  ) throws(ParquetFault) -> [ParquetSchemaElement] {
    let (count, kind) = try thrift.listHead()
    guard kind == .structure else { throw .corrupt("a schema that is no list of structures") }
    guard count <= ParquetSchema.maximumElementCount else {
      throw .corrupt("a schema of \(count) fields, above \(ParquetSchema.maximumElementCount)")
    }
    var elements: [ParquetSchemaElement] = []
    var nameByteCount = 0
    for _ in 0..<count {
      let element = try ParquetSchemaElement.read(&thrift)
      nameByteCount += element.name.utf8.count
      guard nameByteCount <= ParquetSchema.maximumNameByteCount else {
        throw .corrupt("names of fields above \(ParquetSchema.maximumNameByteCount) bytes")
      }
      elements.append(element)
    }
    return elements
  }

  private static func readGroups(
    _ thrift: inout ThriftReader, dataEnd: Int
  ) throws(ParquetFault) -> [Group] {
    let (count, kind) = try thrift.listHead()
    if count == 0 { return [] }
    guard kind == .structure else { throw .corrupt("row groups that are no structures") }
    guard count <= maximumGroupCount else {
      throw .corrupt("\(count) row groups, above \(maximumGroupCount)")
    }
    var groups: [Group] = []
    for _ in 0..<count {
      let place = thrift.offset
      let group = try ParquetRowGroup.read(&thrift)
      var (start, end) = (dataEnd, 0)
      for chunk in group.chunks where chunk.filePath == nil {
        start = min(start, chunk.start)
        let (sum, isAbove) = chunk.start.addingReportingOverflow(chunk.compressedByteCount)
        end = max(end, isAbove ? dataEnd : min(sum, dataEnd))
      }
      groups.append(
        Group(place: place, start: start, rowCount: group.rowCount, bytes: start..<max(start, end)))
    }
    return groups
  }

  /// Gives every byte to one row group at most: of two that overlap, to the one that begins first.
  private static func apportion(_ groups: [Group]) -> [Group] {
    var groups = groups
    let order = groups.indices.sorted { (groups[$0].start, $0) < (groups[$1].start, $1) }
    var taken = magic.count
    for index in order {
      let bytes = groups[index].bytes
      let end = max(taken, bytes.upperBound)
      let start = max(taken, min(bytes.lowerBound, end))
      groups[index].isShared = bytes.lowerBound < taken
      groups[index].bytes = start..<end
      taken = end
    }
    return groups
  }
}
