internal import Glibc

/// Memory for large tables that are read at random places.
///
/// Such reads mostly miss the processor's page tables; large pages, which the system is asked for,
/// make these misses rare.
package enum TableMemory {
  private static let largePage = 1 << 21

  /// Room for `count` elements, to be given back with `deallocate` of the pointer.
  package static func allocate<Element: BitwiseCopyable>(
    _ type: Element.Type, count: Int
  ) -> UnsafeMutablePointer<Element> {
    let byteCount = count * MemoryLayout<Element>.stride
    let isLarge = byteCount >= largePage
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: byteCount, alignment: isLarge ? largePage : 64)
    if isLarge {
      // SAFETY: the advice covers memory just allocated; that it may be refused changes nothing.
      unsafe madvise(memory, byteCount, Int32(MADV_HUGEPAGE))
    }
    return unsafe memory.bindMemory(to: Element.self, capacity: count)
  }

  /// Moves a table into room for `count` elements; the old pointer is no longer valid.
  ///
  /// The kernel moves large tables by their page tables: growing a buffer to its final size costs
  /// neither copies nor fresh pages, which were a sixth of a tokenizer's training.
  package static func grow<Element: BitwiseCopyable>(
    _ table: UnsafeMutablePointer<Element>, toCount count: Int
  ) -> UnsafeMutablePointer<Element> {
    let byteCount = count * MemoryLayout<Element>.stride
    // SAFETY: every table comes from malloc's family, whatever its alignment, and the new room is
    // larger than the old.
    guard let memory = unsafe realloc(table, byteCount) else {
      preconditionFailure("no memory for a table of \(byteCount) bytes")
    }
    if byteCount >= largePage {
      let pages = unsafe memory.alignedUp(toMultipleOf: 4096)
      let skipped = unsafe pages - memory
      // SAFETY: the advice covers whole pages of the memory just allocated.
      unsafe madvise(pages, byteCount - skipped, Int32(MADV_HUGEPAGE))
    }
    return unsafe memory.bindMemory(to: Element.self, capacity: count)
  }

  /// Room for `count` elements that are all `element`.
  package static func allocate<Element: BitwiseCopyable>(
    repeating element: Element, count: Int
  ) -> UnsafeMutablePointer<Element> {
    let table = unsafe allocate(Element.self, count: count)
    unsafe table.initialize(repeating: element, count: count)
    return unsafe table
  }
}
