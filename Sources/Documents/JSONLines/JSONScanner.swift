internal import ByteKernels

/// One member of a JSON object, as places in its text.
struct JSONMember: Equatable {
  enum Kind { case string, number, object, array, literal, null }

  /// Between the quotes of the key.
  var key: Range<Int>
  /// The value; of a string, what stands between the quotes.
  var value: Range<Int>
  var kind: Kind
  /// True when the key or a string inside the value holds a raw control character, which JSON forbids.
  var hasRawControl: Bool
  /// True when the key is written with an escape.
  var hasKeyEscape: Bool

  /// The value as it stands in the text, quotes included.
  var text: Range<Int> {
    kind == .string ? (value.lowerBound - 1)..<(value.upperBound + 1) : value
  }

  /// Key and value as they stand in the text.
  var whole: Range<Int> { (key.lowerBound - 1)..<text.upperBound }
}

/// Why a text is not JSON.
struct JSONFault: Error, Equatable {
  let message: String
  let offset: Int
  /// True when the text ends where more was expected, as that of a cut file does.
  var isCutShort = false
  var isTooDeep = false
  var hasTooManyMembers = false
}

/// Checks one JSON value and finds the members of an object, without unpacking anything.
///
/// The grammar is RFC 8259 with two things added that Python's `json` writes or reads: `NaN` and
/// the infinities as numbers, and raw control characters inside strings (`strict=False`).
struct JSONScanner {
  /// Objects with more members are refused: what is known of each takes more than the shortest does.
  static let maximumMemberCount = 1 << 20

  /// Values nested deeper are refused.
  private let maximumDepth: Int
  private let maximumMemberCount: Int

  /// The string value of the wanted member, unescaped on the way; of two, the last.
  private(set) var wanted: (value: JSONStringBytes.Unescaped, range: Range<Int>)?
  private let wantedKey: JSONKey?
  private var offset = 0
  private var hasRawControl = false
  /// Of the string passed last.
  private var hasEscape = false

  /// A top-level member called `wantedKey` is unescaped while it is scanned.
  init(
    wantedKey: JSONKey? = nil, maximumDepth: Int = 1000,
    maximumMemberCount: Int = JSONScanner.maximumMemberCount
  ) {
    self.wantedKey = wantedKey
    self.maximumDepth = maximumDepth
    self.maximumMemberCount = maximumMemberCount
  }

  /// Finds the members of the object that is all of `text`; false when it is another JSON value.
  mutating func members(
    of text: Span<UInt8>, into members: inout [JSONMember]
  ) throws(JSONFault) -> Bool {
    members.removeAll(keepingCapacity: true)
    (offset, hasRawControl, wanted) = (0, false, nil)
    skipSpace(text)
    let isObject = offset < text.count && text[offset] == UInt8(ascii: "{")
    if isObject {
      try scanObject(text, depth: 1) { members.append($0) }
    } else {
      _ = try skipValue(text, depth: 1)
    }
    skipSpace(text)
    if offset < text.count { throw fault("more after the end of the value", text) }
    return isObject
  }

  private mutating func scanObject(
    _ text: Span<UInt8>, depth: Int, _ found: (JSONMember) -> Void
  ) throws(JSONFault) {
    offset += 1
    skipSpace(text)
    if take(UInt8(ascii: "}"), text) { return }
    var memberCount = 0
    while true {
      memberCount += 1
      guard memberCount <= maximumMemberCount else {
        let message = "an object of more than \(maximumMemberCount) members"
        throw JSONFault(message: message, offset: offset, hasTooManyMembers: true)
      }
      guard take(UInt8(ascii: "\""), text) else { throw fault("a key in quotes expected", text) }
      let outerControl = hasRawControl
      hasRawControl = false
      let key = try skipString(text)
      let hasKeyEscape = hasEscape
      skipSpace(text)
      guard take(UInt8(ascii: ":"), text) else { throw fault("a colon expected", text) }
      skipSpace(text)
      let isWanted = depth == 1 && isWantedString(key, text)
      let (kind, value) =
        isWanted ? try takeWanted(text) : try skipValue(text, depth: depth + 1)
      found(
        JSONMember(
          key: key, value: value, kind: kind, hasRawControl: hasRawControl,
          hasKeyEscape: hasKeyEscape))
      hasRawControl = hasRawControl || outerControl
      skipSpace(text)
      if take(UInt8(ascii: ","), text) {
        skipSpace(text)
      } else if take(UInt8(ascii: "}"), text) {
        return
      } else {
        throw fault("a comma or a closing brace expected", text)
      }
    }
  }

