import FoundationEssentials
import Pipelines
import TestSupport
import Testing

struct PlannerTests {
  private func plan(_ paths: [String], taskBytes: Int = 100) throws -> Plan {
    var pipeline = Pipeline()
    pipeline.read.taskBytes = taskBytes
    return try Planner.plan(pipeline, inputs: paths)
  }

  @Test func `small files share a task and a large one has its own`() throws {
    let scratch = try ScratchFolder()
    let sizes = [40, 50, 30, 500, 10]
    let paths = try sizes.enumerated().map { index, size in
      try scratch.write("\(index).jsonl", [UInt8](repeating: 65, count: size))
    }
    let plan = try plan(paths)
    #expect(plan.slices.map { $0.map(\.input) } == [[0, 1], [2], [3], [4]])
    #expect(plan.stages.map(\.name) == ["curate"])
  }

  @Test func `a plan is the same wherever the inputs lie, and another when a byte differs`() throws
  {
    let (here, there) = (try ScratchFolder(), try ScratchFolder())
    for size in [10, (1 << 20) + 5, 3 << 20] {
      var bytes = [UInt8](repeating: 66, count: size)
      let first = try plan([try here.write("a.jsonl", bytes)])
      #expect(try plan([try there.write("a.jsonl", bytes)]).identity == first.identity)
      bytes[size - 1] = 67
      #expect(try plan([try there.write("a.jsonl", bytes)]).identity != first.identity)
    }
  }

  @Test func `an input named twice is read once`() throws {
    let scratch = try ScratchFolder()
    let path = try scratch.write("a.jsonl", [65])
    #expect(try plan([path, path, scratch.path("*.jsonl")]).inputs.count == 1)
  }

  @Test func `inputs of one name get as much of their folder as tells them apart`() throws {
    let scratch = try ScratchFolder()
    let paths = try ["x-1", "x-2"].map { try scratch.write("\($0).jsonl", [65]) }
    #expect(try plan(paths).inputs.map(\.name) == ["x-1.jsonl", "x-2.jsonl"])
  }

  @Test func `a run's folder stands for its documents, else for what curate kept`() throws {
    let scratch = try ScratchFolder()
    for folder in ["curate/dropped/url-filter", "documents", "done/curate"] {
      try FileManager.default.createDirectory(
        atPath: scratch.path("run/\(folder)"), withIntermediateDirectories: true)
    }
    for path in [
      "plan.json", "curate/00000.jsonl.zst", "curate/00001.jsonl.zst", "curate/00000.scores",
      "curate/dropped/url-filter/00000.jsonl.zst", "done/curate/00000.json",
    ] { try scratch.write("run/\(path)", [65]) }
    let run = scratch.path("run")
    #expect(
      try plan([run]).inputs.map(\.path)
        == ["00000", "00001"].map { "\(run)/curate/\($0).jsonl.zst" })
    try scratch.write("run/documents/00000.jsonl.gz", [65])
    #expect(try plan([run]).inputs.map(\.path) == ["\(run)/documents/00000.jsonl.gz"])
  }
}
