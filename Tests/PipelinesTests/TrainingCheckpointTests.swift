import Foundation
import TestSupport
import Testing
import Tokenization

@testable import Pipelines

/// Whether training goes on from counts that lie there already.
struct TrainingCheckpointTests {
  private func open(_ scratch: ScratchFolder, _ input: String) throws -> TrainingCheckpoint {
    let lock = try TrainingCheckpoint.lock(scratch.path("out"))
    defer { withExtendedLifetime(lock) {} }
    return try TrainingCheckpoint(
      scratch.path("out"), inputs: [input], reading: ReadingSettings(),
      settings: TokenizerSettings())
  }

  @Test func `an input written over at equal size is counted anew`() throws {
    let scratch = try ScratchFolder()
    var bytes = [UInt8](repeating: 65, count: 4 << 20)
    let input = try scratch.write("a.jsonl", bytes)
    try open(scratch, input).save(.init(), as: "all")
    #expect(try open(scratch, input).counted("all") != nil)
    // Between the blocks that are sampled.
    bytes[200_000] = 66
    let file = try #require(FileHandle(forUpdatingAtPath: input))
    try file.write(contentsOf: bytes)
    try file.close()
    #expect(try open(scratch, input).counted("all") == nil)
  }

  @Test func `damaged notes are counted anew, and of damaged counts the error names the remedy`()
    throws
  {
    let scratch = try ScratchFolder()
    let checkpoint = try open(scratch, try scratch.write("a.jsonl", [65]))
    try checkpoint.save(.init(), as: "part-0")
    try scratch.write("out/.gristmill-training/part-0.json", Array("{".utf8))
    #expect(checkpoint.counted("part-0") == nil)
    let damaged = try scratch.write("out/.gristmill-training/all.counts", Array("GMC".utf8))
    let error = #expect(throws: RunError.self) {
      try checkpoint.reading {
        _ = try VocabularyTrainer.train(
          countFile: damaged, settings: TokenizerSettings(), memoryByteCount: 1 << 20)
      }
    }
    #expect(error?.message.contains("remove \(scratch.path("out"))/.gristmill-training") == true)
  }
}
