/// What the machine gives to training; no bit of a model depends on it.
package struct TrainingResources: Sendable {
  package var workerCount: Int
  /// For everything training holds, in bytes.
  package var memoryByteCount: Int
  /// The beginning of the name of a file for rows that the memory does not hold; it is made only if needed
  /// and never seen in its folder.
  package var spillPrefix: String
  package var progress: @Sendable (TrainingProgress) -> Void

  package init(
    workerCount: Int = 1, memoryByteCount: Int = 1 << 30,
    spillPrefix: String, progress: @escaping @Sendable (TrainingProgress) -> Void = { _ in }
  ) {
    self.workerCount = workerCount
    self.memoryByteCount = memoryByteCount
    self.spillPrefix = spillPrefix
    self.progress = progress
  }

  /// An eighth is left for the program, its stacks and buffers.
  var usableByteCount: Int { memoryByteCount - memoryByteCount / 8 }
}
