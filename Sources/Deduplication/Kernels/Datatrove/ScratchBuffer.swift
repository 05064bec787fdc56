/// Memory of plain values that grows and never shrinks.
@safe final class ScratchBuffer<Element: BitwiseCopyable> {
  private(set) var base: UnsafeMutablePointer<Element>
  private var capacity = 16

  init() { unsafe base = .allocate(capacity: capacity) }

  deinit { unsafe base.deallocate() }

  /// Makes room for `count` values, of which the first `kept` stay; the others are arbitrary.
  func reserve(_ count: Int, keeping kept: Int) {
    guard count > capacity else { return }
    let larger = max(2 * capacity, count)
    let moved = UnsafeMutablePointer<Element>.allocate(capacity: larger)
    // SAFETY: the first `kept` values have been written by the owner.
    unsafe moved.update(from: base, count: kept)
    unsafe base.deallocate()
    unsafe base = moved
    capacity = larger
  }
}
