internal import ByteKernels

/// Decodes the values of one page, some at a time, in any encoding.
struct ParquetValueDecoder {
  private enum Layout {
    case plain, booleans, runLengths, dictionary, deltaNumbers, deltaLengths, deltaBytes, split
  }

  /// Values of a page that repeat what came before are unpacked up to this size at once.
  private static let unpackedByteCount = 1 << 20

  private let layout: Layout
  private let type: ParquetType
  private let typeByteCount: Int
  private let maximumByteCount: Int
  private let page: [UInt8]
  private let valueStart: Int
  private var offset: Int
  private var done = 0
  private var runs: RunLengthDecoder?
  private var delta: DeltaDecoder?
  private var prefixes: DeltaDecoder?
  private var previous: [UInt8] = []
  private var indices: [UInt32] = []
  private var lengths: [UInt64] = []
  private var prefixLengths: [UInt64] = []

  var byteCount: Int { page.count }

  /// The values of `page` begin at `start`; of those above `maximumByteCount` the length counts.
  init(
    _ page: [UInt8], from start: Int, encoding: Int, column: ParquetColumn, hasDictionary: Bool,
    maximumByteCount: Int
  ) throws(ParquetFault) {
    self.page = page
    self.maximumByteCount = maximumByteCount
    valueStart = start
    offset = start
    type = column.type
    typeByteCount = column.typeByteCount
    let range = start..<page.count
    guard let encoding = ParquetEncoding(rawValue: encoding) else {
      throw ParquetFault(
        .unsupportedFeature,
        "encoding number \(encoding), which is not known; write the data with a standard encoding")
    }
    switch encoding {
    case .plain: layout = type == .boolean ? .booleans : .plain
    case .plainDictionary, .dictionary:
      layout = .dictionary
      guard hasDictionary else { throw .corrupt("a page needs a dictionary that is not there") }
      let width = range.isEmpty ? 0 : Int(page[start])
      let rest = range.isEmpty ? range : (start + 1)..<page.count
      runs = try RunLengthDecoder(rest, bitWidth: width)
    case .runLength:
      guard type == .boolean else { throw .corrupt("run lengths for values that are no booleans") }
      layout = .runLengths
      // The length in front is not needed; some pages of nulls alone are without it.
      runs = try RunLengthDecoder(min(start + 4, page.count)..<page.count, bitWidth: 1)
    case .bitPacked: throw .corrupt("the encoding BIT_PACKED, which is for levels, for values")
    case .deltaBinaryPacked:
      guard type == .int32 || type == .int64 else {
        throw .corrupt("delta encoding for values that are no whole numbers")
      }
      layout = .deltaNumbers
      if !range.isEmpty { delta = try DeltaDecoder(page.span, range) }
    case .deltaLengthByteArray:
      guard type == .byteArray else { throw .corrupt("delta lengths for values of fixed length") }
      layout = .deltaLengths
      if !range.isEmpty {
        let lengths = try DeltaDecoder(page.span, range)
        delta = lengths
        var all = lengths
        offset = try all.finish(page.span)
      }
    case .deltaByteArray:
      guard type == .byteArray || type == .fixedLengthByteArray else {
        throw .corrupt("delta strings for values that are no bytes")
      }
      layout = .deltaBytes
      if !range.isEmpty {
        let prefixes = try DeltaDecoder(page.span, range)
        self.prefixes = prefixes
        var all = prefixes
        let suffixes = try DeltaDecoder(page.span, try all.finish(page.span)..<page.count)
        delta = suffixes
        all = suffixes
        offset = try all.finish(page.span)
      }
    case .byteStreamSplit:
      guard type != .boolean, type != .int96, type != .byteArray, typeByteCount > 0 else {
        throw .corrupt("split byte streams for values that cannot be split")
      }
      layout = .split
      guard range.count % typeByteCount == 0 else { throw .corrupt("uneven byte streams") }
    }
  }

