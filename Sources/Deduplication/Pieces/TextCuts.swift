/// The cuts of one text while they are collected.
struct TextCuts {
  private var cuts: [PieceCutter.Cut] = []
  private var reachesEnd = false

  /// Cuts a whole line or paragraph with its line end.
  mutating func add(_ piece: Piece) {
    cuts.append(PieceCutter.Cut(range: piece.whole, kind: piece.kind))
    reachesEnd = true
  }

  /// Cuts a range as it is.
  mutating func add(_ range: Range<Int>, _ kind: PieceKind) {
    cuts.append(PieceCutter.Cut(range: range, kind: kind))
  }

  /// The cuts in order, apart from each other, as if there were none of the kind left out; a byte that two of them share is the earlier's, at one
  /// start that of the lower kind.
  ///
  /// When the last line goes and has no line feed of its own, that of the line before goes too: what
  /// is left is as if the lines had been joined anew.
  func merged(
    in text: [UInt8], without kind: PieceKind? = nil
  ) -> [PieceCutter.Cut] {
    if cuts.isEmpty { return [] }
    let sorted = cuts.filter { $0.kind != kind }.sorted {
      ($0.range.lowerBound, $0.kind.rawValue) < ($1.range.lowerBound, $1.kind.rawValue)
    }
    var merged: [PieceCutter.Cut] = []
    var end = 0
    for cut in sorted {
      let start = max(end, cut.range.lowerBound)
      guard start < cut.range.upperBound else { continue }
      end = cut.range.upperBound
      merged.append(PieceCutter.Cut(range: start..<end, kind: cut.kind))
    }
    if reachesEnd, let last = sorted.last(where: { $0.kind != .substring }) {
      joinEnd(&merged, last, in: text)
    }
    return merged
  }

  private func joinEnd(
    _ merged: inout [PieceCutter.Cut], _ last: PieceCutter.Cut, in text: [UInt8]
  ) {
    guard last.range.upperBound == text.count else { return }
    let isUnended = last.range.isEmpty || text[text.count - 1] != 0x0A
    guard isUnended else { return }
    var start = text.count
    var first = merged.count
    while first > 0, merged[first - 1].range.upperBound == start {
      start = merged[first - 1].range.lowerBound
      first -= 1
    }
    guard start > 0, text[start - 1] == 0x0A else { return }
    let kind = first < merged.count ? merged[first].kind : last.kind
    merged.insert(PieceCutter.Cut(range: (start - 1)..<start, kind: kind), at: first)
  }
}
