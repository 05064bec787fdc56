@testable import Tokenization

/// SentencePiece's encoding of a normalized text as its definition says it, without haste.
struct ReferenceSentencePiece {
  private let model: SentencePieceModel
  private var ids: [[UInt8]: Int] = [:]
  private var bytes: [UInt8: UInt32] = [:]
  private var userDefined: [[UInt8]] = []

  init(_ model: SentencePieceModel) {
    self.model = model
    for (id, piece) in model.pieces.enumerated() {
      switch piece.kind {
      case .normal, .unused: ids[piece.text] = id
      case .userDefined:
        ids[piece.text] = id
        userDefined.append(piece.text)
      case .byte: bytes[piece.byte ?? 0] = UInt32(id)
      case .unknown, .control: break
      }
    }
  }

  func encode(_ text: String) -> [UInt32] {
    let characters = text.unicodeScalars.map { Array(String($0).utf8) }
    let pieces =
      model.algorithm == .bpe ? merged(symbols(characters)) : bestWay(characters)
    var result: [UInt32] = []
    var wasUnknown = false
    for piece in pieces {
      let id = ids[piece]
      if let id {
        result.append(UInt32(id))
      } else if model.hasByteFallback {
        result += piece.compactMap { bytes[$0] }
      } else if !wasUnknown, let unknown = model.unknownID {
        result.append(unknown)
      }
      wasUnknown = id == nil
    }
    return result
  }

  /// The longest user-defined pieces from the left, and the characters between them.
  private func symbols(_ characters: [[UInt8]]) -> [(text: [UInt8], isFrozen: Bool)] {
    var symbols: [(text: [UInt8], isFrozen: Bool)] = []
    var place = 0
    while place < characters.count {
      let rest = Array(characters[place...].joined())
      let found = userDefined.filter { rest.starts(with: $0) }.max { $0.count < $1.count }
      symbols.append((found ?? characters[place], found != nil))
      let end = symbols.reduce(0) { $0 + $1.text.count }
      var length = 0
      place =
        characters.prefix {
          length += $0.count
          return length <= end
        }.count
    }
    return symbols
  }

  /// Joins the two neighbours that make the piece of greatest score, of equal ones the leftmost.
  private func merged(_ start: [(text: [UInt8], isFrozen: Bool)]) -> [[UInt8]] {
    var symbols = start
    while true {
      var best: (place: Int, score: Float)?
      for place in symbols.indices.dropLast() {
        let (left, right) = (symbols[place], symbols[place + 1])
        if left.isFrozen || right.isFrozen { continue }
        guard let id = ids[left.text + right.text] else { continue }
        let score = model.pieces[id].score
        if best.map({ $0.score.isTotallyOrdered(belowOrEqualTo: score) && $0.score != score })
          ?? true
        {
          best = (place, score)
        }
      }
      guard let best else { return symbols.map(\.text) }
      symbols[best.place].text += symbols[best.place + 1].text
      symbols.remove(at: best.place + 1)
    }
  }

  /// The pieces whose scores, added from the left in 32 bits, have the greatest sum.
  private func bestWay(_ characters: [[UInt8]]) -> [[UInt8]] {
    let normal = model.pieces.filter { $0.kind == .normal }.map(\.score)
    let unknown = (normal.min() ?? .greatestFiniteMagnitude) - 10
    var best: [(score: Float, start: Int)?] = [(0, -1)]
    best += Array(repeating: nil, count: characters.count)
    for start in characters.indices {
      guard let before = best[start]?.score else { continue }
      var isKnown = false
      for end in (start + 1)...characters.count {
        let text = Array(characters[start..<end].joined())
        guard let id = ids[text], model.pieces[id].kind != .unused else { continue }
        let isUserDefined = model.pieces[id].kind == .userDefined
        let score = isUserDefined ? Float(0.1 * Double(text.count - 1)) : model.pieces[id].score
        if end == start + 1 { isKnown = true }
        if best[end].map({ score + before > $0.score }) ?? true {
          best[end] = (score + before, start)
        }
      }
      if !isKnown, best[start + 1].map({ unknown + before > $0.score }) ?? true {
        best[start + 1] = (unknown + before, start)
      }
    }
    var pieces: [[UInt8]] = []
    var end = characters.count
    while end > 0, let start = best[end]?.start {
      pieces.append(Array(characters[start..<end].joined()))
      end = start
    }
    return pieces.reversed()
  }
}