  /// Decodes up to `count` of the values that follow, at least one.
  mutating func decode(
    _ count: Int, dictionary: ParquetValues?, into values: inout ParquetValues
  ) throws(ParquetFault) {
    let page = page
    values.count = count
    switch layout {
    case .plain:
      switch type {
      case .byteArray: try decodeStrings(count, into: &values)
      case .fixedLengthByteArray, .int96: try decodeFixed(count, into: &values)
      default: try decodeNumbers(count, into: &values)
      }
    case .booleans: try decodeBooleans(count, into: &values)
    case .runLengths:
      try runs?.decode(page.span, count: count, into: &indices)
      values.makeRoom(forNumbers: count)
      for index in 0..<count { values.numbers[index] = UInt64(indices[index]) }
    case .dictionary: try look(up: count, dictionary, into: &values)
    case .deltaNumbers:
      guard delta != nil else { throw Self.tooFew }
      try delta?.decode(page.span, count: count, into: &values.numbers)
    case .deltaLengths: try decodeDeltaLengths(count, into: &values)
    case .deltaBytes: try decodeDeltaBytes(count, into: &values)
    case .split: try decodeSplit(count, into: &values)
    }
    done += values.count
  }

  private static let tooFew = ParquetFault.corrupt("a page with fewer values than it declares")

  private mutating func decodeStrings(
    _ count: Int, into values: inout ParquetValues
  ) throws(ParquetFault) {
    let page = page
    values.makeRoom(forPlaces: count)
    values.bytes = page
    let raw = page.span.raw
    var offset = offset
    for index in 0..<count {
      guard raw.byteCount - offset >= 4 else { throw Self.tooFew }
      let length = Int(raw.load32(offset))
      offset += 4
      guard length <= raw.byteCount - offset else {
        throw .corrupt("a string of \(length) bytes that does not fit its page")
      }
      values.places[index] = ParquetValues.Place(start: Int32(offset), count: Int32(length))
      offset += length
    }
    self.offset = offset
  }

  private mutating func decodeFixed(
    _ count: Int, into values: inout ParquetValues
  ) throws(ParquetFault) {
    let page = page
    guard page.count - offset >= count * typeByteCount else { throw Self.tooFew }
    values.makeRoom(forPlaces: count)
    values.bytes = page
    for index in 0..<count {
      values.places[index] = ParquetValues.Place(
        start: Int32(offset), count: Int32(typeByteCount))
      offset += typeByteCount
    }
  }

  private mutating func decodeNumbers(
    _ count: Int, into values: inout ParquetValues
  ) throws(ParquetFault) {
    let page = page
    guard page.count - offset >= count * typeByteCount else { throw Self.tooFew }
    values.makeRoom(forNumbers: count)
    let raw = page.span.raw
    if typeByteCount == 4 {
      for index in 0..<count {
        values.numbers[index] = UInt64(raw.load32(offset &+ 4 &* index))
      }
    } else {
      for index in 0..<count { values.numbers[index] = raw.load64(offset &+ 8 &* index) }
    }
    offset += count * typeByteCount
  }

  private mutating func decodeBooleans(
    _ count: Int, into values: inout ParquetValues
  ) throws(ParquetFault) {
    let page = page
    guard (page.count - valueStart) * 8 - done >= count else { throw Self.tooFew }
    values.makeRoom(forNumbers: count)
    for index in 0..<count {
      let bit = done + index
      values.numbers[index] = UInt64(page[valueStart + bit >> 3] >> UInt8(bit & 7) & 1)
    }
  }

  private mutating func look(
    up count: Int, _ dictionary: ParquetValues?, into values: inout ParquetValues
  ) throws(ParquetFault) {
    let page = page
    guard let dictionary else { throw Self.tooFew }
    try runs?.decode(page.span, count: count, into: &indices)
    let isBytes = dictionary.numbers.isEmpty
    if isBytes {
      values.makeRoom(forPlaces: count)
      values.bytes = dictionary.bytes
    } else {
      values.makeRoom(forNumbers: count)
    }
    for place in 0..<count {
      let index = Int(indices[place])
      guard index < dictionary.count else {
        throw .corrupt("value \(index) of a dictionary of \(dictionary.count)")
      }
      if isBytes {
        values.places[place] = dictionary.places[index]
      } else {
        values.numbers[place] = dictionary.numbers[index]
      }
    }
  }

