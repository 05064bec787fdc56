/// One text and what steps ask about it, each answer computed once.
///
/// Made and dropped inside one worker: not `Sendable`.
package final class AnalyzedText {
  /// Valid UTF-8.
  package let bytes: [UInt8]
  package let mediaType: MediaType
  /// The document's address, when it has one.
  package let url: String?
  /// What annotators have said so far, by attribute name.
  package var attributes: [String: Double]

  package init(
    _ bytes: [UInt8], mediaType: MediaType = .plain, url: String? = nil,
    attributes: [String: Double] = [:]
  ) {
    self.bytes = bytes
    self.mediaType = mediaType
    self.url = url
    self.attributes = attributes
  }

  /// The same document with another text: what a modifier leaves for the next step.
  package func replacingText(_ bytes: [UInt8], mediaType: MediaType) -> AnalyzedText {
    AnalyzedText(bytes, mediaType: mediaType, url: url, attributes: attributes)
  }
}

/// What kind of text a document holds.
package enum MediaType: String, Sendable, Equatable {
  case plain
  case html
}
