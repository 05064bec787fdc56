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
    if case .plain = packing { lines.count } else { packed.count }
  }

  private let form: Form
  private let packing: Packing
  private var document: [UInt8] = []
  private var packed: [UInt8] = []
  /// Bytes that are not compressed yet, or never will be.
  private var lines = ByteBuffer(capacity: 1 << 19)
  /// Lines are taken over in parts of about so many bytes.
  private static let lineByteCount = 1 << 18
  /// A larger buffer was made for an exception, and is not kept.
  private static let keptByteCount = 1 << 22

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
    switch form {
    case .jsonLines:
      document.appendJSON(to: &self.document)
      self.document.append(UInt8(ascii: "\n"))
    case .text(let separator):
      self.document.append(copying: document.text.span)
      self.document.append(copying: separator.span)
      if document.text.span.firstOffset(of: separator) != nil { splitTextCount += 1 }
    }
    documentCount += 1
    textByteCount += document.text.count
    openByteCount += self.document.count
    lines.append(self.document.span)
    self.document.removeAll(keepingCapacity: self.document.capacity <= Self.keptByteCount)
    pack()
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
    let before = lines.count
    let documents = respell(&lines, min(rest, Self.lineByteCount))
    documentCount += documents.documentCount
    textByteCount += documents.textByteCount
    openByteCount += lines.count - before
    pack()
    return documents.documentCount
  }

  private func pack() {
    switch packing {
    case .plain: return
    case .zstd(let encoder): encoder.encode(lines.bytes, into: &packed)
    case .gzip(let encoder): encoder.encode(lines.bytes, into: &packed)
    }
    lines.consume(lines.count)
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

  /// Gives up bytes that are ready, of plain ones no more than `limit`.
  package func takeBytes(limit: Int = .max) -> [UInt8] {
    if case .plain = packing {
      let byteCount = min(limit, lines.count)
      defer { lines.consume(byteCount) }
      return Self.copy(lines, byteCount)
    }
    defer { packed = [] }
    return packed
  }

  private static func copy(_ buffer: borrowing ByteBuffer, _ byteCount: Int) -> [UInt8] {
    [UInt8](copying: buffer.bytes.extracting(0..<byteCount))
  }

  private static func write(
    _ buffer: borrowing ByteBuffer, to file: OutputFile
  ) throws(FileError) {
    try file.write(buffer.bytes)
  }

  /// Writes the bytes that are ready.
  package func flush(to file: OutputFile) throws(FileError) {
    if case .plain = packing {
      try Self.write(lines, to: file)
      lines.consume(lines.count)
    } else if !packed.isEmpty {
      try file.write(packed)
      packed.removeAll(keepingCapacity: packed.capacity <= Self.keptByteCount)
    }
  }
}
