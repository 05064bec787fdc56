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

  /// Room for `count` elements that are all `element`.
  package static func allocate<Element: BitwiseCopyable>(
    repeating element: Element, count: Int
  ) -> UnsafeMutablePointer<Element> {
    let table = unsafe allocate(Element.self, count: count)
    unsafe table.initialize(repeating: element, count: count)
    return unsafe table
  }
}
