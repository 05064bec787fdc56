import FoundationEssentials
import TestSupport
import Testing

@testable import Deduplication

struct DamageTests {
  @Test(arguments: [
    (
      VerificationRule.signature,
      [
        "shard-0.bands", "shard-1.signatures", "shard-1.ids", "edges-1", "pairs-1", "sets",
        "gone-0",
        "removals-0",
      ]
    ),
    (.exact, ["shard-1.shingles"]),
  ])
  func `a flipped byte anywhere gives an error that names the file, or nothing changes`(
    rule: VerificationRule, names: [String]
  ) throws {
    let items = SmallCorpus.items(count: 24, seed: 3)
    var settings = DeduplicationSettings()
    (settings.partitions, settings.bands, settings.rows) = (2, 4, 2)
    settings.verification = rule
    let fast = try FastDeduplication(settings: settings, seed: 5, shardCount: 2)
    try fast.sign(items)
    try fast.bucket()
    try fast.cluster()
    let expected = try fast.folder.read("removed.jsonl")
    #expect(expected.count > 100)
    for name in names {
      let sound = try fast.folder.read(name)
      for place in sound.indices where place < 40 || place % 41 == 0 || place > sound.count - 70 {
        var bytes = sound
        bytes[place] ^= 1 << UInt8(place % 8)
        try fast.folder.write(name, bytes)
        do throws(DeduplicationError) {
          try run(fast, reading: name)
          // Never read, as a row that has no duplicate may be.
          #expect(try readBack(fast, "removed.jsonl") == expected, "\(name) byte \(place)")
          #expect([".signatures", ".ids", ".shingles"].contains { name.hasSuffix($0) })
        } catch {
          #expect("\(error)".contains(fast.folder.path(name)), "\(name) byte \(place): \(error)")
        }
      }
      try fast.folder.write(name, sound)
      try fast.bucket()
      try fast.cluster()
    }
  }

  /// Runs the phases from the one on that reads a file.
  private func run(_ fast: FastDeduplication, reading name: String) throws(DeduplicationError) {
    do {
      switch name.prefix(5) {
      case "shard" where name.hasSuffix("bands"):
        try fast.bucket()
        try fast.cluster()
      case "pairs": try fast.cluster(from: .sets)
      case "sets": try fast.cluster(from: .clusters)
      case "gone-": try fast.cluster(from: .removals)
      case "remov": _ = try RemovalList(path: fast.folder.path("removals-0"))
      default: try fast.cluster()
      }
    } catch let error as DeduplicationError {
      throw error
    } catch {
      Issue.record("\(error)")
    }
  }

  private func readBack(_ fast: FastDeduplication, _ name: String) throws(DeduplicationError)
    -> [UInt8]
  {
    do { return try fast.folder.read(name) } catch { return [] }
  }

  @Test func `a cut file is refused at every length`() throws {
    var settings = DeduplicationSettings()
    (settings.partitions, settings.bands) = (1, 2)
    let fast = try FastDeduplication(settings: settings, seed: 5, shardCount: 1)
    try fast.sign(SmallCorpus.items(count: 4, seed: 3))
    let sound = try fast.folder.read("shard-0.bands")
    for length in 0..<sound.count {
      try fast.folder.write("shard-0.bands", Array(sound.prefix(length)))
      #expect(throws: DeduplicationError.self) { try fast.bucket() }
    }
  }

  @Test
  func `files of other settings, another seed, another partition or other shards are refused`()
    throws
  {
    let items = SmallCorpus.items(count: 12, seed: 3)
    let first = try FastDeduplication(settings: DeduplicationSettings(), seed: 5, shardCount: 1)
    try first.sign(items)
    try first.bucket()
    var other = DeduplicationSettings()
    other.rows = 4
    for (settings, seed) in [(other, 5 as UInt64), (DeduplicationSettings(), 6)] {
      #expect(throws: DeduplicationError.self) {
        try BucketTask.run(
          prefixes: first.prefixes, partition: 0, settings: settings, seed: seed,
          memoryByteCount: 1 << 20, output: first.folder.path("out"))
      }
    }
    let edges = try first.folder.read("edges-1")
    try first.folder.write("edges-0", edges)
    #expect(throws: DeduplicationError.self) { try first.cluster() }
    try first.bucket()
    try first.sign(Array(items.dropLast()))
    #expect(throws: DeduplicationError.self) { try first.cluster() }
    #expect(throws: DeduplicationError.self) {
      try RemovalList(path: first.folder.path("shard-0.ids"))
    }
  }
}
