/// What the stages of a run have cost over all attempts.
struct RunTimings {
  private(set) var stages: [StageTiming]

  /// Goes on from the costs of a run that was killed.
  init(earlier: [StageTiming]) {
    stages = earlier
  }

  /// Adds what an attempt has cost to what earlier ones did.
  mutating func add(_ timing: StageTiming) {
    guard let index = stages.firstIndex(where: { $0.stage == timing.stage }) else {
      stages.append(timing)
      return
    }
    let earlier = stages[index]
    stages[index] = StageTiming(
      stage: timing.stage, taskCount: earlier.taskCount + timing.taskCount,
      wallSeconds: earlier.wallSeconds + timing.wallSeconds,
      cpuSeconds: earlier.cpuSeconds + timing.cpuSeconds,
      peakMemoryByteCount: max(earlier.peakMemoryByteCount, timing.peakMemoryByteCount),
      byteCount: earlier.byteCount + timing.byteCount)
  }
}
