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
    record.isUTF8ByFormat
      ? decodeInput(record.payload)
      : decode(
        record.payload, declaredCharset: record.declaredCharset, isMarkup: record.isMarkup)
  }
}

extension Document {
  /// The document a record holds, with the charset its text was decoded from.
  init(_ record: Record, _ decoded: DecodedText) {
    self.init(
      id: record.id, text: decoded.bytes, source: record.source, added: record.added,
      created: record.created, metadata: record.metadata)
    if decoded.source != .input { metadata.set("charset", decoded.charset) }
  }

  /// A document of this program's own shards, whose text is UTF-8 already.
  init(copying record: Record) {
    self.init(
      id: record.id, text: record.payload, source: record.source, added: record.added,
      created: record.created, metadata: record.metadata)
  }
}
