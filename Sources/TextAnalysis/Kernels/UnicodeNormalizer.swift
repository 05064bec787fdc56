internal import CText

/// Unicode normalisation of UTF-8 by ICU, for text that is not known to be normal.
enum UnicodeNormalizer {
  /// A normalisation form; those named 9 leave alone what Unicode 9 does not know.
  enum Form: Sendable {
    case nfc, nfkc
    case nfc9, nfd9, nfkc9, nfkd9

    fileprivate var code: ct_form {
      switch self {
      case .nfc: ct_nfc
      case .nfkc: ct_nfkc
      case .nfc9: ct_nfc_9
      case .nfd9: ct_nfd_9
      case .nfkc9: ct_nfkc_9
      case .nfkd9: ct_nfkd_9
      }
    }
  }

  /// For every code point: 0 when it is always normal, 254 when it may not be, else its combining
  /// class.
  static func classes(_ form: Form) -> [UInt8] {
    let count = 0x110000
    return unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      // SAFETY: the buffer has room for `count` bytes, and all are written.
      unsafe ct_normalization_classes(form.code, buffer.baseAddress, UInt32(count))
      filled = count
    }
  }

  /// Whether valid UTF-8 is in the form.
  static func isNormalized(_ bytes: Span<UInt8>, _ form: Form) -> Bool {
    for piece in pieces(of: bytes, form) {
      let isNormal = unsafe bytes.extracting(piece).withUnsafeBufferPointer { buffer in
        // SAFETY: ICU reads the buffer's bytes and keeps nothing.
        unsafe ct_is_normalized(form.code, buffer.baseAddress, buffer.count)
      }
      if !isNormal { return false }
    }
    return true
  }

  /// Valid UTF-8 in the form.
  static func normalized(_ bytes: [UInt8], _ form: Form) -> [UInt8] {
    let pieces = pieces(of: bytes.span, form)
    if pieces.count == 1 { return normalizedPiece(bytes.span, form) }
    return pieces.flatMap { normalizedPiece(bytes.span.extracting($0), form) }
  }

  private static func normalizedPiece(_ bytes: Span<UInt8>, _ form: Form) -> [UInt8] {
    var capacity = bytes.count + bytes.count / 16 + 64
    while true {
      var needed = 0
      let output = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, filled in
        needed = unsafe bytes.withUnsafeBufferPointer { input in
          // SAFETY: ICU writes at most `capacity` bytes, and says how many it would have written.
          unsafe ct_normalize(
            form.code, input.baseAddress, input.count, buffer.baseAddress, capacity)
        }
        filled = max(0, min(needed, capacity))
      }
      precondition(needed >= 0, "ICU normalises valid UTF-8")
      if needed <= capacity { return output }
      capacity = needed
    }
  }

  /// The text cut where both halves can be normalised alone; ICU counts in 32 bits.
  static func pieces(
    of bytes: Span<UInt8>, _ form: Form, maximumByteCount: Int = 1 << 28
  ) -> [Range<Int>] {
    var pieces: [Range<Int>] = []
    var start = 0
    while bytes.count - start > maximumByteCount {
      var end = start + maximumByteCount
      while end > start, !canCut(bytes, before: end, form) { end -= 1 }
      // Without a boundary in so long a text, any beginning of a character must do.
      if end == start { end = start + maximumByteCount }
      while bytes[end] & 0xC0 == 0x80 { end -= 1 }
      pieces.append(start..<end)
      start = end
    }
    pieces.append(start..<bytes.count)
    return pieces
  }

  /// Whether the text can be cut before the character there and both halves be normalised alone.
  static func canCut(_ bytes: Span<UInt8>, before position: Int, _ form: Form) -> Bool {
    let lead = bytes[position]
    if lead & 0xC0 == 0x80 { return false }
    let end = min(bytes.count, position + 4)
    let character = (position..<end).map { bytes[$0] }
    let scalar = String(decoding: character, as: UTF8.self).unicodeScalars.first
    return ct_has_boundary_before(form.code, scalar?.value ?? 0)
  }
}
