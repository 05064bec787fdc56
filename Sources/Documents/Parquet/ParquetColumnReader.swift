internal import ByteKernels

/// Reads one column of one row group, page by page, as entries of levels and values.
///
/// Entries are decoded a thousand at a time or, of many columns, fewer, so what is in memory is the page at hand and the
/// dictionary, whatever the size of the row group.
struct ParquetColumnReader {
  /// A larger page is refused: it has to be in memory as a whole.
  static let maximumPageByteCount = 768 << 20
  private static let maximumBatchCount = 1024
  /// Entries of all columns that are decoded at once.
  private static let entryCountOfAll = 1 << 22

  let column: ParquetColumn
  private let maximumByteCount: Int
  private let expansion: ParquetExpansion
  private let batchCount: Int
  private var pages: ParquetPageReader
  private var decoder: ParquetValueDecoder?
  private var dictionary: ParquetValues?
  /// The pages from the dictionary on.
  private var dictionaryPages: ParquetPageReader?
  private var definitionRuns: RunLengthDecoder?
  private var repetitionRuns: RunLengthDecoder?
  private var levels: [UInt8] = []
  private var pageEntryCount = 0
  /// Empty until a page is read, and no longer than its batches.
  private var definitions: [UInt32] = []
  private var repetitions: [UInt32] = []
  private var cursor = 0
  private var batchEnd = 0
  private var pendingValueCount = 0
  private var valueCursor = 0

  /// The values around the one that `take` gave.
  private var values = ParquetValues()

  /// Values above `maximumByteCount` are not given.
  init(
    column: ParquetColumn, pages: ParquetPageReader, maximumByteCount: Int,
    expansion: ParquetExpansion, columnCount: Int
  ) {
    self.column = column
    self.maximumByteCount = maximumByteCount
    self.expansion = expansion
    self.pages = pages
    batchCount = min(Self.maximumBatchCount, max(16, Self.entryCountOfAll / columnCount))
  }

  /// Makes sure that there is an entry; false at the end of the column.
  mutating func load() throws(ParquetFault) -> Bool {
    if cursor < batchEnd { return true }
    do {
      while pageEntryCount == 0 {
        if try !startPage() { return false }
      }
      try loadBatch()
    } catch {
      throw located(error)
    }
    return true
  }

  /// The definition level of the entry at hand, which must begin at this place of a row.
  mutating func peek(repetition: Int, atLeast level: Int) throws(ParquetFault) -> Int {
    guard try load() else {
      throw located(.corrupt("fewer values than the row group has rows"))
    }
    let definition = Int(definitions[cursor])
    guard Int(repetitions[cursor]) == repetition, definition >= level else {
      throw located(.corrupt("levels that contradict the schema"))
    }
    return definition
  }

  /// True when the next entry goes on with a list of this level.
  mutating func continues(_ repetition: Int) throws(ParquetFault) -> Bool {
    try load() && Int(repetitions[cursor]) == repetition
  }

  /// Passes the entry at hand; the index of its value among `values`, or nil when it is null.
  mutating func take() throws(ParquetFault) -> Int? {
    let isPresent = Int(definitions[cursor]) == column.maximumDefinitionLevel
    cursor += 1
    guard isPresent else { return nil }
    if valueCursor == values.count { try decodeValues() }
    defer { valueCursor += 1 }
    return valueCursor
  }

  /// Passes the entry at hand and appends it as JSON; false when it is too long, and null instead.
  mutating func take(to json: inout [UInt8]) throws(ParquetFault) -> Bool {
    let start = json.count
    var isLeftOut = false
    if let index = try take() {
      isLeftOut = column.type.isBytes && values.places[index].range.count > maximumByteCount
      if !isLeftOut {
        ParquetValueText.append(values, index, column.format, column.type, to: &json)
      }
    }
    if json.count == start { ParquetValueText.append("null", to: &json) }
    try count(json.count - start)
    return !isLeftOut
  }

  /// Passes the entry at hand; the bytes of its value, or nil when it is null.
  ///
  /// Of a value that is too long only the length is told.
  mutating func takeBytes() throws(ParquetFault) -> (bytes: [UInt8], byteCount: Int)? {
    guard let index = try take() else { return nil }
    let range = values.places[index].range
    if range.count > maximumByteCount { return ([], range.count) }
    try count(range.count)
    return ([UInt8](copying: values.bytes.span.extracting(range)), range.count)
  }

