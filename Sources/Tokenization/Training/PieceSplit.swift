internal import TextAnalysis

/// How SentencePiece's trainer cuts text into words.
///
/// Every line begins with U+2581, and so does what follows each space, which it stands for; words end
/// there. No piece has letters of two scripts or more than one digit where these are split, so words
/// are cut there as well. Line ends are in no word.
package struct PieceSplit: Sendable, Hashable {
  package let normalization: TrainingNormalization
  package let splitsDigits: Bool
  package let splitsScripts: Bool

  /// U+2581.
  static let space: [UInt8] = [0xE2, 0x96, 0x81]
  private static let prefix = "sentencepiece"

  package init(normalization: TrainingNormalization, splitsDigits: Bool, splitsScripts: Bool) {
    self.normalization = normalization
    self.splitsDigits = splitsDigits
    self.splitsScripts = splitsScripts
  }

  var name: String {
    ([Self.prefix, normalization.rawValue] + (splitsDigits ? ["digits"] : [])
      + (splitsScripts ? ["scripts"] : [])).joined(separator: "+")
  }

  init?(named name: String) {
    for normalization in TrainingNormalization.allCases {
      for flags in 0..<4 {
        let split = PieceSplit(
          normalization: normalization, splitsDigits: flags & 1 != 0, splitsScripts: flags & 2 != 0)
        if split.name == name {
          self = split
          return
        }
      }
    }
    return nil
  }

  /// Gives every word of a valid UTF-8 text.
  func forEachWord<Failure: Error>(
    of text: Span<UInt8>, _ body: (Span<UInt8>) throws(Failure) -> Void
  ) throws(Failure) {
    var cutter = WordCutter(self)
    var start = 0
    while start < text.count {
      let line = text.extracting(start..<Self.lineEnd(text, from: start))
      start += line.count + 1
      if line.isEmpty { continue }
      if normalization == .identity {
        try cutter.cut(line, body)
      } else {
        let normal = normalized(line)
        try cutter.cut(normal.span, body)
      }
    }
  }

  private static func lineEnd(_ text: Span<UInt8>, from start: Int) -> Int {
    var place = start
    while place < text.count, text[place] != 0x0A { place += 1 }
    return place
  }

  private func normalized(_ line: Span<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    for index in line.indices { bytes.append(line[index]) }
    return UnicodeForm9.nfkc.normalized(bytes)
  }
}

/// Cuts lines into words, in one buffer.
private struct WordCutter {
  private let split: PieceSplit
  private let scripts: [UInt8]
  private var word: [UInt8] = []
  /// The script of the word; nil while it may be any.
  private var script: UInt8?
  private var endsWithDigit = false

  init(_ split: PieceSplit) {
    self.split = split
    scripts = split.splitsScripts ? UnicodeScripts.table : []
  }

  mutating func cut<Failure: Error>(
    _ line: Span<UInt8>, _ body: (Span<UInt8>) throws(Failure) -> Void
  ) throws(Failure) {
    begin(withSpace: true)
    var place = 0
    while place < line.count {
      let byte = line[place]
      if byte == 0x20 {
        try body(word.span)
        begin(withSpace: true)
        place += 1
        continue
      }
      let start = place
      guard let scalar = UTF8Scalars.next(line, &place) else { break }
      if isCut(before: scalar) {
        try body(word.span)
        begin(withSpace: false)
      }
      for index in start..<place { word.append(line[index]) }
      note(scalar)
    }
    try body(word.span)
  }

  private mutating func begin(withSpace: Bool) {
    word.removeAll(keepingCapacity: true)
    if withSpace { word.append(contentsOf: PieceSplit.space) }
    script = nil
    endsWithDigit = false
  }

  private func isCut(before scalar: UInt32) -> Bool {
    if word.isEmpty { return false }
    if split.splitsDigits, endsWithDigit || Self.isDigit(scalar) { return true }
    guard split.splitsScripts, let script else { return false }
    let next = scripts[Int(scalar)]
    return next != script && next != UnicodeScripts.inherited
  }

  private mutating func note(_ scalar: UInt32) {
    endsWithDigit = Self.isDigit(scalar)
    if split.splitsScripts {
      let next = scripts[Int(scalar)]
      if next != UnicodeScripts.inherited { script = next }
    }
  }

  /// ASCII digits and the full-width ones, as SentencePiece has them.
  private static func isDigit(_ scalar: UInt32) -> Bool {
    0x30...0x39 ~= scalar || 0xFF10...0xFF19 ~= scalar
  }
}
