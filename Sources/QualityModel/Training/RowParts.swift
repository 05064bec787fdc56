/// How the rows of a store are parted for a pass.
///
/// Each part is summed up by itself and the sums are added in the order of the parts, which depend on the
/// rows alone. So the number of workers does not change a bit of the result.
struct RowParts: Sendable {
  private static let maximumCount = 32

  let ranges: [Range<Int>]

  /// As many parts as keep the work of adding up small beside the passes over `numbersPerPart` sums.
  init(_ store: RowStore, numbersPerPart: Int) {
    let count = max(1, min(Self.maximumCount, store.entryCount / (4 * max(1, numbersPerPart))))
    let rowCount = store.rowCount
    ranges = (0..<count).map { rowCount * $0 / count..<rowCount * ($0 + 1) / count }
  }

  /// Runs `work` on every part, one part a lane at a time, and `add`s what comes out in order.
  func run<Lane: Actor, Output: Sendable>(
    _ lanes: [Lane],
    _ work: @escaping @Sendable (Lane, Range<Int>) async -> Result<Output, QualityTrainingError>,
    add: (Output) -> Void
  ) async throws(QualityTrainingError) {
    try await OrderedWork.run(
      ranges.count, lanes, take: { ranges[$0] }, work,
      add: { output throws(QualityTrainingError) in add(output) })
  }
}

/// A parallel map that hands on what comes out in the order of what went in.
enum OrderedWork {
  /// `take` and `add` are called in order, `work` on one input a lane at a time.
  ///
  /// At most two inputs a lane are on their way: that bounds the memory.
  static func run<Lane: Actor, Input: Sendable, Output: Sendable>(
    _ count: Int, _ lanes: [Lane], take: (Int) -> Input,
    _ work: @escaping @Sendable (Lane, Input) async -> Result<Output, QualityTrainingError>,
    add: (Output) throws(QualityTrainingError) -> Void
  ) async throws(QualityTrainingError) {
    typealias Done = (lane: Lane, number: Int, result: Result<Output, QualityTrainingError>)
    let failure = await withTaskGroup(of: Done.self) { group -> QualityTrainingError? in
      var idle = lanes
      var (sent, next) = (0, 0)
      var waiting: [Int: Output] = [:]
      while true {
        while sent < count, sent - next < 2 * lanes.count, let lane = idle.popLast() {
          let (number, input) = (sent, take(sent))
          sent += 1
          group.addTask { (lane, number, await work(lane, input)) }
        }
        guard let done = await group.next() else { return nil }
        idle.append(done.lane)
        do throws(QualityTrainingError) {
          waiting[done.number] = try done.result.get()
          while let ready = waiting.removeValue(forKey: next) {
            try add(ready)
            next += 1
          }
        } catch {
          return error
        }
      }
    }
    if let failure { throw failure }
  }
}
