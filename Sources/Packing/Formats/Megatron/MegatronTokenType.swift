/// The integer types a token can have, by their code in the index.
///
/// Codes 6 and 7 are floating point and hold no tokens.
package enum MegatronTokenType: UInt8, Sendable, CaseIterable {
  case uint8 = 1
  case int8 = 2
  case int16 = 3
  case int32 = 4
  case int64 = 5
  case uint16 = 8

  /// The type that Megatron itself takes for a vocabulary: 16 bits below 65,500 entries.
  package init(vocabularySize: Int) {
    self = vocabularySize < 65_500 ? .uint16 : .int32
  }

  package var type: TokenType {
    switch self {
    case .uint8: .uint8
    case .int8: .int8
    case .int16: .int16
    case .int32: .int32
    case .int64: .int64
    case .uint16: .uint16
    }
  }

  package var byteCount: Int { type.byteCount }
}
