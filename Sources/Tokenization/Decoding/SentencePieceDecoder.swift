/// Turns ids into text as SentencePiece does with a model of its own.
struct SentencePieceDecoder: Sendable {
  private let model: SentencePieceModel
  private let denormalizer: SentencePieceNormalizer?
  private let bytes: [UInt8?]

  private static let space: [UInt8] = [0xE2, 0x96, 0x81]

  init(_ model: SentencePieceModel) throws(VocabularyError) {
    self.model = model
    bytes = model.pieces.map { $0.kind == .byte ? $0.byte : nil }
    if let settings = model.denormalizer, settings.bytes(2)?.isEmpty == false {
      denormalizer = try SentencePieceNormalizer(
        settings, treatsWhitespaceAsSuffix: false, kept: [])
    } else {
      denormalizer = nil
    }
  }

  /// The text of ids; refuses an id that is not used.
  ///
  /// Control pieces have no text.
  func decode(_ ids: [UInt32]) throws(UnknownTokenError) -> [UInt8] {
    var text: [UInt8] = []
    var run: [UInt8] = []
    // True until something has been written, or a space was taken away.
    var isAtStart = true
    for (position, id) in ids.enumerated() {
      guard id < model.pieces.count else {
        throw UnknownTokenError(id: id, position: position, vocabularySize: model.pieces.count)
      }
      if let byte = bytes[Int(id)] {
        run.append(byte)
        continue
      }
      Self.append(&run, to: &text)
      if !text.isEmpty { isAtStart = false }
      let piece = model.pieces[Int(id)]
      if piece.kind == .control { continue }
      var rest = piece.text[...]
      let hasSpace = rest.starts(with: Self.space)
      var takesSpace = false
      if isAtStart, hasSpace, model.addsDummyPrefix || model.removesExtraWhitespace {
        rest = rest.dropFirst(3)
        takesSpace = !model.removesExtraWhitespace
      }
      if piece.kind == .unknown {
        text += model.unknownSurface
      } else {
        Self.append(rest, to: &text)
      }
      if takesSpace || !text.isEmpty { isAtStart = false }
    }
    Self.append(&run, to: &text)
    return denormalizer.map { $0.normalized(text) } ?? text
  }

  /// Appends a piece with U+2581 as spaces.
  private static func append(_ piece: ArraySlice<UInt8>, to text: inout [UInt8]) {
    var rest = piece
    while let byte = rest.first {
      let isSpace = byte == space[0] && rest.starts(with: space)
      text.append(isSpace ? 0x20 : byte)
      rest = rest.dropFirst(isSpace ? 3 : 1)
    }
  }

  /// Appends bytes as text: what is no UTF-8 becomes U+FFFD, byte by byte.
  private static func append(_ run: inout [UInt8], to text: inout [UInt8]) {
    var rest = run[...]
    while let lead = rest.first {
      let length = SentencePieceNormalizer.characterByteCount(lead)
      let character = rest.prefix(length)
      if String(validating: character, as: UTF8.self) != nil {
        text += character
        rest = rest.dropFirst(length)
      } else {
        text += [0xEF, 0xBF, 0xBD]
        rest = rest.dropFirst()
      }
    }
    run.removeAll(keepingCapacity: true)
  }
}
