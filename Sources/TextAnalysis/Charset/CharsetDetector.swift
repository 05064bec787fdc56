internal import ByteKernels

/// Guesses the charset of bytes that are not UTF-8.
///
/// Every charset is asked how probable it makes the text (`SingleByteModel`, `DoubleByteModel`); the
/// likeliest wins, the one named first on a tie. Encodings with a form of their own (escape
/// sequences, UTF-16 and UTF-32 by their zero bytes) are known by that form.
package enum CharsetDetector {
  /// How much of a text is looked at, around its bytes beyond ASCII.
  static let sampleByteCount = 2048

  /// The ends of the rounds: models that fall behind in one are out of the next.
  private static let rounds = [160, 640, sampleByteCount + 8]
  /// How far behind is too far, in quarters.
  private static let margin = 100

  private struct Candidate {
    let model: Model
    var score: Int
    var position = 0
  }

  private enum Model {
    case single(SingleByteModel)
    case double(DoubleByteModel)

    var charset: Charset {
      switch self {
      case .single(let model): model.charset
      case .double(let model): model.charset
      }
    }
  }

  /// The name of the charset of bytes without any label: told by a mark, UTF-8 where they are that,
  /// else the likeliest.
  package static func charsetName(of bytes: Span<UInt8>) -> String? {
    if let (charset, _) = ByteOrderMark.read(bytes) { return charset.name }
    if UTF8Validator.isValid(bytes) { return (disguised(bytes, isUTF8: true) ?? .utf8).name }
    return detect(bytes)?.name
  }

  /// The likeliest charset; nil when the bytes are all ASCII and hold no escape sequences.
  static func detect(_ bytes: Span<UInt8>) -> Charset? {
    if let charset = disguised(bytes) { return charset }
    let sample = self.sample(of: bytes)
    guard !sample.isEmpty else { return nil }
    var candidates = all
    for end in rounds {
      var best = Int.min
      for index in candidates.indices {
        advance(&candidates[index], sample.span, to: min(end, sample.count))
        best = max(best, candidates[index].score)
      }
      candidates.removeAll { $0.score < best - margin }
      if end >= sample.count { break }
    }
    var best = candidates[0]
    for candidate in candidates where candidate.score > best.score { best = candidate }
    return best.model.charset
  }

  private static let all: [Candidate] =
    SingleByteModel.all.map { Candidate(model: .single($0), score: $0.prior) }
    + DoubleByteModel.all.map { Candidate(model: .double($0), score: $0.prior) }

  private static func advance(_ candidate: inout Candidate, _ sample: Span<UInt8>, to end: Int) {
    guard candidate.position < end else { return }
    switch candidate.model {
    case .single(let model):
      candidate.score += model.score(sample, candidate.position..<end)
      candidate.position = end
    case .double(let model):
      candidate.score += model.score(sample, &candidate.position, end)
    }
  }

  /// An encoding whose bytes can all be ASCII's.
  ///
  /// Of bytes that are UTF-8 a quarter must be zeros before they count as UTF-16: text that is no
  /// wider than ASCII has a half, and a stray NUL is no sign of it.
  static func disguised(_ bytes: Span<UInt8>, isUTF8: Bool = false) -> Charset? {
    wideCharset(of: bytes, leastShare: isUTF8 ? 4 : 50) ?? escapedCharset(of: bytes)
  }

  /// The likelihood of one single- or multi-byte charset, in its likeliest language.
  static func plausibility(of charset: Charset, sample: Span<UInt8>) -> Int? {
    let name = charset.name == "gbk" ? "gb18030" : charset.name
    var best: Int?
    for var candidate in all where candidate.model.charset.name == name {
      advance(&candidate, sample, to: sample.count)
      best = max(best ?? Int.min, candidate.score)
    }
    return best
  }

  /// The bytes beyond ASCII with the ASCII bytes on their sides, markup left out.
  ///
  /// A run of ASCII is cut to its first and last byte; a cut never falls into a double-byte
  /// character whose second byte is ASCII's, because the byte after one beyond ASCII stays.
  static func sample(of bytes: Span<UInt8>) -> [UInt8] {
    var sample: [UInt8] = []
    var runStart = 0
    for index in bytes.indices where bytes[index] >= 0x80 {
      let runLength = index - runStart
      if runLength > 4 {
        sample.append(bytes[runStart])
        sample.append(bytes[runStart + 1])
        sample.append(0x20)
        sample.append(bytes[index - 1])
      } else {
        for position in runStart..<index { sample.append(bytes[position]) }
      }
      sample.append(bytes[index])
      runStart = index + 1
      if sample.count >= sampleByteCount { break }
    }
    if !sample.isEmpty, runStart < bytes.count { sample.append(bytes[runStart]) }
    return sample
  }

  /// 0x80 for zero, 0 for anything else, without a branch.
  @inline(__always)
  private static func high(ifZero byte: UInt8) -> UInt8 { (byte &- 1) & ~byte & 0x80 }

  /// Whether the bytes can be units of two or four: text of one-byte letters is not.
  static func mayBeWide(_ bytes: Span<UInt8>) -> Bool {
    let count = min(bytes.count, 4096)
    var printable = 0
    for index in 0..<count where bytes[index] >= 0x20 && bytes[index] < 0x7F { printable += 1 }
    return bytes.count & 1 == 0 && printable * 4 < count * 3
  }

  /// UTF-16 and UTF-32 without a mark: zero bytes, which no other charset's text holds, all at one
  /// place of their units.
  private static func wideCharset(of bytes: Span<UInt8>, leastShare: Int) -> Charset? {
    let byteCount = min(bytes.count, 4096) & ~3
    guard byteCount >= 4 else { return nil }
    let head = bytes.extracting(0..<byteCount)
    var zero: UInt8 = 0
    for index in head.indices { zero |= high(ifZero: head[index]) }
    guard zero != 0 else { return nil }
    var zeros = [0, 0, 0, 0]
    for index in 0..<byteCount where bytes[index] == 0 { zeros[index & 3] += 1 }
    let unitCount = byteCount / 4
    func isMostly(_ count: Int, of total: Int) -> Bool { count * 10 > total * 9 }
    if isMostly(zeros[3], of: unitCount), isMostly(zeros[2], of: unitCount), zeros[0] == 0 {
      return Charset(name: "utf-32le", kind: .wide)
    }
    if isMostly(zeros[0], of: unitCount), isMostly(zeros[1], of: unitCount), zeros[3] == 0 {
      return Charset(name: "utf-32be", kind: .wide)
    }
    let even = zeros[0] + zeros[2]
    let odd = zeros[1] + zeros[3]
    guard even + odd > 3, (even + odd) * leastShare > byteCount else { return nil }
    if isMostly(odd, of: even + odd) { return Charset(name: "utf-16le", kind: .wide) }
    return isMostly(even, of: even + odd) ? Charset(name: "utf-16be", kind: .wide) : nil
  }

  /// ISO-2022 by its designations, HZ by its brackets; only text of 7-bit bytes can be either.
  private static func escapedCharset(of bytes: Span<UInt8>) -> Charset? {
    var hasHZ = false
    var start = 0
    while start < bytes.count {
      let end = min(start + 1024, bytes.count)
      let block = bytes.extracting(start..<end)
      var union: UInt8 = 0
      var special: UInt8 = 0
      for index in block.indices {
        union |= block[index]
        special |= Self.high(ifZero: block[index] ^ 0x1B)
        special |= Self.high(ifZero: block[index] ^ UInt8(ascii: "~"))
      }
      if union >= 0x80 { return nil }
      if special != 0 {
        for index in start..<end {
          if let charset = designation(in: bytes, at: index) { return charset }
          hasHZ = hasHZ || opensHZ(bytes, at: index)
        }
      }
      start = end
    }
    return hasHZ ? Charset(name: "hz-gb-2312", kind: .escaped) : nil
  }

  /// The ISO-2022 charset that an escape sequence here belongs to.
  private static func designation(in bytes: Span<UInt8>, at index: Int) -> Charset? {
    guard bytes[index] == 0x1B, index + 2 < bytes.count else { return nil }
    switch (bytes[index + 1], bytes[index + 2]) {
    case (0x24, 0x40), (0x24, 0x42), (0x28, 0x4A), (0x28, 0x49):
      return Charset(name: "iso-2022-jp", kind: .escaped)
    case (0x24, 0x29) where index + 3 < bytes.count:
      let isKorean = bytes[index + 3] == 0x43
      return Charset(name: isKorean ? "iso-2022-kr" : "iso-2022-cn", kind: .escaped)
    default: return nil
    }
  }

  private static func opensHZ(_ bytes: Span<UInt8>, at index: Int) -> Bool {
    guard bytes[index] == UInt8(ascii: "~"), index + 2 < bytes.count else { return false }
    return bytes[index + 1] == UInt8(ascii: "{") && closesHZ(bytes, from: index + 2)
  }

  /// Whether pairs of bytes of GB 2312 follow up to `~}` in the same line.
  private static func closesHZ(_ bytes: Span<UInt8>, from start: Int) -> Bool {
    var position = start
    while position + 1 < bytes.count {
      if bytes[position] == UInt8(ascii: "~") {
        return bytes[position + 1] == UInt8(ascii: "}") && position > start
      }
      guard bytes[position] >= 0x21, bytes[position] <= 0x77, bytes[position + 1] >= 0x21 else {
        return false
      }
      position += 2
    }
    return false
  }
}
