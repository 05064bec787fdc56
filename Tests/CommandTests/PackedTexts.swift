import Foundation
import TestSupport
import Testing

/// The documents in Megatron shards, decoded again.
struct PackedTexts {
  /// By part (`train`, `val`, `test`), shard after shard, without the token that ends each.
  private(set) var texts: [String: [String]] = [:]
  init(runFolder folder: String, _ scratch: ScratchFolder) throws {
    try self.init(shards: "\(folder)/shards", tokenizer: "\(folder)/tokenizer", scratch)
  }

  init(shards folder: String, tokenizer: String, _ scratch: ScratchFolder) throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    for name in names where name.hasSuffix(".idx") {
      let part = String(name.prefix { $0 != "-" })
      let documents = try Self.documents("\(folder)/\(name.dropLast(4))")
      texts[part, default: []] += try Self.decoded(documents, tokenizer, scratch)
    }
  }

  /// Sequences of a shard with 16-bit tokens.
  private static func documents(_ prefix: String) throws -> [ArraySlice<UInt16>] {
    let index = [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(prefix).idx")))
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(prefix).bin")))
    let tokens = stride(from: 0, to: bytes.count, by: 2).map {
      UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8
    }
    func number(_ offset: Int, _ width: Int) -> Int {
      index[offset..<(offset + width)].reversed().reduce(0) { $0 << 8 | Int($1) }
    }
    var start = 0
    return (0..<number(18, 8)).map { sequence in
      let end = start + number(34 + 4 * sequence, 4)
      defer { start = end }
      return tokens[start..<end]
    }
  }

  private static func decoded(
    _ documents: [ArraySlice<UInt16>], _ tokenizer: String, _ scratch: ScratchFolder
  ) throws -> [String] {
    func bytes(_ numbers: [UInt32]) -> [UInt8] {
      numbers.flatMap { number in (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) } }
    }
    let ids = documents.map { $0.dropLast() }
    let file = try scratch.write("ids.bin", bytes(ids.flatMap { $0.map(UInt32.init) }))
    try scratch.write("ids.bin.lengths", bytes(ids.map { UInt32($0.count) }))
    let run = try Command.run([
      "tokenizer", "decode", "--tokenizer", "\(tokenizer)/tokenizer.json", file, "--output",
      scratch.path("decoded.jsonl"), "--quiet",
    ])
    #expect(run.status == 0, "\(run.errors)")
    let lines = try scratch.read("decoded.jsonl").split(separator: UInt8(ascii: "\n"))
    return try lines.map { line in
      let object = try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any]
      return try #require(object?["text"] as? String)
    }
  }
}
