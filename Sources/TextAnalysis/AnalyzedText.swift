internal import ByteKernels

/// One text and what steps ask about it, each answer computed once.
///
/// Made and dropped inside one worker: not `Sendable`.
package final class AnalyzedText {
  /// The longest text whose words can be told: offsets in words have 32 bits.
  package static var maximumByteCount: Int { Int(UInt32.max) }

  /// Valid UTF-8, at most `maximumByteCount` long.
  package let bytes: [UInt8]
  package let mediaType: MediaType
  /// The document's address, when it has one.
  package let url: String?
  /// What chance decides about the document.
  package let draw: DocumentDraw
  /// What annotators have said so far, by attribute name.
  package var attributes: [String: Double]

  package init(
    _ bytes: [UInt8], mediaType: MediaType = .plain, url: String? = nil,
    draw: DocumentDraw = DocumentDraw(id: "", seed: 0), attributes: [String: Double] = [:]
  ) {
    precondition(bytes.count <= Self.maximumByteCount, "a text has at most 4 GiB")
    self.bytes = bytes
    self.mediaType = mediaType
    self.url = url
    self.draw = draw
    self.attributes = attributes
  }

  /// The same document with another text: what a modifier leaves for the next step.
  package func replacingText(_ bytes: [UInt8], mediaType: MediaType) -> AnalyzedText {
    AnalyzedText(bytes, mediaType: mediaType, url: url, draw: draw, attributes: attributes)
  }

  /// How many Unicode scalars the text has: its length in Python, and in every published rule.
  package private(set) lazy var scalarCount: Int = {
    let bytes = bytes
    return ByteTally.scalars(in: bytes.span)
  }()

  /// The lines, without their ends, as byte ranges, as Python's `str.splitlines()` makes them.
  package private(set) lazy var lines: [Range<Int>] = Lines.split(bytes)

  /// A byte range of the text without the white space at its ends, as Python's `str.strip()` has it.
  package func trimmed(_ range: Range<Int>) -> Range<Int> {
    let bytes = bytes
    return ScalarReader.trimmed(range, in: bytes.span)
  }

  private lazy var unicodeWords: [Word] = UnicodeWords.split(bytes)
  private lazy var whitespaceWords: [Word] = WhitespaceWords.split(bytes)

  /// The words, in order.
  package func words(_ definition: WordDefinition) -> [Word] {
    switch definition {
    case .unicode: unicodeWords
    case .whitespace: whitespaceWords
    }
  }

  /// How many letters the text has, and how many of them are of scripts written without spaces
  /// (Han, Hiragana, Katakana, Thai, Lao, Khmer, Myanmar).
  package private(set) lazy var letterCounts = LetterCounts(of: bytes)
}

/// What kind of text a document holds.
package enum MediaType: String, Sendable, Equatable {
  case plain
  case html
}
