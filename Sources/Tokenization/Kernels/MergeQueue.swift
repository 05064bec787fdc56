/// Merges that wait, the least number first: a binary heap.
struct MergeQueue {
  private var heap = GrowingBuffer<UInt64>(capacity: 1 << 10)

  func deallocate() {
    heap.deallocate()
  }

  mutating func removeAll() {
    heap.setCount(0)
  }

  var isEmpty: Bool { heap.count == 0 }

  mutating func push(_ entry: UInt64) {
    heap.append(entry)
    var hole = heap.count &- 1
    // SAFETY: holes are below the heap's count.
    while hole > 0 {
      let parent = (hole &- 1) / 2
      if unsafe heap.base[parent] <= entry { break }
      unsafe heap.base[hole] = unsafe heap.base[parent]
      hole = parent
    }
    unsafe heap.base[hole] = entry
  }

  /// Takes the least entry out of a queue that is not empty.
  mutating func pop() -> UInt64 {
    // SAFETY: the heap is not empty, and holes are below its count.
    let first = unsafe heap.base[0]
    let last = unsafe heap.base[heap.count &- 1]
    heap.setCount(heap.count &- 1)
    let count = heap.count
    var hole = 0
    while true {
      var child = 2 &* hole &+ 1
      if child >= count { break }
      if child &+ 1 < count, unsafe heap.base[child &+ 1] < heap.base[child] { child &+= 1 }
      if unsafe heap.base[child] >= last { break }
      unsafe heap.base[hole] = unsafe heap.base[child]
      hole = child
    }
    if count > 0 { unsafe heap.base[hole] = last }
    return first
  }
}
