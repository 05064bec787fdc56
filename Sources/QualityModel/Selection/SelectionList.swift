package import ByteKernels

/// Which rows of one shard the `select` stage keeps.
///
///     0     8 bytes    "GristSL1"
///     8     u64        documents n, little-endian
///     16    (n+7)/8    bit r & 7 of byte r / 8 is set when row r is kept
///           u64        XXH64 of everything before
package struct SelectionList: Sendable {
  private static let magic = Array("GristSL1".utf8)

  package let documentCount: Int
  private var marks: [UInt8]

  /// A list that keeps nothing yet.
  package init(documentCount: Int) {
    self.documentCount = documentCount
    marks = Array(repeating: 0, count: (documentCount + 7) / 8)
  }

  package mutating func keep(row: Int) {
    marks[row / 8] |= 1 << UInt8(row % 8)
  }

  package func keeps(row: Int) -> Bool {
    precondition(row < documentCount, "the shard has more rows than its list")
    return marks[row / 8] >> UInt8(row % 8) & 1 == 1
  }

  /// Reads and checks the list at `path`.
  package init(path: String) throws(QualityModelError) {
    let marks: (documentCount: Int, marks: [UInt8])?
    do throws(FileError) {
      marks = try MappedFile(path: path).withBytes(Self.marks)
    } catch {
      throw QualityModelError(path: path, message: error.reason)
    }
    guard let marks else {
      throw QualityModelError(
        path: path,
        message: "damaged since it was written; remove this file and run the same command again")
    }
    documentCount = marks.documentCount
    self.marks = marks.marks
  }

  private static func marks(_ bytes: Span<UInt8>) -> (documentCount: Int, marks: [UInt8])? {
    let (start, end) = (16, bytes.count - 8)
    guard end >= start, magic.indices.allSatisfy({ bytes[$0] == magic[$0] }),
      XXH64.hash(bytes.extracting(0..<end)) == bytes.raw.load64(end)
    else { return nil }
    let documentCount = Int(bytes.raw.load64(8))
    guard (documentCount + 7) / 8 == end - start else { return nil }
    return (documentCount, (start..<end).map { bytes[$0] })
  }

  package func write(to path: String) throws(FileError) -> OutputFile.Published {
    var bytes = Self.magic
    bytes.append(littleEndian: UInt64(documentCount))
    bytes += marks
    bytes.append(littleEndian: XXH64.hash(bytes.span))
    let file = try OutputFile(path: path)
    try file.write(bytes)
    return try file.publish()
  }
}
