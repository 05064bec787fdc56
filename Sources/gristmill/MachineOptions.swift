import ArgumentParser
import FoundationEssentials

/// What a command may use of the machine.
struct MachineOptions: ParsableArguments {
  @Option(
    help: "Tasks at once, at most one a core; never changes what is written. Default: all cores.")
  var workers: Int?

  @Option(help: "Memory for buffers, tables and counts, over all workers, such as 512M or 4G.")
  var memory = ByteSize(byteCount: 4 << 30)

  @Flag(help: "Say nothing but errors.")
  var quiet = false

  @Flag(help: "Print results for machines, as JSON, on standard output.")
  var json = false

  var workerCount: Int {
    let coreCount = ProcessInfo.processInfo.activeProcessorCount
    return min(workers ?? coreCount, coreCount)
  }

  func validate() throws {
    if let workers, workers < 1 { throw ValidationError("--workers must be at least 1.") }
    if memory.byteCount < 64 << 20 { throw ValidationError("--memory must be at least 64M.") }
  }
}
