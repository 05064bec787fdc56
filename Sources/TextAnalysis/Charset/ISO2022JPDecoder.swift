/// The WHATWG Encoding Standard's decoder of ISO-2022-JP.
struct ISO2022JPDecoder {
  private enum State { case ascii, roman, katakana, lead, trail, escapeStart, escape }

  private var state = State.ascii
  /// The state that the last complete escape sequence set.
  private var designated = State.ascii
  /// Whether nothing has come since an escape sequence: a second one is then an error.
  private var hasJustEscaped = false
  private var lead: UInt8 = 0
  private var output: DecodedBytes

  static func decode(_ bytes: Span<UInt8>, replaces: Bool) -> DecodedBytes {
    var decoder = ISO2022JPDecoder(
      output: DecodedBytes(replaces: replaces, expectedByteCount: bytes.count * 2))
    var position = 0
    while position < bytes.count {
      position += 1 - decoder.take(bytes[position])
    }
    decoder.finish()
    return decoder.output
  }

  private init(output: DecodedBytes) { self.output = output }

  /// Takes a byte, and returns how many bytes, this one included, must be read anew.
  private mutating func take(_ byte: UInt8) -> Int {
    switch state {
    case .escapeStart: return start(byte)
    case .escape: return escape(byte)
    case .trail: trail(byte)
    case .ascii, .roman, .katakana, .lead:
      if byte == 0x1B {
        state = .escapeStart
      } else {
        hasJustEscaped = false
        character(byte)
      }
    }
    return 0
  }

  private mutating func character(_ byte: UInt8) {
    switch state {
    case .lead where (0x21...0x7E).contains(byte):
      lead = byte
      state = .trail
    case .katakana where (0x21...0x5F).contains(byte):
      output.append(0xFF61 - 0x21 + UInt32(byte))
    case .roman where byte == 0x5C: output.append(0xA5)
    case .roman where byte == 0x7E: output.append(0x203E)
    case .ascii where byte < 0x80 && byte != 0x0E && byte != 0x0F,
      .roman where byte < 0x80 && byte != 0x0E && byte != 0x0F:
      output.append(UInt32(byte))
    default: output.appendMalformed()
    }
  }

  private mutating func trail(_ byte: UInt8) {
    state = byte == 0x1B ? .escapeStart : .lead
    if (0x21...0x7E).contains(byte),
      let scalar = CharsetIndex.eucJP.scalar(lead | 0x80, byte | 0x80)
    {
      output.append(scalar)
    } else {
      output.appendMalformed()
    }
  }

  private mutating func start(_ byte: UInt8) -> Int {
    if byte == 0x24 || byte == 0x28 {
      lead = byte
      state = .escape
      return 0
    }
    giveUp()
    return 1
  }

  private mutating func escape(_ byte: UInt8) -> Int {
    let next: State
    switch (lead, byte) {
    case (0x28, 0x42): next = .ascii
    case (0x28, 0x4A): next = .roman
    case (0x28, 0x49): next = .katakana
    case (0x24, 0x40), (0x24, 0x42): next = .lead
    default:
      giveUp()
      return 2
    }
    (state, designated) = (next, next)
    if hasJustEscaped { output.appendMalformed() }
    hasJustEscaped = true
    return 0
  }

  /// What began like an escape sequence was none.
  private mutating func giveUp() {
    hasJustEscaped = false
    state = designated
    output.appendMalformed()
  }

  private mutating func finish() {
    switch state {
    case .trail, .escapeStart: output.appendMalformed()
    case .escape:
      giveUp()
      character(lead)
      if state == .trail { output.appendMalformed() }
    case .ascii, .roman, .katakana, .lead: break
    }
  }
}
