import ByteKernels
import TestSupport
import Testing

@testable import Documents

/// What a hostile footer cannot do.
struct ParquetFooterLimitsTests {
  private static func file(_ write: (inout ThriftWriter) -> Void) -> [UInt8] {
    var thrift = ThriftWriter()
    thrift.element(write)
    var bytes = ParquetFooter.magic + thrift.bytes
    bytes.append(littleEndian: UInt32(thrift.bytes.count))
    return bytes + ParquetFooter.magic
  }

  @Test func `a row group has no more columns than a schema can have`() throws {
    let bytes = Self.file { file in
      file.list(4, .structure, count: 1)
      file.element { group in
        group.list(1, .structure, count: 70_000)
        for _ in 0..<70_000 { group.element { _ in } }
      }
    }
    let summary = try ReadSummary(bytes)
    #expect(summary.counts == ["damaged corrupt": 1])
    #expect(summary.errors.first?.message.contains("a row group of 70000 columns") == true)
  }

  @Test func `names that would take all memory are refused`() throws {
    let bytes = Self.file { file in
      file.list(2, .structure, count: 2)
      for _ in 0..<2 {
        file.element { element in
          element.binary(4, [UInt8](repeating: 1, count: 9 << 20))
        }
      }
    }
    let summary = try ReadSummary(bytes)
    #expect(summary.counts == ["damaged corrupt": 1])
    #expect(summary.errors.first?.message.contains("names of fields above 16777216") == true)
  }

  @Test func `the path of a column is short however long its names are`() throws {
    var elements: [ParquetSchemaElement] = []
    for index in 0..<80 {
      var element = ParquetSchemaElement()
      element.name = "\(index)" + String(repeating: "é", count: 10_000)
      element.childCount = 1
      elements.append(element)
    }
    var leaf = ParquetSchemaElement()
    leaf.name = "leaf"
    leaf.type = .int32
    elements.append(leaf)
    let schema = try ParquetSchema(elements)
    #expect(schema.columns.map(\.path) == ["1" + String(repeating: "é", count: 255) + "…"])
    #expect(ParquetSchema.shown(["a", "b", "c"]) == "a.b.c")
  }

  @Test func `every slice of a file without a footer says so, and the first has its bytes`() throws
  {
    let folder = try ScratchFolder()
    let path = try folder.write("file", ParquetFooter.magic + [UInt8](repeating: 0, count: 96))
    let input = ParquetInput.file(try RandomAccessFile(path: path))
    for (slice, lost) in [(0..<50, 100), (50..<100, 0)] {
      let reader = ParquetFileReader(
        input, path: path, settings: ReadSettings(), baseName: "", slice: slice)
      guard case .damaged(let error, let lostByteCount)? = reader.next() else {
        Issue.record("no damage")
        return
      }
      #expect(error.code == "truncated")
      #expect(lostByteCount == lost)
      #expect(reader.next() == nil)
    }
    #expect(ParquetFileReader.rowGroupOffsets(path: path).isEmpty)
  }
}
