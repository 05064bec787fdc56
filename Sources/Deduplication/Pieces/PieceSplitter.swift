internal import ByteKernels

/// Finds the pieces of texts that count under the settings.
struct PieceSplitter {
  private let settings: PieceSettings

  init(_ settings: PieceSettings) {
    self.settings = settings
  }

  /// Gives `take` every piece of a document, kind after kind and each kind from front to back.
  ///
  /// Pieces below the least length are left out.
  func split(_ text: Span<UInt8>, hasURL: Bool, _ take: (Piece) -> Void) {
    if settings.texts != .off {
      take(Piece(kind: .text, whole: 0..<text.count, body: 0..<text.count))
    }
    if settings.urls != .off, hasURL {
      take(Piece(kind: .url, whole: 0..<text.count, body: 0..<0))
    }
    if settings.paragraphs != .off {
      switch settings.paragraphBreak {
      case .line: scanLines(text, as: .paragraph, take)
      case .blankLine: scanBlocks(text, take)
      }
    }
    if settings.lines != .off { scanLines(text, as: .line, take) }
  }

  private func scanLines(_ text: Span<UInt8>, as kind: PieceKind, _ take: (Piece) -> Void) {
    var start = 0
    // Behind a line feed at the end stands one more line, which is empty, as when a text is split.
    while start <= text.count {
      let end = text.firstOffset(of: 0x0A, from: start) ?? text.count
      give(text, kind, start..<min(end &+ 1, text.count), body: start..<end, take)
      start = end &+ 1
    }
  }

  /// Blocks of lines between blank lines; the blank lines belong to the block before them.
  private func scanBlocks(_ text: Span<UInt8>, _ take: (Piece) -> Void) {
    var start = 0
    var body = 0..<0
    var isBehindBlank = false
    var lineStart = 0
    while lineStart < text.count {
      let lineEnd = text.firstOffset(of: 0x0A, from: lineStart) ?? text.count
      let isBlank = PieceForm.trimmed(lineStart..<lineEnd, in: text).isEmpty
      if isBlank {
        isBehindBlank = true
      } else {
        if isBehindBlank, !body.isEmpty {
          give(text, .paragraph, start..<lineStart, body: body, take)
          start = lineStart
          body = start..<start
        }
        isBehindBlank = false
        body = (body.isEmpty ? lineStart : body.lowerBound)..<lineEnd
      }
      lineStart = lineEnd &+ 1
    }
    if !body.isEmpty { give(text, .paragraph, start..<text.count, body: body, take) }
  }

  @inline(__always)
  private func give(
    _ text: Span<UInt8>, _ kind: PieceKind, _ whole: Range<Int>, body: Range<Int>,
    _ take: (Piece) -> Void
  ) {
    let form = settings.form(of: kind)
    let least = kind == .line ? settings.minimumLineBytes : settings.minimumParagraphBytes
    let body = form == .bytes ? body : PieceForm.trimmed(body, in: text)
    if body.count >= least { take(Piece(kind: kind, whole: whole, body: body)) }
  }
}
