internal import ByteKernels

/// Decides what a WARC record holds and makes a record of it.
struct WARCRecordBuilder {
  let settings: ReadSettings
  let baseName: String
  private let mediaTypes = MediaTypeShelf()

  init(settings: ReadSettings, baseName: String) {
    self.settings = settings
    self.baseName = baseName
  }

  /// What is to be done with a record.
  enum Disposition {
    case skip(kind: String)
    case malformed(Malformed.Cause, String)
    case response(HTTPMessage)
    case block
  }

  private static let skippedTypes: Set<String> = [
    "warcinfo", "request", "metadata", "revisit", "continuation",
  ]

  /// Decides from the header and the first bytes of the block, which hold any HTTP head.
  func disposition(_ header: WARCHeader, _ block: Span<UInt8>) -> Disposition {
    guard let type = header.type else {
      return .malformed(.noRecordType, "the header has no WARC-Type")
    }
    if Self.skippedTypes.contains(type) { return .skip(kind: "warc-\(type)") }
    switch type {
    case "response": return response(header, block)
    case "conversion", "resource":
      guard let name = header.contentType.flatMap({ mediaTypes[$0].name }) else { return .block }
      return MediaType.isText(name) ? .block : .skip(kind: MediaType.skippedKind(name))
    default: return .skip(kind: "warc-other-type")
    }
  }

  private func response(_ header: WARCHeader, _ block: Span<UInt8>) -> Disposition {
    if header.targetURI?.lowercased().hasPrefix("dns:") == true { return .skip(kind: "warc-dns") }
    guard let message = HTTPMessage(block) else {
      let declared = header.contentType.flatMap { mediaTypes[$0].name }
      if let declared, declared != "application/http" {
        return .skip(kind: MediaType.skippedKind(declared))
      }
      return .malformed(.badHTTPHeader, "the block begins with no HTTP status line")
    }
    if let name = message.contentType.flatMap({ mediaTypes[$0].name }) {
      return MediaType.isText(name)
        ? .response(message) : .skip(kind: MediaType.skippedKind(name))
    }
    return .response(message)
  }

  /// The event of a whole record of the given disposition.
  func event(
    _ header: WARCHeader, _ block: Span<UInt8>, _ disposition: Disposition, place: RecordPlace,
    byteCount: Int
  ) -> ReadEvent {
    switch disposition {
    case .skip(let kind): return .skipped(kind: kind, byteCount: byteCount)
    case .malformed(let cause, let message):
      return .malformed(
        Malformed(kind: cause, place: place, byteCount: byteCount, message: message))
    case .block:
      var record = record(header, place: place, byteCount: byteCount)
      record.payload = [UInt8](copying: block)
      declare(header.contentType, &record)
      return .record(record)
    case .response(let message):
      var record = record(header, place: place, byteCount: byteCount)
      do {
        guard try fill(&record, message, block) else {
          return .skipped(kind: "media-type-absent", byteCount: byteCount)
        }
        return .record(record)
      } catch {
        return .malformed(
          Malformed(
            kind: error.kind, place: place, byteCount: byteCount, message: error.message))
      }
    }
  }

  private func record(_ header: WARCHeader, place: RecordPlace, byteCount: Int) -> Record {
    var record = Record(
      payload: [], id: header.recordID ?? "", source: baseName, place: place,
      byteCount: byteCount)
    if record.id.isEmpty { record.id = "\(baseName)#\(place)" }
    record.url = header.targetURI
    record.created = header.date
    if let url = header.targetURI { record.metadata.append("url", url) }
    if let reason = header.truncated { record.metadata.append("truncated", reason) }
    return record
  }

  private struct BodyFault: Error {
    let kind: Malformed.Cause
    let message: String
  }

  /// Fills in what the HTTP response says; false when its body, of no declared type, is no markup.
  private func fill(
    _ record: inout Record, _ message: HTTPMessage, _ block: Span<UInt8>
  ) throws(BodyFault) -> Bool {
    record.metadata.append("status", message.status)
    declare(message.contentType, &record)
    let raw = block.extracting(message.bodyOffset...)
    var isCutShort = false
    var body: [UInt8]
    let isChunked = message.transferEncoding?.lowercased().contains("chunked") ?? false
    switch isChunked ? ChunkedBody.decode(raw) : .notChunked {
    case .notChunked: body = [UInt8](copying: raw)
    case .body(let bytes, let isCut): (body, isCutShort) = (bytes, isCut)
    case .broken(let offset):
      throw BodyFault(kind: .badChunk, message: "no chunk begins at byte \(offset) of the body")
    }
    do {
      // A transfer encoding beside 'chunked' is undone first, since it was done last.
      let codings = [message.contentEncoding, message.transferEncoding].compactMap(\.self)
      let decoded = try ContentCoding.decode(
        body, header: codings.joined(separator: ", "), settings: settings)
      body = decoded.body
      isCutShort = isCutShort || decoded.isCutShort
    } catch {
      throw fault(error)
    }
    if record.mediaType == nil, !Self.isMarkup(body.span) { return false }
    if isCutShort { record.metadata.append("body", "cut-short") }
    record.payload = body
    return true
  }

  private func fault(_ failure: ContentCoding.Failure) -> BodyFault {
    switch failure {
    case .unsupported(let name):
      BodyFault(
        kind: .unsupportedContentEncoding, message: "content encoding \(name) is not read")
    case .corrupt(let what):
      BodyFault(kind: .badContentEncoding, message: "the encoded body is corrupt: \(what)")
    case .expansionTooLarge(let byteCount):
      BodyFault(
        kind: .expansionTooLarge,
        message: "an encoded body of \(byteCount) bytes comes to more than maximum-expansion "
          + "(\(settings.maximumExpansion)) times as many")
    case .nestedTooDeep:
      BodyFault(kind: .nestedTooDeep, message: "the body has too many content encodings")
    case .tooLong:
      BodyFault(
        kind: .tooLong,
        message: "a decoded body above the maximum of \(settings.maximumRecordByteCount) bytes")
    }
  }

  private func declare(_ contentType: String?, _ record: inout Record) {
    guard let contentType else { return }
    let media = mediaTypes[contentType]
    record.mediaType = media.name
    record.declaredCharset = media.charset
    record.metadata.append("content_type", contentType)
  }

  /// True when the first byte that is no space opens a tag.
  private static func isMarkup(_ body: Span<UInt8>) -> Bool {
    var offset = body.has([0xEF, 0xBB, 0xBF]) ? 3 : 0
    while offset < body.count, body[offset] <= 0x20 { offset += 1 }
    return offset < body.count && body[offset] == UInt8(ascii: "<")
  }
}
