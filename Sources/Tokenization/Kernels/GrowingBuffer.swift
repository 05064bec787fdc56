internal import ByteKernels

/// Trivial elements in memory that doubles when it is full; freed by `deallocate`.
@safe struct GrowingBuffer<Element: BitwiseCopyable> {
  private(set) var base: UnsafeMutablePointer<Element>
  private(set) var count = 0
  private var capacity: Int

  init(capacity: Int) {
    self.capacity = max(16, capacity)
    unsafe base = TableMemory.allocate(Element.self, count: self.capacity)
  }

  func deallocate() {
    unsafe base.deallocate()
  }

  var memoryByteCount: Int { capacity * MemoryLayout<Element>.stride }

  @inline(__always)
  mutating func append(_ element: Element) {
    if count == capacity { grow(to: count &+ 1) }
    // SAFETY: there is room for one more.
    unsafe base[count] = element
    count &+= 1
  }

  /// Makes room for `extra` elements that the caller then writes behind `count`.
  @inline(__always)
  mutating func reserve(_ extra: Int) {
    if count &+ extra > capacity { grow(to: count &+ extra) }
  }

  /// Counts what has been written behind the end, within what was reserved, or drops the end.
  @inline(__always)
  mutating func setCount(_ count: Int) {
    self.count = count
  }

  @inline(never)
  private mutating func grow(to wanted: Int) {
    while capacity < wanted { capacity *= 2 }
    unsafe base = TableMemory.grow(base, toCount: capacity)
  }
}
