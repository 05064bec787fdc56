internal import ByteKernels
internal import Deduplication

/// Measures duplicate removal over simulated documents: signatures with planted clusters, no texts.
///
///     duplicate-growth FOLDER DOCUMENTS [SHARDS [MEMORY-MIB [WORKERS [PARTITIONS]]]]
///
/// Prints a line of JSON for each phase: seconds of wall and CPU, documents a second, the largest
/// resident set so far, and bytes written. The files stay in FOLDER.
@main
struct DuplicateGrowth {
  static func main() async throws {
    let arguments = CommandLine.arguments.dropFirst()
    let numbers = arguments.dropFirst().compactMap { Int($0) }
    guard let folder = arguments.first, let documentCount = numbers.first else {
      throw Misuse.arguments
    }
    func number(_ place: Int, or usual: Int) -> Int {
      numbers.count > place ? numbers[place] : usual
    }
    var settings = DeduplicationSettings()
    settings.partitions = number(4, or: 64)
    let run = GrowthRun(
      folder: folder, documentCount: documentCount, shardCount: number(1, or: 256),
      workerCount: number(3, or: 2), memoryByteCount: number(2, or: 1024) << 20,
      settings: settings)
    try FileSystem.makeFolder(folder)
    try await run.measure()
  }

  private enum Misuse: Error {
    case arguments
  }
}
