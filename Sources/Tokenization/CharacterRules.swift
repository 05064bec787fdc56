/// What a model whose tokens are made of characters does with a character it has no token for.
package struct CharacterRules: Sendable, Equatable {
  /// The token of what is not known; nil when such characters are left out.
  package var unknownID: UInt32?
  /// A character without a token becomes the tokens of its bytes, named `<0x00>` to `<0xFF>`, where
  /// all of them are there.
  package var hasByteFallback: Bool
  /// Neighbours that are not known become one token.
  package var fusesUnknown: Bool

  package init(unknownID: UInt32? = nil, hasByteFallback: Bool = false, fusesUnknown: Bool = false)
  {
    self.unknownID = unknownID
    self.hasByteFallback = hasByteFallback
    self.fusesUnknown = fusesUnknown
  }
}

/// Names of tokens that stand for one byte each.
extension CharacterRules {
  /// `<0x00>` to `<0xFF>`.
  static func name(ofByte byte: UInt8) -> [UInt8] {
    let digits = String(byte, radix: 16, uppercase: true)
    return Array("<0x\(digits.count < 2 ? "0" : "")\(digits)>".utf8)
  }

  /// The byte that a token named `<0x00>` to `<0xFF>` stands for, digits being of either case; nil for
  /// another.
  static func byte(named token: [UInt8]) -> UInt8? {
    guard token.count == 6, token.starts(with: "<0x".utf8), token[5] == UInt8(ascii: ">"),
      token[3] != UInt8(ascii: "+"), token[3] != UInt8(ascii: "-")
    else { return nil }
    return UInt8(String(decoding: token[3...4], as: UTF8.self), radix: 16)
  }
}
