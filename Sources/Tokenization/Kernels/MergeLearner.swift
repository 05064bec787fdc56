/// Learns merges from counted words, one by one.
///
/// The pair merged next is the one that occurs most often, counted over all words with all its
/// places, overlapping ones too; of equal counts the one with the smallest ids, the left one first.
/// These are the merges of Hugging Face's BpeTrainer, with counts of 64 bits.
@safe final class MergeLearner {
  private var symbols: GrowingBuffer<UInt32>
  private var starts = GrowingBuffer<Int>(capacity: 1 << 10)
  private var lengths = GrowingBuffer<UInt32>(capacity: 1 << 10)
  private var counts = GrowingBuffer<Int64>(capacity: 1 << 10)
  private var index = PairIndex()
  private var queue = PairQueue(capacity: 1 << 16)
  /// The token of each single byte.
  private let byteTokens: [UInt32]

  init(byteTokens: [UInt32]) {
    self.byteTokens = byteTokens
    symbols = GrowingBuffer(capacity: 1 << 16)
  }

  deinit {
    symbols.deallocate()
    starts.deallocate()
    lengths.deallocate()
    counts.deallocate()
    index.deallocate()
    queue.deallocate()
  }

  /// Words of two bytes and more.
  var wordCount: Int { starts.count }

  var memoryByteCount: Int {
    symbols.memoryByteCount + starts.memoryByteCount + lengths.memoryByteCount
      + counts.memoryByteCount + index.memoryByteCount
  }

  /// Adds a word and its count; a word of one byte has no pairs and is left out.
  func add(_ word: Span<UInt8>, count: UInt64) {
    if word.count < 2 { return }
    let number = UInt32(starts.count)
    let weight = Int64(clamping: count)
    starts.append(symbols.count)
    lengths.append(UInt32(word.count))
    counts.append(weight)
    var left = byteTokens[Int(word[0])]
    symbols.append(left)
    for place in 1..<word.count {
      let right = byteTokens[Int(word[place])]
      symbols.append(right)
      index.add(weight, to: index.number(left, right), word: number)
      left = right
    }
  }

  /// Ends the adding of words.
  func start() {
    enqueue(from: 0)
  }

  /// The pair to merge next and its count, taken from the queue; nil when none occurs.
  func next() -> (left: UInt32, right: UInt32, count: Int64, number: Int)? {
    while let first = queue.first {
      let number = Int(first.number)
      // SAFETY: the queue holds numbers of pairs.
      let count = unsafe index.pairs.base[number].count
      if count != first.count {
        if count > 0 { queue.refreshFirst(count: count) } else { queue.removeFirst() }
        continue
      }
      queue.removeFirst()
      let left = UInt32(first.key >> 32)
      return (left, UInt32(truncatingIfNeeded: first.key), count, number)
    }
    return nil
  }

  /// Leaves a pair unmerged for good.
  func refuse(_ number: Int) {
    index.retire(number)
  }

  /// Replaces a pair by a new token in all words.
  func merge(_ left: UInt32, _ right: UInt32, _ number: Int, into product: UInt32) {
    let known = index.pairs.count
    // SAFETY: lists hold places of `places`, and those hold numbers of words.
    var place = unsafe index.pairs.base[number].firstPlace
    while place != 0 {
      let entry = unsafe index.places.base[Int(place)]
      place = UInt32(truncatingIfNeeded: entry &>> 32)
      merge(left, right, into: product, word: UInt32(truncatingIfNeeded: entry))
    }
    index.retire(number)
    // Pairs with the new token are new, and no later merge adds to them.
    enqueue(from: known)
  }

  private func merge(_ left: UInt32, _ right: UInt32, into product: UInt32, word: UInt32) {
    // SAFETY: a word's symbols are `length` from its start on; they only grow fewer.
    let base = unsafe symbols.base + starts.base[Int(word)]
    let length = unsafe Int(lengths.base[Int(word)])
    let count = unsafe counts.base[Int(word)]
    var read = 0
    while true {
      if read &+ 1 >= length { return }
      if unsafe base[read] == left, unsafe base[read &+ 1] == right { break }
      read &+= 1
    }
    var write = read
    while read < length {
      guard unsafe base[read] == left, read &+ 1 < length, unsafe base[read &+ 1] == right else {
        unsafe base[write] = unsafe base[read]
        write &+= 1
        read &+= 1
        continue
      }
      if write > 0 {
        let before = unsafe base[write &- 1]
        index.subtract(count, from: index.number(before, left))
        index.add(count, to: index.number(before, product), word: word)
      }
      if read &+ 2 < length {
        let after = unsafe base[read &+ 2]
        index.subtract(count, from: index.number(right, after))
        index.add(count, to: index.number(product, after), word: word)
      }
      unsafe base[write] = product
      write &+= 1
      read &+= 2
    }
    unsafe lengths.base[Int(word)] = UInt32(truncatingIfNeeded: write)
  }

  private func enqueue(from known: Int) {
    for number in known..<index.pairs.count {
      // SAFETY: the number is that of a pair.
      let pair = unsafe index.pairs.base[number]
      if pair.count <= 0 { continue }
      queue.push(.init(count: pair.count, key: pair.key, number: UInt32(number)))
    }
  }
}
