internal import Tokenization

/// Encodes many texts at a time, long ones in parts.
struct ConcurrentEncoding {
  private let encoders: EncoderPool
  private let allowsSpecialTokens: Bool

  private static let partByteCount = 1 << 20

  init(_ encoders: EncoderPool, allowingSpecialTokens: Bool) {
    self.encoders = encoders
    allowsSpecialTokens = allowingSpecialTokens
  }

  /// Some bytes of one of the texts.
  private struct Part: Sendable {
    let text: Int
    let bytes: Range<Int>
  }

  func ids(of texts: [String]) async -> [[UInt32]] {
    let batches = batches(of: texts)
    var found = [[(text: Int, ids: [UInt32])]](repeating: [], count: batches.count)
    await withTaskGroup(of: (Int, [(text: Int, ids: [UInt32])]).self) { group in
      var next = 0
      while next < min(encoders.encoderCount, batches.count) {
        add(batches, next, texts, to: &group)
        next += 1
      }
      while let (number, ids) = await group.next() {
        found[number] = ids
        if next < batches.count {
          add(batches, next, texts, to: &group)
          next += 1
        }
      }
    }
    var ids = [[UInt32]](repeating: [], count: texts.count)
    for batch in found {
      for part in batch { ids[part.text] += part.ids }
    }
    return ids
  }

  private func add(
    _ batches: [[Part]], _ number: Int, _ texts: [String],
    to group: inout TaskGroup<(Int, [(text: Int, ids: [UInt32])])>
  ) {
    let batch = batches[number]
    group.addTask {
      let ids = batch.map { part in
        let text = texts[part.text].utf8.span.extracting(part.bytes)
        return (
          text: part.text,
          ids: encoders.encode(text, allowingSpecialTokens: allowsSpecialTokens)
        )
      }
      return (number, ids)
    }
  }

  /// All texts in order, each batch about as long as a part.
  private func batches(of texts: [String]) -> [[Part]] {
    var batches: [[Part]] = []
    var batch: [Part] = []
    var byteCount = 0
    for (index, text) in texts.enumerated() {
      for bytes in parts(of: text) {
        batch.append(Part(text: index, bytes: bytes))
        byteCount += bytes.count
        if byteCount < Self.partByteCount { continue }
        batches.append(batch)
        (batch, byteCount) = ([], 0)
      }
    }
    if !batch.isEmpty { batches.append(batch) }
    return batches
  }

  private func parts(of text: String) -> [Range<Int>] {
    let bytes = text.utf8.span
    var parts: [Range<Int>] = []
    var start = 0
    while bytes.count - start > 2 * Self.partByteCount,
      let end = encoders.safeCut(
        in: bytes, near: start + Self.partByteCount, allowingSpecialTokens: allowsSpecialTokens)
    {
      parts.append(start..<end)
      start = end
    }
    return parts + [start..<bytes.count]
  }
}
