/// Makes ids of texts whose added tokens have been found and that are normalized.
struct PieceEncoder {
  private let byteLevel: ByteLevelEncoder
  private let missingBytes: Set<UInt8>

  init(_ tables: EncodingTables, cacheByteCount: Int) {
    byteLevel = ByteLevelEncoder(tables, cacheByteCount: cacheByteCount)
    missingBytes = tables.missingBytes
  }

  /// Whether texts can be cut without a change of their ids at places that `SafeCut` finds.
  var hasSafeCuts: Bool { missingBytes.isEmpty && byteLevel.pattern.hasSafeCuts }

  func encode(_ text: Span<UInt8>, into ids: inout [UInt32]) {
    if missingBytes.isEmpty || !text.contains(where: missingBytes.contains) {
      return byteLevel.encode(text, into: &ids)
    }
    var start = 0
    for end in PieceEnds.ends(of: text, byteLevel.pattern) {
      let known = (start..<end).map { text[$0] }.filter { !missingBytes.contains($0) }
      byteLevel.encode(piece: known.span, into: &ids)
      start = end
    }
  }

  func count(_ text: Span<UInt8>) -> Int {
    if missingBytes.isEmpty { return byteLevel.count(text) }
    var ids: [UInt32] = []
    encode(text, into: &ids)
    return ids.count
  }
}

extension Span<UInt8> {
  fileprivate func contains(where isWanted: (UInt8) -> Bool) -> Bool {
    for index in indices where isWanted(self[index]) { return true }
    return false
  }
}
