/// The files of formats that are a header and tokens, put together byte by byte from their descriptions.
enum FlatReference {
  static func bytes(of value: Int, byteCount: Int) -> [UInt8] {
    (0..<byteCount).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  static func tokens(_ ids: [UInt32], width: Int) -> [UInt8] {
    ids.flatMap { bytes(of: Int($0), byteCount: width) }
  }

  /// A file of llm.c for GPT-2 (`width` 2) or Llama 3 (`width` 4).
  static func llmc(_ ids: [UInt32], width: Int) -> [UInt8] {
    var words = [Int](repeating: 0, count: 256)
    words[0] = width == 2 ? 20_240_520 : 20_240_801
    words[1] = width == 2 ? 1 : 7
    words[2] = ids.count
    return words.flatMap { bytes(of: $0, byteCount: 4) } + tokens(ids, width: width)
  }

  /// The documents of tokens, one token at a time.
  static func cut(_ ids: [UInt32], _ isEnd: (UInt32) -> Bool, _ isStart: (UInt32) -> Bool)
    -> [[UInt32]]
  {
    var documents: [[UInt32]] = []
    var current: [UInt32] = []
    for id in ids {
      if isStart(id), !current.isEmpty {
        documents.append(current)
        current = []
      }
      current.append(id)
      if isEnd(id) {
        documents.append(current)
        current = []
      }
    }
    return current.isEmpty ? documents : documents + [current]
  }
}
