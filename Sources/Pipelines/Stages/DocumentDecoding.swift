internal import Documents
internal import TextAnalysis

extension Record {
  /// True when the payload is HTML, which `extract` turns into text.
  var isMarkup: Bool { mediaType == "text/html" || mediaType == "application/xhtml+xml" }

  /// True when the format itself fixes the charset: JSON is UTF-8.
  var isUTF8ByFormat: Bool { mediaType == nil }
}

extension TextDecoder {
  /// A record's text in UTF-8.
  func decode(_ record: Record) -> DecodedText {
    if let charset = record.transcodedFrom {
      return DecodedText(
        bytes: record.payload, charset: charset, source: .bom, replacementCount: 0)
    }
    return record.isUTF8ByFormat
      ? decodeInput(record.payload)
      : decode(
        record.payload, declaredCharset: record.declaredCharset, isMarkup: record.isMarkup)
  }
}

extension Document {
  /// The document a record holds, with how its text was decoded: `charset` and `charset_source`
  /// unless the format fixes UTF-8, and `replaced`, the number of malformed sequences, if there are
  /// any.
  init(_ record: Record, _ decoded: DecodedText) {
    self.init(
      id: record.id, text: decoded.bytes, source: record.source, added: record.added,
      created: record.created, metadata: record.metadata)
    if decoded.source != .input {
      metadata.set("charset", decoded.charset)
      metadata.set("charset_source", decoded.source.rawValue)
    }
    let replacedCount = decoded.replacementCount + record.replacedSurrogateCount
    if replacedCount > 0 { metadata.set("replaced", replacedCount) }
  }

  /// A document of this program's own shards, whose text is UTF-8 already.
  init(copying record: Record) {
    self.init(
      id: record.id, text: record.payload, source: record.source, added: record.added,
      created: record.created, metadata: record.metadata)
  }
}
