/// What a SentencePiece `.model` file holds (sentencepiece_model.proto).
///
/// Of the settings only those that decide ids have names here; all fields, known or not, are written
/// again as they were read.
package struct SentencePieceModel: Sendable, Equatable {
  package enum Algorithm: Int, Sendable {
    case unigram = 1
    case bpe = 2
    case word = 3
    case character = 4
  }

  package struct Piece: Sendable, Equatable {
    package enum Kind: Int, Sendable {
      case normal = 1
      case unknown = 2
      case control = 3
      case userDefined = 4
      case unused = 5
      case byte = 6
    }

    package let text: [UInt8]
    package let score: Float
    package let kind: Kind
    /// Fields this program does not know.
    let others: ProtobufMessage

    package init(text: [UInt8], score: Float, kind: Kind) {
      self.init(text: text, score: score, kind: kind, others: ProtobufMessage())
    }

    init(text: [UInt8], score: Float, kind: Kind, others: ProtobufMessage) {
      self.text = text
      self.score = score
      self.kind = kind
      self.others = others
    }

    /// The byte that a byte piece `<0x41>` stands for; nil for other texts.
    package var byte: UInt8? {
      CharacterRules.byte(named: text).flatMap {
        CharacterRules.name(ofByte: $0) == text ? $0 : nil
      }
    }
  }

  /// A piece's place is its id.
  package let pieces: [Piece]
  package let algorithm: Algorithm
  var trainer: ProtobufMessage
  var normalizer: ProtobufMessage
  /// Nil when the file has none.
  var denormalizer: ProtobufMessage?
  /// Fields this program does not know.
  var others: ProtobufMessage

  /// Unknown characters become the pieces of their bytes.
  package var hasByteFallback: Bool { trainer.flag(35) ?? false }
  package var treatsWhitespaceAsSuffix: Bool { trainer.flag(24) ?? false }
  /// What the unknown piece is decoded to.
  package var unknownSurface: [UInt8] { trainer.bytes(44) ?? Array(" \u{2047} ".utf8) }
  package var addsDummyPrefix: Bool { normalizer.flag(3) ?? true }
  package var removesExtraWhitespace: Bool { normalizer.flag(4) ?? true }
  package var escapesWhitespace: Bool { normalizer.flag(5) ?? true }
  /// Empty when characters stay as they are.
  package var characterMap: [UInt8] { normalizer.bytes(2) ?? [] }

  /// The id of the unknown piece; nil when bytes leave no text unknown.
  package var unknownID: UInt32? {
    pieces.firstIndex { $0.kind == .unknown }.map { UInt32($0) }
  }

  init(
    pieces: [Piece], algorithm: Algorithm, trainer: ProtobufMessage, normalizer: ProtobufMessage,
    denormalizer: ProtobufMessage? = nil, others: ProtobufMessage = ProtobufMessage()
  ) {
    self.pieces = pieces
    self.algorithm = algorithm
    self.trainer = trainer
    self.normalizer = normalizer
    self.denormalizer = denormalizer
    self.others = others
  }
}
