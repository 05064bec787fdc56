/// Work on each of many shards, by several workers.
enum ShardWork {
  /// The results in the order of the shards; the first error stops the launching of more.
  static func map<Shard: Sendable, Result: Sendable>(
    _ shards: [Shard], _ name: String, workerCount: Int, observer: any RunObserver,
    _ body: @escaping @Sendable (Shard, Int) throws -> Result
  ) async throws -> [Result] {
    observer.stageBegan(name, taskCount: shards.count, doneCount: 0)
    defer { observer.finished() }
    return try await withThrowingTaskGroup(of: (Int, Result).self) { group in
      var results = [Result?](repeating: nil, count: shards.count)
      var next = 0
      func launch() {
        guard next < shards.count else { return }
        let (index, shard) = (next, shards[next])
        next += 1
        group.addTask { (index, try body(shard, index)) }
      }
      for _ in 0..<workerCount { launch() }
      while let (index, result) = try await group.next() {
        observer.taskEnded(name, index: index)
        results[index] = result
        launch()
      }
      return results.compactMap(\.self)
    }
  }
}