  private mutating func decodeDeltaLengths(
    _ count: Int, into values: inout ParquetValues
  ) throws(ParquetFault) {
    let page = page
    guard delta != nil else { throw Self.tooFew }
    try delta?.decode(page.span, count: count, into: &lengths)
    values.makeRoom(forPlaces: count)
    values.bytes = page
    for index in 0..<count {
      let length = try length(lengths[index])
      values.places[index] = ParquetValues.Place(start: Int32(offset), count: Int32(length))
      offset += length
    }
  }

  /// A length that is left in the page; 32-bit lengths are sums that wrapped around.
  private func length(_ number: UInt64) throws(ParquetFault) -> Int {
    let length = Int(UInt32(truncatingIfNeeded: number))
    guard length <= page.count - offset else {
      throw .corrupt("a string of \(length) bytes that does not fit its page")
    }
    return length
  }

  /// Each string begins as the one before it.
  private mutating func decodeDeltaBytes(
    _ count: Int, into values: inout ParquetValues
  ) throws(ParquetFault) {
    let page = page
    guard delta != nil else { throw Self.tooFew }
    values.makeRoom(forPlaces: count)
    values.bytes.removeAll(keepingCapacity: true)
    values.count = 0
    while values.count < count, values.bytes.count < Self.unpackedByteCount {
      try delta?.decode(page.span, count: 1, into: &lengths)
      try prefixes?.decode(page.span, count: 1, into: &prefixLengths)
      let length = try length(lengths[0])
      let prefix = Int(UInt32(truncatingIfNeeded: prefixLengths[0]))
      guard prefix <= previous.count else { throw .corrupt("a string that repeats too much") }
      previous.removeSubrange(prefix...)
      previous.append(copying: page.span.extracting(offset..<(offset + length)))
      offset += length
      guard type == .byteArray || previous.count == typeByteCount else {
        throw .corrupt("a value of \(previous.count) bytes where all have \(typeByteCount)")
      }
      guard previous.count <= ParquetColumnReader.maximumPageByteCount else {
        throw .corrupt("a string that grows beyond all bounds")
      }
      values.places[values.count] = ParquetValues.Place(
        start: Int32(values.bytes.count), count: Int32(previous.count))
      // A few bytes of a page can repeat a long string without end.
      if previous.count <= maximumByteCount { values.bytes += previous }
      values.count += 1
    }
  }

  private mutating func decodeSplit(
    _ count: Int, into values: inout ParquetValues
  ) throws(ParquetFault) {
    let page = page
    let streamByteCount = (page.count - valueStart) / typeByteCount
    guard streamByteCount - done >= count else { throw Self.tooFew }
    if type == .fixedLengthByteArray {
      values.makeRoom(forPlaces: count)
      values.bytes.removeAll(keepingCapacity: true)
      let fitting = max(1, Self.unpackedByteCount / typeByteCount)
      values.count = min(count, fitting)
      for index in 0..<values.count {
        values.places[index] = ParquetValues.Place(
          start: Int32(values.bytes.count), count: Int32(typeByteCount))
        for stream in 0..<typeByteCount {
          values.bytes.append(page[valueStart + stream * streamByteCount + done + index])
        }
      }
      return
    }
    values.makeRoom(forNumbers: count)
    for index in 0..<count {
      var number: UInt64 = 0
      for stream in 0..<typeByteCount {
        let byte = page[valueStart + stream * streamByteCount + done + index]
        number |= UInt64(byte) &<< UInt64(8 * stream)
      }
      values.numbers[index] = number
    }
  }
}
