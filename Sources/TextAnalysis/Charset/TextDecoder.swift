internal import ByteKernels

/// Turns payloads into UTF-8, weighing what labels say against what the bytes are.
///
/// In the order of the WHATWG Encoding and HTML standards: byte order mark, HTTP header, meta element
/// or XML declaration; then, for want of a true label, the bytes themselves. A label is set aside
/// only where the bytes contradict it:
/// - it names a legacy charset, and the bytes beyond ASCII are valid UTF-8 (or all but a few are);
///   of a double-byte charset that reads them without fault, four characters of UTF-8 are asked for;
/// - it says UTF-8, and more sequences are malformed than well formed;
/// - it says UTF-16 or UTF-32, and the bytes are in the main those of ASCII;
/// - it names a double-byte charset, and more than one character in fifty is malformed;
/// - the HTTP header and the markup name different legacy charsets, and the second makes the text
///   likelier.
///
/// One for each worker: it keeps its decoders.
package final class TextDecoder {
  package let settings: DecodeSettings
  private var charsets: [String: Charset?] = [:]
  private var tables: [Charset: SingleByteTable] = [:]
  private var converters: [Charset: CharsetConverter] = [:]

  package init(_ settings: DecodeSettings = DecodeSettings()) {
    self.settings = settings
  }

  /// Decodes a payload.
  ///
  /// - Parameters:
  ///   - payload: The bytes as they came.
  ///   - declaredCharset: The label in the HTTP header, as it stands there.
  ///   - isMarkup: Whether to look for meta elements; an XML declaration is always heeded.
  /// - Returns: The text; under `drop-document` repaired all the same, for the caller to drop.
  package func decode(
    _ payload: [UInt8], declaredCharset: String?, isMarkup: Bool
  ) -> DecodedText {
    if let (charset, byteCount) = ByteOrderMark.read(payload.span) {
      return text(Array(payload[byteCount...]), charset, .bom)
    }
    let labels = self.labels(of: payload, declaredCharset: declaredCharset, isMarkup: isMarkup)
    if UTF8Validator.isValid(payload.span) { return decodeValid(payload, labels) }
    return decodeLegacy(payload, labels)
  }

  /// Whether settings ask to drop what was decoded.
  package func drops(_ text: DecodedText) -> Bool {
    settings.invalid == .dropDocument && text.replacementCount > 0
  }

  /// Text of an input whose format fixes UTF-8, such as JSON lines.
  package func decodeInput(_ bytes: [UInt8]) -> DecodedText {
    text(bytes, .utf8, .input)
  }

  private typealias Label = (charset: Charset, source: CharsetSource)

  private func labels(
    of payload: [UInt8], declaredCharset: String?, isMarkup: Bool
  ) -> [Label] {
    var labels: [Label] = []
    if let declaredCharset, let charset = charset(labelled: declaredCharset) {
      labels.append((charset, .http))
    }
    let declared =
      isMarkup
      ? MarkupCharset.declared(in: payload.span) : MarkupCharset.declaredByXML(in: payload.span)
    if let declared { labels.append((declared, .meta)) }
    return labels
  }

  /// The bytes are valid UTF-8, which ASCII is too.
  private func decodeValid(_ payload: [UInt8], _ labels: [Label]) -> DecodedText {
    guard let label = labels.first else {
      if let guess = unlabelledEncoding(of: payload) { return text(payload, guess, .detection) }
      return text(payload, .utf8, .utf8)
    }
    guard label.charset.kind != .utf8 else { return text(payload, .utf8, label.source) }
    let wellFormed = UTF8Repair.census(of: payload.span).wellFormed
    switch label.charset.kind {
    case .utf8: return text(payload, .utf8, label.source)
    case .singleByte where wellFormed == 0: return text(payload, label.charset, label.source)
    case .singleByte: return text(payload, .utf8, .utf8)
    case .multiByte:
      let decoded = text(payload, label.charset, label.source)
      return wellFormed >= 4 || decoded.replacementCount > 0 ? text(payload, .utf8, .utf8) : decoded
    case .escaped:
      if wellFormed == 0 { return text(payload, label.charset, label.source) }
      return text(payload, .utf8, .utf8)
    case .wide:
      guard let guess = unlabelledEncoding(of: payload), guess.kind == .wide else {
        return text(payload, .utf8, .utf8)
      }
      return text(payload, guess, guess == label.charset ? label.source : .detection)
    }
  }

  /// An encoding in bytes that look like ASCII.
  private func unlabelledEncoding(of payload: [UInt8]) -> Charset? {
    guard settings.detectCharset else { return nil }
    return CharsetDetector.disguised(payload.span, isUTF8: true)
  }

  /// The bytes are not valid UTF-8.
  private func decodeLegacy(_ payload: [UInt8], _ labels: [Label]) -> DecodedText {
    let census = UTF8Repair.census(of: payload.span)
    let isDamagedUTF8 = census.wellFormed > census.malformed
    if let first = labels.first, first.charset.kind == .utf8, isDamagedUTF8 {
      return text(payload, .utf8, first.source)
    }
    if census.wellFormed >= 4, census.wellFormed > 8 * census.malformed {
      return text(payload, .utf8, .utf8)
    }
    let isWide = CharsetDetector.mayBeWide(payload.span)
    let legacy = labels.filter {
      $0.charset.kind != .utf8 && ($0.charset.kind != .wide || isWide)
    }
    if let chosen = likelier(of: legacy, payload) {
      let decoded = text(payload, chosen.charset, chosen.source)
      let characters = (census.wellFormed + census.malformed) / 2
      if decoded.replacementCount * 50 <= characters || chosen.charset.kind == .singleByte {
        return decoded
      }
      guard let guess = detected(payload) else { return decoded }
      return guess.replacementCount < decoded.replacementCount ? guess : decoded
    }
    if isDamagedUTF8 { return text(payload, .utf8, labels.first?.source ?? .utf8) }
    return detected(payload) ?? undetected(payload, labels)
  }

  /// The first label, unless the second names another charset that makes the text likelier.
  private func likelier(of labels: [Label], _ payload: [UInt8]) -> Label? {
    guard labels.count > 1, labels[0].charset != labels[1].charset, settings.detectCharset else {
      return labels.first
    }
    let sample = CharsetDetector.sample(of: payload.span)
    guard let one = CharsetDetector.plausibility(of: labels[0].charset, sample: sample.span),
      let other = CharsetDetector.plausibility(of: labels[1].charset, sample: sample.span)
    else { return labels[0] }
    return other > one ? labels[1] : labels[0]
  }

  private func detected(_ payload: [UInt8]) -> DecodedText? {
    guard settings.detectCharset, let charset = CharsetDetector.detect(payload.span) else {
      return nil
    }
    return text(payload, charset, .detection)
  }

  private func undetected(_ payload: [UInt8], _ labels: [Label]) -> DecodedText {
    if let label = labels.first { return text(payload, label.charset, label.source) }
    return text(payload, .windows1252, .fallback)
  }

  private func charset(labelled label: String) -> Charset? {
    if let known = charsets[label] { return known }
    let charset = Charset.labelled(label)
    // Labels are few; a crawl full of invented ones must not fill the memory.
    if charsets.count < 4096 { charsets[label] = charset }
    return charset
  }

  private func text(
    _ payload: [UInt8], _ charset: Charset, _ source: CharsetSource
  ) -> DecodedText {
    let (bytes, count) = decoded(payload, charset)
    return DecodedText(
      bytes: bytes, charset: charset.name, source: source, replacementCount: count)
  }

  func decoded(_ payload: [UInt8], _ charset: Charset) -> (bytes: [UInt8], Int) {
    let replaces = settings.invalid != .remove
    if charset.kind == .utf8 {
      return UTF8Repair.repaired(payload, replacing: replaces ? .replacementCharacter : .removal)
    }
    if let decoded = standardDecoded(payload.span, charset, replaces: replaces) {
      return (decoded.bytes, decoded.malformedCount)
    }
    guard let converter = converters[charset] ?? CharsetConverter(charset.name) else {
      preconditionFailure("ICU has no decoder for \(charset.name), which a label stands for")
    }
    converters[charset] = converter
    return converter.decode(payload.span, replaces: replaces)
  }

  /// By a decoder of this program's own; nil when ICU must decode the charset.
  private func standardDecoded(
    _ bytes: Span<UInt8>, _ charset: Charset, replaces: Bool
  ) -> DecodedBytes? {
    switch charset.kind {
    case .utf8: return nil
    case .wide: return WideDecoder.decode(bytes, charset, replaces: replaces)
    case .singleByte:
      guard let table = tables[charset] ?? SingleByteTable(charset) else { return nil }
      tables[charset] = table
      return table.decode(bytes, replaces: replaces)
    case .multiByte: return DoubleByteDecoder(charset)?.decode(bytes, replaces: replaces)
    case .escaped:
      guard charset.name == "iso-2022-jp" else { return nil }
      return ISO2022JPDecoder.decode(bytes, replaces: replaces)
    }
  }
}
