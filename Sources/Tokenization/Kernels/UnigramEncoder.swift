/// Turns pieces of text into ids by the tokens whose scores have the greatest sum.
@safe final class UnigramEncoder {
  /// What stands for the unknown token in a lattice.
  static let unknown = UInt32.max

  private let tables: UnigramTables
  private let memory: WordMemory
  private let bounds: UnsafeMutablePointer<Int>
  private var recorder: UnigramRecorder
  private var records = GrowingBuffer<UInt32>(capacity: 1 << 12)
  private var search: UnigramSearch
  private var output = GrowingBuffer<UInt32>(capacity: 1 << 16)

  private static let handOverCount = 1 << 15
  /// Half the last bit of a 32-bit sum, once for each of two ways, and as much again to be safe.
  private static let roundingError: Float = 0x1p-22

  init(_ tables: UnigramTables, cacheByteCount: Int) {
    self.tables = tables
    memory = WordMemory(memoryByteCount: cacheByteCount)
    unsafe bounds = .allocate(capacity: WordMemory.batchCount + 1)
    recorder = UnigramRecorder(tables)
    search = UnigramSearch(tables)
  }

  deinit {
    recorder.deallocate()
    records.deallocate()
    search.deallocate()
    output.deallocate()
    unsafe bounds.deallocate()
  }

  /// Appends the ids of a piece of valid UTF-8.
  func encode(_ piece: Span<UInt8>, into ids: inout [UInt32]) {
    unsafe piece.withUnsafeBufferPointer { buffer in unsafe encode(buffer, into: &ids) }
  }

  /// Appends the ids of a piece of valid UTF-8.
  func encode(_ piece: UnsafeBufferPointer<UInt8>, into ids: inout [UInt32]) {
    guard let bytes = piece.baseAddress, piece.count > 0 else { return }
    let start = ids.count
    if tables.followsSentencePiece {
      unsafe encodeWords(bytes, piece.count, &ids, from: start)
    } else {
      unsafe encodeWhole(bytes, piece.count)
    }
    output.handOver(&ids, from: start, fusing: tables.fusedID)
  }

  /// A whole piece depends on nothing else, and is remembered as it is.
  private func encodeWhole(_ bytes: UnsafePointer<UInt8>, _ byteCount: Int) {
    unsafe bounds[0] = 0
    unsafe bounds[1] = byteCount
    unsafe memory.append(bytes, byteCount, bounds, 1, to: &output) { piece, count, output in
      unsafe search.appendAsHuggingFace(piece, count, to: &output)
      return true
    }
  }

  private func encodeWords(
    _ bytes: UnsafePointer<UInt8>, _ byteCount: Int, _ ids: inout [UInt32], from start: Int
  ) {
    var sum: Float = 0
    var place = 0
    while place < byteCount {
      unsafe bounds[0] = place
      let count = unsafe tables.cut.bounds(
        of: bytes, byteCount, in: bounds, limit: WordMemory.batchCount)
      records.setCount(0)
      unsafe memory.append(bytes, byteCount, bounds, count, to: &records) {
        word, byteCount, records in
        unsafe recorder.append(word, byteCount, to: &records)
      }
      unsafe appendRecords(bytes, count, &sum)
      unsafe place = bounds[count]
      if output.count >= Self.handOverCount {
        output.handOver(&ids, from: start, fusing: tables.fusedID)
      }
    }
  }

  /// Appends the ids that records tell.
  ///
  /// Where a second way is so good that the rounding of 32-bit sums
  /// may prefer it, the word is encoded anew, in SentencePiece's order of sums.
  private func appendRecords(
    _ bytes: UnsafePointer<UInt8>, _ count: Int, _ total: inout Float
  ) {
    let tables = self.tables
    let greatest = Float(tables.greatestScore)
    var sum = total
    // SAFETY: there are `count` records, and more room than they have ids.
    var record = unsafe records.base
    output.reserve(records.count)
    var target = unsafe output.base + output.count
    for index in 0..<count {
      let header = unsafe record[0]
      let idCount = UnigramRecorder.count(header)
      let byteCount = unsafe Float(bounds[index &+ 1] &- bounds[index])
      let reach = abs(sum) + byteCount * greatest
      let error = byteCount * reach * Self.roundingError
      if UnigramRecorder.margin(header) > error, reach < UnigramSearch.sumLimit {
        for place in 0..<idCount {
          let id = unsafe record[place &+ 1]
          unsafe target[place] = id
          sum = tables.singleScore(id) + sum
        }
        unsafe target += idCount
      } else {
        unsafe output.setCount(target - output.base)
        unsafe search.append(bytes, from: bounds[index], to: bounds[index &+ 1], &sum, to: &output)
        output.reserve(records.count)
        unsafe target = output.base + output.count
      }
      unsafe record += idCount &+ 1
    }
    unsafe output.setCount(target - output.base)
    total = sum
  }
}
