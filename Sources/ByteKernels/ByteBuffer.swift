internal import Glibc

/// A window over a stream: bytes are added at its end and consumed at its start.
///
/// Memory grows to what is pending at once and shrinks again when that was an exception, so a
/// reader that consumes what it has read needs little, whatever the length of the stream.
package struct ByteBuffer: ~Copyable {
  /// Zeroed beyond what was ever written, so every byte is initialised.
  private var storage: [UInt8]
  private var start = 0
  private var end = 0
  private let usualCapacity: Int

  package init(capacity: Int = 1 << 16) {
    usualCapacity = max(capacity, 64)
    storage = [UInt8](repeating: 0, count: usualCapacity)
  }

  package var count: Int { end - start }
  package var isEmpty: Bool { start == end }

  /// What is pending, oldest byte first.
  package var bytes: Span<UInt8> {
    @_lifetime(borrow self)
    borrowing get {
      storage.span.extracting(start..<end)
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

  /// Lets `fill` write into `limit` free bytes at the end and returns how many it says it wrote.
  @discardableResult
  mutating func addSpace(_ limit: Int, _ fill: (UnsafeMutableRawBufferPointer) -> Int) -> Int {
    makeRoom(for: limit)
    let offset = end
    let written = unsafe storage.withUnsafeMutableBytes { all in
      // SAFETY: `makeRoom` left `limit` bytes after `offset`.
      unsafe fill(UnsafeMutableRawBufferPointer(rebasing: all[offset..<(offset + limit)]))
    }
    precondition(written >= 0 && written <= limit, "a filler stays inside its space")
    end += written
    return written
  }

  private mutating func makeRoom(for byteCount: Int) {
    let needed = count + byteCount
    let isOversized = storage.count > 8 * usualCapacity && needed <= usualCapacity
    if storage.count - end >= byteCount, !isOversized { return }
    if start >= count, needed <= storage.count, !isOversized {
      moveToFront()
      return
    }
    var capacity = usualCapacity
    while capacity < needed { capacity *= 2 }
    if capacity <= storage.count, !isOversized { capacity = storage.count * 2 }
    var larger = [UInt8](repeating: 0, count: capacity)
    let pending = start..<end
    // SAFETY: two different arrays, the new one at least `pending.count` long.
    unsafe storage.withUnsafeBytes { old in
      unsafe larger.withUnsafeMutableBytes { new in
        unsafe new.copyMemory(from: UnsafeRawBufferPointer(rebasing: old[pending]))
      }
    }
    end = count
    start = 0
    storage = larger
  }

  private mutating func moveToFront() {
    let (from, byteCount) = (start, count)
    // SAFETY: memmove within one array; both ranges lie inside it.
    unsafe storage.withUnsafeMutableBytes { all in
      guard let base = all.baseAddress else { return }
      unsafe memmove(base, base + from, byteCount)
    }
    start = 0
    end = byteCount
  }
}