  private func isWantedString(_ key: Range<Int>, _ text: Span<UInt8>) -> Bool {
    guard let wantedKey, offset < text.count else { return false }
    return text[offset] == UInt8(ascii: "\"") && wantedKey.isKey(key, of: text)
  }

  private mutating func takeWanted(
    _ text: Span<UInt8>
  ) throws(JSONFault) -> (kind: JSONMember.Kind, value: Range<Int>) {
    offset += 1
    let start = offset
    guard let string = JSONStringBytes.unescapeString(text, from: start) else {
      // The slower way says what is wrong.
      return (.string, try skipString(text))
    }
    offset = string.closingQuote + 1
    wanted = (string.unescaped, start..<string.closingQuote)
    return (.string, start..<string.closingQuote)
  }

  /// Finds the elements of the array that is all of `text`; false when it is another JSON value.
  mutating func elements(
    of text: Span<UInt8>, into elements: inout [(kind: JSONMember.Kind, value: Range<Int>)]
  ) throws(JSONFault) -> Bool {
    elements.removeAll(keepingCapacity: true)
    (offset, hasRawControl, wanted) = (0, false, nil)
    skipSpace(text)
    let isArray = offset < text.count && text[offset] == UInt8(ascii: "[")
    if isArray {
      try scanArray(text, depth: 1) { elements.append(($0, $1)) }
    } else {
      _ = try skipValue(text, depth: 1)
    }
    skipSpace(text)
    if offset < text.count { throw fault("more after the end of the value", text) }
    return isArray
  }

  private mutating func scanArray(
    _ text: Span<UInt8>, depth: Int, _ found: (JSONMember.Kind, Range<Int>) -> Void
  ) throws(JSONFault) {
    offset += 1
    skipSpace(text)
    if take(UInt8(ascii: "]"), text) { return }
    while true {
      let (kind, value) = try skipValue(text, depth: depth + 1)
      found(kind, value)
      skipSpace(text)
      if take(UInt8(ascii: ","), text) {
        skipSpace(text)
      } else if take(UInt8(ascii: "]"), text) {
        return
      } else {
        throw fault("a comma or a closing bracket expected", text)
      }
    }
  }

  private mutating func skipValue(
    _ text: Span<UInt8>, depth: Int
  ) throws(JSONFault) -> (kind: JSONMember.Kind, value: Range<Int>) {
    guard depth <= maximumDepth else {
      let message = "values nested deeper than \(maximumDepth)"
      throw JSONFault(message: message, offset: offset, isTooDeep: true)
    }
    guard offset < text.count else { throw fault("a value expected", text) }
    let start = offset
    switch text[offset] {
    case UInt8(ascii: "\""):
      offset += 1
      return (.string, try skipString(text))
    case UInt8(ascii: "{"):
      try scanObject(text, depth: depth) { _ in }
      return (.object, start..<offset)
    case UInt8(ascii: "["):
      try scanArray(text, depth: depth) { _, _ in }
      return (.array, start..<offset)
    case UInt8(ascii: "t"): try skipWord("true", text)
    case UInt8(ascii: "f"): try skipWord("false", text)
    case UInt8(ascii: "n"):
      try skipWord("null", text)
      return (.null, start..<offset)
    default:
      try skipNumber(text)
      return (.number, start..<offset)
    }
    return (.literal, start..<offset)
  }

