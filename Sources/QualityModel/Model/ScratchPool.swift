internal import Synchronization

/// Scratch spaces lent to whoever scores; at most as many exist as ever scored at once.
final class ScratchPool: Sendable {
  private let free = Mutex<[QualityScratch]>([])

  /// A scratch that nobody else holds; nil when all are lent.
  func take() -> QualityScratch? {
    free.withLock { $0.popLast() }
  }

  func giveBack(_ scratch: QualityScratch) {
    free.withLock { $0.append(scratch) }
  }
}
