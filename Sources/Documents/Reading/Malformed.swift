/// An entry of a shard that cannot be read; those around it can.
package struct Malformed: Sendable, Equatable {
  package enum Cause: String, Sendable, CaseIterable {
    /// The line is not a JSON value.
    case notJSON = "not-json"
    /// The line is JSON but not an object.
    case notAnObject = "not-an-object"
    /// The text field is missing or null.
    case noTextField = "no-text-field"
    /// The text field is not a string.
    case textNotAString = "text-not-a-string"
    /// The line, record or decoded payload is above the maximum.
    case tooLong = "too-long"
    /// A row has fewer cells than there are columns.
    case tooFewCells = "too-few-cells"
    case tooManyCells = "too-many-cells"
    /// A JSON object has more members than are kept track of.
    case tooManyMembers = "too-many-members"
    /// A quote opens a cell and none closes it.
    case unclosedQuote = "unclosed-quote"
    case lineTooLong = "line-too-long"
    /// The encoded body comes to more bytes than the settings accept for its size.
    case expansionTooLarge = "expansion-too-large"
    /// JSON values, or the content encodings of a body, are nested too deep.
    case nestedTooDeep = "nested-too-deep"
    /// Bytes of a tar archive that are no header of a member.
    case badTarHeader = "bad-tar-header"
    /// A member of a tar archive that is not read, such as a file with holes.
    case unsupportedTarMember = "unsupported-tar-member"
    /// Bytes between WARC records that begin no record.
    case notWARC = "not-warc"
    /// Bytes between ARC records that begin no record.
    case notARC = "not-arc"
    /// What a damaged place has left of an entry that began before it.
    case cutByDamage = "cut-by-damage"
    /// The WARC header has no end within a sensible length.
    case badWARCHeader = "bad-warc-header"
    case noContentLength = "no-content-length"
    /// No record begins where the length says, or the length is not a number.
    case badContentLength = "bad-content-length"
    case noRecordType = "no-record-type"
    /// The block does not begin with an HTTP status line.
    case badHTTPHeader = "bad-http-header"
    case badChunk = "bad-chunk"
    case badContentEncoding = "bad-content-encoding"
    case unsupportedContentEncoding = "unsupported-content-encoding"
  }

  package let kind: Cause
  package let place: RecordPlace
  package let byteCount: Int
  package let message: String

  /// The cause as it stands in a ledger.
  package var cause: String { kind.rawValue }
}
