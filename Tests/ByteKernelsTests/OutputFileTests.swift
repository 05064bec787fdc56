import ByteKernels
import TestSupport
import Testing

struct OutputFileTests {
  /// Sizes around the buffer of 256 KiB, in which a start can still be changed.
  @Test(arguments: [0, 1, 100, 262_143, 262_144, 262_145, 1_000_001])
  func `a start that is filled last gives the bytes and the checksum of one written first`(
    byteCount: Int
  ) throws {
    let folder = try ScratchFolder()
    let rest = (0..<byteCount).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
    let start = (0..<77).map { UInt8($0 + 1) }
    for pieceSize in [7919, 300_000] {
      let file = try OutputFile(path: folder.path("late"), reserving: start.count)
      #expect(file.byteCount == start.count)
      var offset = 0
      while offset < rest.count {
        let end = min(offset + pieceSize, rest.count)
        try file.write(Array(rest[offset..<end]))
        offset = end
      }
      try file.fillReserved(start)
      let published = try file.publish()
      let whole = start + rest
      #expect(try folder.read("late") == whole)
      #expect(published.byteCount == whole.count)
      #expect(published.checksum == XXH64.hash(whole.span))
    }
  }

  @Test func `nothing is there under the final name before publication`() throws {
    let folder = try ScratchFolder()
    do {
      let file = try OutputFile(path: folder.path("never"), reserving: 4)
      try file.write([1, 2, 3])
      #expect(FileSystem.files(in: folder.path).allSatisfy(OutputFile.isTemporaryName))
    }
    #expect(FileSystem.files(in: folder.path).isEmpty)
  }

  @Test func `a start that was never filled is a bug`() async {
    await #expect(processExitsWith: .failure) {
      let folder = try ScratchFolder()
      let file = try OutputFile(path: folder.path("early"), reserving: 4)
      try file.write([1, 2, 3])
      _ = try file.publish()
    }
  }
}