  /// Passes the entry at hand; numbers are counted as eight bytes.
  mutating func takeValue() throws(ParquetFault) -> ParquetValue {
    guard let index = try take() else { return .null }
    try count(8)
    switch column.format {
    case .boolean: return .boolean(values.numbers[index] != 0)
    case .signed32: return .integer(Int(Int32(truncatingIfNeeded: values.numbers[index])))
    case .signed64: return .integer(Int(bitPattern: UInt(values.numbers[index])))
    case .unsigned32: return .integer(Int(UInt32(truncatingIfNeeded: values.numbers[index])))
    case .unsigned64:
      guard let number = Int(exactly: values.numbers[index]) else {
        throw located(.init(.unsupportedFeature, "a number above 63 bits"))
      }
      return .integer(number)
    case .float:
      let number = Float(bitPattern: UInt32(truncatingIfNeeded: values.numbers[index]))
      return .double(Double(number))
    case .double: return .double(Double(bitPattern: values.numbers[index]))
    case .text, .bytes:
      let range = values.places[index].range
      guard range.count <= maximumByteCount else {
        throw located(.corrupt("a value of \(range.count) bytes, above \(maximumByteCount)"))
      }
      try count(range.count)
      return .bytes([UInt8](copying: values.bytes.span.extracting(range)))
    default:
      throw located(.init(.unsupportedFeature, "values that are neither numbers nor text"))
    }
  }

  private func count(_ byteCount: Int) throws(ParquetFault) {
    do { try expansion.add(byteCount) } catch { throw located(error) }
  }

  private mutating func decodeValues() throws(ParquetFault) {
    guard var decoder else { throw located(.corrupt("a page without values")) }
    self.decoder = nil
    do {
      try decoder.decode(
        min(pendingValueCount, batchCount), dictionary: dictionary, into: &values)
    } catch {
      throw located(error)
    }
    self.decoder = decoder
    pendingValueCount -= values.count
    valueCursor = 0
  }

  /// The fault with the column's name and the place of its page.
  func located(_ fault: ParquetFault) -> ParquetFault {
    let placed = fault.located(at: pages.pageOffset)
    return ParquetFault(
      placed.kind, "column \(column.path): \(placed.message)", at: placed.byteOffset)
  }

  private mutating func startPage() throws(ParquetFault) -> Bool {
    // The page before goes first, so that no two are in memory.
    decoder = nil
    levels = []
    values.bytes = []
    let before = pages
    guard let page = try pages.next(&dictionary) else { return false }
    switch page.header.kind {
    case .dictionary:
      guard dictionaryPages == nil else { throw .corrupt("a second dictionary") }
      dictionaryPages = before
      try loadDictionary(page)
    case .data: try startData(page)
    case .dataV2(let definitionByteCount, let repetitionByteCount, _):
      let (bytes, levels) = (page.bytes, page.levels)
      self.levels = levels
      let middle = repetitionByteCount
      repetitionRuns = try RunLengthDecoder(
        0..<middle, bitWidth: Self.bitWidth(column.maximumRepetitionLevel))
      definitionRuns = try RunLengthDecoder(
        middle..<(middle + definitionByteCount),
        bitWidth: Self.bitWidth(column.maximumDefinitionLevel))
      try startValues(bytes, from: 0, page.header)
    case .other: break
    }
    return true
  }

  private mutating func startData(_ page: ParquetPageReader.Page) throws(ParquetFault) {
    levels = page.bytes
    var start = 0
    repetitionRuns = try levelRuns(
      column.maximumRepetitionLevel, page.header.repetitionEncoding, page.header.valueCount, &start)
    definitionRuns = try levelRuns(
      column.maximumDefinitionLevel, page.header.definitionEncoding, page.header.valueCount, &start)
    try startValues(page.bytes, from: start, page.header)
  }

  private mutating func startValues(
    _ bytes: [UInt8], from start: Int, _ header: ParquetPageHeader
  ) throws(ParquetFault) {
    pageEntryCount = header.valueCount
    try fitDictionary(header)
    decoder = try ParquetValueDecoder(
      bytes, from: start, encoding: header.encoding, column: column,
      hasDictionary: dictionary != nil, maximumByteCount: maximumByteCount)
    (valueCursor, values.count, pendingValueCount) = (0, 0, 0)
  }

