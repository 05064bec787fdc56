/// A payload as UTF-8, and how its charset was decided.
package struct DecodedText: Sendable, Equatable {
  /// Valid UTF-8, without a byte order mark.
  package var bytes: [UInt8]
  /// The WHATWG name in lower case ("utf-8", "windows-1252"), or ICU's for a charset it lacks.
  package var charset: String
  package var source: CharsetSource
  /// How many malformed sequences were replaced or removed.
  package var replacementCount: Int

  package init(bytes: [UInt8], charset: String, source: CharsetSource, replacementCount: Int) {
    self.bytes = bytes
    self.charset = charset
    self.source = source
    self.replacementCount = replacementCount
  }
}

/// What decided a charset.
package enum CharsetSource: String, Sendable, CaseIterable {
  /// A byte order mark.
  case bom
  /// The charset of the HTTP header's Content-Type.
  case http
  /// A meta element, or an XML declaration.
  case meta
  /// The bytes are UTF-8, whether or not a label said so.
  case utf8
  /// The bytes' statistics.
  case detection
  /// Nothing: windows-1252, as browsers assume.
  case fallback
  /// The input's format: JSON is UTF-8.
  case input
}
