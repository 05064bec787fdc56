/// The integers that tokens are stored as, all little-endian.
package enum TokenType: String, Sendable, CaseIterable {
  case uint8, int8, uint16, int16, uint32, int32, uint64, int64

  package var byteCount: Int {
    switch self {
    case .uint8, .int8: 1
    case .uint16, .int16: 2
    case .uint32, .int32: 4
    case .uint64, .int64: 8
    }
  }

  /// The narrower of the two unsigned types that holds every id of the vocabulary: 16 bits up to 65,536
  /// entries, else 32.
  package init(unsignedFor vocabularySize: Int) {
    self = vocabularySize <= 1 << 16 ? .uint16 : .uint32
  }

  /// The unsigned type of so many bytes; nil when there is none.
  package init?(unsignedByteCount: Int) {
    let types: [TokenType] = [.uint8, .uint16, .uint32, .uint64]
    guard let type = types.first(where: { $0.byteCount == unsignedByteCount }) else { return nil }
    self = type
  }
}
