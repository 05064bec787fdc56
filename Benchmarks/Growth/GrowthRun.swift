internal import ByteKernels
internal import Deduplication

/// One run of all phases over simulated documents, each phase's tasks on several workers.
struct GrowthRun: Sendable {
  private static let seed: UInt64 = 1

  let folder: String
  let documentCount: Int
  let shardCount: Int
  let workerCount: Int
  let memoryByteCount: Int
  let settings: DeduplicationSettings

  func measure() async throws {
    let edges = (0..<settings.partitions).map { "\(folder)/edges-\($0)" }
    let ranges = 0..<DocumentRanges.count(shardCount: shardCount, settings: settings)
    let share = memoryByteCount / workerCount
    try await phase("signatures", 0..<shardCount) { try sign($0, share) }
    try await phase("buckets", 0..<settings.partitions) {
      let written = try BucketTask.run(
        prefixes: prefixes, partition: $0, settings: settings, seed: Self.seed,
        memoryByteCount: share, output: edges[$0])
      return written.0.byteCount
    }
    try await phase("pairs", ranges) {
      let written = try PairTask.run(
        prefixes: prefixes, edgeFiles: edges, range: $0, settings: settings, seed: Self.seed,
        memoryByteCount: share, output: "\(folder)/pairs-\($0)")
      return written.0.byteCount
    }
    try await phase("sets", 0..<1) { _ in
      let written = try SetTask.run(
        prefixes: prefixes, pairFiles: ranges.map { "\(folder)/pairs-\($0)" }, settings: settings,
        seed: Self.seed, memoryByteCount: memoryByteCount, output: "\(folder)/sets")
      return written.0.byteCount
    }
    try await phase("clusters", ranges) {
      let written = try ClusterTask.run(
        prefixes: prefixes, setFile: "\(folder)/sets", range: $0, settings: settings,
        seed: Self.seed, memoryByteCount: share, removedOutput: "\(folder)/removed-\($0)",
        keptOutput: "\(folder)/kept-\($0)",
        clustersJSON: "\(folder)/clusters-\($0).jsonl")
      return written.0.reduce(0) { $0 + $1.byteCount }
    }
    try await phase("removals", ranges) {
      let written = try RemovalTask.run(
        prefixes: prefixes, removedFiles: ranges.map { "\(folder)/removed-\($0)" }, range: $0,
        settings: settings, seed: Self.seed, memoryByteCount: share,
        removalPath: { "\(folder)/\($0).removals" }, removedJSON: "\(folder)/removed-\($0).jsonl")
      return written.0.reduce(0) { $0 + $1.byteCount }
    }
  }

  private var prefixes: [String] { (0..<shardCount).map { "\(folder)/\($0)" } }

  private func sign(_ shard: Int, _ memoryByteCount: Int) throws -> Int {
    let planted = PlantedSignatures(documentCount: documentCount, hashCount: settings.hashCount)
    let writer = try SignatureWriter(
      prefix: prefixes[shard], settings: settings, seed: Self.seed,
      memoryByteCount: memoryByteCount / 4)
    let end = (shard + 1) * documentCount / shardCount
    for document in (shard * documentCount / shardCount)..<end {
      try writer.append(
        SignedDocument(
          id: "<urn:uuid:00000000-0000-0000-0000-\(document)>", byteCount: 3000, ranks: KeepRanks(),
          signature: planted.signature(of: document)))
    }
    return try writer.publish().reduce(0) { $0 + $1.byteCount }
  }

  /// Runs tasks, at most `workerCount` at once, each of which says how many bytes it wrote.
  private func phase(
    _ name: String, _ tasks: Range<Int>, _ body: @escaping @Sendable (Int) throws -> Int
  ) async throws {
    let began = ContinuousClock.now
    let cpu = ProcessUsage.current.cpuSeconds
    let byteCount = try await withThrowingTaskGroup(of: Int.self) { group in
      var waiting = tasks.makeIterator()
      var sum = 0
      for _ in 0..<workerCount {
        if let task = waiting.next() { group.addTask { try body(task) } }
      }
      while let written = try await group.next() {
        sum += written
        if let task = waiting.next() { group.addTask { try body(task) } }
      }
      return sum
    }
    let seconds = (ContinuousClock.now - began) / .seconds(1)
    let usage = ProcessUsage.current
    print(
      "{\"phase\":\"\(name)\",\"documents\":\(documentCount),\"seconds\":\(seconds),"
        + "\"cpu_seconds\":\(usage.cpuSeconds - cpu),"
        + "\"documents_per_second\":\(Int(Double(documentCount) / seconds)),"
        + "\"peak_memory_bytes\":\(usage.peakMemoryByteCount),\"bytes_written\":\(byteCount)}")
  }
}
