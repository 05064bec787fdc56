internal import CKernels

/// Turns texts into ids, remembering the pre-tokens it has met: one for each worker.
///
/// Text that looks like a special token is ordinary text. The ids depend on the text and the
/// vocabulary alone, whatever has been encoded before.
@safe package final class Encoder {
  private let tables: EncodingTables
  private let merger: PieceMerger
  private let cache: WordCache
  private var output = GrowingBuffer<UInt32>(capacity: 1 << 16)
  private let keys: UnsafeMutablePointer<ShortKey>

  /// Ids are handed over when there are so many.
  private static let handOverCount = 1 << 15

  init(_ tables: EncodingTables, cacheByteCount: Int) {
    self.tables = tables
    merger = PieceMerger(tables.merges)
    cache = WordCache(memoryByteCount: cacheByteCount)
    unsafe keys = .allocate(capacity: PieceScanner.maximumPieceCount)
    for word in tables.standaloneTokens { remember(word.bytes, word.id) }
  }

  deinit {
    output.deallocate()
    unsafe keys.deallocate()
  }

  /// Appends the ids of a valid UTF-8 text.
  package func encode(_ text: Span<UInt8>, into ids: inout [UInt32]) {
    // SAFETY: the pointers stay inside the closures, where the text lives.
    unsafe text.withUnsafeBufferPointer { buffer in
      unsafe PieceScanner.scan(buffer, tables.pattern) { boundaries, count in
        unsafe encode(buffer, boundaries, count)
        if output.count >= Self.handOverCount { handOver(&ids) }
      }
    }
    handOver(&ids)
  }

  /// How many ids a valid UTF-8 text becomes.
  package func count(_ text: Span<UInt8>) -> Int {
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
      guard let base = buffer.baseAddress, bytes.count <= ShortKey.maximumByteCount else { return }
      output.append(id)
      cache.insert(
        unsafe ShortKey(base, byteCount: bytes.count, readable: bytes.count), 1, of: output)
      output.setCount(0)
    }
  }

  /// Encodes a chunk of pre-tokens: first all keys, so that memory is asked for early, then all ids.
  private func encode(
    _ text: UnsafeBufferPointer<UInt8>, _ boundaries: UnsafePointer<Int>, _ count: Int
  ) {
    guard let base = text.baseAddress else { return }
    let slots = unsafe cache.slots
    // SAFETY: boundaries are places in the text, and `keys` has room for a chunk.
    for index in 0..<count {
      let start = unsafe boundaries[index]
      let byteCount = unsafe boundaries[index &+ 1] &- start
      if byteCount > ShortKey.maximumByteCount {
        unsafe keys[index] = .none
        continue
      }
      let key = unsafe ShortKey(base + start, byteCount: byteCount, readable: text.count &- start)
      unsafe keys[index] = key
      unsafe ck_prefetch(slots + cache.bucket(key))
    }
    // A pre-token has no more ids than bytes, and a slot's three ids are written whatever their number.
    unsafe output.reserve(boundaries[count] &- boundaries[0] &+ 4)
    for index in 0..<count {
      let key = unsafe keys[index]
      let bucket = unsafe slots + cache.bucket(key)
      let slot = unsafe bucket[1].key == key ? bucket + 1 : bucket
      if unsafe slot.pointee.key == key && slot.pointee.count <= WordCache.idsInSlot
        && key.high != 0
      {
        let target = unsafe output.base + output.count
        unsafe target[0] = unsafe slot.pointee.first
        unsafe target[1] = unsafe slot.pointee.second
        unsafe target[2] = unsafe slot.pointee.third
        unsafe output.setCount(output.count &+ Int(slot.pointee.count))
      } else {
        let start = unsafe boundaries[index]
        unsafe encodeOther(base + start, boundaries[index &+ 1] &- start, key)
      }
    }
  }

  @inline(never)
  private func encodeOther(_ bytes: UnsafePointer<UInt8>, _ byteCount: Int, _ key: ShortKey) {
    if byteCount > ShortKey.maximumByteCount {
      unsafe encodeLong(bytes, byteCount)
      return
    }
    let bucket = unsafe cache.slots + cache.bucket(key)
    for place in 0..<2 where unsafe bucket[place].key == key {
      unsafe cache.append(bucket[place], to: &output)
      return
    }
    let count = unsafe encodeAnew(bytes, byteCount)
    cache.insert(key, count, of: output)
  }

  private func encodeLong(_ bytes: UnsafePointer<UInt8>, _ byteCount: Int) {
    if byteCount > WordCache.longestByteCount {
      _ = unsafe encodeAnew(bytes, byteCount)
      return
    }
    let hash = unsafe LongHash.hash(bytes, byteCount) | 1
    if unsafe cache.appendLong(bytes, byteCount, hash: hash, to: &output) { return }
    let count = unsafe encodeAnew(bytes, byteCount)
    unsafe cache.insertLong(bytes, byteCount, hash: hash, count, of: output)
  }

  /// Appends the ids of a pre-token from the vocabulary alone and returns how many they are.
  private func encodeAnew(_ bytes: UnsafePointer<UInt8>, _ byteCount: Int) -> Int {
    let before = output.count
    let word = unsafe UnsafeBufferPointer(start: bytes, count: byteCount)
    if !tables.unreachableTokens.isEmpty, let id = unsafe tables.unreachableTokens[Array(word)] {
      output.append(id)
    } else {
      unsafe merger.merge(bytes, byteCount, into: &output)
    }
    return output.count - before
  }
}
