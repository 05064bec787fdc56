/// Pairs by what is merged next: the largest count first, then the smallest ids.
///
/// An entry whose pair's count has fallen is put back where it belongs when it comes to the front; a
/// pair whose count has risen must be pushed again.
@safe struct PairQueue {
  struct Entry {
    var count: Int64
    var key: UInt64
    var number: UInt32
  }

  private var heap: GrowingBuffer<Entry>

  init(capacity: Int) {
    heap = GrowingBuffer(capacity: capacity)
  }

  func deallocate() {
    heap.deallocate()
  }

  var memoryByteCount: Int { heap.memoryByteCount }

  mutating func removeAll() {
    heap.setCount(0)
  }

  /// The first entry; nil when none is left.
  var first: Entry? {
    // SAFETY: the heap is not empty.
    heap.count == 0 ? nil : unsafe heap.base[0]
  }

  mutating func push(_ entry: Entry) {
    heap.append(entry)
    let base = unsafe heap.base
    var place = heap.count &- 1
    // SAFETY: places are below the heap's count.
    while place > 0 {
      let parent = (place &- 1) / 2
      if unsafe !Self.precedes(entry, base[parent]) { break }
      unsafe base[place] = unsafe base[parent]
      place = parent
    }
    unsafe base[place] = entry
  }

  mutating func removeFirst() {
    // SAFETY: the heap is not empty.
    let last = unsafe heap.base[heap.count &- 1]
    heap.setCount(heap.count &- 1)
    if heap.count > 0 { siftDown(last) }
  }

  /// Gives the first entry the count it has now.
  mutating func refreshFirst(count: Int64) {
    guard var entry = first else { return }
    entry.count = count
    siftDown(entry)
  }

  private mutating func siftDown(_ entry: Entry) {
    let base = unsafe heap.base
    let count = heap.count
    var place = 0
    // SAFETY: places are below the heap's count.
    while true {
      var child = 2 &* place &+ 1
      if child >= count { break }
      if child &+ 1 < count, unsafe Self.precedes(base[child &+ 1], base[child]) { child &+= 1 }
      if unsafe !Self.precedes(base[child], entry) { break }
      unsafe base[place] = unsafe base[child]
      place = child
    }
    unsafe base[place] = entry
  }

  @inline(__always)
  private static func precedes(_ a: Entry, _ b: Entry) -> Bool {
    a.count != b.count ? a.count > b.count : a.key < b.key
  }
}
