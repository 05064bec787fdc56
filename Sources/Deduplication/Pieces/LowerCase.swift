internal import TextAnalysis

/// Lower case as Python's `str.lower` gives it: Unicode's full mapping with the final sigma.
enum LowerCase {
  /// The simple mapping of the Basic Multilingual Plane, 0 where a scalar stays as it is.
  private static let table: [UInt16] = {
    var table = [UInt16](repeating: 0, count: 0x1_0000)
    for value in 0x80..<(0x1_0000 as UInt32) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let lower = scalar.properties.lowercaseMapping.unicodeScalars
      if lower.count == 1, let first = lower.first, first != scalar, first.value <= 0xFFFF {
        table[Int(value)] = UInt16(first.value)
      }
    }
    return table
  }()

  /// The lower case of a scalar beyond ASCII that has one scalar for it.
  static func simple(_ scalar: UInt32) -> UInt32 {
    if scalar < 0x1_0000 {
      let lower = table[Int(scalar)]
      return lower == 0 ? scalar : UInt32(lower)
    }
    return Unicode.Scalar(scalar)?.properties.lowercaseMapping.unicodeScalars.first?.value ?? scalar
  }

  /// General category Nd.
  static func isDecimalDigit(_ scalar: UInt32) -> Bool {
    Unicode.Scalar(scalar)?.properties.generalCategory == .decimalNumber
  }

  /// Final_Sigma of the Unicode standard, section 3.13: a cased letter before, none after, whatever
  /// is case-ignorable between.
  static func isFinalSigma(at offset: Int, in text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var place = offset
    var isBehindCased = false
    while place > range.lowerBound {
      place = ScalarReader.start(before: place, in: text)
      guard let scalar = Unicode.Scalar(ScalarReader.read(text, at: place).scalar) else { break }
      if scalar.properties.isCaseIgnorable { continue }
      isBehindCased = scalar.properties.isCased
      break
    }
    guard isBehindCased else { return false }
    place = offset + 2
    while place < range.upperBound {
      let (value, next) = ScalarReader.read(text, at: place)
      guard let scalar = Unicode.Scalar(value) else { return true }
      if !scalar.properties.isCaseIgnorable { return !scalar.properties.isCased }
      place = next
    }
    return true
  }

  /// Appends a scalar as UTF-8.
  static func append(_ scalar: UInt32, to bytes: inout [UInt8]) {
    guard let scalar = Unicode.Scalar(scalar) else { return }
    bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }
}
