/// Parts words of datatrove's simplified text as spaCy's blank English tokenizer does.
///
/// Source: spacy/tokenizer.pyx and spacy/lang/en of spaCy 3.8, less the rules for characters that
/// simplified text cannot hold (`Tests/Tools/generate-datatrove-tables.py` makes sure of that).
@safe final class SpacyWords {
  private let scalars = DatatroveScalars.shared
  private let specials = SpacySpecials()
  private let units: [[UInt32]]
  private let longestUnit: Int

  /// Scalars of the word, their entries, and where they begin; at the end where the word ends.
  private var word: [UInt32] = []
  private var entries: [Int32] = []
  private var offsets: [Int] = []
  /// Tokens in order, and those cut from the end, the last one first.
  private var tokens: [Range<Int>] = []
  private var suffixes: [Range<Int>] = []

  init() {
    units = DatatroveTables.units.map { $0.unicodeScalars.map(\.value) }
    longestUnit = units.map(\.count).max() ?? 0
  }

  /// The tokens of a word that has no place to cut (`DatatroveSimplifier.cuts`): nil for itself alone.
  @inline(__always)
  func special(_ word: UnsafePointer<UInt8>, _ byteCount: Int) -> SpacySpecials.Special? {
    unsafe specials.find(word, byteCount)
  }

  /// The tokens of any word, as ranges of its bytes.
  func tokens(of bytes: UnsafePointer<UInt8>, _ byteCount: Int) -> [Range<Int>] {
    unsafe read(bytes, byteCount)
    tokens.removeAll(keepingCapacity: true)
    suffixes.removeAll(keepingCapacity: true)
    let rest = unsafe cutAffixes(bytes)
    if !rest.isEmpty { unsafe cutInfixes(bytes, rest) }
    tokens += suffixes.reversed()
    joinSpecials()
    for index in tokens.indices {
      tokens[index] = offsets[tokens[index].lowerBound]..<offsets[tokens[index].upperBound]
    }
    return tokens
  }

  private func read(_ bytes: UnsafePointer<UInt8>, _ byteCount: Int) {
    word.removeAll(keepingCapacity: true)
    entries.removeAll(keepingCapacity: true)
    offsets.removeAll(keepingCapacity: true)
    var offset = 0
    while offset < byteCount {
      let (scalar, length) = unsafe decode(bytes + offset, byteCount - offset)
      word.append(scalar)
      entries.append(
        scalars.entries[Int(scalars.blockNumbers[Int(scalar >> 7)]) * 128 + Int(scalar & 127)])
      offsets.append(offset)
      offset += length
    }
    offsets.append(byteCount)
  }

  /// Takes prefixes and suffixes off in turn until a special word or nothing to take off is left.
  private func cutAffixes(_ bytes: UnsafePointer<UInt8>) -> Range<Int> {
    var rest = 0..<word.count
    while !rest.isEmpty, unsafe findSpecial(bytes, rest) == nil {
      let first = rest.lowerBound
      let hasPrefix = entries[first] & DatatroveScalars.TokenClass.prefix != 0
      let behind = hasPrefix ? first + 1..<rest.upperBound : rest
      if hasPrefix, unsafe findSpecial(bytes, behind) != nil {
        tokens.append(first..<first + 1)
        return behind
      }
      let suffixCount = suffixCount(behind)
      let ahead = first..<rest.upperBound - suffixCount
      if suffixCount > 0, unsafe findSpecial(bytes, ahead) != nil {
        suffixes.append(ahead.upperBound..<rest.upperBound)
        return ahead
      }
      if !hasPrefix, suffixCount == 0 { break }
      if hasPrefix { tokens.append(first..<first + 1) }
      if suffixCount > 0 { suffixes.append(ahead.upperBound..<rest.upperBound) }
      rest = behind.lowerBound..<ahead.upperBound
    }
    return rest
  }

  private func findSpecial(
    _ bytes: UnsafePointer<UInt8>, _ range: Range<Int>
  ) -> SpacySpecials.Special? {
    let start = offsets[range.lowerBound]
    return unsafe specials.find(bytes + start, offsets[range.upperBound] - start)
  }

  /// A unit behind a zero, or one character; the longest goes first.
  private func suffixCount(_ range: Range<Int>) -> Int {
    guard let last = range.last else { return 0 }
    var count = min(longestUnit, range.count - 1)
    while count > 1 {
      let start = range.upperBound - count
      if word[start - 1] == 0x30,
        units.contains(where: { word[start..<range.upperBound].elementsEqual($0) })
      {
        return count
      }
      count -= 1
    }
    if entries[last] & DatatroveScalars.TokenClass.suffix != 0 { return 1 }
    let isBehindZero = last > range.lowerBound && word[last - 1] == 0x30
    return isBehindZero && entries[last] & DatatroveScalars.TokenClass.suffixAfterZero != 0 ? 1 : 0
  }

  private func cutInfixes(_ bytes: UnsafePointer<UInt8>, _ range: Range<Int>) {
    if let special = unsafe findSpecial(bytes, range) {
      // Special words are of ASCII or one token, so that bytes and scalars are the same.
      var start = range.lowerBound
      for end in special.ends {
        let next = special.ends.count == 1 ? range.upperBound : range.lowerBound + end
        tokens.append(start..<next)
        start = next
      }
      return
    }
    var start = range.lowerBound
    for index in range.dropFirst() where isInfix(index, in: range) {
      if index > start { tokens.append(start..<index) }
      tokens.append(index..<index + 1)
      start = index + 1
    }
    if start < range.upperBound { tokens.append(start..<range.upperBound) }
  }

  /// `<`, `=` and `>` part letters, and a zero from letters; symbols part anything.
  private func isInfix(_ index: Int, in range: Range<Int>) -> Bool {
    if entries[index] & DatatroveScalars.TokenClass.infix != 0 { return true }
    guard word[index] >= 0x3C, word[index] <= 0x3E, index + 1 < range.upperBound else {
      return false
    }
    let letter = DatatroveScalars.TokenClass.letter
    return (entries[index - 1] & letter != 0 || word[index - 1] == 0x30)
      && entries[index + 1] & letter != 0
  }

  /// Two special words become one token also where rules have parted them.
  private func joinSpecials() {
    var (read, written) = (0, 0)
    while read < tokens.count {
      let count = joinedCount(tokens[read...])
      tokens[written] = tokens[read].lowerBound..<tokens[read + count - 1].upperBound
      written += 1
      read += count
    }
    tokens.removeLast(tokens.count - written)
  }

  private func joinedCount(_ tokens: ArraySlice<Range<Int>>) -> Int {
    func begin(with texts: [[UInt32]]) -> Bool {
      tokens.count >= texts.count
        && zip(tokens, texts).allSatisfy { token, text in word[token].elementsEqual(text) }
    }
    switch word[tokens[tokens.startIndex].lowerBound] {
    case 0x3C where begin(with: [[0x3C], [0x73, 0x70, 0x61, 0x63, 0x65], [0x3E]]): return 3
    case 0x2018 where begin(with: [[0x2018], [0x73]]): return 2
    default: return 1
    }
  }
}
