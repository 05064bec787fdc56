internal import ByteKernels

/// Tokens back to back in a mapped file, cut into sequences by their number or by an id.
///
/// Cutting by an id reads the file once when it is opened and remembers where every 1024th sequence
/// begins: 24 bytes for each, which is little beside 1024 documents.
final class FlatTokens {
  let file: MappedFile
  let type: TokenType
  let tokenCount: Int
  let sequenceCount: Int

  private let start: Int
  private let cut: TokenCut
  /// Longer sequences than this are not made by ids.
  private let longest: Int
  /// Sequences 0, 1024, 2048 ...
  private let waypoints: [Place]
  /// The sequence after the last one read.
  private var next: (sequence: Int, place: Place) = (0, Place())

  private static let stride = 1024

  /// Where a sequence begins.
  private struct Place {
    var token = 0
    var document = 0
    /// Tokens of the document that stand before.
    var offset = 0
  }

  /// Takes the tokens from byte `start` on; there must be `tokenCount`.
  init(
    _ file: MappedFile, from start: Int, type: TokenType, tokenCount: Int, cut: TokenCut,
    longest: Int = TokenCut.longest
  ) {
    precondition(tokenCount <= (file.byteCount - start) / type.byteCount, "no such tokens")
    self.file = file
    self.start = start
    self.type = type
    self.tokenCount = tokenCount
    self.cut = cut
    self.longest = longest
    if case .every(let length) = cut {
      sequenceCount = (tokenCount + length - 1) / length
      waypoints = []
      return
    }
    var waypoints: [Place] = []
    var sequences = 0
    var place = Place()
    file.withBytes { bytes in
      let raw = bytes.raw.extracting(start..<(start + tokenCount * type.byteCount))
      while place.token < tokenCount {
        if sequences % Self.stride == 0 { waypoints.append(place) }
        place = Self.after(place, in: raw, type, tokenCount, cut, longest)
        sequences += 1
      }
    }
    self.waypoints = waypoints
    sequenceCount = sequences
  }

  /// Tokens of a sequence that is cut by their number.
  var cutLength: Int? {
    if case .every(let length) = cut { length } else { nil }
  }

  /// Reads one sequence; a token that is no id is an error.
  func read(_ sequence: Int, into target: inout PackedSequence) throws(TokenShardError) {
    precondition(sequence >= 0 && sequence < sequenceCount, "no such sequence")
    let place = place(of: sequence)
    let following = withTokens { Self.after(place, in: $0, type, tokenCount, cut, longest) }
    next = (sequence + 1, following)
    target.tokens = try ids(place.token..<following.token, sequence: sequence)
    target.pieces = [
      .init(
        document: PackedSequence.number(place.document), start: place.offset,
        count: target.tokens.count)
    ]
    target.lossMask = []
  }

  /// The ids of some tokens, which are of `sequence`.
  func ids(_ range: Range<Int>, sequence: Int) throws(TokenShardError) -> [UInt32] {
    let width = type.byteCount
    let loaded = withTokens { raw in
      TokenBytes.load(
        raw.extracting((range.lowerBound * width)..<(range.upperBound * width)), as: type)
    }
    if let position = loaded.firstImpossible {
      throw .malformed(
        path: file.path, byteOffset: start + (range.lowerBound + position) * width,
        .impossibleToken(sequence: sequence, position: position))
    }
    return loaded.ids
  }

  private func withTokens<Result>(_ body: (RawSpan) -> Result) -> Result {
    file.withBytes { bytes in
      body(bytes.raw.extracting(start..<(start + tokenCount * type.byteCount)))
    }
  }

  private func place(of sequence: Int) -> Place {
    if case .every(let length) = cut {
      return Place(token: sequence * length, document: sequence, offset: 0)
    }
    if next.sequence == sequence { return next.place }
    var place = waypoints[sequence / Self.stride]
    withTokens { raw in
      for _ in 0..<(sequence % Self.stride) {
        place = Self.after(place, in: raw, type, tokenCount, cut, longest)
      }
    }
    return place
  }

  /// Where the sequence ends that begins at `place`.
  private static func after(
    _ place: Place, in raw: RawSpan, _ type: TokenType, _ tokenCount: Int, _ cut: TokenCut,
    _ longest: Int
  ) -> Place {
    let token = place.token
    switch cut {
    case .every(let length):
      return Place(
        token: token + min(length, tokenCount - token), document: place.document + 1, offset: 0)
    case .after(let id):
      let limit = min(token + longest, tokenCount)
      if let found = TokenSearch.first(id, in: raw, as: type, from: token, to: limit) {
        return Place(token: found + 1, document: place.document + 1, offset: 0)
      }
      return Place(token: limit, document: place.document, offset: place.offset + limit - token)
    case .before(let id):
      let limit = min(token + longest, tokenCount)
      let end = min(limit + 1, tokenCount)
      if let found = TokenSearch.first(id, in: raw, as: type, from: token + 1, to: end) {
        return Place(token: found, document: place.document + 1, offset: 0)
      }
      return Place(token: limit, document: place.document, offset: place.offset + limit - token)
    }
  }
}
