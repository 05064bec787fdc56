internal import Synchronization

/// Scratch spaces lent to whoever scores; at most as many exist as ever scored at once.
final class ScratchPool: Sendable {
  private let free = Mutex<[FeatureScratch]>([])

  /// A scratch that nobody else holds; nil when all are lent.
  func take() -> FeatureScratch? {
    free.withLock { $0.popLast() }
  }

  func giveBack(_ scratch: FeatureScratch) {
    free.withLock { $0.append(scratch) }
  }
}
