/// What BERT's normalizer does beside accents and case.
enum BERTText {
  /// Takes out control characters and U+FFFD; every kind of white space becomes a space.
  static func clean(_ text: inout AlignedText) {
    text.map { scalar in
      switch scalar.value {
      case 0x09, 0x0A, 0x0D: [0x20]
      case 0x00, 0xFFFD: []
      case 0x20...0x7E: nil
      default:
        HistoricScalars.isControl(scalar)
          ? [] : WhiteSpaceScalars.contains(scalar.value) ? [0x20] : nil
      }
    }
  }

  /// Puts spaces around CJK ideographs.
  static func spaceChinese(_ text: inout AlignedText) {
    text.map { scalar in
      isChinese(scalar.value) ? [0x20] + Array(String(scalar).utf8) + [0x20] : nil
    }
  }

  private static func isChinese(_ value: UInt32) -> Bool {
    switch value {
    case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x20000...0x2A6DF, 0x2A700...0x2B73F,
      0x2B740...0x2B81F, 0x2B920...0x2CEAF, 0xF900...0xFAFF, 0x2F800...0x2FA1F:
      true
    default: false
    }
  }
}
