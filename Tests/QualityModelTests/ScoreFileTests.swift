import ByteKernels
import TestSupport
import Testing

@testable import QualityModel

struct ScoreFileTests {
  private func write(to path: String) throws -> UInt64 {
    let writer = try ScoreWriter(path: path)
    try writer.append(score: 0.5, draw: 3, byteCount: 10, group: "en")
    try writer.append(score: .nan, draw: 4, byteCount: 0, group: "")
    try writer.append(score: -1, draw: 5, byteCount: 7, group: "en")
    return try writer.publish().checksum
  }

  @Test func `scores come back in order with their groups`() throws {
    let folder = try ScratchFolder()
    let checksum = try write(to: folder.path("s"))
    let reader = try ScoreReader(path: folder.path("s")) { $0 == checksum }
    var found: [ScoreRecord] = []
    reader.forEach { row, document in
      #expect(row == found.count)
      found.append(document)
    }
    #expect(reader.groups == ["en", ""] && reader.documentCount == 3)
    #expect(found.map(\.draw) == [3, 4, 5] && found.map(\.group) == [0, 1, 0])
    #expect(found.map(\.byteCount) == [10, 0, 7] && found[1].score.isNaN)
  }

  @Test func `groups are numbered over all files, and more than the memory holds are refused`()
    throws
  {
    let folder = try ScratchFolder()
    let checksum = try write(to: folder.path("s"))
    let reader = try ScoreReader(path: folder.path("s")) { $0 == checksum }
    let writer = try ScoreWriter(path: folder.path("t"))
    for name in ["fr", "", "en"] {
      try writer.append(score: 0, draw: 0, byteCount: 0, group: name)
    }
    let otherChecksum = try writer.publish().checksum
    let other = try ScoreReader(path: folder.path("t")) { $0 == otherChecksum }
    var names = GroupNames(memoryByteCount: 10_000)
    #expect(try names.add(reader) == [0, 1])
    #expect(try names.add(other) == [2, 1, 0])
    #expect(names.names == ["en", "", "fr"])
    var few = GroupNames(memoryByteCount: 800)
    let error = #expect(throws: QualityModelError.self) {
      for _ in 0..<30 { _ = try few.add(other) }
    }
    #expect(error?.path == folder.path("t"))
    #expect(error?.message.contains("--memory") == true)
  }

  @Test func `a flipped bit anywhere is refused`() throws {
    let folder = try ScratchFolder()
    let checksum = try write(to: folder.path("s"))
    let bytes = try folder.read("s")
    for position in bytes.indices {
      var broken = bytes
      broken[position] ^= 4
      try folder.write("s", broken)
      let error = #expect(throws: QualityModelError.self) {
        try ScoreReader(path: folder.path("s")) { $0 == checksum }
      }
      #expect(error?.path == folder.path("s"))
    }
  }

  @Test func `a list of kept rows comes back, and damage is refused`() throws {
    let folder = try ScratchFolder()
    var list = SelectionList(documentCount: 19)
    for row in [0, 7, 8, 18] { list.keep(row: row) }
    _ = try list.write(to: folder.path("l"))
    let read = try SelectionList(path: folder.path("l"))
    #expect((0..<19).filter { read.keeps(row: $0) } == [0, 7, 8, 18])
    let bytes = try folder.read("l")
    for position in bytes.indices {
      var broken = bytes
      broken[position] ^= 1
      try folder.write("l", broken)
      #expect(throws: QualityModelError.self) { try SelectionList(path: folder.path("l")) }
      try folder.write("l", Array(bytes[..<position]))
      #expect(throws: QualityModelError.self) { try SelectionList(path: folder.path("l")) }
    }
  }
}
