internal import ByteKernels
internal import TextAnalysis

/// Rewrites pieces in the forms that fold different spellings into one, and hashes them.
///
/// One per worker: it owns its scratch memory.
final class PieceFolder {
  private var folded: [UInt8] = []

  /// The digest of a trimmed piece in a form.
  func digest(_ text: Span<UInt8>, _ range: Range<Int>, as form: PieceForm) -> PieceDigest {
    let folded = bytes(text, range, as: form)
    return PieceDigest.of(folded.span.raw, 0..<folded.count)
  }

  /// A trimmed piece in a form.
  func bytes(_ text: Span<UInt8>, _ range: Range<Int>, as form: PieceForm) -> [UInt8] {
    // Worked on outside the object, where no access has to be checked.
    var folded = folded
    self.folded = []
    Self.fold(text, range, as: form, into: &folded)
    self.folded = folded
    return folded
  }

  private static func fold(
    _ text: Span<UInt8>, _ range: Range<Int>, as form: PieceForm, into folded: inout [UInt8]
  ) {
    folded.removeAll(keepingCapacity: true)
    let isCCNet = form == .ccnet
    var offset = range.lowerBound
    while offset < range.upperBound {
      let byte = text[offset]
      guard byte < 0x80 else {
        let (scalar, next) = ScalarReader.read(text, at: offset)
        if isCCNet, LowerCase.isDecimalDigit(scalar) {
          folded.append(0x30)
        } else if !isCCNet || !CCNetCharacters.isRemoved(scalar) {
          append(scalar, at: offset, in: text, range, to: &folded)
        }
        offset = next
        continue
      }
      offset &+= 1
      switch byte {
      case 0x41...0x5A: folded.append(byte | 0x20)
      case 0x30...0x39 where isCCNet: folded.append(0x30)
      case 0..<0x20 where isCCNet, 0x7F where isCCNet: break
      default: folded.append(byte)
      }
    }
  }

  private static func append(
    _ scalar: UInt32, at offset: Int, in text: Span<UInt8>, _ range: Range<Int>,
    to folded: inout [UInt8]
  ) {
    if scalar == 0x3A3 {
      let isFinal = LowerCase.isFinalSigma(at: offset, in: text, range)
      LowerCase.append(isFinal ? 0x3C2 : 0x3C3, to: &folded)
    } else if scalar == 0x130 {
      // The only scalar whose lower case is two.
      folded += [0x69, 0xCC, 0x87]
    } else {
      LowerCase.append(LowerCase.simple(scalar), to: &folded)
    }
  }
}

/// What CCNet removes from lines before it compares them.
enum CCNetCharacters {
  /// The characters of its `UNICODE_PUNCT`, without a digit that is a 0 by then.
  private static let punctuation: Set<UInt32> = Set(
    "，。、„”“«»」「《》´∶：？！（）；–—．～’…━〈〉【】％►".unicodeScalars.map(\.value))

  /// For scalars beyond ASCII; the controls U+0080 to U+009F are removed too.
  static func isRemoved(_ scalar: UInt32) -> Bool {
    scalar < 0xA0 || punctuation.contains(scalar)
  }
}
