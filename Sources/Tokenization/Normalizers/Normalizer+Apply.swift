internal import ByteKernels
internal import TextAnalysis

extension Normalizer {
  /// Changes a text of valid UTF-8.
  func apply(to text: inout AlignedText) {
    switch self {
    case .nfc: Self.normalize(&text, .nfc)
    case .nfd: Self.normalize(&text, .nfd)
    case .nfkc: Self.normalize(&text, .nfkc)
    case .nfkd: Self.normalize(&text, .nfkd)
    case .lowercase: Self.lowercase(&text)
    case .strip(let left, let right): Self.strip(&text, left: left, right: right)
    case .stripAccents: Self.remove(&text) { HistoricScalars.isMark($0) }
    case .prepend(let prefix): Self.prepend(prefix, &text)
    case .replace(let pattern, let content): Self.replace(pattern, content, &text)
    case .precompiled(let map): map.apply(to: &text)
    case .bert(let cleans, let spaces, let strips, let lowercases):
      if cleans { BERTText.clean(&text) }
      if spaces { BERTText.spaceChinese(&text) }
      if strips ?? lowercases {
        Self.normalize(&text, .nfd)
        Self.remove(&text) { HistoricScalars.isNonspacingMark($0) }
      }
      if lowercases { Self.lowercase(&text) }
    case .nmt: Self.nmt(&text)
    case .byteLevel: Self.spellBytes(&text)
    }
  }

  private static func remove(
    _ text: inout AlignedText, where isUnwanted: (Unicode.Scalar) -> Bool
  ) {
    text.map { isUnwanted($0) ? [] : nil }
  }

  private static func normalize(_ text: inout AlignedText, _ form: UnicodeForm9) {
    if form.isNormalized(text.bytes.span) { return }
    guard text.places != nil else {
      text = AlignedText(bytes: form.normalized(text.bytes), places: nil)
      return
    }
    var writer = AlignedTextWriter(text)
    var start = 0
    while start < text.bytes.count {
      var end = ScalarReader.read(text.bytes.span, at: start).next
      while end < text.bytes.count, !form.canCut(text.bytes.span, before: end) {
        end = ScalarReader.read(text.bytes.span, at: end).next
      }
      let old = text.bytes[start..<end]
      let new = form.normalized(Array(old))
      if old.elementsEqual(new) {
        writer.keep(start..<end)
      } else {
        writer.put(new, for: start..<end)
      }
      start = end
    }
    text = writer.finish()
  }

  private static func lowercase(_ text: inout AlignedText) {
    text.map { scalar in
      if scalar.isASCII {
        return (0x41...0x5A).contains(scalar.value) ? [UInt8(scalar.value | 0x20)] : nil
      }
      let mapping = scalar.properties.lowercaseMapping
      let isSame = mapping.unicodeScalars.elementsEqual(CollectionOfOne(scalar))
      return isSame ? nil : Array(mapping.utf8)
    }
  }

  private static func strip(_ text: inout AlignedText, left: Bool, right: Bool) {
    var (start, end) = (0, text.bytes.count)
    while left, start < end {
      let (value, next) = ScalarReader.read(text.bytes.span, at: start)
      guard WhiteSpaceScalars.contains(value) else { break }
      start = next
    }
    while right, start < end {
      let last = ScalarReader.start(before: end, in: text.bytes.span)
      guard WhiteSpaceScalars.contains(ScalarReader.read(text.bytes.span, at: last).scalar) else {
        break
      }
      end = last
    }
    if (start, end) != (0, text.bytes.count) { text = text.slice(start..<end) }
  }

  private static func prepend(_ prefix: String, _ text: inout AlignedText) {
    if text.bytes.isEmpty { return }
    var writer = AlignedTextWriter(text)
    writer.put(prefix.utf8, for: 0..<ScalarReader.read(text.bytes.span, at: 0).next)
    writer.keep(0..<text.bytes.count)
    text = writer.finish()
  }

  private static func replace(_ pattern: Pattern, _ content: String, _ text: inout AlignedText) {
    var matches: [Range<Int>] = []
    switch pattern {
    case .text(let needle):
      let needle = Array(needle.utf8)
      var start = 0
      while !needle.isEmpty, let found = text.bytes.span.firstOffset(of: needle, from: start) {
        start = found + needle.count
        matches.append(found..<start)
      }
    case .regularExpression(let expression):
      expression.matches(in: text.bytes.span) { if !$0.isEmpty { matches.append($0) } }
    }
    if matches.isEmpty { return }
    var writer = AlignedTextWriter(text)
    var kept = 0
    for match in matches {
      writer.keep(kept..<match.lowerBound)
      writer.put(content.utf8, for: match)
      kept = match.upperBound
    }
    writer.keep(kept..<text.bytes.count)
    text = writer.finish()
  }

  private static func nmt(_ text: inout AlignedText) {
    text.map { scalar in
      switch scalar.value {
      case 0x01...0x08, 0x0B, 0x0E...0x1F, 0x7F, 0x8F, 0x9F: []
      case 0x09, 0x0A, 0x0C, 0x0D, 0x1680, 0x200B...0x200F, 0x2028, 0x2029, 0x2581, 0xFEFF, 0xFFFD:
        [0x20]
      default: nil
      }
    }
  }

  private static func spellBytes(_ text: inout AlignedText) {
    var writer = AlignedTextWriter(text)
    var start = 0
    while start < text.bytes.count {
      let end = ScalarReader.read(text.bytes.span, at: start).next
      writer.put(ByteAlphabet.encode(Array(text.bytes[start..<end])), for: start..<end)
      start = end
    }
    text = writer.finish()
  }
}