  /// From behind the opening quote to behind the closing one; gives what is between.
  private mutating func skipString(_ text: Span<UInt8>) throws(JSONFault) -> Range<Int> {
    guard let extent = JSONStringBytes.extent(of: text, from: offset) else {
      throw faultInString(text)
    }
    let start = offset
    offset = extent.closingQuote + 1
    hasEscape = extent.hasEscape
    hasRawControl = hasRawControl || extent.hasRawControl
    return start..<extent.closingQuote
  }

  /// What is wrong with the string that begins here.
  private mutating func faultInString(_ text: Span<UInt8>) -> JSONFault {
    while true {
      offset = JSONStringBytes.firstSpecial(text, from: offset)
      guard offset < text.count else { return fault("a string without its closing quote", text) }
      if text[offset] == UInt8(ascii: "\\") {
        if let fault = faultInEscape(text) { return fault }
      } else {
        offset += 1
      }
    }
  }

  /// Passes over an escape, or says what is wrong with it.
  private mutating func faultInEscape(_ text: Span<UInt8>) -> JSONFault? {
    guard offset + 1 < text.count else {
      offset = text.count
      return fault("an escape expected", text)
    }
    switch text[offset + 1] {
    case UInt8(ascii: "n"), UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"),
      UInt8(ascii: "t"), UInt8(ascii: "r"), UInt8(ascii: "b"), UInt8(ascii: "f"):
      offset += 2
    case UInt8(ascii: "u"):
      if JSONStringBytes.hexadecimal4(text, at: offset + 2) == nil {
        if offset + 6 > text.count { offset = text.count }
        return fault("four hexadecimal digits expected", text)
      }
      offset += 6
    default: return fault("an unknown escape", text)
    }
    return nil
  }

  private mutating func skipNumber(_ text: Span<UInt8>) throws(JSONFault) {
    let start = offset
    _ = take(UInt8(ascii: "-"), text)
    if offset < text.count, text[offset] == UInt8(ascii: "I") {
      return try skipWord("Infinity", text)
    }
    if start == offset, offset < text.count, text[offset] == UInt8(ascii: "N") {
      return try skipWord("NaN", text)
    }
    let hasLeadingZero = take(UInt8(ascii: "0"), text)
    if !hasLeadingZero, skipDigits(text) == 0 { throw fault("a value expected", text) }
    if take(UInt8(ascii: "."), text), skipDigits(text) == 0 {
      throw fault("a digit expected", text)
    }
    if take(UInt8(ascii: "e"), text) || take(UInt8(ascii: "E"), text) {
      if !take(UInt8(ascii: "+"), text) { _ = take(UInt8(ascii: "-"), text) }
      if skipDigits(text) == 0 { throw fault("a digit expected", text) }
    }
  }

  private mutating func skipDigits(_ text: Span<UInt8>) -> Int {
    let start = offset
    while offset < text.count, text[offset] &- 48 < 10 { offset += 1 }
    return offset - start
  }

  private mutating func skipWord(_ word: StaticString, _ text: Span<UInt8>) throws(JSONFault) {
    let bytes = Array(word.description.utf8)
    guard text.has(bytes, at: offset) else {
      let isCut = text.count - offset < bytes.count
      if isCut { offset = text.count }
      throw fault("\(word) expected", text)
    }
    offset += bytes.count
  }

  private mutating func skipSpace(_ text: Span<UInt8>) {
    while offset < text.count {
      let byte = text[offset]
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
      offset += 1
    }
  }

  private mutating func take(_ byte: UInt8, _ text: Span<UInt8>) -> Bool {
    guard offset < text.count, text[offset] == byte else { return false }
    offset += 1
    return true
  }

  private func fault(_ message: String, _ text: Span<UInt8>) -> JSONFault {
    JSONFault(message: message, offset: offset, isCutShort: offset >= text.count)
  }
}
