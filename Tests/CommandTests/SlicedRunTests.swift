import TestSupport
import Testing

/// A run reads the same documents however its inputs are cut.
struct SlicedRunTests {
  private static let pipeline =
    "gristmill: 1\nstages:\n  - curate: []\n  - documents: { compression: none }\n"

  private func documents(_ scratch: ScratchFolder, taskBytes: Int) throws -> (Int, [UInt8]) {
    let output = scratch.path("out-\(taskBytes)")
    let run = try Command.run([
      "run", scratch.path("pipeline.yaml"), "--output", output, "--set",
      "read.task-bytes=\(taskBytes)", "--input", "\(SourceTree.root)/Samples/crawl/*",
    ])
    #expect(run.status == 0, "\(run.errors)")
    let files = try FolderContents(runFolder: output).files
    let names = files.keys.filter { $0.hasPrefix("documents/") }.sorted()
    return (names.count, names.flatMap { files[$0] ?? [] })
  }

  @Test func `small slices and whole files give the same documents in the same order`() throws {
    let scratch = try ScratchFolder()
    try scratch.write("pipeline.yaml", Array(Self.pipeline.utf8))
    let (wholeCount, whole) = try documents(scratch, taskBytes: 1 << 30)
    #expect(wholeCount == 1 && !whole.isEmpty)
    for taskBytes in [700, 3000] {
      let (count, sliced) = try documents(scratch, taskBytes: taskBytes)
      #expect(count > 5)
      let isSame = sliced == whole
      #expect(isSame, "task-bytes \(taskBytes)")
    }
  }
}
