internal import CKernels

/// Encodes successive words of a text by what is remembered of them, and remembers those that are new.
@safe final class WordMemory {
  private let cache: WordCache
  private let keys: UnsafeMutablePointer<ck_word_key>

  /// At most so many words are encoded at once.
  static let batchCount = 256
  /// Some ids more than there are may be written.
  private static let spareIDCount = 8

  init(memoryByteCount: Int) {
    cache = WordCache(memoryByteCount: memoryByteCount, expectedCount: 1 << 12)
    unsafe keys = .allocate(capacity: Self.batchCount)
  }

  deinit {
    unsafe keys.deallocate()
  }

  /// Appends the ids of `count` words, which lie between `count + 1` bounds in the text; `make` appends
  /// those of a word that is new, and says whether it is worth remembering.
  ///
  /// A word has no more ids than bytes, and one.
  @inline(__always)
  func append(
    _ text: UnsafePointer<UInt8>, _ textCount: Int, _ bounds: UnsafePointer<Int>, _ count: Int,
    to output: inout GrowingBuffer<UInt32>,
    _ make: (UnsafePointer<UInt8>, Int, inout GrowingBuffer<UInt32>) -> Bool
  ) {
    // SAFETY: bounds are places in the text, and `keys` has room for a batch.
    let byteCount = unsafe bounds[count] &- bounds[0]
    let keys = unsafe self.keys
    var view = unsafe cache.view
    unsafe ck_word_keys(text, textCount, bounds, count, &view, keys)
    var index = 0
    while true {
      output.reserve(byteCount &+ count &+ Self.spareIDCount)
      var target = unsafe Optional(output.base + output.count)
      index = unsafe ck_word_ids(text, bounds, keys, index, count, &view, &target)
      if let target = unsafe target { unsafe output.setCount(target - output.base) }
      if index == count { return }
      let start = unsafe bounds[index]
      let before = output.count
      let isWorth = unsafe make(text + start, bounds[index &+ 1] &- start, &output)
      index &+= 1
      if !isWorth { continue }
      let ids = unsafe output.base + before
      let hasGrown = unsafe cache.insert(
        keys[index &- 1], text + start, ids, output.count &- before)
      unsafe view = cache.view
      if hasGrown {
        unsafe ck_word_keys(
          text, textCount, bounds + index, count &- index, &view, keys + index)
      }
    }
  }
}
