package import ByteKernels

/// The scores of one shard's documents in the shard's order: the sidecar `NNNNN.scores`.
///
///     0     8 bytes    "GristSC1"
///     8     n * 32     documents: f64 score, u64 draw, u64 bytes of text, u64 group
///           ...        groups, by position: u32 length, UTF-8
///           u64        documents n
///           u64        groups
///
/// All numbers are little-endian; a score that is not finite means that the document has none.
package enum ScoreFile {
  static let magic = Array("GristSC1".utf8)
  static let recordByteCount = 32
  static let trailerByteCount = 16
}

/// Writes the scores of one shard.
package final class ScoreWriter {
  private let file: OutputFile
  private var groups: [String: Int] = [:]
  private var names: [String] = []
  private var documentCount = 0
  private var record: [UInt8] = []

  package init(path: String) throws(FileError) {
    file = try OutputFile(path: path)
    try file.write(ScoreFile.magic)
  }

  /// Adds the shard's next document.
  package func append(
    score: Double, draw: UInt64, byteCount: Int, group: String
  ) throws(FileError) {
    record.removeAll(keepingCapacity: true)
    record.append(littleEndian: score.bitPattern)
    record.append(littleEndian: draw)
    record.append(littleEndian: UInt64(byteCount))
    record.append(littleEndian: UInt64(position(of: group)))
    try file.write(record)
    documentCount += 1
  }

  private func position(of group: String) -> Int {
    if let known = groups[group] { return known }
    groups[group] = names.count
    names.append(group)
    return names.count - 1
  }

  package func publish() throws(FileError) -> OutputFile.Published {
    for name in names {
      record.removeAll(keepingCapacity: true)
      record.append(littleEndian: UInt32(name.utf8.count))
      record.append(contentsOf: name.utf8)
      try file.write(record)
    }
    record.removeAll(keepingCapacity: true)
    record.append(littleEndian: UInt64(documentCount))
    record.append(littleEndian: UInt64(names.count))
    try file.write(record)
    return try file.publish()
  }
}

/// Reads the scores of one shard, as often as needed.
package struct ScoreReader {
  package let path: String
  package let documentCount: Int
  /// By position.
  package let groups: [String]
  private let file: MappedFile

  /// Reads a file that `isExpected` vouches for by its XXH64.
  package init(
    path: String, isExpected: (_ checksum: UInt64) -> Bool
  ) throws(QualityModelError) {
    self.path = path
    let file: MappedFile
    do throws(FileError) {
      file = try MappedFile(path: path)
    } catch {
      throw QualityModelError(path: path, message: error.reason)
    }
    let damaged = QualityModelError(
      path: path,
      message: "damaged since it was written; remove this file and run the same command again")
    guard file.byteCount >= ScoreFile.magic.count + ScoreFile.trailerByteCount,
      let parsed = file.withBytes({ isExpected(XXH64.hash($0)) ? Self.parse($0) : nil })
    else { throw damaged }
    (documentCount, groups) = parsed
    self.file = file
  }

  private static func parse(_ bytes: Span<UInt8>) -> (documentCount: Int, groups: [String])? {
    let raw = bytes.raw
    let end = bytes.count - ScoreFile.trailerByteCount
    let documentCount = Int(raw.load64(end))
    var position = ScoreFile.magic.count + documentCount * ScoreFile.recordByteCount
    var groups: [String] = []
    for _ in 0..<Int(raw.load64(end + 8)) {
      let start = position + 4
      position = start + Int(raw.load32(position))
      groups.append(String(decoding: (start..<position).map { bytes[$0] }, as: UTF8.self))
    }
    return position == end ? (documentCount, groups) : nil
  }

  /// Calls `body` with the row and the scores of every document, in the shard's order.
  package func forEach(_ body: (_ row: Int, _ document: ScoreRecord) -> Void) {
    let documentCount = self.documentCount
    file.withBytes { bytes in
      let raw = bytes.raw
      for row in 0..<documentCount {
        let start = ScoreFile.magic.count + row * ScoreFile.recordByteCount
        body(
          row,
          ScoreRecord(
            score: Double(bitPattern: raw.load64(start)), draw: raw.load64(start + 8),
            byteCount: raw.load64(start + 16), group: Int(raw.load64(start + 24))))
      }
    }
  }
}
