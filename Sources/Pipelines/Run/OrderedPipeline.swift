/// One worker of an ordered pipeline: owns what its transformation needs, such as caches.
protocol Lane: Actor {
  associatedtype Input: Sendable
  associatedtype Output: Sendable
  func transform(_ input: Input) throws -> Output
}

/// A parallel map that keeps the order: reads on the main actor, transforms in lanes, writes in the
/// order read.
///
/// At most one batch a lane is in flight, one more has been read ahead, so that no lane waits for the
/// reading, and at most as many as there are lanes wait to be written: that bounds the memory. The
/// main actor does the blocking reads and writes, so every thread of the pool is left to transform.
@MainActor
func orderedPipeline<L: Lane>(
  lanes: [L], read: () throws -> L.Input?, write: (L.Output) throws -> Void
) async throws {
  try await withThrowingTaskGroup(of: (lane: L, number: Int, output: L.Output).self) { group in
    var idle = lanes
    var sent = 0
    var next = 0
    var isAtEnd = false
    var waiting: [Int: L.Output] = [:]
    var ahead: L.Input?
    while true {
      while !isAtEnd || ahead != nil, sent - next < 2 * lanes.count, let lane = idle.popLast() {
        guard let batch = try ahead ?? read() else {
          isAtEnd = true
          break
        }
        ahead = nil
        let number = sent
        sent += 1
        group.addTask { (lane, number, try await lane.transform(batch)) }
      }
      if !isAtEnd, ahead == nil {
        ahead = try read()
        isAtEnd = ahead == nil
      }
      guard let (lane, number, output) = try await group.next() else { break }
      idle.append(lane)
      waiting[number] = output
      while let ready = waiting.removeValue(forKey: next) {
        try write(ready)
        next += 1
      }
    }
  }
}
