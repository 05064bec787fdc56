internal import CKernels

/// Turns texts into ids by byte-level BPE, remembering the pre-tokens it has met.
@safe final class ByteLevelEncoder {
  private let tables: EncodingTables
  private let merger: PieceMerger
  private let backtracker: Backtracker?
  private let cache: WordCache
  private var output = GrowingBuffer<UInt32>(capacity: 1 << 16)
  private let keys: UnsafeMutablePointer<ck_word_key>

  /// Ids are handed over when there are so many.
  private static let handOverCount = 1 << 15
  /// Some ids more than there are may be written.
  private static let spareIDCount = 8

  init(_ tables: EncodingTables, cacheByteCount: Int) {
    self.tables = tables
    merger = PieceMerger(tables.merges)
    backtracker = tables.trie.map { Backtracker(tables.merges, $0) }
    cache = WordCache(
      memoryByteCount: cacheByteCount, expectedCount: tables.standaloneTokens.count)
    unsafe keys = .allocate(capacity: PieceScanner.maximumPieceCount)
    for word in tables.standaloneTokens { remember(word.bytes, word.id) }
  }

  deinit {
    output.deallocate()
    unsafe keys.deallocate()
  }

  var pattern: SplitPattern { tables.pattern }

  /// Appends the ids of a valid UTF-8 text.
  func encode(_ text: Span<UInt8>, into ids: inout [UInt32]) {
    // SAFETY: the pointers stay inside the closures, where the text lives.
    unsafe text.withUnsafeBufferPointer { buffer in
      unsafe PieceScanner.scan(buffer, tables.pattern) { boundaries, count in
        unsafe encode(buffer, boundaries, count)
        if output.count >= Self.handOverCount { handOver(&ids) }
      }
    }
    handOver(&ids)
  }

  /// Appends the ids of one pre-token, which is not split.
  func encode(piece: Span<UInt8>, into ids: inout [UInt32]) {
    if piece.isEmpty { return }
    // SAFETY: the pointers stay inside the closures, where the piece and its boundaries live.
    unsafe piece.withUnsafeBufferPointer { buffer in
      unsafe [0, piece.count].withUnsafeBufferPointer { boundaries in
        if let base = boundaries.baseAddress { unsafe encode(buffer, base, 1) }
      }
    }
    handOver(&ids)
  }

  /// Appends the ids of bytes that are no whole pre-token: what merges alone make of them.
  func merge(_ bytes: Span<UInt8>, into ids: inout [UInt32]) {
    // SAFETY: the pointers stay inside the closure, where the bytes live.
    unsafe bytes.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress, !buffer.isEmpty else { return }
      unsafe merger.merge(base, buffer.count, into: &output)
    }
    handOver(&ids)
  }

  /// How many ids a valid UTF-8 text becomes.
  func count(_ text: Span<UInt8>) -> Int {
    var count = 0
    unsafe text.withUnsafeBufferPointer { buffer in
      unsafe PieceScanner.scan(buffer, tables.pattern) { boundaries, pieceCount in
        unsafe encode(buffer, boundaries, pieceCount)
        count += output.count
        output.setCount(0)
      }
    }
    return count
  }

  private func handOver(_ ids: inout [UInt32]) {
    // SAFETY: the buffer holds `count` ids, which are copied at once.
    unsafe ids.append(contentsOf: UnsafeBufferPointer(start: output.base, count: output.count))
    output.setCount(0)
  }

  private func remember(_ bytes: [UInt8], _ id: UInt32) {
    unsafe bytes.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      var view = unsafe cache.view
      let key = unsafe ck_word_key_of(base, buffer.count, &view)
      unsafe withUnsafePointer(to: id) { id in _ = unsafe cache.insert(key, base, id, 1) }
    }
  }

  /// Encodes a chunk of pre-tokens: first all keys, so that memory is asked for early, then all ids.
  private func encode(
    _ text: UnsafeBufferPointer<UInt8>, _ boundaries: UnsafePointer<Int>, _ count: Int
  ) {
    guard let base = text.baseAddress else { return }
    // SAFETY: boundaries are places in the text, `keys` has room for a chunk, and a pre-token has no
    // more ids than bytes.
    unsafe output.reserve(boundaries[count] &- boundaries[0] &+ Self.spareIDCount)
    let keys = unsafe self.keys
    var view = unsafe cache.view
    unsafe ck_word_keys(base, text.count, boundaries, count, &view, keys)
    var index = 0
    while true {
      var target = unsafe Optional(output.base + output.count)
      index = unsafe ck_word_ids(base, boundaries, keys, index, count, &view, &target)
      if let target = unsafe target { unsafe output.setCount(target - output.base) }
      if index == count { return }
      let start = unsafe boundaries[index]
      let idCount = unsafe encodeAnew(base + start, boundaries[index &+ 1] &- start)
      let ids = unsafe output.base + (output.count &- idCount)
      let hasGrown = unsafe cache.insert(keys[index], base + start, ids, idCount)
      index &+= 1
      unsafe view = cache.view
      if hasGrown {
        unsafe ck_word_keys(
          base, text.count, boundaries + index, count &- index, &view, keys + index)
      }
    }
  }

  /// Appends the ids of a pre-token from the vocabulary alone and returns how many they are.
  private func encodeAnew(_ bytes: UnsafePointer<UInt8>, _ byteCount: Int) -> Int {
    let before = output.count
    if let id = unsafe tables.unreachableToken(bytes, byteCount) {
      output.append(id)
    } else if let backtracker {
      output.reserve(byteCount)
      // SAFETY: there is room for as many ids as bytes.
      let count = unsafe backtracker.encode(bytes, byteCount, into: output.base + before)
      output.setCount(before &+ count)
    } else {
      unsafe merger.merge(bytes, byteCount, into: &output)
    }
    return output.count - before
  }
}
