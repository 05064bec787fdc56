internal import Glibc

/// A window over a stream: bytes are added at its end and consumed at its start.
///
/// Memory grows to what is pending at once and shrinks again when that was an exception, so a
/// reader that consumes what it has read needs little, whatever the length of the stream. Growing
/// costs no copies of what is large: the kernel moves it by its page tables, and pages that were
/// never written take no memory.
@safe package struct ByteBuffer: ~Copyable {
  private var memory: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private var start = 0
  private var end = 0
  private let usualCapacity: Int

  package init(capacity: Int = 1 << 16) {
    usualCapacity = max(capacity, 64)
    self.capacity = usualCapacity
    unsafe memory = Self.allocate(usualCapacity)
  }

  deinit {
    unsafe free(memory)
  }

  package var count: Int { end - start }
  package var isEmpty: Bool { start == end }

  /// What is pending, oldest byte first.
  package var bytes: Span<UInt8> {
    @_lifetime(borrow self)
    borrowing get {
      // SAFETY: `start..<end` was written and lies inside the memory, which lives as long as self
      // and does not change while it is borrowed.
      let pending = unsafe Span(_unsafeStart: memory + start, count: end - start)
      return unsafe _overrideLifetime(pending, borrowing: self)
    }
  }

  /// Gives up the oldest `byteCount` bytes.
  package mutating func consume(_ byteCount: Int) {
    precondition(byteCount >= 0 && byteCount <= count, "only pending bytes can be consumed")
    start += byteCount
    if start == end { (start, end) = (0, 0) }
  }

  /// Takes back the `byteCount` bytes added last.
  package mutating func removeLast(_ byteCount: Int) {
    precondition(byteCount >= 0 && byteCount <= count, "only pending bytes can be removed")
    end -= byteCount
  }

  package mutating func append(_ bytes: Span<UInt8>) {
    guard !bytes.isEmpty else { return }
    unsafe addSpace(bytes.count) { space in
      // SAFETY: the free space is at least `bytes.count` long and does not overlap the source.
      unsafe bytes.withUnsafeBytes { source in
        unsafe space.copyMemory(from: source)
        return source.count
      }
    }
  }

  package mutating func append(_ byte: UInt8) {
    if end == capacity { makeRoom(for: 1) }
    // SAFETY: there is room for one byte at `end`.
    unsafe memory[end] = byte
    end += 1
  }

  /// Lets `fill` write into `limit` free bytes at the end and returns how many it says it wrote.
  @discardableResult
  mutating func addSpace(_ limit: Int, _ fill: (UnsafeMutableRawBufferPointer) -> Int) -> Int {
    makeRoom(for: limit)
    // SAFETY: `makeRoom` left `limit` bytes after `end`.
    let space = unsafe UnsafeMutableRawBufferPointer(start: memory + end, count: limit)
    let written = unsafe fill(space)
    precondition(written >= 0 && written <= limit, "a filler stays inside its space")
    end += written
    return written
  }

  private mutating func makeRoom(for byteCount: Int) {
    let needed = count + byteCount
    if capacity > 8 * usualCapacity, needed <= usualCapacity {
      shrink()
    } else if capacity - end < byteCount || start > 8 * count {
      // What is little is moved even without need, so that the same memory, which the processor
      // has at hand, is written again.
      if start > 0, start >= count || needed > capacity { moveToFront() }
      if capacity - end < byteCount { grow(to: max(end + byteCount, 2 * capacity)) }
    }
  }

  private mutating func moveToFront() {
    // SAFETY: memmove within one block; both ranges lie inside it.
    unsafe memmove(memory, memory + start, count)
    (start, end) = (0, count)
  }

  private mutating func grow(to byteCount: Int) {
    // SAFETY: the memory comes from malloc; the old pointer is not used again.
    guard let larger = unsafe realloc(memory, byteCount) else {
      preconditionFailure("no memory for a buffer of \(byteCount) bytes")
    }
    unsafe memory = larger.assumingMemoryBound(to: UInt8.self)
    capacity = byteCount
  }

  private mutating func shrink() {
    let smaller = unsafe Self.allocate(usualCapacity)
    // SAFETY: two different blocks, and what is pending fits into the new one.
    unsafe memcpy(smaller, memory + start, count)
    unsafe free(memory)
    unsafe memory = smaller
    (start, end, capacity) = (0, count, usualCapacity)
  }

  private static func allocate(_ byteCount: Int) -> UnsafeMutablePointer<UInt8> {
    guard let memory = unsafe malloc(byteCount) else {
      preconditionFailure("no memory for a buffer of \(byteCount) bytes")
    }
    // SAFETY: the memory is used for bytes alone.
    return unsafe memory.assumingMemoryBound(to: UInt8.self)
  }
}
