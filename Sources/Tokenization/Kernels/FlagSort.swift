/// Sorts elements by the bytes of some 64-bit words, in place: a bucket for each value of a byte, the
/// most significant first, and by comparison where few are left ("American flag sort", McIlroy,
/// Bostic and McIlroy 1993).
enum FlagSort {
  private static let smallCount = 48

  /// Sorts by `wordCount` words, the first the most significant, and what they leave undecided by
  /// `precedes`, which must agree with them.
  @inline(__always)
  static func sort<Element: BitwiseCopyable>(
    _ elements: UnsafeMutableBufferPointer<Element>,
    word: (_ element: Element, _ index: Int) -> UInt64, wordCount: Int,
    precedes: (Element, Element) -> Bool
  ) {
    guard let base = elements.baseAddress else { return }
    // Runs still to be sorted: where, how many, and by which byte.
    var runs = [(start: 0, count: elements.count, byte: 0)]
    while let run = runs.popLast() {
      if run.count <= smallCount || run.byte == 8 * wordCount {
        // SAFETY: runs lie within the elements.
        let part = unsafe UnsafeMutableBufferPointer(start: base + run.start, count: run.count)
        if run.count <= smallCount {
          unsafe insertionSort(part, precedes)
        } else {
          var rest = unsafe part
          unsafe rest.sort(by: precedes)
        }
        continue
      }
      let shift = UInt64(56 - 8 * (run.byte % 8))
      let index = run.byte / 8
      unsafe distribute(base + run.start, run.count) { element in
        Int(truncatingIfNeeded: (word(element, index) &>> shift) & 0xFF)
      } body: { start, count in
        if count > 1 { runs.append((run.start + start, count, run.byte + 1)) }
      }
    }
  }

  /// Puts elements into the order of their buckets, of which it then gives the places.
  @inline(__always)
  private static func distribute<Element: BitwiseCopyable>(
    _ base: UnsafeMutablePointer<Element>, _ count: Int, bucket: (Element) -> Int,
    body: (_ start: Int, _ count: Int) -> Void
  ) {
    unsafe withUnsafeTemporaryAllocation(of: Int.self, capacity: 512) { places in
      unsafe places.initialize(repeating: 0)
      guard let next = places.baseAddress else { return }
      let ends = unsafe next + 256
      // SAFETY: buckets are below 256, places below the count.
      for place in 0..<count { unsafe ends[bucket(base[place])] &+= 1 }
      var sum = 0
      for number in 0..<256 {
        unsafe next[number] = sum
        sum &+= unsafe ends[number]
        unsafe ends[number] = sum
      }
      for number in 0..<256 {
        while unsafe next[number] < ends[number] {
          let place = unsafe next[number]
          let target = bucket(unsafe base[place])
          if target == number {
            unsafe next[number] = place &+ 1
            continue
          }
          let other = unsafe next[target]
          unsafe next[target] = other &+ 1
          let held = unsafe base[other]
          unsafe base[other] = unsafe base[place]
          unsafe base[place] = held
        }
      }
      var start = 0
      for number in 0..<256 {
        let end = unsafe ends[number]
        body(start, end - start)
        start = end
      }
    }
  }

  @inline(__always)
  private static func insertionSort<Element: BitwiseCopyable>(
    _ elements: UnsafeMutableBufferPointer<Element>, _ precedes: (Element, Element) -> Bool
  ) {
    guard let base = elements.baseAddress, elements.count > 1 else { return }
    for index in 1..<elements.count {
      // SAFETY: places are below the count.
      let element = unsafe base[index]
      var place = index
      while place > 0, precedes(element, unsafe base[place &- 1]) {
        unsafe base[place] = unsafe base[place &- 1]
        place &-= 1
      }
      unsafe base[place] = element
    }
  }
}
