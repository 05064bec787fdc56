/// Classes of scalars in the versions of Unicode that the tables of Hugging Face's normalizers are of.
enum HistoricScalars {
  /// General category M, as of Unicode 9.
  static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return false }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark: return isKnown(scalar, since: 9)
    default: return scalar.value == 0x1CF2 || scalar.value == 0x1CF3
    }
  }

  /// General category Mn, as of Unicode 8.
  static func isNonspacingMark(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return false }
    switch scalar.value {
    case 0x1885, 0x1886, 0xA9BD: return false
    case 0x1734: return true
    default:
      return scalar.properties.generalCategory == .nonspacingMark && isKnown(scalar, since: 8)
    }
  }

  /// General categories Cc, Cf and Co, as of Unicode 8.
  static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .privateUse: true
    case .format: isKnown(scalar, since: 8)
    default: false
    }
  }

  private static func isKnown(_ scalar: Unicode.Scalar, since version: Int) -> Bool {
    scalar.properties.age.map { $0.major <= version } ?? false
  }
}

/// The property White_Space.
enum WhiteSpaceScalars {
  static func contains(_ value: UInt32) -> Bool {
    switch value {
    case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F,
      0x3000:
      true
    default: false
    }
  }
}