  /// Reads a dictionary again that was given up, for a page that needs it after all.
  ///
  /// Writers turn to plain pages when a dictionary becomes too large, and do not go back.
  private mutating func fitDictionary(_ header: ParquetPageHeader) throws(ParquetFault) {
    let isNeeded = header.needsDictionary
    if isNeeded, dictionary == nil, let first = dictionaryPages {
      guard let page = try pages.readAgain(first) else { return }
      try loadDictionary(page)
    }
  }

  /// The levels that begin at `start`, which is moved behind them; nil when there are none.
  private func levelRuns(
    _ maximum: Int, _ encoding: Int, _ count: Int, _ start: inout Int
  ) throws(ParquetFault) -> RunLengthDecoder? {
    if maximum == 0 { return nil }
    let width = Self.bitWidth(maximum)
    let available = levels.count - start
    switch ParquetEncoding(rawValue: encoding) {
    case .runLength?:
      guard available >= 4 else { throw .corrupt("a page without its levels") }
      let byteCount = Int(levels.span.raw.load32(start))
      guard byteCount <= available - 4 else { throw .corrupt("levels that do not fit their page") }
      let range = (start + 4)..<(start + 4 + byteCount)
      start = range.upperBound
      return try RunLengthDecoder(range, bitWidth: width)
    case .bitPacked?:
      let byteCount = (count * width + 7) / 8
      guard byteCount <= available else { throw .corrupt("levels that do not fit their page") }
      let range = start..<(start + byteCount)
      start = range.upperBound
      return try RunLengthDecoder(bitPacked: range, bitWidth: width)
    default: throw .corrupt("levels of encoding number \(encoding)")
    }
  }

  private mutating func loadDictionary(_ page: ParquetPageReader.Page) throws(ParquetFault) {
    let header = page.header
    guard
      header.encoding == ParquetEncoding.plain.rawValue
        || header.encoding == ParquetEncoding.plainDictionary.rawValue
    else { throw .corrupt("a dictionary of encoding number \(header.encoding)") }
    guard column.type != .boolean else { throw .corrupt("a dictionary of booleans") }
    // A string takes four bytes at least, so the count cannot ask for more memory than that.
    let least = column.type == .byteArray ? 4 : max(1, column.typeByteCount)
    guard header.valueCount <= page.bytes.count / least else {
      throw .corrupt("a dictionary with fewer values than it declares")
    }
    var values = ParquetValues()
    if header.valueCount > 0 {
      var decoder = try ParquetValueDecoder(
        page.bytes, from: 0, encoding: ParquetEncoding.plain.rawValue, column: column,
        hasDictionary: false, maximumByteCount: maximumByteCount)
      try decoder.decode(header.valueCount, dictionary: nil, into: &values)
    }
    dictionary = values
  }

  private mutating func loadBatch() throws(ParquetFault) {
    // Values of the batch before that nobody took are none: every entry is taken in turn.
    let count = min(batchCount, pageEntryCount)
    if definitions.count < count {
      definitions = Array(repeating: 0, count: count)
      repetitions = definitions
    }
    try expansion.add(count)
    if column.maximumRepetitionLevel > 0 {
      try Self.decode(
        &repetitionRuns, levels, count, column.maximumRepetitionLevel, into: &repetitions)
    }
    if column.maximumDefinitionLevel > 0 {
      try Self.decode(
        &definitionRuns, levels, count, column.maximumDefinitionLevel, into: &definitions)
      var present = 0
      let maximum = UInt32(column.maximumDefinitionLevel)
      for index in 0..<count where definitions[index] == maximum { present += 1 }
      pendingValueCount = present
    } else {
      pendingValueCount = count
    }
    (valueCursor, values.count) = (0, 0)
    (cursor, batchEnd) = (0, count)
    pageEntryCount -= count
  }

  private static func decode(
    _ runs: inout RunLengthDecoder?, _ bytes: [UInt8], _ count: Int, _ maximum: Int,
    into levels: inout [UInt32]
  ) throws(ParquetFault) {
    guard runs != nil else { throw .corrupt("a page without its levels") }
    try runs?.decode(bytes.span, count: count, into: &levels)
    for index in 0..<count where levels[index] > UInt32(maximum) {
      throw .corrupt("a level of \(levels[index]) where \(maximum) is the highest")
    }
  }

  private static func bitWidth(_ maximum: Int) -> Int {
    Int.bitWidth - maximum.leadingZeroBitCount
  }
}
