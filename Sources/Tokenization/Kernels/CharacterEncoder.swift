/// Turns pieces of text into ids by merges of characters, remembering the words it has met.
@safe final class CharacterEncoder {
  private let tables: CharacterTables
  private var merger: CharacterMerger
  private let memory: WordMemory
  private let bounds: UnsafeMutablePointer<Int>
  private var output = GrowingBuffer<UInt32>(capacity: 1 << 16)

  /// Longer words hardly ever come again.
  private static let longestByteCount = 512
  /// Ids are handed over when there are so many.
  private static let handOverCount = 1 << 15

  init(_ tables: CharacterTables, cacheByteCount: Int) {
    self.tables = tables
    merger = CharacterMerger(tables)
    memory = WordMemory(memoryByteCount: cacheByteCount)
    unsafe bounds = .allocate(capacity: WordMemory.batchCount + 1)
  }

  deinit {
    output.deallocate()
    merger.deallocate()
    unsafe bounds.deallocate()
  }

  /// Appends the ids of a piece of valid UTF-8.
  func encode(_ piece: Span<UInt8>, into ids: inout [UInt32]) {
    unsafe piece.withUnsafeBufferPointer { buffer in unsafe encode(buffer, into: &ids) }
  }

  /// Appends the ids of a piece of valid UTF-8.
  func encode(_ piece: UnsafeBufferPointer<UInt8>, into ids: inout [UInt32]) {
    guard let bytes = piece.baseAddress, piece.count > 0 else { return }
    if let whole = unsafe tables.wholePieces?.value(bytes, piece.count) {
      ids.append(UInt32(truncatingIfNeeded: whole))
      return
    }
    let start = ids.count
    // How unused pieces are taken apart depends on all that was merged before them.
    if !tables.unusedSymbols.isEmpty {
      unsafe merger.append(bytes, piece.count, to: &output)
      return handOver(&ids, from: start)
    }
    var place = 0
    while place < piece.count {
      unsafe bounds[0] = place
      let count = unsafe tables.cut.bounds(
        of: bytes, piece.count, in: bounds, limit: WordMemory.batchCount)
      unsafe memory.append(bytes, piece.count, bounds, count, to: &output) {
        word, byteCount, output in
        unsafe merger.append(word, byteCount, to: &output)
        return byteCount <= Self.longestByteCount
      }
      unsafe place = bounds[count]
      if output.count >= Self.handOverCount { handOver(&ids, from: start) }
    }
    handOver(&ids, from: start)
  }

  /// Moves the ids of the piece on; of SentencePiece's unknown ones that are neighbours one is left.
  private func handOver(_ ids: inout [UInt32], from start: Int) {
    output.handOver(&ids, from: start, fusing: tables.fusedID)
  }
}
