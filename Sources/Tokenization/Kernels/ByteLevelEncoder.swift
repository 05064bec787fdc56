internal import CKernels

/// Turns texts into ids by byte-level BPE, remembering the pre-tokens it has met.
@safe final class ByteLevelEncoder {
  private let tables: EncodingTables
  private let merger: PieceMerger
  private let backtracker: Backtracker?
  private let cache: WordCache
  private var output = GrowingBuffer<UInt32>(capacity: 1 << 16)
  private let keys: UnsafeMutablePointer<ShortKey>

  /// Up to here merging step by step is as quick as any other way.
  private static let stepwiseByteCount = 20
  /// Ids are handed over when there are so many.
  private static let handOverCount = 1 << 15

  init(_ tables: EncodingTables, cacheByteCount: Int) {
    self.tables = tables
    merger = PieceMerger(tables.merges)
    backtracker = tables.trie.map { Backtracker(tables.merges, $0) }
    cache = WordCache(memoryByteCount: cacheByteCount)
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
      guard let base = buffer.baseAddress, bytes.count <= ShortKey.maximumByteCount else { return }
      output.append(id)
      let key = unsafe ShortKey(base, byteCount: bytes.count, readable: bytes.count)
      unsafe cache.insert(key, base, 1, of: output)
      output.setCount(0)
    }
  }

  /// Encodes a chunk of pre-tokens: first all keys, so that memory is asked for early, then all ids.
  private func encode(
    _ text: UnsafeBufferPointer<UInt8>, _ boundaries: UnsafePointer<Int>, _ count: Int
  ) {
    guard let base = text.baseAddress else { return }
    unsafe prepare(text, base, boundaries, count)
    // A pre-token has no more ids than bytes, and a slot's three ids are written whatever their number.
    unsafe output.reserve(boundaries[count] &- boundaries[0] &+ 4)
    let keys = unsafe self.keys
    let slots = unsafe cache.slots
    let mask = cache.mask
    var target = unsafe output.base + output.count
    for index in 0..<count {
      // SAFETY: there are `count` keys, and buckets are pairs of slots.
      let key = unsafe keys[index]
      let bucket = unsafe slots + (Int(truncatingIfNeeded: key.hash) & mask)
      let second = unsafe bucket[1].key == key ? 1 : 0
      let slot = unsafe bucket + second
      if unsafe slot.pointee.key == key && slot.pointee.count <= WordCache.idsInSlot
        && key.high != 0
      {
        unsafe target[0] = unsafe slot.pointee.first
        unsafe target[1] = unsafe slot.pointee.second
        unsafe target[2] = unsafe slot.pointee.third
        unsafe target += Int(slot.pointee.count)
      } else {
        let start = unsafe boundaries[index]
        unsafe output.setCount(target - output.base)
        unsafe encodeOther(base + start, boundaries[index &+ 1] &- start, key)
        unsafe target = output.base + output.count
      }
    }
    unsafe output.setCount(target - output.base)
  }

  /// Makes the keys of pre-tokens and asks for the memory where their ids may be.
  ///
  /// A long pre-token's key is its hash with a zero for the bytes.
  @inline(__always)
  private func prepare(
    _ text: UnsafeBufferPointer<UInt8>, _ base: UnsafePointer<UInt8>,
    _ boundaries: UnsafePointer<Int>, _ count: Int
  ) {
    let keys = unsafe self.keys
    let slots = unsafe cache.slots
    let mask = cache.mask
    let textCount = text.count
    // SAFETY: boundaries are places in the text, and `keys` has room for a chunk.
    for index in 0..<count {
      let start = unsafe boundaries[index]
      let byteCount = unsafe boundaries[index &+ 1] &- start
      if byteCount <= ShortKey.maximumByteCount {
        let key = unsafe ShortKey(base + start, byteCount: byteCount, readable: textCount &- start)
        unsafe keys[index] = key
        unsafe ck_prefetch(slots + (Int(truncatingIfNeeded: key.hash) & mask))
      } else {
        let hash =
          byteCount > WordCache.longestByteCount
          ? 0 : unsafe LongHash.hash(base + start, byteCount) | 1
        unsafe keys[index] = ShortKey(low: hash, high: 0)
        unsafe ck_prefetch(cache.longBucket(hash))
      }
    }
  }

  @inline(never)
  private func encodeOther(_ bytes: UnsafePointer<UInt8>, _ byteCount: Int, _ key: ShortKey) {
    if key.high != 0 {
      if unsafe cache.append(key, bytes, to: &output) { return }
      let count = unsafe encodeAnew(bytes, byteCount)
      unsafe cache.insert(key, bytes, count, of: output)
    } else if key.low == 0 {
      _ = unsafe encodeAnew(bytes, byteCount)
    } else {
      if unsafe cache.appendLong(bytes, byteCount, hash: key.low, to: &output) { return }
      let count = unsafe encodeAnew(bytes, byteCount)
      unsafe cache.insertLong(bytes, byteCount, hash: key.low, count, of: output)
    }
  }

  /// Appends the ids of a pre-token from the vocabulary alone and returns how many they are.
  private func encodeAnew(_ bytes: UnsafePointer<UInt8>, _ byteCount: Int) -> Int {
    let before = output.count
    let word = unsafe UnsafeBufferPointer(start: bytes, count: byteCount)
    if !tables.unreachableTokens.isEmpty, let id = unsafe tables.unreachableTokens[Array(word)] {
      output.append(id)
    } else if let backtracker, byteCount > Self.stepwiseByteCount {
      unsafe backtracker.encode(bytes, byteCount, into: &output)
    } else {
      unsafe merger.merge(bytes, byteCount, into: &output)
    }
    return output.count - before
  }
}
