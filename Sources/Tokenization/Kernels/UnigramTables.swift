/// What encoders of one unigram model share: the tokens in a trie, and what they and an unknown
/// character score.
@safe final class UnigramTables: Sendable {
  let rules: CharacterRules
  /// Ids in the low half; in the high half the bits of the scores as 32-bit numbers.
  let trie: PieceTrie
  /// The scores of all ids; the unknown one's is that of an unknown character.
  let scores: [Double]
  let unknownScore: Double
  /// No score, that of an unknown character included, is further from 0.
  let greatestScore: Double
  /// The ids of the tokens of bytes, the greatest number where there is none; nil without byte fallback.
  let byteIDs: [UInt32]?
  /// True where sums are of 32 bits and unknown characters become ids as by SentencePiece, false where
  /// all is as by Hugging Face.
  let followsSentencePiece: Bool
  let cut: WordCut
  /// The unknown id of which SentencePiece leaves one where there are several.
  let fusedID: UInt32?
  nonisolated(unsafe) private let singleScores: UnsafeMutablePointer<Float>

  static let unknownPenalty = 10

  /// The tables of a model of SentencePiece's.
  init(_ model: SentencePieceModel) {
    followsSentencePiece = true
    let pieces = model.pieces
    rules = CharacterRules(
      unknownID: model.unknownID, hasByteFallback: model.hasByteFallback, fusesUnknown: true)
    let normal = pieces.lazy.filter { $0.kind == .normal }.map(\.score)
    let least = normal.min() ?? .greatestFiniteMagnitude
    let unknownScore = least - Float(Self.unknownPenalty)
    self.unknownScore = Double(unknownScore)
    var scores = [Double](repeating: Double(unknownScore), count: pieces.count)
    var strings: [(bytes: [UInt8], value: UInt64)] = []
    var byteIDs = [UInt32](repeating: 0, count: 256)
    for (id, piece) in pieces.enumerated() {
      if piece.kind == .byte, let byte = piece.byte { byteIDs[Int(byte)] = UInt32(id) }
      guard piece.kind == .normal || piece.kind == .userDefined, !model.isNull(piece) else {
        continue
      }
      // A user-defined piece scores by its length.
      let score =
        piece.kind == .normal ? piece.score : Float(0.1 * Double(piece.text.count - 1))
      scores[id] = Double(score)
      strings.append((piece.text, UInt64(score.bitPattern) << 32 | UInt64(id)))
    }
    self.byteIDs = model.hasByteFallback ? byteIDs : nil
    self.scores = scores
    greatestScore = scores.reduce(abs(self.unknownScore)) { max($0, abs($1)) }
    trie = PieceTrie(strings)
    cut = WordCut(strings.lazy.map(\.bytes))
    fusedID = model.hasByteFallback ? nil : rules.unknownID
    unsafe singleScores = Self.singles(scores)
  }

  /// The tables of tokens and scores, as Hugging Face's Unigram uses them; empty tokens are none.
  init(tokens: [[UInt8]], scores: [Double], rules: CharacterRules) throws(VocabularyError) {
    guard tokens.count == scores.count, scores.allSatisfy(\.isFinite) else {
      throw VocabularyError(message: "its tokens do not all have a score")
    }
    if let unknownID = rules.unknownID, unknownID >= tokens.count {
      throw VocabularyError(message: "its unknown token \(unknownID) is not there")
    }
    followsSentencePiece = false
    self.rules = rules
    self.scores = scores
    let named = tokens.enumerated().filter { !$0.element.isEmpty }
    // Of all tokens, those that no text becomes included.
    unknownScore = (scores.min() ?? 0) - Double(Self.unknownPenalty)
    greatestScore = scores.reduce(abs(unknownScore)) { max($0, abs($1)) }
    let names = Dictionary(named.map { ($0.element, UInt32($0.offset)) }) { $1 }
    let byteIDs = (0..<256).map {
      names[CharacterRules.name(ofByte: UInt8($0))] ?? CharacterTables.none
    }
    self.byteIDs = rules.hasByteFallback ? byteIDs : nil
    trie = PieceTrie(named.map { ($0.element, UInt64($0.offset)) })
    cut = WordCut()
    fusedID = nil
    unsafe singleScores = Self.singles(scores)
  }

  deinit {
    unsafe singleScores.deallocate()
  }

  private static func singles(_ scores: [Double]) -> UnsafeMutablePointer<Float> {
    let singles = UnsafeMutablePointer<Float>.allocate(capacity: max(1, scores.count))
    for (id, score) in scores.enumerated() {
      unsafe (singles + id).initialize(to: Float(score))
    }
    return unsafe singles
  }

  /// The score of an id of this model as a 32-bit number.
  @inline(__always)
  func singleScore(_ id: UInt32) -> Float {
    // SAFETY: ids come from the trie of this model.
    unsafe singleScores[Int(id)]
  }
}
