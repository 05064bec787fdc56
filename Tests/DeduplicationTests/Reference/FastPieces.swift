import ByteKernels
import TestSupport

@testable import Deduplication

/// Runs the phases that cut pieces over documents in memory.
struct FastPieces {
  let folder: ScratchFolder
  let settings: DeduplicationSettings
  let shards: [[String]]
  /// For each text of all shards; without any its number.
  var urls: [String] = []
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

  var anchorFiles: [String] { shards.indices.map { folder.path("anchors-\($0)") } }
  var repeatedAnchorFiles: [String] {
    (0..<settings.partitions).map { folder.path("repeated-anchors-\($0)") }
  }
  var windowFiles: [String] { shards.indices.map { folder.path("windows-\($0)") } }
  var repeatedWindowFiles: [String] {
    (0..<settings.partitions).map { folder.path("repeated-windows-\($0)") }
  }

  @discardableResult
  func hash() throws -> [UInt64] {
    var number = 0
    return try shards.enumerated().flatMap { index, texts in
      let writer = try PieceKeyWriter(
        path: keyFiles[index], settings: settings, memoryByteCount: memoryByteCount)
      for text in texts {
        try writer.append(
          Array(text.utf8).span, id: "\(number)", url: number < urls.count ? urls[number] : nil)
        number += 1
      }
      return try writer.publish().map(\.checksum)
    }
  }

  @discardableResult
  func find() throws -> [UInt64] { try find(.pieces, keyFiles, repeatFiles) }

  private func find(
    _ phase: RepeatPhase, _ keyFiles: [String], _ repeatFiles: [String]
  ) throws -> [UInt64] {
    try repeatFiles.enumerated().map { partition, path in
      try RepeatTask.run(
        phase, keyFiles: keyFiles, partition: partition, settings: settings,
        memoryByteCount: memoryByteCount, output: path
      ).checksum
    }
  }

  /// Both passes of the search for repeated substrings; gives the number of windows looked at.
  @discardableResult
  func findSubstrings() throws -> Int {
    for (index, texts) in shards.enumerated() {
      let writer = try SubstringKeyWriter(
        anchors: anchorFiles[index], settings: settings, memoryByteCount: memoryByteCount)
      for text in texts { try writer.append(Array(text.utf8).span) }
      _ = try writer.publish()
    }
    _ = try find(.anchors, anchorFiles, repeatedAnchorFiles)
    var windowCount = 0
    for (index, texts) in shards.enumerated() {
      let writer = try SubstringKeyWriter(
        windows: windowFiles[index], anchors: anchorFiles[index], repeatFiles: repeatedAnchorFiles,
        shard: index,
        shardCount: shards.count, settings: settings, memoryByteCount: memoryByteCount)
      for text in texts { try writer.append(Array(text.utf8).span) }
      windowCount += try writer.publish()[0].byteCount / SortRecord.byteCount
    }
    _ = try find(.windows, windowFiles, repeatedWindowFiles)
    return windowCount
  }

  /// What is left of all texts, nil where one is dropped, and the frequent pieces with their counts.
  func cut() throws -> (left: [String?], frequent: [(text: String, count: Int)]) {
    var left: [String?] = []
    var met: [[(String, Int)]] = []
    for (shard, texts) in shards.enumerated() {
      let cutter = try cutter(shard)
      var frequent: [(String, Int)] = []
      for (row, text) in texts.enumerated() {
        let bytes = Array(text.utf8)
        for piece in try cutter.cut(row: row, bytes, hasURL: !urls.isEmpty).frequent {
          frequent.append((String(decoding: bytes[piece.range], as: UTF8.self), piece.count))
        }
      }
      met.append(frequent)
      _ = try cutter.publish(documentCount: texts.count)
      left += try apply(listPath(shard), texts)
    }
    guard settings.pieces.findsPieces else { return (left, []) }
    let places = try FrequentPieceList.places(in: repeatFiles, settings: settings)
    return (left, places.map { met[$0.shard][$0.position] })
  }

  private func cutter(_ shard: Int) throws -> PieceCutter {
    try PieceCutter(
      path: listPath(shard), repeatFiles: settings.pieces.findsPieces ? repeatFiles : [],
      anchorFile: settings.pieces.findsSubstrings ? anchorFiles[shard] : nil,
      windowFiles: settings.pieces.findsSubstrings ? repeatedWindowFiles : [], shard: shard,
      shardCount: shards.count, settings: settings, memoryByteCount: memoryByteCount)
  }

  /// Why each text of a shard is dropped, nil where none is, when `run` has been.
  func dropped(inShard shard: Int) throws -> [PieceKind?] {
    let cutter = try cutter(shard)
    return try shards[shard].enumerated().map { row, text in
      try cutter.cut(row: row, Array(text.utf8), hasURL: !urls.isEmpty).dropped
    }
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
    if settings.pieces.findsPieces {
      try hash()
      try find()
    }
    if settings.pieces.findsSubstrings { try findSubstrings() }
    return try cut()
  }
}
