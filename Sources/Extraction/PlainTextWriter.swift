/// Gathers lines of plain text, with white space collapsed as browsers collapse it.
struct PlainTextWriter {
  private(set) var bytes: [UInt8] = []
  private var wantedLineFeeds = 0
  private var wantsSpace = false
  /// What stands before the next text: a list item's bullet, a cell's border.
  private var prefix: [UInt8] = []

  /// Whether nothing has been written since the last line feed.
  private var isAtLineStart = true

  /// Asks for at least so many line feeds before the next text.
  mutating func breakLine(_ count: Int) {
    wantedLineFeeds = max(wantedLineFeeds, count)
    wantsSpace = false
  }

  /// Adds one to the line feeds before the next text, up to an empty line.
  mutating func addLineFeed() {
    wantedLineFeeds = min(2, wantedLineFeeds + 1)
    wantsSpace = false
  }

  /// Puts a mark before the next text of a new line, in place of one that has had no text.
  mutating func beginItem(_ mark: [UInt8]) { prefix = mark }

  /// Forgets a mark that no text came after.
  mutating func endItem() { prefix = [] }

  /// Puts a border before the next text if there is text before it in the line.
  mutating func beginCell() {
    if !isAtLineStart, wantedLineFeeds == 0 { prefix = Array(" | ".utf8) }
    wantsSpace = false
  }

  /// Writes text whose runs of white space are one space.
  mutating func write(_ text: ArraySlice<UInt8>) {
    var position = text.startIndex
    while position < text.endIndex {
      if Self.isSpace(text[position]) {
        wantsSpace = wantsSpace || (wantedLineFeeds == 0 && !isAtLineStart)
        position += 1
        continue
      }
      var end = position + 1
      while end < text.endIndex, !Self.isSpace(text[end]) { end += 1 }
      begin()
      bytes.append(contentsOf: text[position..<end])
      position = end
    }
  }

  /// Writes text as it stands.
  mutating func writePreformatted(_ text: ArraySlice<UInt8>) {
    guard !text.isEmpty else { return }
    begin()
    bytes.append(contentsOf: text)
  }

  private mutating func begin() {
    if !bytes.isEmpty, wantedLineFeeds > 0 {
      // Preformatted text may have ended its line itself.
      var present = 0
      while present < wantedLineFeeds, present < bytes.count,
        bytes[bytes.count - 1 - present] == 0x0A
      { present += 1 }
      for _ in present..<max(present, wantedLineFeeds) { bytes.append(0x0A) }
      isAtLineStart = true
    }
    if !prefix.isEmpty {
      bytes.append(contentsOf: prefix)
    } else if wantsSpace, !isAtLineStart {
      bytes.append(0x20)
    }
    prefix = []
    (wantedLineFeeds, wantsSpace, isAtLineStart) = (0, false, false)
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D || byte == 0x0C
  }
}
