/// Merges that wait, the least number first: a heap in which every entry has four below it, so that few
/// lines of memory are met on the way down.
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
      let parent = (hole &- 1) &>> 2
      if unsafe heap.base[parent] <= entry { break }
      unsafe heap.base[hole] = unsafe heap.base[parent]
      hole = parent
    }
    unsafe heap.base[hole] = entry
  }

  /// Takes the least entry out of a queue that is not empty.
  mutating func pop() -> UInt64 {
    // SAFETY: the heap is not empty, and holes are below its count.
    let top = unsafe heap.base[0]
    let last = unsafe heap.base[heap.count &- 1]
    heap.setCount(heap.count &- 1)
    let count = heap.count
    var hole = 0
    while true {
      let first = 4 &* hole &+ 1
      if first >= count { break }
      var child = first
      var least = unsafe heap.base[first]
      for other in (first &+ 1)..<max(first &+ 1, min(first &+ 4, count)) {
        let entry = unsafe heap.base[other]
        if entry < least { (child, least) = (other, entry) }
      }
      if least >= last { break }
      unsafe heap.base[hole] = least
      hole = child
    }
    if count > 0 { unsafe heap.base[hole] = last }
    return top
  }
}
