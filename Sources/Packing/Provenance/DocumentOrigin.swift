internal import ByteKernels

/// Where a document in a shard comes from.
package struct DocumentOrigin: Sendable, Equatable {
  package var id: String
  /// The source the document names, by default its input file.
  package var source: String
  /// Base name of the input file and place of the record in it, `file#1048576+37`; empty when unknown.
  package var record: String
  /// Empty when the document has none.
  package var url: String

  package init(id: String, source: String = "", record: String = "", url: String = "") {
    self.id = id
    self.source = source
    self.record = record
    self.url = url
  }
}

extension DocumentOrigin {
  /// The texts in their order, each behind its length in bytes.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    for text in [id, source, record, url] {
      bytes.append(littleEndian: UInt32(text.utf8.count))
      bytes.append(contentsOf: text.utf8)
    }
    return bytes
  }

  /// Reads what stands at the start of `bytes`, and says how long it is; nil when it goes on behind
  /// their end.
  static func parse(_ bytes: Span<UInt8>) -> (origin: DocumentOrigin, byteCount: Int)? {
    var texts: [String] = []
    var offset = 0
    for _ in 0..<4 {
      guard bytes.count - offset >= 4 else { return nil }
      let count = Int(bytes.raw.load32(offset))
      offset += 4
      guard bytes.count - offset >= count else { return nil }
      texts.append(String(repairing: bytes.extracting(offset..<(offset + count))))
      offset += count
    }
    let origin = DocumentOrigin(id: texts[0], source: texts[1], record: texts[2], url: texts[3])
    return (origin, offset)
  }
}
