import ByteKernels
import TestSupport

@testable import Deduplication

/// Runs the phases that cut pieces over documents in memory.
struct FastPieces {
  let folder: ScratchFolder
  let settings: DeduplicationSettings
  let shards: [[String]]
  var memoryByteCount = 1 << 20

  init(_ texts: [String], _ settings: DeduplicationSettings, shardCount: Int) throws {
    folder = try ScratchFolder()
    self.settings = settings
    shards = (0..<shardCount).map { shard in
      Array(texts[(shard * texts.count / shardCount)..<((shard + 1) * texts.count / shardCount)])
    }
  }

  var keyFiles: [String] { shards.indices.map { folder.path("keys-\($0)") } }
  var repeatFiles: [String] { (0..<settings.partitions).map { folder.path("repeats-\($0)") } }
  func listPath(_ shard: Int) -> String { folder.path("cuts-\(shard)") }

  @discardableResult
  func hash() throws -> [UInt64] {
    try shards.enumerated().map { index, texts in
      let writer = try PieceKeyWriter(
        path: keyFiles[index], settings: settings, memoryByteCount: memoryByteCount)
      for text in texts { try writer.append(Array(text.utf8).span) }
      return try writer.publish().checksum
    }
  }

  @discardableResult
  func find() throws -> [UInt64] {
    try repeatFiles.enumerated().map { partition, path in
      try RepeatTask.run(
        keyFiles: keyFiles, partition: partition, settings: settings,
        memoryByteCount: memoryByteCount, output: path
      ).checksum
    }
  }

  /// What is left of all texts, nil where one is dropped, and the frequent pieces with their counts.
  func cut() throws -> (left: [String?], frequent: [(text: String, count: Int)]) {
    var left: [String?] = []
    var met: [[(String, Int)]] = []
    for (shard, texts) in shards.enumerated() {
      let cutter = try PieceCutter(
        path: listPath(shard), repeatFiles: repeatFiles, shard: shard, shardCount: shards.count,
        settings: settings, memoryByteCount: memoryByteCount)
      var frequent: [(String, Int)] = []
      for (row, text) in texts.enumerated() {
        let bytes = Array(text.utf8)
        for piece in try cutter.cut(row: row, bytes).frequent {
          frequent.append((String(decoding: bytes[piece.range], as: UTF8.self), piece.count))
        }
      }
      met.append(frequent)
      _ = try cutter.publish(documentCount: texts.count)
      left += try apply(listPath(shard), texts)
    }
    let places = try FrequentPieceList.places(in: repeatFiles, settings: settings)
    return (left, places.map { met[$0.shard][$0.position] })
  }

  private func apply(_ path: String, _ texts: [String]) throws -> [String?] {
    let list = try CutList(path: path)
    var cursor = CutList.Cursor()
    return texts.enumerated().map { row, text in
      switch list.cuts(row: row, &cursor) {
      case .whole: return text
      case .dropped: return nil
      case .without(let ranges):
        return Array(text.utf8).without(ranges).map { String(decoding: $0, as: UTF8.self) }
      }
    }
  }

  func run() throws -> (left: [String?], frequent: [(text: String, count: Int)]) {
    try hash()
    try find()
    return try cut()
  }
}
