internal import CKernels

/// Finds every place where one of a few phrases stands in a text.
///
/// A phrase is sought by its two rarest bytes, 64 places at a time, and compared where both stand.
package struct PhraseFinder: Sendable {
  /// One place: the phrase's number and the offset of its first byte.
  package struct Match: Sendable, Equatable {
    package let phrase: Int
    package let offset: Int

    package init(phrase: Int, offset: Int) {
      self.phrase = phrase
      self.offset = offset
    }
  }

  /// The two bytes a phrase is sought by: the offset of the first, the way to the second, and both.
  private struct Needle {
    let offset: Int
    let distance: Int
    let first: UInt8
    let second: UInt8
  }

  private let phrases: [[UInt8]]
  private let needles: [Needle]
  /// What is or-ed to both sides before comparing: 0x20 makes letters small.
  private let bits: UInt8
  private let reach: Int

  /// Phrases are not empty; with `ignoringASCIICase` they are of small letters, digits, space and
  /// punctuation, and match in ASCII letters of either case.
  package init(_ phrases: [String], ignoringASCIICase: Bool) {
    precondition(phrases.allSatisfy { !$0.isEmpty }, "a phrase has at least one byte")
    let bits: UInt8 = ignoringASCIICase ? 0x20 : 0
    self.bits = bits
    self.phrases = phrases.map { Array($0.utf8) }
    needles = self.phrases.map { bytes in
      let rarest = bytes.indices.sorted {
        (Self.frequency(bytes[$0]), $0) < (Self.frequency(bytes[$1]), $1)
      }
      let pair = rarest.prefix(2).sorted()
      let (first, second) = (pair[0], pair[pair.count - 1])
      return Needle(
        offset: first, distance: second - first, first: bytes[first] | bits,
        second: bytes[second] | bits)
    }
    reach = needles.map { $0.offset + $0.distance }.max() ?? 0
  }

  /// Every match, in order of offset, then of phrase; matches may overlap.
  package func matches(in text: Span<UInt8>) -> [Match] {
    var matches: [Match] = []
    let needles = needles.span
    var offset = 0
    while offset < text.count {
      let before = matches.count
      for number in needles.indices {
        let needle = needles[number]
        // SAFETY: the kernel reads 64 + distance bytes from the needle's offset on, and `reach` is the
        // greatest of those sums.
        var candidates = unsafe PaddedBlock.read(text, at: offset, byteCount: 64 &+ reach) {
          unsafe ck_byte_pairs(
            $0 + needle.offset, bits, needle.first, needle.distance, needle.second)
        }
        while candidates != 0 {
          let place = offset &+ candidates.trailingZeroBitCount
          candidates &= candidates &- 1
          if stands(phrases[number], in: text, at: place) {
            matches.append(Match(phrase: number, offset: place))
          }
        }
      }
      if matches.count > before + 1 {
        matches[before...].sort { ($0.offset, $0.phrase) < ($1.offset, $1.phrase) }
      }
      offset &+= 64
    }
    return matches
  }

  private func stands(_ phrase: [UInt8], in text: Span<UInt8>, at place: Int) -> Bool {
    guard place + phrase.count <= text.count else { return false }
    for index in phrase.indices {
      let byte = text[place &+ index]
      if byte == phrase[index] { continue }
      let isCapital = bits != 0 && byte >= 0x41 && byte <= 0x5A
      guard isCapital, byte | 0x20 == phrase[index] else { return false }
    }
    return true
  }

  /// A rough rank of how often a byte stands in text; only speed depends on it.
  private static func frequency(_ byte: UInt8) -> Int {
    let order = Array(" etaoinsrhldcumfpgwybvk-xjqz".utf8)
    guard let rank = order.firstIndex(of: byte) else { return byte < 0x80 ? 1 : 12 }
    return order.count - rank
  }
}
