internal import ByteKernels

/// One raw entry of a shard that holds a document.
package struct Record: Sendable, Equatable {
  /// The document's bytes, charset and markup as they came.
  ///
  /// From a WARC response: the HTTP body with transfer and content encodings undone. From a WARC
  /// conversion or resource: the block. From a JSON line: the unescaped text field.
  package var payload: [UInt8]
  /// The WARC-Record-ID without brackets, or the id field (a number is taken as its digits);
  /// without either, the shard's base name, `#` and the record's place.
  package var id: String
  package var url: String?
  /// In lower case and without parameters, as HTTP or else WARC declares it; nil when the format
  /// fixes the charset, as JSON lines do.
  package var mediaType: String?
  /// The declared charset as it is spelled there.
  package var declaredCharset: String?
  /// The charset of a shard whose bytes were made UTF-8 before records were cut.
  package var transcodedFrom: String?
  /// The shard's base name, or the source a JSON line names.
  package var source: String
  package var added: String?
  package var created: String?
  package var metadata: Metadata
  package var place: RecordPlace
  /// The number of the row, from 0, in a format of tables, where bytes lead to no row; else nil.
  package var row: Int?
  /// The shard's base name, whatever source the document names.
  package let shardName: String
  /// How many bytes of the decompressed stream the entry takes, line end or padding included.
  package var byteCount: Int
  /// How many lone surrogates in the payload, id or source became U+FFFD.
  package var replacedSurrogateCount = 0
  /// How many byte sequences beside the payload were not UTF-8 and became U+FFFD.
  package var replacedSequenceCount = 0

  /// `source` is the shard's base name; a reader that finds another one sets it afterwards.
  package init(
    payload: [UInt8], id: String, source: String, place: RecordPlace, byteCount: Int,
    metadata: Metadata = Metadata()
  ) {
    self.payload = payload
    self.id = id
    self.source = source
    shardName = source
    self.place = place
    self.byteCount = byteCount
    self.metadata = metadata
  }
}

extension Record {
  /// Where the document was read: the shard's base name, `#` and the record's place or row.
  package var origin: String { "\(shardName)#\(row.map(String.init) ?? place.description)" }

  /// The text of bytes beside the payload; what is not UTF-8 in them is replaced, and counted.
  mutating func repair(_ bytes: Span<UInt8>) -> String {
    let text = String(repairing: bytes)
    if UTF8Validator.isValid(bytes) { return text }
    replacedSequenceCount += text.unicodeScalars.count { $0 == "\u{FFFD}" }
    let written: [UInt8] = [0xEF, 0xBF, 0xBD]
    var position = 0
    while let found = bytes.firstOffset(of: written, from: position) {
      replacedSequenceCount -= 1
      position = found + written.count
    }
    return text
  }
}
