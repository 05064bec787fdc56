package import ByteKernels

/// Turns documents into bytes of a file, in units that can be put one behind the other.
///
/// A unit is a zstd frame or a gzip member, so that a part of a file can be read alone and a damaged
/// place costs no more than its unit. Without compression every document is one.
package final class DocumentEncoder {
  package enum Form: Sendable, Equatable {
    /// JSON lines with dolma's field names.
    case jsonLines
    /// The text alone, with this behind each; nothing else of a document is kept.
    case text(separator: [UInt8])
  }

  private enum Packing {
    case plain
    case zstd(ZstdEncoder)
    case gzip(GzipEncoder)
  }

  package private(set) var documentCount = 0
  /// Bytes of text in the documents, without names and metadata.
  package private(set) var textByteCount = 0
  /// How many texts hold the separator, and will be read back as more than one document.
  package private(set) var splitTextCount = 0
  /// Bytes of the open unit before compression.
  package private(set) var openByteCount = 0

  /// How many bytes `takeBytes` would give.
  package var readyByteCount: Int {
    if case .plain = packing { plain.count } else { packed.count }
  }

  private let form: Form
  private let packing: Packing
  private var plain: [UInt8] = []
  private var packed: [UInt8] = []
  private var lines = ByteBuffer(capacity: 1 << 19)
  /// Lines are taken over in parts of about so many bytes.
  private static let lineByteCount = 1 << 18

  /// `level` is zstd's; gzip has one level.
  package init(form: Form = .jsonLines, compression: OutputCompression, level: Int = 3) {
    self.form = form
    packing =
      switch compression {
      case .none: .plain
      case .gzip: .gzip(GzipEncoder())
      case .zstd: .zstd(ZstdEncoder(level: level))
      }
  }

  package func append(_ document: Document) {
    let before = plain.count
    switch form {
    case .jsonLines:
      document.appendJSON(to: &plain)
      plain.append(UInt8(ascii: "\n"))
    case .text(let separator):
      plain.append(copying: document.text.span)
      plain.append(copying: separator.span)
      if document.text.span.firstOffset(of: separator) != nil { splitTextCount += 1 }
    }
    documentCount += 1
    textByteCount += document.text.count
    openByteCount += plain.count - before
    switch packing {
    case .plain: return
    case .zstd(let encoder): encoder.encode(plain.span, into: &packed)
    case .gzip(let encoder): encoder.encode(plain.span, into: &packed)
    }
    plain.removeAll(keepingCapacity: true)
  }

  /// Adds documents that `respell` writes as the lines of JSON they are, as many as it gives at once
  /// and this unit has room for; returns their number, 0 in another form.
  ///
  /// `respell` is given the byte count behind which the next end of a document is to end its part.
  package func appendLines(
    _ respell: (inout ByteBuffer, _ byteCount: Int) -> RespelledDocuments
  ) -> Int {
    guard form == .jsonLines, openByteCount < DocumentWriter.unitByteCount else { return 0 }
    let rest = DocumentWriter.unitByteCount - openByteCount
    let documents = respell(&lines, min(rest, Self.lineByteCount))
    documentCount += documents.documentCount
    textByteCount += documents.textByteCount
    openByteCount += lines.count
    Self.pack(lines, packing, plain: &plain, packed: &packed)
    lines.consume(lines.count)
    return documents.documentCount
  }

  private static func pack(
    _ lines: borrowing ByteBuffer, _ packing: Packing, plain: inout [UInt8],
    packed: inout [UInt8]
  ) {
    switch packing {
    case .plain: plain.append(copying: lines.bytes)
    case .zstd(let encoder): encoder.encode(lines.bytes, into: &packed)
    case .gzip(let encoder): encoder.encode(lines.bytes, into: &packed)
    }
  }

  /// Ends the open unit; without one, begins and ends an empty one.
  package func finishUnit() {
    switch packing {
    case .plain: break
    case .zstd(let encoder): encoder.finishFrame(into: &packed)
    case .gzip(let encoder): encoder.finishMember(into: &packed)
    }
    openByteCount = 0
  }

  /// Gives up the bytes that are ready.
  package func takeBytes() -> [UInt8] {
    switch packing {
    case .plain:
      defer { plain = [] }
      return plain
    case .zstd, .gzip:
      defer { packed = [] }
      return packed
    }
  }

  /// Writes the bytes that are ready.
  package func flush(to file: OutputFile) throws(FileError) {
    if !plain.isEmpty, case .plain = packing {
      try file.write(plain)
      plain.removeAll(keepingCapacity: true)
    }
    if packed.isEmpty { return }
    try file.write(packed)
    packed.removeAll(keepingCapacity: true)
  }
}
